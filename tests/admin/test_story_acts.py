"""Moves and verbs of the press by their buttons, one story and many."""

import pytest
from cast import HOUR, make_cleared, make_contributor, make_live, make_section, make_story, rewrite
from desk_forms import act_url, change_url, chosen, fields, messages_of, page_url, submit
from django.utils import timezone

from articles import press
from articles.admin.fields import VersionField
from articles.admin.story.list import readers_have
from articles.models import Edition, Story, StoryTopic, Withdrawal


def in_an_hour():
    return (timezone.localtime() + HOUR).replace(microsecond=0, tzinfo=None)


def test_from_draft_to_readers_and_back_by_buttons_alone(chief):
    story = make_story()
    submit(chief, act_url(story, "submit"), note="Bitte lesen.")
    submit(chief, act_url(story, "clear"))
    response = submit(chief, act_url(story, "publish"))
    assert response.url == change_url(story)
    assert Edition.objects.live().get().story == story
    rewrite(story, "Mit Fehler.")
    submit(chief, act_url(story, "publish"), change="correction", note="Es waren drei.")
    assert [note["text"] for note in Edition.objects.live().get().corrections] == ["Es waren drei."]
    submit(chief, act_url(story, "withdraw"), reason="legal", notice="Auf Anordnung.")
    assert Edition.objects.live().count() == 0
    assert Withdrawal.objects.in_force().get().notice == "Auf Anordnung."
    submit(chief, act_url(story, "restore"))
    assert Edition.objects.live().count() == 1


def test_schedule_replace_cancel_and_end_by_buttons(chief):
    story, at = make_cleared(), in_an_hour()
    submit(chief, act_url(story, "schedule"), at=at.isoformat())
    coming = Edition.objects.get(live_from__isnull=False)
    assert timezone.localtime(coming.live_from).replace(tzinfo=None) == at
    rewrite(story, "Neuer.")
    submit(chief, act_url(story, "replace"))
    assert Edition.objects.get(live_from__isnull=False).lede == "Neuer."
    submit(chief, act_url(story, "cancel"))
    assert Edition.objects.filter(live_from__isnull=False).count() == 0
    submit(chief, act_url(story, "publish"))
    submit(chief, act_url(story, "set_end"), at=at.isoformat())
    assert Edition.objects.live().get().live_until is not None
    submit(chief, act_url(story, "lift_end"))
    assert Edition.objects.live().get().live_until is None


def test_a_refusal_is_a_sentence_with_status_409_and_nothing_happens(chief):
    story = make_cleared()
    page = fields(chief.get(act_url(story, "publish")))
    rewrite(story, "Inzwischen anders.")
    response = chief.post(act_url(story, "publish"), page)
    assert response.status_code == 409
    assert "after you opened it" in response.content.decode()
    assert Edition.objects.count() == 0


def test_a_time_that_is_past_is_refused_on_the_page(chief):
    story = make_cleared()
    response = submit(chief, act_url(story, "schedule"), at="2020-01-01T12:00:00")
    assert response.status_code == 409
    assert "has passed; publish now, or choose a later time." in response.content.decode()


def test_breaking_an_embargo_needs_the_right_and_a_reason(chief, sign_in):
    story = make_cleared(embargo_until=timezone.now() + HOUR)
    editor = sign_in("editor", "politik")
    assert "break_embargo" not in fields(editor.get(act_url(story, "publish")))
    forged = fields(editor.get(act_url(story, "publish"))) | {"break_embargo": ["weil"]}
    assert editor.post(act_url(story, "publish"), forged).status_code == 409
    assert submit(chief, act_url(story, "publish")).status_code == 409
    assert submit(chief, act_url(story, "publish"), break_embargo="Andere haben es.").status_code == 302
    assert Edition.objects.live().get().embargo_broken == "Andere haben es."


def test_an_unknown_act_is_404_and_looking_at_one_changes_nothing(chief):
    story = make_cleared()
    assert chief.get(act_url(story, "explode")).status_code == 404
    chief.get(act_url(story, "publish"))
    chief.get(act_url(story, "withdraw"))
    assert Edition.objects.count() == 0
    assert story.events.count() == 3


LIST = "/admin/articles/story/"


def test_many_stories_are_published_after_a_page_that_says_what_will_happen(chief):
    ready, live, unready = make_cleared("Bereit"), rewrite(make_live("Schon da"), "Neu."), make_story("Entwurf")
    page = chief.post(LIST, chosen("publish", ready, live, unready))
    html = page.content.decode()
    assert "This will be done to 2 of 3 chosen stories." in html
    assert "The story is not cleared yet." in html
    assert Edition.objects.live().count() == 1
    done = chief.post(LIST, fields(page), follow=True)
    assert Edition.objects.live().count() == 2
    assert Edition.objects.live().get(story=live).lede == "Neu."
    assert messages_of(done) == ["Done for 2 stories.", "Not done: “Entwurf”. The story is not cleared yet."]


def test_many_stories_are_scheduled_submitted_and_cleared(chief):
    first, second = make_story(), make_story()
    chief.post(LIST, chosen("submit", first, second, confirmed="yes"))
    assert set(Story.objects.values_list("stage", flat=True)) == {"submitted"}
    chief.post(LIST, chosen("clear", first, second, confirmed="yes"))
    assert set(Story.objects.values_list("stage", flat=True)) == {"cleared"}
    at = in_an_hour().isoformat()
    chief.post(LIST, chosen("schedule", first, second, confirmed="yes", at=at, change="minor"))
    assert Edition.objects.filter(live_from__gt=timezone.now()).count() == 2


def test_topics_are_added_and_removed_for_many(chief):
    first, second = make_story(topics=["Hafen"]), make_story()
    chief.post(LIST, chosen("tag", first, second, confirmed="yes", add="Kai, HAFEN", remove=""))
    assert StoryTopic.objects.count() == 4
    chief.post(LIST, chosen("tag", first, second, confirmed="yes", add="", remove="hafen"))
    assert sorted(StoryTopic.objects.values_list("tag__name", flat=True)) == ["Kai", "Kai"]
    response = chief.post(LIST, chosen("tag", first, confirmed="yes", add="", remove="Unbekannt"))
    assert "There is no topic “Unbekannt”." in response.content.decode()


def test_all_chosen_across_pages_are_meant_and_too_many_are_refused(chief, monkeypatch):
    stories = [make_story() for _number in range(4)]
    chief.post(LIST, chosen("submit", stories[0], confirmed="yes", select_across="1"), follow=True)
    assert set(Story.objects.values_list("stage", flat=True)) == {"submitted"}
    monkeypatch.setattr("articles.admin.story.bulk.MOST", 3)
    response = chief.post(LIST, chosen("clear", stories[0], confirmed="yes", select_across="1"), follow=True)
    assert messages_of(response) == ["Choose at most 3 stories at a time."]
    assert set(Story.objects.values_list("stage", flat=True)) == {"submitted"}


def test_the_list_says_what_readers_have(chief):
    cells = {}
    soon = timezone.now() + HOUR
    make_live("Live")
    changed, coming, gone = make_live("Geändert"), make_cleared("Kommt"), make_live("Weg")
    rewrite(changed, "Noch nicht.")
    press.schedule(coming, by=None, at=soon)
    press.withdraw(gone, by=None, reason="error")
    make_story("Nichts", bylines=[(make_contributor("Bo"), "text"), (make_contributor("Al"), "photo")])
    for story in chief.get(LIST).context["cl"].result_list:
        cells[story.headline] = [kind for kind, _words in readers_have(story)]
    assert cells == {
        "Live": ["live"],
        "Geändert": ["live", "changed"],
        "Kommt": ["scheduled"],
        "Weg": ["withdrawn"],
        "Nichts": ["nothing"],
    }
    for value, headlines in {
        "live": {"Live", "Geändert"},
        "changed": {"Geändert"},
        "scheduled": {"Kommt"},
        "withdrawn": {"Weg"},
        "nothing": {"Kommt", "Nichts"},
        "ended": set(),
    }.items():
        found = chief.get(LIST, {"readers": value}).context["cl"].result_list
        assert {story.headline for story in found} == headlines
    assert "Bo, Al" in chief.get(LIST).content.decode()


def test_an_imported_story_keeps_its_sources_date_if_the_desk_wants_it(chief, tmp_path):
    from django.core.management import call_command

    lines = (
        "npa",
        "22.10.2024",
        "21:04 Uhr",
        "Der Kai ist gesperrt",
        "",
        "Am Montag hat der Rat für den Kai gestimmt.",
        "",
    )
    file = tmp_path / "item.txt"
    file.write_text("\n".join([*lines, "Das ist und bleibt so, sagte sie nach der Sitzung des Rates."]), "utf-8")
    call_command("ingest", str(file), section=make_cleared().section.path, verbosity=0)
    story = Story.objects.get(headline="Der Kai ist gesperrt")
    for name in ("submit", "clear"):
        submit(chief, act_url(story, name))
    submit(chief, act_url(story, "publish"))
    assert Edition.objects.live().get(story=story).published_at.isoformat() == "2024-10-22T19:04:00+00:00"


def test_the_list_is_cut_down_by_who_and_when(chief, sign_in):
    now = timezone.now()
    mine, late = make_story("Meins", by=chief.user), make_story("Zu spät", due_at=now - 25 * HOUR)
    person = make_contributor("Chefin", user=chief.user)
    named = make_story("Genannt", bylines=[(person, "text")], due_at=timezone.localtime().replace(hour=23, minute=59))
    make_live("Pünktlich", due_at=now - 25 * HOUR)

    def found(**parameters):
        return {story.headline for story in chief.get(LIST, parameters).context["cl"].result_list}

    assert found(whose="mine") == {mine.headline, named.headline}
    assert found(due="late") == {late.headline}
    assert found(due="today") == {named.headline}
    assert found(due="none") == {mine.headline}
    assert found(stage__exact="cleared") == {"Pünktlich"}
    assert found(whose="nonsense", readers="nonsense", due="nonsense") == found()
    ended = make_live("Vorbei")
    press.set_end(ended, by=None, at=now + HOUR)
    html = chief.get(LIST).content.decode()
    assert "Ends " in html


def test_a_story_of_last_year_says_so(chief):
    import time_machine

    with time_machine.travel("2024-02-01 12:00:00+01:00", tick=False):
        make_live("Alt")
    assert "01.02.2024 12:00" in chief.get(LIST).content.decode()


def test_prefilled_forms_take_plain_fields_and_rows_in_scope(chief):
    section = make_story().section
    asked = (
        f"/admin/articles/story/add/?headline=Vorschlag&section={section.pk}&stage=cleared&related=1&section__path=x"
    )
    data = fields(chief.get(asked), "story_form")
    assert (data["headline"], data["section"]) == (["Vorschlag"], [str(section.pk)])
    assert fields(chief.get("/admin/articles/story/add/?section=99999"), "story_form").get("section", [""]) == [""]


def test_a_bulk_act_tells_what_somebody_else_did_meanwhile(chief, monkeypatch):
    from articles.admin.story import bulk
    from articles.rules.refusal import Refused

    def refuse(*args, **kwargs):
        raise Refused("Meanwhile.")

    monkeypatch.setattr(bulk, "_perform", refuse)
    done = chief.post(LIST, chosen("submit", make_story("X"), confirmed="yes"), follow=True)
    assert messages_of(done) == ["Not done: “X”. Meanwhile."]


def test_what_the_desk_refuses_after_all_is_said_on_the_form_with_all_that_was_typed(chief):
    story = make_cleared()
    press.schedule(story, by=None, at=timezone.now() + HOUR)
    later = (timezone.localtime() + 5 * HOUR).strftime("%Y-%m-%dT%H:%M:%S")
    response = submit(chief, change_url(story), "story_form", embargo_until=later, headline="Getippt", kicker="Auch")
    html = response.content.decode()
    assert response.status_code == 409
    assert "before this embargo ends. Cancel it first." in html
    data = fields(response, "story_form")
    assert (data["headline"], data["kicker"], data["embargo_until"]) == (["Getippt"], ["Auch"], [later])
    assert Story.objects.values_list("embargo_until", "version").get() == (None, 1)


def test_editors_without_the_right_are_told_per_story(sign_in):
    editor = sign_in("editor", "politik")
    own = make_story(by=editor.user, section=make_section("kultur"))
    page = editor.post(LIST, chosen("clear", own)).content.decode()
    assert "You may not do this to this story." in page
    assert editor.post(LIST, chosen("tag", own, confirmed="yes", add="Ganz Neu", remove="")).status_code == 302


def test_a_bulk_act_does_not_publish_what_nobody_has_seen(chief):
    story = make_cleared("Gesehen")
    page = fields(chief.post(LIST, chosen("publish", story)))
    rewrite(story, "Inzwischen anders.")
    done = chief.post(LIST, page, follow=True)
    assert Edition.objects.count() == 0
    assert "after you opened it" in messages_of(done)[0]


def test_bulk_tagging_with_nothing_to_do_asks_for_a_topic(chief):
    html = chief.post(LIST, chosen("tag", make_story(), confirmed="yes", add="", remove="")).content.decode()
    assert "Name at least one topic." in html


def test_the_log_says_why_a_story_was_withdrawn(chief):
    story = make_live()
    submit(chief, act_url(story, "withdraw"), reason="legal", notice="Auf Anordnung.")
    html = chief.get(page_url(story, "history")).content.decode()
    assert "The story was taken down for legal reasons." in html
    assert "Auf Anordnung." in html


@pytest.mark.parametrize("forged", ["forged", None])
def test_a_bulk_act_with_a_forged_version_prints_nothing_and_says_so(chief, forged):
    story, other = make_cleared("Kai"), make_cleared("Mole")
    token = forged or VersionField.token(other)
    sent = chosen("publish", story, confirmed="1", change="minor") | {f"version_{story.pk}": token}
    page = chief.post("/admin/articles/story/", sent, follow=True)
    assert page.status_code == 200
    assert [said.startswith("Not done: “Kai”. ") for said in messages_of(page)] == [True]
    assert Edition.objects.count() == 0
    sent[f"version_{story.pk}"] = VersionField.token(story)
    chief.post("/admin/articles/story/", sent)
    assert Edition.objects.get().story == story  # control
