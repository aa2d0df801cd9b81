"""Autosave, presence and taking over, as the form's scripts ask for them."""

from datetime import timedelta

import pytest
import time_machine
from cast import NOON, make_contributor, make_story, make_user
from desk_forms import change_url, fields, messages_of, page_url
from django.test import Client

from articles import desk
from articles.models import Autosave, Effect, Presence, Revision, Story, StoryEvent, Topic


def autosave(client, story, **changes):
    """Types into the form of a story and waits until it is kept."""
    page = fields(client.get(change_url(story)), "story_form")
    return client.post(page_url(story, "autosave"), page | {name: [text] for name, text in changes.items()})


def colleague(role="chief", *sections, name="Ada"):
    user = make_user(role, *sections, name=name)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def test_what_is_typed_is_kept_for_its_writer_and_nowhere_else(chief):
    story = make_story("Gespeichert")
    answer = autosave(chief, story, headline="Nur getippt", body="<p>Noch nicht gesichert.</p>")
    assert answer.json()["said"].startswith("Not saved yet; kept for you at ")
    kept = Autosave.objects.get()
    assert (kept.user, kept.story, kept.version, kept.typed["headline"]) == (chief.user, story, 1, ["Nur getippt"])
    assert "csrfmiddlewaretoken" not in kept.typed
    assert (Revision.objects.filter(story=story).count(), StoryEvent.objects.filter(story=story).count()) == (1, 1)
    stored = Story.objects.get()
    assert (stored.headline, stored.version, stored.stage, stored.saved_by) == ("Gespeichert", 1, "draft", None)
    assert "Nur getippt" not in colleague().get(change_url(story)).content.decode()


def test_the_form_offers_it_with_what_differs_takes_it_and_forgets_it_once_saved(chief):
    story = make_story("Gespeichert", topics=["Hafen"])
    other = Topic.objects.for_name("Kai")
    autosave(chief, story, headline="Nur getippt", topics=str(other.pk))
    page = chief.get(change_url(story))
    (offer,) = next(panel for panel in page.context["panels"] if "offers" in panel.context).context["offers"]
    assert [(each.label, each.new) for each in offer["differences"]] == [("Headline", [("new", "Nur getippt")])]
    taken = chief.get(change_url(story) + offer["take"])
    assert taken.status_code == 200
    html = taken.content.decode()
    assert "This is your text of" in html
    sent = fields(taken, "story_form")
    assert (sent["headline"], sent["topics"]) == (["Nur getippt"], [str(other.pk)])
    assert Story.objects.get().headline == "Gespeichert"
    answer = chief.post(change_url(story), sent)
    assert answer.status_code == 302
    assert (Story.objects.get().headline, list(story.topics.names())) == ("Nur getippt", ["Kai"])
    assert Autosave.objects.count() == 0


def test_unsaved_text_taken_up_after_somebody_saved_is_merged(chief):
    story = make_story(body="<p>Eins.</p><p>Zwei.</p>")
    autosave(chief, story, body="<p>Eins, getippt.</p><p>Zwei.</p>")
    desk.save(story, by=None, values={"body": "<p>Eins.</p><p>Zwei, gesichert.</p>"})
    taken = fields(chief.get(change_url(story) + "?autosave=take"), "story_form")
    assert chief.post(change_url(story), taken).status_code == 302
    assert Story.objects.get().body == "<p>Eins, getippt.</p><p>Zwei, gesichert.</p>"


def test_what_says_nothing_new_is_not_offered(chief):
    story = make_story("Gespeichert", topics=["Hafen"], due_at=NOON, urgency=2, related=[make_story("Nachbar")])
    offers = lambda: [  # noqa: E731
        offer for panel in chief.get(change_url(story)).context["panels"] for offer in panel.context.get("offers", ())
    ]
    autosave(chief, story)
    assert offers() == []
    for name, text in (("topics", ""), ("urgency", "3"), ("due_at", "2026-11-23T14:00:00"), ("new_topics", "Kai")):
        autosave(chief, story, **{name: text})
        assert len(offers()) == 1, name
    autosave(chief, story, **{"bylines-0-credit": "photo"})
    assert len(offers()) == 1


def test_thrown_away_is_thrown_away(chief):
    story = make_story("Gespeichert")
    autosave(chief, story, headline="Nur getippt")
    answer = chief.post(page_url(story, "autosave/drop"), follow=True)
    assert messages_of(answer) == ["The unsaved text was thrown away."]
    assert (Autosave.objects.count(), Story.objects.get().headline) == (0, "Gespeichert")


def test_a_new_story_is_kept_before_it_is_saved_for_the_first_time(chief):
    make_contributor()
    section = make_story().section
    page = fields(chief.get("/admin/articles/story/add/"), "story_form")
    typed = page | {"headline": ["Ganz neu"], "section": [str(section.pk)], "body": ["<p>Anfang.</p>"]}
    chief.post("/admin/articles/story/autosave/", typed)
    kept = Autosave.objects.get()
    assert (kept.story, kept.key) == (None, page["autosave_key"][0])
    assert "Ganz neu" in chief.get("/admin/articles/story/add/").content.decode()
    taken = fields(chief.get(f"/admin/articles/story/add/?autosave={kept.key}"), "story_form")
    assert (taken["headline"], taken["autosave_key"]) == (["Ganz neu"], [kept.key])
    assert chief.post("/admin/articles/story/add/", taken).status_code == 302
    assert Story.objects.filter(headline="Ganz neu").count() == 1
    assert Autosave.objects.count() == 0


def test_at_most_twenty_new_stories_are_kept(chief):
    for number in range(22):
        chief.post("/admin/articles/story/autosave/", {"autosave_key": f"key{number:02}", "headline": str(number)})
    assert Autosave.objects.count() == 20
    assert not Autosave.objects.filter(key="key00").exists()


def test_a_save_that_fails_keeps_the_text_too(chief):
    story = make_story("Eins")
    page = fields(chief.get(change_url(story)), "story_form")
    desk.save(story, by=None, values={"headline": "Zwei"})
    assert chief.post(change_url(story), page | {"headline": ["Drei"]}).status_code == 409
    assert Autosave.objects.get().typed["headline"] == ["Drei"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 400), ({"version_token": "1:1"}, 400), ({"version_token": "\x00"}, 400), ({"body": "x" * 4_000_001}, 413)],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(chief, sent, status):
    story = make_story()
    answer = chief.post(page_url(story, "autosave"), sent)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert Autosave.objects.count() == 0


def test_odd_characters_survive_being_kept(chief):
    story = make_story()
    odd = "Null \x00 Emoji 🌊 rechts \u200f\u05e9\u05dc\u05d5\u05dd"
    autosave(chief, story, headline=odd)
    assert Autosave.objects.get().typed["headline"] == [odd]
    assert chief.get(change_url(story)).status_code == 200
    assert chief.get(change_url(story) + "?autosave=take").status_code == 200


def test_only_who_may_write_keeps_beats_and_takes_over(sign_in):
    story = make_story()
    reader = sign_in("picture editor")
    for name in ("autosave", "autosave/drop", "presence", "take-over"):
        assert reader.post(page_url(story, name)).status_code == 403
        assert reader.get(page_url(story, name)).status_code == 405
    assert (Autosave.objects.count(), Presence.objects.count()) == (0, 0)


def test_one_cannot_name_another_story_in_the_token(chief):
    story, other = make_story(), make_story()
    token = fields(chief.get(change_url(other)), "story_form")["version_token"]
    assert chief.post(page_url(story, "autosave"), {"version_token": token}).status_code == 403


def beat(client, story, **said):
    page = {"version_token": fields(client.get(change_url(story)), "story_form")["version_token"]}
    return client.post(page_url(story, "presence"), page | said).json()


def test_everybody_sees_who_is_at_a_story_idle_or_gone(chief):
    story, ada = make_story("Am Kai"), colleague()
    with time_machine.travel(NOON, tick=False) as clock:
        assert beat(ada, story, typed="1") == {"others": [], "holds": True, "newer": ""}
        seen = beat(chief, story)
        assert (seen["others"], seen["holds"]) == (
            [{"state": "editing", "text": "Ada: editing since 13:00", "holds": True}],
            False,
        )
        listed = chief.get("/admin/articles/story/").content.decode()
        assert '<span class="presence presence-editing">Ada: editing since 13:00</span>' in listed
        for _minute in range(4):
            clock.shift(timedelta(seconds=30))
            beat(ada, story)
        assert beat(chief, story)["others"][0]["text"] == "Ada: idle since 13:00"
        ada.post(page_url(story, "presence"), {"left": "1"})
        assert beat(chief, story) == {
            "others": [{"state": "left", "text": "Ada: left at 13:02", "holds": False}],
            "holds": True,
            "newer": "",
        }
        clock.shift(timedelta(minutes=11))
        assert beat(chief, story)["others"] == []


def test_a_window_that_crashed_counts_as_left_and_frees_the_story(chief):
    story, ada = make_story(), colleague()
    with time_machine.travel(NOON, tick=False) as clock:
        beat(ada, story, typed="1")
        clock.shift(timedelta(seconds=50))
        seen = beat(chief, story)
    assert (seen["others"][0]["state"], seen["holds"]) == ("left", True)
    assert Presence.objects.filter(holds=True).count() == 1


def test_the_heartbeat_says_that_somebody_saved(chief):
    story = make_story()
    page = fields(chief.get(change_url(story)), "story_form")
    desk.save(story, by=None, values={"dek": "Neu"})
    answer = chief.post(page_url(story, "presence"), {"version_token": page["version_token"]}).json()
    assert answer["newer"].startswith("Saved by somebody else at ")


def test_taking_over_is_logged_told_and_loses_nothing(chief):
    story, ada = make_story(body="<p>Eins.</p><p>Zwei.</p>"), colleague()
    page = fields(ada.get(change_url(story)), "story_form")
    beat(ada, story, typed="1")
    autosave(ada, story, body="<p>Eins, von Ada.</p><p>Zwei.</p>")
    beat(chief, story)
    answer = chief.post(page_url(story, "take-over"), follow=True)
    assert messages_of(answer) == ["You have taken the story over from Ada, who is told."]
    event = story.events.first()
    assert (event.act, event.by, event.note) == ("taken_over", chief.user, "Ada")
    assert [effect.payload["user"] for effect in Effect.objects.filter(kind="mail")] == [ada.user.pk]
    assert beat(ada, story)["holds"] is False
    desk.save(story, by=chief.user, values={"body": "<p>Eins.</p><p>Zwei, vom Chef.</p>"})
    assert ada.post(change_url(story), page | {"body": ["<p>Eins, von Ada.</p><p>Zwei.</p>"]}).status_code == 302
    assert Story.objects.get().body == "<p>Eins, von Ada.</p><p>Zwei, vom Chef.</p>"
    again = chief.post(page_url(story, "take-over"), follow=True)
    assert messages_of(again) == ["Nobody else is writing this story now; just write."]


def test_a_form_opened_before_signing_in_again_gets_a_new_token(chief):
    assert len(chief.get("/admin/articles/story/session/").json()["token"]) == 64
    chief.logout()
    assert chief.get("/admin/articles/story/session/").status_code == 302


def test_a_key_of_control_characters_is_no_key(sign_in):
    reporter, base = sign_in("contributor"), "/admin/articles/story/"
    assert reporter.post(f"{base}autosave/", {"autosave_key": "\0"}).status_code == 403
    assert reporter.post(f"{base}autosave/drop/", {"drop_key": "\0"}).status_code == 302
    assert reporter.get(f"{base}add/?autosave=%00").status_code == 200
    assert reporter.post(f"{base}autosave/", {"autosave_key": "\0a", "headline": "x"}).status_code == 200
    assert Autosave.objects.get().key == "a"
