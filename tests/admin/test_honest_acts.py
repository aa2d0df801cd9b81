"""The desk says what a correction is, prints replies and ends them."""

import pytest
from cast import HOUR, NOON, make_live, make_reply, make_story, rewrite
from desk_forms import act_url, fields, submit

from articles import press
from articles.models import Correction, Edition, Page, Reply, StoryEvent

SIX = NOON + 18 * HOUR  # the next morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_publishing_asks_what_the_note_is_and_where_it_stands(chief):
    story = rewrite(make_live(), "Richtig.")
    shown = fields(chief.get(act_url(story, "publish")))
    assert (shown["correction_kind"], shown["correction_place"]) == (["correction"], ["top"])
    said = {"change": "correction", "note": "Missverständlich.", "correction_kind": "clarification"}
    submit(chief, act_url(story, "publish"), **said, correction_place="end")
    correction = Correction.objects.get()
    assert (correction.kind, correction.place, correction.text) == ("clarification", "end", "Missverständlich.")
    assert correction.by == chief.user


def test_a_first_publication_has_nothing_to_correct_and_is_not_asked(chief):
    story = make_story()
    for move in ("submit", "clear"):
        submit(chief, act_url(story, move))
    assert "correction_kind" not in fields(chief.get(act_url(story, "publish")))


def test_replacing_offers_what_the_scheduled_correction_says(chief):
    story = rewrite(make_live(), "Richtig.")
    said = {"correction_kind": "retraction", "correction_place": "end"}
    press.schedule(story, by=None, at=SIX, change="correction", note="Zurückgenommen.", **said)
    shown = fields(chief.get(act_url(story, "replace")))
    assert {name: shown[name] for name in ("change", "note", *said)} == {
        "change": ["correction"],
        "note": ["Zurückgenommen."],
        "correction_kind": ["retraction"],
        "correction_place": ["end"],
    }
    submit(chief, act_url(story, "replace"), correction_kind="note")
    notes = Edition.objects.live(SIX).get().corrections
    assert [(note["kind"], note["place"], note["text"]) for note in notes] == [("note", "end", "Zurückgenommen.")]


@pytest.mark.parametrize("name", ["correction_kind", "correction_place"])
def test_a_kind_or_place_that_nobody_knows_prints_nothing(chief, name):
    story = rewrite(make_live(), "Richtig.")
    response = submit(chief, act_url(story, "publish"), change="correction", note="Note.", **{name: "gossip"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [name]
    assert Correction.objects.count() == 0


def test_the_chief_prints_a_reply_and_ends_it_with_a_reason(chief, clock):
    story = make_live()
    said = {"party": "Hafen GmbH", "headline": "Gegendarstellung", "text": "Falsch.\r\n\r\nRichtig."}
    assert submit(chief, act_url(story, "print_reply"), **said).status_code == 302
    reply = Reply.objects.get()
    assert (reply.text, reply.language, reply.printed_by) == ("Falsch.\n\nRichtig.", "de", chief.user)
    clock.shift(HOUR)
    response = submit(chief, act_url(story, "end_reply"), reply=str(reply.pk), note="")
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["note"])
    submit(chief, act_url(story, "end_reply"), reply=str(reply.pk), note="Vergleich.")
    assert list(Reply.objects.live()) == []
    assert StoryEvent.objects.filter(act="reply_ended").get().by == chief.user


def test_only_who_may_withdraw_prints_replies(sign_in):
    story = make_live()
    make_reply(story)
    editor = sign_in("editor", "politik")
    for name in ("print_reply", "end_reply"):
        assert editor.get(act_url(story, name)).status_code == 403
        assert editor.post(act_url(story, name), {}).status_code == 403


def test_there_is_no_button_for_what_cannot_be(chief):
    draft, live = make_story(), make_live()

    def buttons(story):
        html = chief.get(f"/admin/articles/story/{story.pk}/change/").content.decode()
        return [name for name in ("print_reply", "end_reply") if f'value="{name}"' in html]

    assert buttons(draft) == []
    assert buttons(live) == ["print_reply"]
    make_reply(live)
    assert buttons(live) == ["print_reply", "end_reply"]


def test_a_reply_to_another_story_cannot_be_ended_from_this_one(chief):
    story, other = make_live(), make_live()
    make_reply(story)
    foreign = make_reply(other)
    response = submit(chief, act_url(story, "end_reply"), reply=str(foreign.pk), note="Untergeschoben.")
    assert list(response.context["form"].errors) == ["reply"]
    assert Reply.objects.get(pk=foreign.pk).live_until is None


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1", "\x00"])
def test_a_reply_that_is_none_is_refused_in_words(chief, key):
    story = make_live()
    make_reply(story)
    response = submit(chief, act_url(story, "end_reply"), reply=key, note="Warum.")
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["reply"])


def test_for_a_story_that_is_gone_the_time_the_law_asks_for_is_offered(chief, clock):
    story = make_live()
    make_reply(story)
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="legal")
    assert fields(chief.get(act_url(story, "end_reply")))["at"] == ["2026-11-23T15:00:00"]


def test_a_page_can_be_a_policy_and_only_one_in_its_language(chief):
    Page.objects.create(slug="ethik", title="Ethik", policy="ethicsPolicy", language="de")
    url = "/admin/articles/page/add/"
    said = {"title": "Noch eine", "slug": "noch-eine", "language": "de", "policy": "ethicsPolicy", "body": "<p>x</p>"}
    response = submit(chief, url, "page_form", **said)
    assert "Another page in this language is that policy already." in response.content.decode()
    submit(chief, url, "page_form", **said | {"policy": "masthead"})
    assert Page.objects.get(slug="noch-eine").policy == "masthead"


def test_corrections_and_replies_have_no_screen_on_which_they_could_be_deleted(chief):
    for name in ("correction", "reply"):
        assert chief.get(f"/admin/articles/{name}/").status_code == 404
