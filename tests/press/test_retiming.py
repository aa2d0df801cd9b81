"""Retime: the scheduled edition moves, its text does not; every promise of the timeline holds."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from cast import DAY, HOUR, MICROSECOND, NOON, make_cleared, make_live, rewrite
from going_out import SIX, scheduled, text_at
from refusals import refusal

from articles import desk, press
from articles.models import Correction, Edition, EditionSection, PreflightLevel, StoryEvent
from articles.rules.preflight import made_wrong
from articles.templatetags.desk import event_text
from articles.vocabulary import Change, Level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
EIGHT = NOON + 20 * HOUR


def changed(text="Neu.", *, change=Change.UPDATE, **said):
    """A story readers have, with another text scheduled for six."""
    story = rewrite(make_live(body="<p>Alt.</p>"), text)
    press.schedule(story, by=None, at=SIX, change=change, **said)
    return story


def reasons(story, at, **said):
    return refusal(press.retime, story, by=None, at=at, **said)


@pytest.mark.parametrize("to", [SIX - HOUR, EIGHT])
def test_a_first_edition_moves_with_its_date_and_its_text_stays_as_printed(to):
    story = scheduled()
    printed = Edition.objects.get()
    rewrite(story, "Später geschrieben.")
    edition = press.retime(story, by=None, at=to)
    assert (edition.pk, edition.number, edition.printed_at) == (printed.pk, 1, printed.printed_at)
    assert (text_at(story, to - MICROSECOND), text_at(story, to)) == (None, "Um sechs.")
    edition = Edition.objects.get()
    assert (edition.live_from, edition.published_at, edition.updated_at) == (to, to, to)
    assert EditionSection.objects.get().published_at == to


@pytest.mark.parametrize("to", [NOON + MICROSECOND, SIX - HOUR, EIGHT])
def test_what_readers_have_goes_on_until_the_new_time(to):
    story = changed()
    press.retime(story, by=None, at=to)
    assert (text_at(story, to - MICROSECOND), text_at(story, to)) == ("Alt.", "Neu.")
    coming = Edition.objects.live(to).get()
    assert (coming.published_at, coming.updated_at) == (NOON, to)


def test_a_minor_change_moves_without_becoming_an_update():
    story = changed(change=Change.MINOR)
    press.retime(story, by=None, at=EIGHT)
    assert Edition.objects.live(EIGHT).get().updated_at == NOON


def test_a_correction_is_dated_when_readers_get_it_and_earlier_ones_keep_their_dates(clock):
    story = make_live(body="<p>Falsch.</p>")
    clock.shift(HOUR)
    press.publish(rewrite(story, "Halb."), by=None, change=Change.CORRECTION, note="Erste.")
    press.schedule(rewrite(story, "Ganz."), by=None, at=SIX, change=Change.CORRECTION, note="Zweite.")
    press.retime(story, by=None, at=EIGHT)
    coming = Edition.objects.live(EIGHT).get()
    assert [(note["text"], note["at"]) for note in coming.corrections] == [
        ("Erste.", (NOON + HOUR).isoformat()),
        ("Zweite.", EIGHT.isoformat()),
    ]
    dates = dict(Correction.objects.values_list("text", "published_at"))
    assert dates == {"Erste.": NOON + HOUR, "Zweite.": EIGHT}
    assert [note.text for note in Correction.objects.shown(SIX)] == ["Erste."]


def test_a_correction_moved_and_then_overtaken_by_another_keeps_its_note_once(clock):
    story = changed(change=Change.CORRECTION, note="Später gesagt.")
    press.retime(story, by=None, at=EIGHT)
    press.publish(rewrite(story, "Schon jetzt."), by=None, change=Change.CORRECTION, note="Jetzt gesagt.")
    notes = Edition.objects.live(EIGHT).get().corrections
    assert [note["text"] for note in notes] == ["Jetzt gesagt.", "Später gesagt."]


def test_it_cannot_move_into_the_past_nor_stay_where_it_is():
    story = scheduled()
    assert reasons(story, NOON) == [
        "23.11.2026 13:00 +01:00 has passed; publish now, or choose a later time.",
    ]
    assert reasons(story, SIX) == ["The edition is scheduled for exactly that time already."]
    assert Edition.objects.get().live_from == SIX


def test_nothing_moves_where_nothing_is_scheduled():
    assert reasons(make_cleared(), SIX) == ["No edition is scheduled."]
    story = scheduled()
    press.cancel(story, by=None)
    assert reasons(story, SIX) == ["No edition is scheduled."]


def test_it_cannot_move_past_the_end_of_the_story_and_still_ends_then():
    story = scheduled()
    press.set_end(story, by=None, at=EIGHT)
    assert reasons(story, EIGHT)[0].startswith("The story ends at 24.11.2026 09:00 +01:00, before that")
    press.retime(story, by=None, at=EIGHT - HOUR)
    assert (text_at(story, EIGHT - MICROSECOND), text_at(story, EIGHT)) == ("Um sechs.", None)


def test_it_cannot_move_before_the_embargo():
    story = scheduled(embargo_until=SIX)
    assert reasons(story, SIX - HOUR) == ["The story is under embargo until 24.11.2026 07:00 +01:00."]
    press.retime(story, by=None, at=EIGHT)
    press.retime(story, by=None, at=SIX)
    assert text_at(story, SIX) == "Um sechs."


def test_a_broken_embargo_is_broken_for_that_time_and_no_earlier_one():
    story = rewrite(make_cleared(embargo_until=EIGHT), "Vorab.")
    press.schedule(story, by=None, at=SIX, break_embargo="Die Quelle ist einverstanden.")
    press.retime(story, by=None, at=SIX + HOUR)
    assert text_at(story, SIX + HOUR) == "Vorab."
    assert reasons(story, SIX) == ["The story is under embargo until 24.11.2026 09:00 +01:00."]


def test_an_edition_keeps_the_embargo_it_was_printed_under():
    story = scheduled(embargo_until=SIX)
    desk.save(story, by=None, values={"embargo_until": None})
    assert reasons(story, SIX - HOUR) == [
        "This edition was printed under an embargo until 24.11.2026 07:00 +01:00; replace it to go out earlier."
    ]


def test_whoever_saw_another_time_is_told_and_nothing_moves():
    story = scheduled()
    press.retime(story, by=None, at=EIGHT, was=SIX)
    assert reasons(story, SIX + HOUR, was=SIX) == [
        "The scheduled edition starts at 24.11.2026 09:00 +01:00 by now: somebody moved it meanwhile. Look at it again."
    ]
    assert Edition.objects.get().live_from == EIGHT


def test_the_log_says_from_when_to_when_and_why():
    story = scheduled()
    press.retime(story, by=None, at=EIGHT, note=" Sitzung dauert länger. ")
    event = StoryEvent.objects.get(act="retimed")
    assert event.details == {"was": SIX.isoformat(), "at": EIGHT.isoformat()}
    assert event_text(event) == (
        "Moved the scheduled edition · edition 1 · 24.11.2026 07:00 +01:00 → 24.11.2026 09:00 +01:00"
        " · Sitzung dauert länger."
    )


def test_a_moved_edition_can_still_be_replaced_cancelled_and_withdrawn():
    story = changed()
    press.retime(story, by=None, at=EIGHT)
    press.replace(rewrite(story, "Noch neuer."), by=None)
    assert text_at(story, EIGHT) == "Noch neuer."
    press.retime(story, by=None, at=SIX)
    press.cancel(story, by=None)
    assert text_at(story, EIGHT + DAY) == "Alt."


def test_an_offset_does_not_matter(clock):
    story = scheduled()
    edition = press.retime(story, by=None, at=EIGHT.astimezone(tz=ZoneInfo("Asia/Tokyo")))
    assert edition.live_from.utcoffset() == timedelta(0)


def on_monday(**values):
    """A story written on Monday that says "heute", scheduled for that evening."""
    story = rewrite(make_cleared(**values), "Der Rat tagt heute.")
    press.schedule(story, by=None, at=NOON + 6 * HOUR)
    return story


def required(rule):
    PreflightLevel.objects.create(rule=rule, level=Level.REQUIRED)


WRONG = "“heute” may be wrong on Nov. 24, 2026, when this goes out: name the day."


def test_a_printed_text_that_the_new_day_makes_wrong_does_not_move_where_that_is_required():
    required("passing_day")
    story = on_monday()
    rewrite(story, "Der Rat tagt am Montag.")  # what is moved is what was printed
    assert reasons(story, SIX) == [WRONG]
    assert reasons(story, SIX, override=" ") == [WRONG]
    assert Edition.objects.get().live_from == NOON + 6 * HOUR
    press.retime(story, by=None, at=NOON + 8 * HOUR)
    assert not story.events.filter(act="overridden").exists()


def test_a_reason_moves_it_and_is_logged():
    required("passing_day")
    story = on_monday()
    edition = press.retime(story, by=None, at=SIX, override=" Gemeint ist der Dienstag. ")
    event = story.events.get(act="overridden")
    assert (edition.live_from, event.note, event.edition) == (SIX, "Gemeint ist der Dienstag.", edition)
    assert event.details == {"rules": ["passing_day"], "sentences": [WRONG]}


def test_what_was_wrong_at_the_old_time_too_is_not_asked_again():
    required("placeholder")
    story = rewrite(make_cleared(picture_credit="dpa"), "XXX")
    press.schedule(story, by=None, at=SIX, override="Heißt so.")
    press.retime(story, by=None, at=EIGHT)
    assert [event.note for event in story.events.filter(act="overridden")] == ["Heißt so."]


def test_the_day_a_text_was_written_is_that_of_the_revision_it_was_printed_from(clock):
    story = rewrite(make_cleared(), "Der Rat tagt heute.")
    clock.shift(DAY)
    press.schedule(story, by=None, at=NOON + DAY + HOUR)
    edition = Edition.objects.get()
    assert [found.sentence for found in made_wrong(edition, was=NOON, at=edition.live_from)] == [WRONG]
    assert made_wrong(edition, was=edition.live_from, at=NOON) == []
