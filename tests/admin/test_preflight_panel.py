"""Preflight beside the form, while somebody types, on the acts' pages and in bulk: who sees and overrides what."""

import html
import re

import pytest
from cast import DAY, HOUR, make_cleared, make_contributor, make_live, make_section, make_story
from desk_forms import act_url, change_url, chosen, fields, messages_of, page_url, submit
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from painted import painted_picture

from articles import press
from articles.models import Autosave, Edition, PreflightLevel, Revision, Story, Topic
from articles.vocabulary import Act

LIST = "/admin/articles/story/"
NEW = "/admin/articles/story/preflight/"
LEFT = "“XXX” is left in the text: replace it or take it out."


def ask_url(story):
    return f"/admin/articles/story/{story.pk}/preflight/"


def remarks(response):
    """What the list on a page says: pairs of sentence and the part of the form it leads to (list)."""
    links = re.findall(r'<a href="#(\w[\w-]*)" data-excerpt="[^"]*">(.*?)</a>', response.content.decode())
    return [(html.unescape(sentence), place) for place, sentence in links]


def without_override(client):
    """Takes the right to go against required rules from this person's role."""
    Group.objects.get(user=client.user).permissions.remove(Permission.objects.get(codename="override_preflight"))
    return client


# Beside the form


def test_the_form_says_of_the_saved_text_what_is_to_be_mended(chief):
    story = make_story(body="<p>Es kamen XXX Leute.</p>", dek="Worum es geht.")
    page = chief.get(change_url(story))
    assert remarks(page) == [(LEFT, "id_body"), ("The story has no topic: choose at least one.", "id_topics")]
    assert "1 thing must be mended. 1 thing to look at." in page.content.decode()
    assert f'data-url="{ask_url(story)}"' in page.content.decode()


def test_a_new_story_is_asked_about_and_says_nothing_before_anything_is_typed(chief):
    page = chief.get("/admin/articles/story/add/")
    assert f'data-url="{NEW}"' in page.content.decode()
    assert remarks(page) == []


def test_a_reader_sees_the_findings_of_the_saved_text_and_asks_nothing(sign_in):
    story = make_story(body="<p>Es kamen XXX Leute.</p>")
    pictures = sign_in("picture editor")
    page = pictures.get(change_url(story)).content.decode()
    assert LEFT in page
    assert ask_url(story) not in page
    assert pictures.post(ask_url(story), {}).status_code == 403


# While somebody types


def test_what_is_typed_is_judged_and_nothing_is_saved(chief):
    story = make_story(topics=["Hafen"], dek="Worum es geht.")
    typed = fields(chief.get(change_url(story)), "story_form")
    assert remarks(chief.post(ask_url(story), typed)) == []
    typed |= {"headline": ["Kai ???"], "body": ["<p>Siehe www.kai.example, TK.</p><h2>Ende</h2>"]}
    before = Revision.objects.count()
    response = chief.post(ask_url(story), typed)
    assert remarks(response) == [
        ("“???” is left in the text: replace it or take it out.", "id_headline"),
        ("“TK” is left in the text: replace it or take it out.", "id_body"),
        ("The last subhead has no text under it.", "id_body"),
    ]
    assert 'data-summary="2 things must be mended. 1 thing to look at."' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert Story.objects.get() == story
    assert Story.objects.get().headline == story.headline
    assert (Revision.objects.count(), Autosave.objects.count()) == (before, 0)


def test_a_new_story_is_judged_by_all_its_fields(chief):
    section, picture = make_section(), painted_picture("harbour", credit="", caption="A harbour")
    person = make_contributor("Anke Petersen")
    topic = Topic.objects.for_name("Wiebke Dornbusch")
    typed = {
        "headline": "Kommentar: So nicht",
        "dek": "Von Anke Peterson.",
        "body": "<p>Es sprach Wibke Dornbusch, am Dienstag, 24. November 2027.</p>",
        "kind": "news",
        "language": "de",
        "section": section.pk,
        "lead_picture": picture.pk,
        "topics": [topic.pk],
        "bylines-0-contributor": person.pk,
        "bylines-0-credit": "text",
    }
    assert remarks(chief.post(NEW, typed)) == [
        ("The lead picture has no credit.", "id_picture_credit"),
        ("“Kommentar” stands above a story of the kind “News”: make its kind “Opinion”.", "id_kind"),
        ("“Dienstag, 24. November 2027” is wrong: Nov. 24, 2027 is a Wednesday.", "id_body"),
        ("“Wibke Dornbusch” or “Wiebke Dornbusch”: if this is one name, spell it one way.", "id_body"),
        ("“Anke Peterson” or “Anke Petersen”: if this is one name, spell it one way.", "id_dek"),
        ("Caption and alternative text are the same: let the second say what the picture shows.", "id_lead_picture"),
    ]
    assert remarks(chief.post(NEW, typed | {"kind": "opinion", "bylines-0-DELETE": "on"}))[1] == (
        "An opinion needs the name of its author.",
        "bylines-group",
    )


def test_topics_that_are_typed_count_as_topics(chief):
    typed = {"headline": "Kai", "dek": "Da.", "body": "<p>Gut.</p>"}
    assert remarks(chief.post(NEW, typed)) == [("The story has no topic: choose at least one.", "id_topics")]
    assert remarks(chief.post(NEW, typed | {"new_topics": "Hafen"})) == []


def test_the_levels_are_those_of_the_section_that_is_typed(chief):
    there = make_section("wirtschaft")
    PreflightLevel.objects.create(section=there, rule="topic", level="off")
    typed = {"headline": "Kai", "dek": "Da.", "body": "<p>Gut.</p>"}
    assert remarks(chief.post(NEW, typed | {"section": there.pk})) == []
    assert len(remarks(chief.post(NEW, typed | {"section": make_section().pk}))) == 1


def test_it_is_judged_for_the_hour_that_is_typed_or_scheduled(chief):
    typed = {"headline": "Kai", "dek": "Da.", "body": "<p>Der Rat tagt heute.</p>", "new_topics": "Hafen"}
    later = (timezone.localtime() + 2 * DAY).strftime("%Y-%m-%dT%H:%M:%S")
    assert [place for _sentence, place in remarks(chief.post(NEW, typed | {"due_at": later}))] == ["id_body"]
    assert remarks(chief.post(NEW, typed | {"due_at": "2020-01-01T12:00"})) == []
    story = make_cleared()
    press.schedule(story, by=None, at=timezone.now() + 2 * DAY)
    assert [place for _sentence, place in remarks(chief.post(ask_url(story), typed))] == ["id_body"]


def test_a_live_story_of_the_same_slug_is_told_by_its_public_headline_and_a_hidden_one_is_not(sign_in):
    typed = {
        "headline": "Hafen",
        "dek": "Da.",
        "body": "<p>Gut.</p>",
        "new_topics": "Kai",
        "section": make_section().pk,
    }
    reporter = sign_in("contributor")
    hidden = make_cleared("Hafen", slug="hafen")
    assert remarks(reporter.post(NEW, typed)) == []
    press.publish(hidden, by=None)
    sentence = "Another live story of this section has the slug “hafen”: “Hafen”. Choose another."
    assert remarks(reporter.post(NEW, typed)) == [(sentence, "id_slug")]


def test_only_who_may_write_the_story_may_ask_and_only_by_post(sign_in, client):
    story = make_story(section=make_section("wirtschaft"))
    for role, sections in (("contributor", ()), ("editor", ("politik",)), ("topic librarian", ())):
        make_section("politik")
        assert sign_in(role, *sections).post(ask_url(story), {}).status_code == 403
    editor = sign_in("editor", "wirtschaft")
    assert editor.post(ask_url(story), {}).status_code == 200
    assert editor.get(ask_url(story)).status_code == 405
    assert editor.get(NEW).status_code == 405
    assert editor.post("/admin/articles/story/999999999/preflight/", {}).status_code == 403
    assert editor.post(f"/admin/articles/story/{'9' * 40}/preflight/", {}).status_code == 403
    assert sign_in("administrator").post(NEW, {}).status_code == 403
    assert client.post(NEW, {}).status_code == 302


def test_a_forged_request_without_the_token_is_refused(sign_in):
    chief = sign_in("chief")
    chief.handler.enforce_csrf_checks = True
    assert chief.post(NEW, {}).status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"section": "9" * 60, "lead_picture": "-1", "topics": ["x", "9" * 30], "kind": "?", "language": "xx"},
        {"due_at": "\x00", "bylines-0-contributor": "99", "bylines-0-credit": "text", "headline": "\x00" * 9},
        {"due_at": "31.12.9999 23:59", "body": "<p><b><a href='" * 2000, "new_topics": "," * 5000},
        {"due_at": "25.10.2026 02:30", "body": "\u202e<script>alert(1)</script>\x00", "headline": "😀" * 5000},
    ],
)
def test_no_input_makes_it_fail(chief, typed):
    response = chief.post(NEW, typed)
    assert response.status_code == 200
    assert "<script" not in response.content.decode()


def test_what_is_typed_is_escaped(chief):
    response = chief.post(NEW, {"headline": '"><img src=x> XXX', "slug": "x"}).content.decode()
    assert "<img" not in response
    assert "&lt;img src=x&gt; XXX" in response


@pytest.mark.parametrize("rows", [1, 5])
def test_the_number_of_queries_does_not_grow_with_the_story(chief, django_assert_max_num_queries, rows):
    people = [make_contributor(f"Anna Berg{number}") for number in range(rows)]
    topics = [Topic.objects.for_name(f"Kai {number}") for number in range(rows)]
    typed = {"headline": "Hafen", "topics": [topic.pk for topic in topics], "section": make_section().pk}
    for number, person in enumerate(people):
        typed |= {f"bylines-{number}-contributor": person.pk, f"bylines-{number}-credit": "text"}
    chief.post(NEW, typed)
    with django_assert_max_num_queries(14):
        chief.post(NEW, typed)


# The acts' pages


def test_a_required_rule_refuses_the_act_with_its_sentence_and_a_reason_overrides_it(chief):
    story = make_cleared(body="<p>Es kamen XXX Leute.</p>")
    page = chief.get(act_url(story, "publish"))
    assert LEFT in page.content.decode()
    for reason in ("", "   "):
        refused = submit(chief, act_url(story, "publish"), override=reason)
        assert refused.status_code == 409
        assert LEFT in refused.content.decode()
    assert Edition.objects.count() == 0
    assert submit(chief, act_url(story, "publish"), override="Ein Bandname.").status_code == 302
    event = story.events.get(act=Act.OVERRIDDEN)
    assert (event.by, event.note, event.edition) == (chief.user, "Ein Bandname.", Edition.objects.live().get())
    log = chief.get(page_url(story, "history")).content.decode()
    assert "Ein Bandname." in log
    assert LEFT in log


def test_the_acts_page_shows_the_words_in_question_and_leads_to_no_form(chief):
    story = make_cleared(body="<p>Es kamen XXX Leute.</p>")
    beside, before = chief.get(change_url(story)), chief.get(act_url(story, "publish"))
    words = re.findall(r"<q>(.*?)</q>", beside.content.decode())
    assert words == ["Es kamen XXX Leute."]
    assert re.findall(r"<q>(.*?)</q>", before.content.decode()) == words
    assert (remarks(before), "data-summary" in before.content.decode()) == ([], False)


def test_without_the_right_there_is_no_reason_to_give_and_a_forged_one_changes_nothing(sign_in):
    editor = without_override(sign_in("editor", "politik"))
    story = make_cleared(body="<p>Es kamen XXX Leute.</p>")
    page = editor.get(act_url(story, "publish"))
    assert "override" not in fields(page)
    assert LEFT in page.content.decode()
    assert "disabled" in page.content.decode()
    forged = fields(page) | {"override": ["Weil."]}
    assert editor.post(act_url(story, "publish"), forged).status_code == 409
    assert Edition.objects.count() == 0
    assert LEFT in editor.get(change_url(story)).content.decode().split("desk-refused")[1]


def test_what_only_the_chosen_hour_makes_wrong_can_be_overridden_after_it_was_said(chief):
    PreflightLevel.objects.create(rule="passing_day", level="required")
    story = make_cleared(body="<p>Der Rat tagt heute.</p>")
    at = (timezone.localtime() + 2 * DAY).strftime("%Y-%m-%dT%H:%M:%S")
    assert "override" not in fields(chief.get(act_url(story, "schedule")))
    refused = submit(chief, act_url(story, "schedule"), at=at)
    assert refused.status_code == 409
    assert "“heute” may be wrong on" in refused.content.decode()
    again = fields(refused) | {"override": ["Gemeint ist: in dieser Zeit."]}
    assert chief.post(act_url(story, "schedule"), again).status_code == 302
    assert Edition.objects.get(live_from__gt=timezone.now()).story == story


def test_recommended_rules_are_shown_and_block_nothing(chief):
    story = make_cleared(dek="")
    page = chief.get(act_url(story, "publish"))
    assert "The story has no dek: say in one or two sentences what it is about." in page.content.decode()
    assert "override" not in fields(page)
    assert submit(chief, act_url(story, "publish")).status_code == 302


def forget_schedule(story):
    """Cancels what the round before scheduled."""
    if Edition.objects.filter(live_from__gt=timezone.now()).exists():
        press.cancel(story, by=None)


def test_many_stories_at_once_are_refused_one_by_one(chief):
    ready, left = make_cleared("Bereit"), make_cleared("Unfertig", body="<p>Es kamen XXX.</p>")
    at = (timezone.localtime() + HOUR).strftime("%Y-%m-%dT%H:%M:%S")
    for name, more in (("schedule", {"at": at}), ("publish", {})):
        forget_schedule(ready)
        ticked = chosen(name, ready, left)
        page = chief.post(LIST, ticked)
        assert LEFT in page.content.decode()
        assert "This will be done to 1 of 2 chosen stories." in page.content.decode()
        done = chief.post(LIST, fields(page) | more | {"change": "update", "override": "Weil."}, follow=True)
        assert messages_of(done)[-1] == f"Not done: “Unfertig”. {LEFT}"
    assert {edition.story for edition in Edition.objects.all()} == {ready}


def test_a_live_story_keeps_its_findings_to_the_desk(chief, client):
    story = make_live("Hafen")
    assert "id_topics" in [place for _sentence, place in remarks(chief.get(change_url(story)))]
    public = client.get(Edition.objects.live().get().get_absolute_url()).content.decode()
    assert "no topic" not in public
