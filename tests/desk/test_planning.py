"""Planning: due dates through revisions; what stands on a day, for whom, how much of it."""

from datetime import date, datetime, timedelta

import pytest
from cast import (
    DAY,
    HOUR,
    NOON,
    make_cleared,
    make_contributor,
    make_live,
    make_scheduled,
    make_section,
    make_story,
    make_user,
    rewrite,
)
from refusals import refusal

from articles import desk, press
from articles.desk import agenda
from articles.desk.agenda import DUE, LIVE, SCHEDULED, Filters
from articles.desk.planning import wall_time_on
from articles.models import DayNote, Story, StoryEvent
from articles.rules.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def found(user, filters=None, *, most=8):
    """Kind and headline of everything in the fortnight around noon, in order."""
    entries, _totals = agenda.by_day(user, filters or Filters(), start=NOON - 7 * DAY, end=NOON + 7 * DAY, most=most)
    return [(entry.kind, entry.headline) for entry in entries]


def test_planning_is_a_save_that_can_be_undone_and_is_logged():
    story, chief = make_story(), make_user("chief")
    assert desk.plan(story, by=chief, due_at=NOON + HOUR) == ["due_at"]
    assert (story.due_at, story.version) == (NOON + HOUR, 2)
    assert list(story.revisions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert StoryEvent.objects.get(act="saved").by == chief
    desk.plan(story, by=chief, due_at=None)
    assert Story.objects.get().due_at is None


def test_a_spiked_story_is_not_planned():
    story = desk.move(make_story(), "spike", by=None)
    with pytest.raises(Refused) as refused:
        desk.plan(story, by=None, due_at=NOON)
    assert refused.value.reasons == ["The story is spiked; revive it first."]


@pytest.mark.parametrize(
    "day, like, expected",
    [
        (date(2026, 11, 25), datetime.fromisoformat("2026-11-24T05:45:30+00:00"), datetime(2026, 11, 25, 6, 45, 30)),
        (date(2026, 7, 1), datetime.fromisoformat("2026-11-24T05:45:00+00:00"), datetime(2026, 7, 1, 6, 45)),
        (date(2026, 11, 25), None, datetime(2026, 11, 25, 12)),
        (date(2026, 11, 23), None, datetime(2026, 11, 23, 14)),
    ],
)
def test_a_story_keeps_its_hour_on_the_wall_and_what_had_none_gets_noon_or_the_next_full_hour(day, like, expected):
    assert wall_time_on(day, like) == expected


def test_the_next_full_hour_never_leaves_the_day(clock):
    clock.move_to(datetime.fromisoformat("2026-11-23T23:30:00+01:00"))
    assert wall_time_on(date(2026, 11, 23), None) == datetime(2026, 11, 23, 23, 59)


def test_due_stories_scheduled_editions_and_what_went_live_stand_in_order_of_time(clock):
    make_live("Online")
    make_story("Fällig", due_at=NOON + HOUR)
    press.schedule(make_cleared("Geplant"), by=None, at=NOON + 2 * HOUR)
    clock.shift(timedelta(minutes=1))
    assert found(make_user("chief")) == [(LIVE, "Online"), (DUE, "Fällig"), (SCHEDULED, "Geplant")]


def test_a_cancelled_edition_and_a_spiked_story_stand_nowhere():
    press.cancel(make_scheduled("Abgesagt", at=NOON + HOUR), by=None)
    desk.move(make_story("Gestrichen", due_at=NOON), "spike", by=None)
    assert found(make_user("chief")) == []
    assert found(make_user("chief"), Filters(stage="spiked")) == [(DUE, "Gestrichen")]


def test_nobody_sees_what_they_may_not_read():
    make_scheduled("Fremd geplant", at=NOON + HOUR, section=make_section("wirtschaft"), due_at=NOON)
    make_story("Eigen", due_at=NOON)
    assert found(make_user("editor", "politik")) == [(DUE, "Eigen")]
    assert found(make_user("contributor")) == []
    assert found(make_user("administrator")) == []
    assert len(found(make_user("chief"))) == 3


def test_filters_by_section_and_below_person_and_stage():
    ria = make_user("contributor")
    person = make_contributor("Ria", user=ria)
    make_story("Europa", section=make_section("politik/europa"), due_at=NOON)
    make_story("Wirtschaft", section=make_section("wirtschaft"), due_at=NOON, by=ria)
    make_story("Genannt", section=make_section("sport"), due_at=NOON, bylines=[(person, "text")])
    make_story("Zugeteilt", section=make_section("sport"), due_at=NOON, assignee=ria)
    make_cleared("Frei", section=make_section("kultur"), due_at=NOON)
    chief = make_user("chief")

    def seen(**chosen):
        return {headline for _kind, headline in found(chief, Filters(**chosen))}

    assert seen(section=make_section("politik")) == {"Europa"}
    assert seen(person=ria) == {"Wirtschaft", "Genannt", "Zugeteilt"}
    assert seen(stage="cleared") == {"Frei"}


def test_a_full_day_is_cut_and_counted_what_is_planned_first(clock):
    for number in range(4):
        make_live(f"Online {number}")
    for number in range(4):
        make_story(f"Fällig {number}", due_at=NOON + number * HOUR)
    press.schedule(make_cleared("Geplant"), by=None, at=NOON + 5 * HOUR)
    clock.shift(HOUR)
    entries, totals = agenda.by_day(make_user("chief"), Filters(), start=NOON - DAY, end=NOON + DAY, most=3)
    assert [entry.headline for entry in entries if entry.kind == DUE] == ["Fällig 0", "Fällig 1", "Fällig 2"]
    assert [entry.kind for entry in entries].count(SCHEDULED) == 1
    assert totals == {date(2026, 11, 23): 9}


def test_days_are_those_of_the_newsrooms_calendar():
    make_story("Spät", due_at=datetime.fromisoformat("2026-11-23T23:59:59+01:00"))
    make_story("Früh", due_at=datetime.fromisoformat("2026-11-24T00:00:00+01:00"))
    _entries, totals = agenda.by_day(make_user("chief"), Filters(), start=NOON - DAY, end=NOON + DAY, most=8)
    assert totals == {date(2026, 11, 23): 1, date(2026, 11, 24): 1}


@pytest.mark.parametrize("day, hours", [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)])
def test_a_day_has_as_many_hours_as_its_clocks(day, hours):
    start, end = agenda.bounds(day, day)
    assert (end - start) == hours * HOUR


def test_an_agenda_says_that_it_breaks_off():
    for number in range(4):
        make_story(f"Fällig {number}", due_at=NOON + number * HOUR)
    chief = make_user("chief")
    within = {"start": NOON, "end": NOON + DAY}
    entries, cut = agenda.in_order(chief, Filters(), **within, most=3)
    assert ([entry.headline for entry in entries], cut) == (["Fällig 0", "Fällig 1", "Fällig 2"], True)
    assert agenda.in_order(chief, Filters(), **within, most=4)[1] is False


def test_nearest_first_where_a_file_has_no_room_for_all():
    for days in (-3, -2, -1, 1, 2, 3):
        make_story(f"{days}", due_at=NOON + days * DAY)
    near = agenda.ahead_and_behind(make_user("chief"), Filters(), at=NOON, reach=90 * DAY, most=4)
    assert [entry.headline for entry in near] == ["-1", "1", "2", "3"]


def test_undated_ideas_are_pitches_and_drafts_without_a_date_the_last_saved_first(clock):
    make_story("Alt")
    clock.shift(HOUR)
    make_story("Neu")
    make_story("Datiert", due_at=NOON)
    make_cleared("Frei")
    stories, more = agenda.ideas(make_user("chief"), Filters())
    assert ([story.headline for story in stories], more) == (["Neu", "Alt"], False)


def test_day_notes_of_a_section_show_in_it_above_it_and_below_it():
    europe, sport = make_section("politik/europa"), make_section("sport")
    day = date(2026, 11, 23)
    for text, section in (("Alle", None), ("Europa", europe), ("Politik", make_section("politik")), ("Sport", sport)):
        DayNote.objects.create(day=day, text=text, section=section)

    def seen(section):
        return [note.text for note in agenda.day_notes(Filters(section=section), first=day, last=day)[day]]

    assert seen(None) == ["Alle", "Europa", "Politik", "Sport"]
    assert seen(europe) == ["Alle", "Europa", "Politik"]
    assert seen(sport) == ["Alle", "Sport"]


def test_an_update_of_a_live_story_is_scheduled_too():
    story = rewrite(make_live("Online"), "Neu.", headline="Online, neu")
    press.schedule(story, by=None, at=NOON + HOUR, change="update")
    assert found(make_user("chief")) == [(LIVE, "Online"), (SCHEDULED, "Online, neu")]


def test_a_spiked_story_is_given_to_nobody():
    story = make_story()
    desk.move(story, "spike", by=None)
    assert refusal(desk.assign, story, by=None, assignee=make_user("editor"), due_at=NOON) == [
        "The story is spiked; revive it first."
    ]
    assert Story.objects.filter(assignee=None, due_at=None).get().pk == story.pk
