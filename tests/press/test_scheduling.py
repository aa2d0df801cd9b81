"""Schedule, replace, cancel; end dates; withdraw and restore."""

import pytest
from cast import DAY, HOUR, MICROSECOND, NOON, SECOND, make_cleared, make_live, make_story, rewrite
from going_out import SIX, scheduled, text_at

from articles import desk, press
from articles.models import Correction, Edition, EditionSection, Story, Withdrawal
from articles.rules.refusal import Refused
from articles.text.walltime import WallTimeError, parse
from articles.vocabulary import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_scheduled_story_is_there_at_its_second_and_not_before():
    story = scheduled()
    assert text_at(story, SIX - MICROSECOND) is None
    assert text_at(story, SIX) == "Um sechs."
    assert Edition.objects.get().published_at == SIX


def test_what_goes_out_is_what_was_scheduled_even_if_the_story_changes():
    story = scheduled()
    rewrite(story, "Später geschrieben.")
    assert text_at(story, SIX) == "Um sechs."


def test_a_fix_published_now_ends_when_the_scheduled_edition_begins_and_does_not_cancel_it(clock):
    story = make_live()
    rewrite(story, "Um sechs.")
    press.schedule(story, by=None, at=SIX, change=Change.UPDATE)
    clock.shift(HOUR)
    press.publish(rewrite(story, "Fehler behoben."), by=None, change=Change.CORRECTION, note="Falscher Name.")
    assert text_at(story, SIX - MICROSECOND) == "Fehler behoben."
    assert text_at(story, SIX) == "Um sechs."
    coming = Edition.objects.live(SIX).get()
    assert [note["text"] for note in coming.corrections] == ["Falscher Name."]


def test_publishing_before_a_scheduled_first_edition_makes_that_an_update_of_the_earlier_date():
    story = scheduled()
    press.publish(rewrite(story, "Schon jetzt."), by=None)
    coming = Edition.objects.live(SIX).get()
    assert (coming.change, coming.published_at, coming.updated_at) == (Change.UPDATE, NOON, SIX)
    assert EditionSection.objects.live(SIX).get().published_at == NOON


def test_publishing_the_scheduled_text_now_leaves_nothing_scheduled():
    story = scheduled()
    press.publish(story, by=None)
    assert text_at(story, NOON) == "Um sechs."
    assert list(Edition.objects.filter(live_from__gt=NOON)) == []
    assert Edition.objects.live(SIX).get().updated_at == NOON


def test_one_edition_is_scheduled_at_a_time():
    story = scheduled()
    with pytest.raises(Refused) as refused:
        press.schedule(rewrite(story, "Noch eine."), by=None, at=SIX + HOUR)
    assert refused.value.reasons == [
        "An edition is scheduled for 24.11.2026 07:00 +01:00 already; replace or cancel it."
    ]


def test_replacing_prints_anew_for_the_same_time_or_another():
    story = scheduled()
    press.replace(rewrite(story, "Besser."), by=None)
    assert text_at(story, SIX) == "Besser."
    press.replace(story, by=None, at=SIX + HOUR)
    assert (text_at(story, SIX), text_at(story, SIX + HOUR)) == (None, "Besser.")
    with pytest.raises(Refused) as refused:
        press.replace(story, by=None)
    assert refused.value.reasons == ["The scheduled edition has exactly this text and this time already."]


def test_replacing_keeps_the_kind_of_change_and_its_note(clock):
    story = make_live()
    press.schedule(rewrite(story, "A"), by=None, at=SIX, change=Change.CORRECTION, note="Falsche Zahl.")
    press.replace(rewrite(story, "B"), by=None)
    clock.move_to(SIX)
    assert [correction.text for correction in Correction.objects.shown()] == ["Falsche Zahl."]
    assert [note["text"] for note in Edition.objects.live().get().corrections] == ["Falsche Zahl."]


def test_cancelling_gives_the_live_edition_its_future_back():
    story = make_live()
    before = text_at(story, NOON)
    press.schedule(rewrite(story, "Um sechs."), by=None, at=SIX, change=Change.UPDATE)
    press.cancel(story, by=None)
    assert text_at(story, SIX + DAY) == before
    with pytest.raises(Refused) as refused:
        press.cancel(story, by=None)
    assert refused.value.reasons == ["No edition is scheduled."]


def test_the_past_cannot_be_scheduled():
    with pytest.raises(Refused) as refused:
        press.schedule(make_cleared(), by=None, at=NOON)
    assert refused.value.reasons == ["23.11.2026 13:00 +01:00 has passed; publish now, or choose a later time."]


def test_no_schedule_before_an_embargo_and_no_embargo_after_a_schedule():
    story = make_cleared(embargo_until=SIX)
    with pytest.raises(Refused):
        press.schedule(story, by=None, at=SIX - MICROSECOND)
    press.schedule(story, by=None, at=SIX)
    with pytest.raises(Refused) as refused:
        desk.save(story, by=None, values={"embargo_until": SIX + HOUR})
    assert refused.value.reasons == [
        "An edition is scheduled for 24.11.2026 07:00 +01:00, before this embargo ends. Cancel it first."
    ]
    assert Story.objects.get().embargo_until == SIX


def test_an_end_date_ends_what_readers_have_at_its_second():
    story = make_live()
    press.set_end(story, by=None, at=SIX)
    assert text_at(story, SIX - MICROSECOND) is not None
    assert text_at(story, SIX) is None


def test_an_end_date_can_be_lifted_until_it_has_passed(clock):
    story = make_live()
    press.set_end(story, by=None, at=SIX)
    press.lift_end(story, by=None)
    assert text_at(story, SIX + DAY) is not None
    press.set_end(story, by=None, at=SIX)
    clock.move_to(SIX)
    with pytest.raises(Refused) as refused:
        press.lift_end(story, by=None)
    assert refused.value.reasons == ["The end date has passed; publish the story again instead."]


def test_a_story_that_ended_can_be_published_again_and_keeps_its_date(clock):
    story = make_live()
    press.set_end(story, by=None, at=SIX)
    clock.move_to(SIX + HOUR)
    edition = press.publish(rewrite(story, "Wieder da."), by=None, change=Change.UPDATE)
    assert (edition.published_at, edition.live_until) == (NOON, None)
    assert text_at(story, SIX) is None
    assert Story.objects.get().ends_at is None


def test_an_end_covers_what_is_scheduled_before_it_and_refuses_what_comes_after():
    story = make_live()
    press.set_end(story, by=None, at=SIX + HOUR)
    press.schedule(rewrite(story, "Um sechs."), by=None, at=SIX, change=Change.UPDATE)
    assert text_at(story, SIX) == "Um sechs."
    assert text_at(story, SIX + HOUR) is None
    press.cancel(story, by=None)
    with pytest.raises(Refused) as refused:
        press.schedule(story, by=None, at=SIX + 2 * HOUR, change=Change.UPDATE)
    assert refused.value.reasons == ["The story ends at 24.11.2026 08:00 +01:00, before that; lift the end date first."]


def test_an_end_before_a_scheduled_edition_is_refused():
    story = scheduled()
    with pytest.raises(Refused) as refused:
        press.set_end(story, by=None, at=SIX)
    assert refused.value.reasons == [
        "An edition is scheduled for 24.11.2026 07:00 +01:00, after that end; cancel it first."
    ]
    with pytest.raises(Refused) as refused:
        press.set_end(story, by=None, at=NOON)
    assert "has passed" in refused.value.reasons[0]


def test_nothing_ends_that_readers_neither_have_nor_get():
    with pytest.raises(Refused) as refused:
        press.set_end(make_story(), by=None, at=SIX)
    assert refused.value.reasons == ["Readers neither have this story nor will get it; there is nothing to end."]


def test_withdrawing_takes_live_and_scheduled_away_and_says_why(clock):
    story = make_live()
    press.schedule(rewrite(story, "Um sechs."), by=None, at=SIX, change=Change.UPDATE)
    clock.shift(HOUR)
    withdrawal = press.withdraw(story, by=None, reason="legal", notice="Auf Anordnung.")
    assert (text_at(story, NOON + HOUR), text_at(story, SIX)) == (None, None)
    assert list(Withdrawal.objects.in_force()) == [withdrawal]
    assert list(Withdrawal.objects.in_force(NOON + HOUR - MICROSECOND)) == []
    with pytest.raises(Refused) as refused:
        press.withdraw(story, by=None, reason="legal")
    assert refused.value.reasons == ["The story is withdrawn already."]
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None, change=Change.UPDATE)
    assert refused.value.reasons == ["The story is withdrawn; restore it first."]


def test_restoring_gives_back_the_last_edition_not_the_working_copy(clock):
    story = make_live(topics=["Hafen"])
    before = text_at(story, NOON)
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="error")
    rewrite(story, "Nicht freigegeben.")
    clock.shift(HOUR)
    edition = press.restore(story, by=None)
    assert text_at(story, NOON + 2 * HOUR) == before
    assert text_at(story, NOON + HOUR) is None
    assert (edition.number, edition.published_at) == (2, NOON)
    assert list(Withdrawal.objects.in_force()) == []
    with pytest.raises(Refused):
        press.restore(story, by=None)


def test_what_readers_never_had_is_cancelled_not_withdrawn():
    story = scheduled()
    with pytest.raises(Refused) as refused:
        press.withdraw(story, by=None, reason="error")
    assert refused.value.reasons == ["Readers never had this story; cancel the scheduled edition instead."]
    with pytest.raises(Refused) as refused:
        press.withdraw(make_story(), by=None, reason="error")
    assert refused.value.reasons == ["Readers never had this story."]


def test_a_story_readers_have_or_will_get_is_not_spiked():
    for story in (make_live(), scheduled()):
        with pytest.raises(Refused) as refused:
            desk.move(story, "spike", by=None)
        assert refused.value.reasons == [
            "Readers have this story or will get it; withdraw it, or cancel the scheduled edition."
        ]


def test_the_hour_that_does_not_exist_and_the_hour_that_exists_twice(settings):
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(settings.TIME_ZONE)
    with pytest.raises(WallTimeError) as never:
        parse("2027-03-28 02:30", zone)
    assert [moment.isoformat() for moment in never.value.choices] == [
        "2027-03-28T00:30:00+00:00",
        "2027-03-28T01:30:00+00:00",
    ]
    with pytest.raises(WallTimeError) as twice:
        parse("31.10.2027 02:30", zone)
    first, second = twice.value.choices
    story = make_cleared()
    press.schedule(story, by=None, at=second)
    assert text_at(story, first) is None
    assert text_at(story, second - SECOND) is None
    assert text_at(story, second) is not None


def test_a_broken_embargo_covers_no_earlier_time_and_no_other_embargo():
    story = make_cleared(embargo_until=NOON + 3 * DAY)
    press.schedule(story, by=None, at=NOON + 2 * DAY, break_embargo="Abgesprochen.")
    rewrite(story, "Neu.")
    with pytest.raises(Refused) as refused:
        press.replace(story, by=None, at=NOON + HOUR)
    assert "under embargo" in refused.value.reasons[0]
    assert press.replace(story, by=None).embargo_broken == "Abgesprochen."


def test_restoring_does_not_go_round_spiking_embargo_or_end(clock):
    def withdrawn(**values):
        story = make_live(**values)
        clock.shift(HOUR)
        press.withdraw(story, by=None, reason="error")
        return story

    spiked, held, ended = withdrawn(), withdrawn(), make_live()
    desk.move(spiked, "spike", by=None)
    desk.save(held, by=None, values={"embargo_until": NOON + 9 * DAY})
    press.set_end(ended, by=None, at=NOON + 3 * HOUR)
    clock.move_to(NOON + DAY)
    press.withdraw(ended, by=None, reason="error")
    clock.shift(HOUR)
    for story, sentence in ((spiked, "is spiked"), (held, "under embargo"), (ended, "had ended before")):
        with pytest.raises(Refused) as refused:
            press.restore(story, by=None)
        assert sentence in refused.value.reasons[0]


def test_a_correction_that_is_scheduled_is_not_lost_by_publishing_its_text_now():
    story = rewrite(make_live(), "Richtig.")
    press.schedule(story, by=None, at=SIX, change=Change.CORRECTION, note="Falsche Zahl.")
    with pytest.raises(Refused) as refused:
        press.publish(story, by=None, change=Change.MINOR)
    assert "scheduled as a correction" in refused.value.reasons[0]


def test_a_note_scheduled_by_another_clock_survives_a_fix_published_before_it(clock):
    from zoneinfo import ZoneInfo

    story = rewrite(make_live(), "Richtig.")
    at = SIX.astimezone(ZoneInfo("Europe/Berlin"))
    press.schedule(story, by=None, at=at, change=Change.CORRECTION, note="Falsche Zahl.")
    clock.shift(HOUR)
    press.publish(rewrite(story, "Komma."), by=None, change=Change.MINOR)
    assert [note["text"] for note in Edition.objects.live(SIX).get(story=story).corrections] == ["Falsche Zahl."]


def test_an_end_that_only_a_cancelled_edition_had_goes_with_it():
    story = scheduled()
    press.set_end(story, by=None, at=SIX + HOUR)
    assert Story.objects.get().ends_at == SIX + HOUR
    press.cancel(story, by=None)
    assert Story.objects.get().ends_at is None
