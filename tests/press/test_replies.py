"""The right of reply: printed word for word, never changed, ended only with a reason, there when the story is gone."""

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_cleared, make_live, make_reply
from django.db import DatabaseError, IntegrityError, connection, transaction

from articles import press
from articles.models import Reply, StoryEvent, promises
from articles.rules.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def reasons(act, *args, **said):
    with pytest.raises(Refused) as refused:
        act(*args, by=None, **said)
    return refused.value.reasons


def test_a_reply_is_printed_as_it_came_in_from_now_on():
    story = make_live(language="en", section=None)
    reply = make_reply(story, party=" Hafen\nGmbH ", headline="Reply", text="\r\nOne.\r\n\r\nTwo  two.\x00\r\n")
    assert (reply.party, reply.headline, reply.text) == ("Hafen GmbH", "Reply", "One.\n\nTwo  two.")
    assert (reply.language, reply.live_from, reply.live_until) == ("en", NOON, None)
    assert list(Reply.objects.live(NOON)) == [reply]
    assert list(Reply.objects.live(NOON - SECOND)) == []
    assert reply.public_id != story.public_id
    event = StoryEvent.objects.get(act="reply_printed")
    assert (event.story, event.details) == (story, {"reply": reply.public_id})


def test_there_is_no_reply_to_what_readers_never_had():
    assert reasons(press.print_reply, make_cleared(), party="A", headline="B", text="C") == [
        "Readers never had this story: there is nothing to reply to."
    ]


def test_a_reply_says_who_what_and_under_which_headline():
    assert reasons(press.print_reply, make_live(), party=" ", headline="\x00", text="\n") == [
        "Name who replies.",
        "A reply has a headline.",
        "A reply has a text.",
    ]
    assert Reply.objects.count() == 0


def test_a_reply_outlives_its_story_and_can_be_printed_after_it(clock):
    story = make_live()
    reply = make_reply(story)
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="error")
    assert list(Reply.objects.live()) == [reply]
    late = make_reply(story, headline="Noch eine")
    assert list(Reply.objects.live().newest_first()) == [late, reply]


def test_a_reply_ends_now_or_later_with_a_reason_in_the_log(clock):
    story = make_live()
    first, second = make_reply(story), make_reply(story)
    assert reasons(press.end_reply, first, note=" ") == ["Say why the reply ends; the log keeps it."]
    clock.shift(HOUR)
    press.end_reply(first, by=None, note="Vergleich.")
    press.end_reply(second, by=None, note="Urteil.", at=NOON + DAY)
    assert list(Reply.objects.live()) == [second]
    assert list(Reply.objects.live(NOON + DAY)) == []
    assert [event.note for event in StoryEvent.objects.filter(act="reply_ended").order_by("pk")] == [
        "Vergleich.",
        "Urteil.",
    ]


def test_an_end_to_come_can_be_moved_and_one_that_came_stays(clock):
    reply = make_reply(make_live())
    press.end_reply(reply, by=None, note="Zu früh.", at=NOON + HOUR)
    press.end_reply(reply, by=None, note="Richtig.", at=NOON + DAY)
    assert Reply.objects.get().live_until == NOON + DAY
    clock.move_to(NOON + DAY)
    assert reasons(press.end_reply, reply, note="Wieder.", at=NOON + 2 * DAY) == [
        "The reply ended at 24.11.2026 13:00 +01:00."
    ]
    assert Reply.objects.get().live_until == NOON + DAY


def test_a_reply_does_not_end_in_the_past():
    reply = make_reply(make_live())
    assert reasons(press.end_reply, reply, note="Gestern.", at=NOON - DAY) == [
        "22.11.2026 13:00 +01:00 has passed; choose a later time, or none to end the reply now."
    ]


def refused(sql):
    refusal = pytest.raises((IntegrityError, DatabaseError))
    with refusal as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(error.value)


@pytest.mark.parametrize(
    "column",
    [
        *("party", "headline", "text", "language", "public_id", "story_id", "story_public_id"),
        *("live_from", "published_at", "printed_by_id"),
    ],
)
def test_the_database_refuses_to_change_a_reply(column):
    make_reply(make_live())
    assert promises.REPLY_FROZEN in refused(f"UPDATE articles_reply SET {column} = {column}")


def test_the_database_refuses_to_delete_a_reply():
    make_reply(make_live())
    assert promises.REPLY_STAYS in refused("DELETE FROM articles_reply")
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("column", ["party", "headline", "text"])
def test_the_database_takes_no_reply_that_says_nothing(column):
    story = make_live()
    said = {"party": "A", "headline": "B", "text": "C"} | {column: ""}
    with pytest.raises(IntegrityError, match="reply_is_complete"), transaction.atomic():
        Reply.objects.create(story=story, story_public_id=story.public_id, live_from=NOON, language="de", **said)
