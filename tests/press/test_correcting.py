"""Corrections: what they are, where they stand, which edition they repair; never changed, never lost, never early."""

import pytest
from cast import HOUR, NOON, make_corrected, make_live, rewrite
from django.db import DatabaseError, IntegrityError, connection, transaction
from going_out import SIX

from articles import press
from articles.models import Correction, Edition, promises
from articles.vocabulary import Change, CorrectionKind, CorrectionPlace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SAID = {"correction_kind": CorrectionKind.RETRACTION, "correction_place": CorrectionPlace.END}


def test_a_correction_knows_what_it_is_where_it_stands_and_which_edition_it_repairs(clock):
    story = make_live()
    clock.shift(HOUR)
    make_corrected(story=story, note="  Es waren 43.  ", **SAID)
    correction = Correction.objects.get()
    first, second = Edition.objects.filter(story=story).order_by("number")
    assert (correction.repairs, correction.edition) == (first, second)
    assert (correction.kind, correction.place, correction.text) == ("retraction", "end", "Es waren 43.")
    assert (correction.story_public_id, correction.published_at) == (story.public_id, NOON + HOUR)
    assert correction.public_id != story.public_id
    assert second.corrections == [
        {
            "id": correction.public_id,
            "kind": "retraction",
            "place": "end",
            "text": "Es waren 43.",
            "at": "2026-11-23T13:00:00+00:00",
        }
    ]


def test_nothing_said_is_a_correction_above_the_text():
    make_corrected()
    assert [(each.kind, each.place) for each in Correction.objects.all()] == [("correction", "top")]


def test_a_correction_of_a_correction_is_another_one_and_both_stay(clock):
    story = make_corrected("Halb.", note="Erste.")
    clock.shift(HOUR)
    make_corrected("Ganz.", story=story, note="Zweite.")
    live = Edition.objects.live().get(story=story)
    assert [note["text"] for note in live.corrections] == ["Erste.", "Zweite."]
    second = Correction.objects.get(text="Zweite.")
    assert second.repairs == Correction.objects.get(text="Erste.").edition
    assert len({note["id"] for note in live.corrections}) == 2


def test_replacing_keeps_what_the_note_is_and_where_it_stands_unless_told_otherwise():
    story = make_live()
    press.schedule(rewrite(story, "A"), by=None, at=SIX, change=Change.CORRECTION, note="Note.", **SAID)
    press.replace(rewrite(story, "B"), by=None)
    note = Edition.objects.live(SIX).get().corrections[0]
    assert (note["kind"], note["place"], note["text"]) == ("retraction", "end", "Note.")
    press.replace(story, by=None, correction_kind=CorrectionKind.NOTE)
    note = Edition.objects.live(SIX).get().corrections[0]
    assert (note["kind"], note["place"], note["text"]) == ("note", "end", "Note.")
    assert [each.kind for each in Correction.objects.shown(SIX)] == ["note"]


def test_moving_the_edition_moves_the_notes_time_and_keeps_the_rest():
    story = make_live()
    press.schedule(rewrite(story, "A"), by=None, at=SIX, change=Change.CORRECTION, note="Note.", **SAID)
    press.retime(story, by=None, at=SIX + HOUR)
    note = Edition.objects.live(SIX + HOUR).get().corrections[0]
    assert (note["at"], note["kind"], note["place"]) == ((SIX + HOUR).isoformat(), "retraction", "end")
    assert Correction.objects.get().published_at == SIX + HOUR


def test_a_correction_cancelled_before_its_time_is_shown_to_nobody():
    story = make_live()
    press.schedule(rewrite(story, "A"), by=None, at=SIX, change=Change.CORRECTION, note="Note.")
    press.cancel(story, by=None)
    assert list(Correction.objects.shown(SIX + HOUR)) == []
    assert Edition.objects.live(SIX + HOUR).get().corrections == []
    assert Correction.objects.count() == 1  # what was meant to be said stays on record


def refused(sql, *values):
    """The name of the promise that refuses the statement."""
    refusal = pytest.raises((IntegrityError, DatabaseError))
    with refusal as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(error.value)


@pytest.mark.parametrize(
    "column", ["text", "kind", "place", "public_id", "story_id", "story_public_id", "edition_id", "repairs_id", "by_id"]
)
def test_the_database_refuses_to_change_a_correction(column):
    make_corrected()
    assert promises.CORRECTION_FROZEN in refused(f"UPDATE articles_correction SET {column} = {column}")


def test_the_database_refuses_to_delete_a_correction():
    make_corrected()
    assert promises.CORRECTION_STAYS in refused("DELETE FROM articles_correction")
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Correction.objects.get().delete()
    assert Correction.objects.count() == 1


def test_a_correction_has_the_time_of_its_edition_and_no_other():
    make_corrected()
    told = refused("UPDATE articles_correction SET published_at = %s", NOON - HOUR)
    assert promises.CORRECTION_TIME in told
    correction = Correction.objects.get()
    assert Correction.objects.filter(pk=correction.pk).update(published_at=correction.edition.live_from) == 1


def test_a_kind_or_place_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="gossip"):
        make_corrected(correction_kind="gossip")
    with pytest.raises(ValueError, match="margin"):
        make_corrected(correction_place="margin")
    assert Correction.objects.count() == 0
