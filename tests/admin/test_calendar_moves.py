"""Moving things in the calendar: stories by their plan, editions by their hour, and who may."""

import re
from datetime import datetime

import pytest
from calendar_page import URL
from cast import DAY, NOON, make_cleared, make_scheduled, make_section, make_story, make_user
from desk_forms import act_url, fields, messages_of, page_url, submit
from django.test import Client

from articles import desk, press
from articles.admin.fields import VersionField
from articles.models import Edition, Story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_dropped_story_keeps_its_time_of_day_and_gets_a_revision(sign_in):
    story, chief = make_story("Kai", due_at=NOON), sign_in("chief")
    page = chief.post(
        page_url(story, "plan"), {"day": "2026-11-26", "next": f"{URL}?view=week#d-2026-11-26"}, follow=True
    )
    assert page.redirect_chain == [(f"{URL}?view=week#d-2026-11-26", 302)]
    assert messages_of(page) == ["“Kai” is due 26.11.2026 13:00 +01:00."]
    story.refresh_from_db()
    assert (story.due_at, story.version, story.saved_by) == (NOON + 3 * DAY, 2, chief.user)
    assert story.revisions.count() == 2


def test_an_undated_idea_is_due_at_noon_of_the_day_it_is_dropped_on(sign_in):
    story = make_story("Idee")
    page = sign_in("chief").post(page_url(story, "plan"), {"day": "2026-11-26"}, follow=True)
    assert messages_of(page) == ["“Idee” is due 26.11.2026 12:00 +01:00."]


def test_an_hour_that_the_clocks_skip_or_repeat_is_refused_with_both_choices(sign_in):
    story, chief = make_story(due_at=datetime.fromisoformat("2026-11-24T02:30:00+01:00")), sign_in("chief")
    skipped = messages_of(chief.post(page_url(story, "plan"), {"day": "2026-03-29"}, follow=True))
    twice = messages_of(chief.post(page_url(story, "plan"), {"day": "2026-10-25"}, follow=True))
    assert skipped == [
        "Nothing was moved. This time does not exist: the clocks jump over it. "
        "Choose 29.03.2026 01:30 +01:00 or 29.03.2026 03:30 +02:00."
    ]
    assert twice[0].startswith("Nothing was moved. This hour happens twice that night.")
    story.refresh_from_db()
    assert story.version == 1


@pytest.mark.parametrize(
    "day", ["", "x", "2026-02-30", "9999-12-31", "0001-01-01", "2026-11-26T00:00", "\0", "٢٠٢٦-١١-٢٦x"]
)
def test_a_day_there_is_not_moves_nothing(sign_in, day):
    story, chief = make_story(due_at=NOON), sign_in("chief")
    assert messages_of(chief.post(page_url(story, "plan"), {"day": day}, follow=True)) == [
        "Nothing was moved. The calendar has no such day."
    ]
    assert Story.objects.get().due_at == NOON


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "/admin/", f"{URL}../../", f"{URL}?a\r\nb: c"]
)
def test_one_comes_back_to_the_calendar_and_nowhere_else(sign_in, there):
    response = sign_in("chief").post(page_url(make_story(), "plan"), {"day": "2026-11-26", "next": there})
    assert response["Location"] == URL


def test_the_form_plans_and_assigns(sign_in):
    story, chief, ria = make_story("Kai"), sign_in("chief"), make_user("contributor")
    response = submit(chief, page_url(story, "plan"), due_at="2026-11-30T06:30:00", assignee=str(ria.pk))
    assert (response.status_code, response["Location"]) == (302, URL)
    story.refresh_from_db()
    assert (story.due_at, story.assignee) == (datetime.fromisoformat("2026-11-30T06:30:00+01:00"), ria)
    submit(chief, page_url(story, "plan"), due_at="")
    story.refresh_from_db()
    assert (story.due_at, story.assignee) == (None, ria)


def test_the_form_offers_both_readings_of_an_hour_that_happens_twice(sign_in):
    page = submit(sign_in("chief"), page_url(make_story(), "plan"), due_at="2026-10-25T02:30:00").content.decode()
    assert re.findall(r'<option value="(25\.10[^"]*)"', page) == ["25.10.2026 02:30 +02:00", "25.10.2026 02:30 +01:00"]


def test_a_spiked_story_is_planned_by_no_form(sign_in):
    story, chief = desk.move(make_story(), "spike", by=None), sign_in("chief")
    response = submit(chief, page_url(story, "plan"), due_at="2026-11-30T06:30:00")
    assert (response.status_code, "The story is spiked; revive it first." in response.content.decode()) == (409, True)
    assert Story.objects.get().due_at is None


def test_a_dropped_edition_goes_out_at_the_same_hour_of_the_other_day(sign_in):
    story, chief = make_scheduled("Kai", at=NOON + DAY), sign_in("chief")
    page = chief.post(page_url(story, "retime"), {"day": "2026-11-27", "was": (NOON + DAY).isoformat()}, follow=True)
    assert messages_of(page) == ["The edition of “Kai” goes out 27.11.2026 13:00 +01:00."]
    assert Edition.objects.get().live_from == NOON + 4 * DAY


def test_an_edition_that_somebody_moved_meanwhile_is_left_alone(sign_in):
    story, chief = make_scheduled(at=NOON + DAY), sign_in("chief")
    press.retime(story, by=None, at=NOON + 2 * DAY)
    page = chief.post(page_url(story, "retime"), {"day": "2026-11-27", "was": (NOON + DAY).isoformat()}, follow=True)
    assert messages_of(page)[0].startswith("Nothing was moved. The scheduled edition starts at 25.11.2026 13:00 +01:00")
    assert Edition.objects.get().live_from == NOON + 2 * DAY


def test_an_edition_dropped_on_a_day_that_has_passed_stays(sign_in):
    story = make_scheduled(at=NOON + DAY)
    page = sign_in("chief").post(page_url(story, "retime"), {"day": "2026-11-20", "was": "nonsense"}, follow=True)
    assert messages_of(page) == [
        "Nothing was moved. 20.11.2026 13:00 +01:00 has passed; publish now, or choose a later time."
    ]


def test_where_nothing_is_scheduled_nothing_is_moved(sign_in):
    page = sign_in("chief").post(page_url(make_cleared(), "retime"), {"day": "2026-11-27"}, follow=True)
    assert messages_of(page) == ["Nothing was moved. No edition is scheduled."]


def test_the_act_moves_it_to_any_second_and_says_why(sign_in):
    story, chief = make_scheduled(at=NOON + DAY), sign_in("chief")
    response = submit(chief, act_url(story, "retime"), at="2026-11-24T06:00:01", note="Sitzung")
    assert response.status_code == 302
    assert Edition.objects.get().live_from == datetime.fromisoformat("2026-11-24T06:00:01+01:00")
    assert story.events.get(act="retimed").note == "Sitzung"


def test_only_those_who_may_move_a_story_are_offered_to_and_can(sign_in):
    story = make_scheduled(at=NOON + DAY, section=make_section("wirtschaft"), due_at=NOON + DAY)
    own = make_story(due_at=NOON)
    for role, sections, offered in (("editor", ["politik"], 1), ("chief", [], 3), ("picture editor", [], 0)):
        client = sign_in(role, *sections)
        assert client.get(URL).content.decode().count("data-moves=") == offered, role
        status = 302 if role == "chief" else 403
        assert client.post(page_url(story, "plan"), {"day": "2026-11-26"}).status_code == status, role
        assert client.post(page_url(story, "retime"), {"day": "2026-11-26"}).status_code == status, role
    assert Client().post(page_url(own, "plan"), {"day": "2026-11-26"}).status_code == 302
    own.refresh_from_db()
    assert own.due_at == NOON


def test_a_get_moves_nothing(sign_in):
    story, chief = make_scheduled(at=NOON + DAY, due_at=NOON), sign_in("chief")
    assert chief.get(page_url(story, "plan"), {"day": "2026-11-26"}).status_code == 200
    assert chief.get(page_url(story, "retime"), {"day": "2026-11-26"}).status_code == 405
    story.refresh_from_db()
    assert (story.due_at, Edition.objects.get().live_from) == (NOON, NOON + DAY)


def test_a_plan_made_on_an_older_one_does_not_undo_it(sign_in):
    chief, other, story = sign_in("chief"), make_user("chief"), make_story()
    url = page_url(story, "plan")
    page = chief.get(url)
    desk.save(story, by=other, values={"due_at": NOON + 3 * DAY})
    assert chief.post(url, fields(page) | {"assignee": [other.pk]}).status_code == 302
    story.refresh_from_db()
    assert (story.due_at, story.assignee) == (NOON + 3 * DAY, other)


def test_a_plan_refuses_the_token_of_another_story(sign_in):
    chief, story, another = sign_in("chief"), make_story(), make_story()
    token = VersionField.token(another)
    page = chief.post(page_url(story, "plan"), {"version_token": token, "due_at": ""})
    assert page.status_code == 403
