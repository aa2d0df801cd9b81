"""Writing a story in the admin."""

import pytest
from cast import HOUR, NOON, make_contributor, make_live, make_section, make_story, make_user
from desk_forms import change_url, fields, messages_of, page_url, submit
from django.utils import timezone

from articles import desk
from articles.models import Autosave, Story, Topic


def test_a_story_is_started_with_text_topics_and_bylines_in_order(chief):
    section, first, second = make_section(), make_contributor("Zoe Erst"), make_contributor("Anton Zweit")
    topic = Topic.objects.for_name("Hafen")
    changes = {
        "headline": "Ein neuer  Kai",
        "body": "<p>Text mit <b>Kraft</b>.</p><script>alert(1)</script>",
        "section": section.pk,
        "topics": [str(topic.pk)],
        "new_topics": "Kaimauer, hafen , Bau & Kosten",
        "bylines-0-contributor": second.pk,
        "bylines-0-credit": "photo",
        "bylines-0-place": "2",
        "bylines-TOTAL_FORMS": "2",
        "bylines-1-contributor": first.pk,
        "bylines-1-credit": "text",
        "bylines-1-place": "1",
        "due_at": "2026-12-24T18:30:00",
    }
    response = submit(chief, "/admin/articles/story/add/", "story_form", **changes)
    story = Story.objects.get()
    assert response.url == change_url(story)
    assert (story.headline, story.slug, story.stage) == ("Ein neuer Kai", "ein-neuer-kai", "draft")
    assert story.body == "<p>Text mit <strong>Kraft</strong>.</p>"
    assert sorted(story.topics.values_list("name", flat=True)) == ["Bau & Kosten", "Hafen", "Kaimauer"]
    assert list(story.bylines.values_list("contributor__name", "credit")) == [
        ("Zoe Erst", "text"),
        ("Anton Zweit", "photo"),
    ]
    assert story.due_at.isoformat() == "2026-12-24T17:30:00+00:00"
    assert (story.created_by, story.saved_by) == (chief.user, chief.user)
    assert list(story.events.values_list("act", flat=True)) == ["created"]


def test_saving_an_unchanged_form_changes_nothing(chief):
    story = make_story(topics=["Hafen"], embargo_until=timezone.now() + HOUR)
    before = Story.objects.values().get()
    response = submit(chief, change_url(story), "story_form")
    assert response.status_code == 302
    after = Story.objects.values().get()
    after["embargo_until"] = before["embargo_until"]
    assert {name: value for name, value in after.items() if name not in ("saved_at", "saved_by_id", "version")} == {
        name: value for name, value in before.items() if name not in ("saved_at", "saved_by_id", "version")
    }
    assert story.events.filter(act="saved").count() <= 1


def test_a_story_without_microseconds_in_its_times_is_not_a_new_version_when_nothing_changed(chief):
    story = make_story(topics=["Hafen"], due_at=NOON)
    submit(chief, change_url(story), "story_form")
    assert Story.objects.get().version == 1


def test_where_both_changed_the_same_nothing_is_saved_and_both_texts_are_shown(chief):
    story = make_story("Alte Überschrift", body="<p>Eins.</p><p>Zwei.</p>")
    page = fields(chief.get(change_url(story)), "story_form")
    theirs = {
        "headline": "Ihre Überschrift",
        "body": "<p>Eins, von der Kollegin.</p><p>Zwei.</p>",
        "dek": "Ihr Vorspann",
    }
    desk.save(story, by=make_user("chief"), values=theirs | {"bylines": [(make_contributor("Ben Ohm"), "text")]})
    mine = page | {"headline": ["Meine Überschrift"], "body": ["<p>Eins, von mir.</p><p>Zwei.</p><p>Drei.</p>"]}
    response = chief.post(change_url(story), mine)
    html = response.content.decode()
    assert response.status_code == 409
    assert "while you were writing" in html
    shown = [(each.label, each.stored, each.typed) for each in response.context["differences"]]
    assert shown == [
        ("Headline", "Ihre Überschrift", "Meine Überschrift"),
        ("Text", "<p>Eins, von der Kollegin.</p>", "<p>Eins, von mir.</p>"),
    ]
    assert sorted(response.context["kept_from_stored"]) == ["Bylines", "Dek", "Slug"]
    assert Story.objects.get().headline == "Ihre Überschrift"
    kept = Autosave.objects.get()
    assert (kept.user, kept.story, kept.typed["headline"]) == (chief.user, story, ["Meine Überschrift"])
    again = chief.post(change_url(story), fields(response, "story_form"))
    assert again.status_code == 302
    saved = Story.objects.get()
    assert (saved.headline, saved.dek) == ("Meine Überschrift", "Ihr Vorspann")
    assert saved.body == "<p>Eins, von mir.</p><p>Zwei.</p><p>Drei.</p>"
    assert [line.contributor.name for line in story.bylines.all()] == ["Ben Ohm"]
    assert story.revisions.get(number=2).content["headline"] == "Ihre Überschrift"
    assert Autosave.objects.count() == 0


def test_where_they_changed_different_things_both_are_saved_and_said(chief):
    story = make_story("Überschrift", body="<p>Eins.</p><p>Zwei.</p>", topics=["Hafen"])
    page = fields(chief.get(change_url(story)), "story_form")
    topic = Topic.objects.for_name("Kai")
    desk.save(
        story, by=None, values={"body": "<p>Eins.</p><p>Zwei, neu.</p>", "topics": ["Hafen", topic], "dek": "Vorspann"}
    )
    response = chief.post(change_url(story), page | {"body": ["<p>Eins, neu.</p><p>Zwei.</p>"]}, follow=True)
    saved = Story.objects.get()
    assert (saved.body, saved.dek, saved.version) == ("<p>Eins, neu.</p><p>Zwei, neu.</p>", "Vorspann", 3)
    assert sorted(saved.topics.names()) == ["Hafen", "Kai"]
    said = "Somebody saved this story while you were writing. Both are kept: Dek, Text, Topics."
    assert said in messages_of(response)


def test_a_forged_version_is_refused(chief):
    story, other = make_story(), make_story()
    page = fields(chief.get(change_url(story)), "story_form")
    forged = fields(chief.get(change_url(other)), "story_form")["version_token"]
    for token in (["1:1"], [""], forged):
        response = chief.post(change_url(story), page | {"version_token": token, "headline": ["Untergeschoben"]})
        assert response.status_code == 200
    assert not Story.objects.filter(headline="Untergeschoben").exists()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("2027-10-31T02:30:00", ["31.10.2027 02:30 +02:00", "31.10.2027 02:30 +01:00"]),
        ("2027-03-28T02:30:00", ["28.03.2027 01:30 +01:00", "28.03.2027 03:30 +02:00"]),
    ],
)
def test_a_wall_time_that_is_no_one_moment_is_refused_with_both_choices(chief, typed, offered):
    story = make_story()
    response = submit(chief, change_url(story), "story_form", due_at=typed)
    html = response.content.decode()
    assert response.status_code == 200
    assert [choice for choice in offered if f'<option value="{choice}">' in html] == offered
    chosen = chief.post(change_url(story), fields(response, "story_form") | {"due_at": [offered[1]]})
    assert chosen.status_code == 302
    kept = Story.objects.get().due_at
    submit(chief, change_url(story), "story_form")
    assert Story.objects.get().due_at == kept


@pytest.mark.parametrize("typed", ["gestern", "31.02.2027 10:00", "9999999-01-01T00:00"])
def test_what_is_no_time_at_all_gets_a_sentence(chief, typed):
    response = submit(chief, change_url(make_story()), "story_form", due_at=typed)
    assert "This is not a date and time." in response.content.decode()


def test_buttons_save_first_and_lead_to_their_page(chief):
    story = make_story()
    response = submit(chief, change_url(story), "story_form", headline="Erst gesichert", _then="submit")
    assert response.url == page_url(story, "act/submit")
    assert Story.objects.get().headline == "Erst gesichert"


def test_the_form_says_why_a_verb_is_refused_before_it_is_clicked(chief):
    html = chief.get(change_url(make_story(bylines=[]))).content.decode()
    assert "The story is not cleared yet." in html
    assert "Name a byline or a source." in html
    assert 'value="publish"' not in html
    assert 'value="submit"' in html


def test_rows_can_change_places_and_leave(chief):
    story = make_story(
        bylines=[(make_contributor("A"), "text"), (make_contributor("B"), "text"), (make_contributor("C"), "photo")]
    )
    changes = {"bylines-0-place": "2", "bylines-1-place": "1", "bylines-2-DELETE": "on"}
    submit(chief, change_url(story), "story_form", **changes)
    assert list(story.bylines.values_list("contributor__name", "position")) == [("B", 1), ("A", 2)]


def test_translations_are_linked_once_a_language(chief):
    german, english = make_story("Kai"), make_story("Quay", language="en")
    submit(chief, change_url(english), "story_form", translation_of=german.pk)
    english.refresh_from_db()
    assert english.translation_key == german.translation_key
    third = make_story("Dock", language="en")
    response = submit(chief, change_url(third), "story_form", translation_of=german.pk)
    assert "There is a translation into this language already." in response.content.decode()
    submit(chief, change_url(english), "story_form", translation_of="")
    english.refresh_from_db()
    assert english.translation_key != german.translation_key


def test_preview_is_the_readers_page_for_staff_only_and_never_kept(chief, client):
    story = make_story("Nur für uns", topics=["Hafen"])
    response = chief.get(page_url(story, "preview"))
    assert response.status_code == 200
    assert "<h1>Nur für uns</h1>" in response.content.decode()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    assert client.get(page_url(story, "preview")).status_code == 302


def test_preview_equals_the_page_readers_get_once_it_is_published(chief):
    story = make_live(topics=["Hafen"])
    page = chief.get(f"/politik/{story.slug}-{story.public_id}/").content
    assert chief.get(page_url(story, "preview")).content == page


def test_the_log_says_who_did_what_and_what_it_said_before(chief):
    story = make_story("Alt")
    desk.save(story, by=chief.user, values={"headline": "Neu"})
    desk.move(story, "submit", by=chief.user, note="Bitte bis fünf.")
    html = chief.get(page_url(story, "history")).content.decode()
    compare = f"/admin/articles/story/{story.pk}/compare/?to=2"
    for text in ("Saved · Headline", compare, "Moved · Draft → Submitted · Bitte bis fünf."):
        assert text in html


def test_search_finds_drafts_and_pasted_addresses(chief):
    draft, other = make_story("Fernwärme wird teurer"), make_story("Etwas anderes", body="<p>Vom Seezeichen.</p>")
    found = chief.get("/admin/articles/story/?q=fernw").context["cl"].result_list
    assert [story.pk for story in found] == [draft.pk]
    found = chief.get("/admin/articles/story/?q=seezeichen").context["cl"].result_list
    assert [story.pk for story in found] == [other.pk]
    address = f"https://example.org/politik/x-{other.public_id}/"
    assert [story.pk for story in chief.get("/admin/articles/story/", {"q": address}).context["cl"].result_list] == [
        other.pk
    ]


def test_topics_are_offered_by_use_and_found_by_alias(chief):
    for number in range(3):
        make_story(topics=["Hafenbau"] + (["Hafenfest"] if number else []) + (["Hafen"] if number == 2 else []))
    Topic.objects.get(name="Hafen").aliases.create(name="Port")
    ask = {"app_label": "articles", "model_name": "story", "field_name": "topics"}
    offered = chief.get("/admin/autocomplete/", ask | {"term": "haf"}).json()["results"]
    assert [each["text"] for each in offered] == ["Hafenbau", "Hafenfest", "Hafen"]
    offered = chief.get("/admin/autocomplete/", ask | {"term": "port"}).json()["results"]
    assert [each["text"] for each in offered] == ["Hafen"]


@pytest.mark.parametrize("name", ["日本", "!!!", "x" * 81])
def test_what_cannot_be_a_topic_is_said_at_its_field(chief, name):
    story = make_story()
    response = submit(chief, change_url(story), "story_form", new_topics=f"Hafen, {name}", headline="Getippt")
    assert "cannot be a topic" in response.content.decode()
    assert fields(response, "story_form")["headline"] == ["Getippt"]
    assert Topic.objects.count() == 0


@pytest.mark.parametrize("key", ["abc", "\x00", "9" * 30, "9" * 5000, "-1"])
@pytest.mark.parametrize("name", ["topics", "section", "lead_picture", "translation_of", "bylines-0-contributor"])
def test_a_choice_there_is_not_is_an_error_on_the_form(chief, name, key):
    response = submit(chief, change_url(make_story()), "story_form", **{name: key, "headline": "Getippt"})
    assert response.status_code == 200
    assert fields(response, "story_form")["headline"] == ["Getippt"]


@pytest.mark.parametrize("key", ["abc", "%00", "9" * 30, "9" * 5000])
def test_a_story_there_is_not_is_no_page(chief, key):
    for page in ("history", "change", "delete"):
        assert chief.get(f"/admin/articles/story/{key}/{page}/").status_code in (302, 403, 404, 414)
    assert chief.get(f"/admin/articles/story/add/?section={key}").status_code == 200
    data = {"action": "bulk_submit", "_selected_action": key, "confirmed": "yes"}
    assert chief.post("/admin/articles/story/", data).status_code == 200


def test_the_slug_follows_the_headline_until_somebody_chooses_one_or_readers_know_it(chief):
    story = make_story("Erster Titel")
    submit(chief, change_url(story), "story_form", headline="Zweiter Titel")
    assert Story.objects.get().slug == "zweiter-titel"
    submit(chief, change_url(story), "story_form", slug="eigener")
    submit(chief, change_url(story), "story_form", headline="Dritter Titel")
    assert Story.objects.get().slug == "eigener"
    live = make_live("Bekannt")
    submit(chief, change_url(live), "story_form", headline="Umbenannt")
    assert Story.objects.get(pk=live.pk).slug == "bekannt"


def test_a_form_from_another_session_is_refused_in_plain_words(chief):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    response = strict.post("/accounts/login/", {"login": "x", "password": "y"})
    assert (response.status_code, "This form is out of date" in response.content.decode()) == (403, True)


def test_text_written_on_a_story_that_left_ones_sections_meanwhile_is_shown(sign_in):
    editor = sign_in("editor", "politik")
    story = make_story(section=make_section("politik"), by=editor.user)
    data = fields(editor.get(change_url(story)), "story_form")
    desk.save(story, by=None, values={"section": make_section("sport")})
    desk.move(story, "submit", by=None)
    page = editor.post(change_url(story), data | {"body": ["<p>Zwei Stunden Arbeit.</p>"]})
    assert (page.status_code, "Zwei Stunden Arbeit." in page.content.decode()) == (409, True)


def test_who_may_not_make_topics_makes_none_by_a_field_their_form_has_not(sign_in):
    reporter = sign_in("contributor")
    story = make_story(by=reporter.user)
    assert submit(reporter, change_url(story), "story_form", new_topics="Neues").status_code == 302
    assert not Topic.objects.filter(name="Neues").exists()


def test_a_new_topic_survives_a_conflict_in_which_somebody_else_added_another(sign_in):
    chief, story = sign_in("chief"), make_story(body="<p>Der Anfang ist hier.</p>")
    data = fields(chief.get(change_url(story)), "story_form")
    desk.save(story, by=None, values={"body": "<p>Ihr Anfang ist hier.</p>", "topics": ["Hafen"]})
    page = chief.post(change_url(story), data | {"body": ["<p>Mein Anfang ist hier.</p>"], "new_topics": ["Elbe"]})
    assert (page.status_code, "available choices" in page.content.decode()) == (409, False)
    assert chief.post(change_url(story), fields(page, "story_form")).status_code == 302
    assert {topic.name for topic in story.topics.all()} == {"Hafen", "Elbe"}


def test_related_stories_one_cannot_see_stay_in_their_places(sign_in):
    sport, editor = make_section("sport"), sign_in("editor", "politik")
    first, last = (make_story(section=sport) for _n in range(2))
    seen, new = (make_story() for _n in range(2))
    story = make_story(related=[first, seen, last])
    assert submit(editor, change_url(story), "story_form").status_code == 302
    story.refresh_from_db()
    assert story.version == 1
    row = {"related_rows-TOTAL_FORMS": "2", "related_rows-1-other": new.pk, "related_rows-1-place": "2"}
    assert submit(editor, change_url(story), "story_form", **row).status_code == 302
    assert [row.other for row in story.related_rows.order_by("position")] == [first, seen, last, new]
