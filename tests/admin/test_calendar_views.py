"""The calendar's month, week and agenda: what stands where, for whom, and what a bad question gets."""

import re
from datetime import datetime

import pytest
from calendar_page import URL, cell
from cast import DAY, HOUR, NOON, make_live, make_scheduled, make_section, make_story, make_user
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.planning import calendar as screens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OUTSIDE = ("contributor", "editor", "administrator")


def test_the_month_shows_what_is_due_what_is_scheduled_and_what_went_live_on_their_days(sign_in):
    make_story("Fällig", due_at=NOON + 2 * DAY)
    make_scheduled(at=NOON + DAY)
    make_live("Online")
    html = sign_in("chief").get(URL).content.decode()
    assert "Fällig" in cell(html, "2026-11-25")
    assert "Scheduled" in cell(html, "2026-11-24")
    assert "Published" in cell(html, "2026-11-23")
    assert html.count("<time") == 3


def test_it_is_a_table_with_caption_scopes_week_numbers_from_monday_and_today_marked(sign_in):
    html = sign_in("chief").get(f"{URL}?date=2026-11-11").content.decode()
    assert re.search(r"<caption[^>]*>November 2026</caption>", html)
    assert re.findall(r'<th scope="col"[^>]*><abbr title="(\w+)"', html)[0] == "Monday"
    assert re.findall(r"</span>(\d\d)</a></th>", html) == ["44", "45", "46", "47", "48", "49"]
    assert re.findall(r'data-day="([^"]*)"', html)[::41] == ["2026-10-26", "2026-12-06"]
    assert html.count('aria-current="date"') == 1
    assert 'aria-current="date"' in cell(html, "2026-11-23")


@pytest.mark.parametrize("day, week", [("2027-01-03", 53), ("2027-01-04", 1), ("2026-12-31", 53)])
def test_weeks_are_numbered_as_iso_8601_says(sign_in, day, week):
    html = sign_in("chief").get(f"{URL}?view=week&date={day}").content.decode()
    assert f"Week {week}:" in html


def test_the_week_has_a_column_for_each_day_with_its_stories_in_order_of_time(sign_in):
    make_story("Spät", due_at=datetime.fromisoformat("2026-11-25T22:00:00+01:00"))
    make_story(
        "Früh", due_at=datetime.fromisoformat("2026-11-25T06:30:00+01:00"), assignee=make_user("editor", name="kim")
    )
    html = sign_in("chief").get(f"{URL}?view=week").content.decode()
    assert len(re.findall(r'<th scope="col"', html)) == 7
    day = cell(html, "2026-11-25")
    assert re.findall(r"<time[^>]*>([^<]*)</time>", day) == ["06:30", "22:00"]
    assert "Politik · kim" in day


def test_an_hour_that_happens_twice_is_shown_with_its_offset(sign_in, clock):
    for text in ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"):
        make_story(due_at=datetime.fromisoformat(text))
    html = sign_in("chief").get(f"{URL}?view=agenda&date=2026-10-25").content.decode()
    assert re.findall(r"<time[^>]*>([^<]*)</time>", cell(html, "2026-10-25")) == ["02:30 +02:00", "02:30 +01:00"]


def test_a_day_with_more_than_eight_leads_to_its_agenda_which_has_them_all(sign_in):
    for number in range(11):
        make_story(f"Meldung {number:02}", due_at=NOON + DAY)
    chief = sign_in("chief")
    day = cell(chief.get(URL).content.decode(), "2026-11-24")
    assert (day.count('class="entry '), "+ 3 more" in day) == (8, True)
    link = re.search(r'href="([^"]*)">\+ 3 more', day)[1].replace("&amp;", "&")
    assert cell(chief.get(URL + link).content.decode(), "2026-11-24").count('class="entry ') == 11


def test_an_agenda_that_is_too_long_says_where_it_breaks_off_and_goes_on(sign_in, monkeypatch):
    monkeypatch.setattr(screens, "AGENDA_MOST", 2)
    for number in range(3):
        make_story(f"Meldung {number}", due_at=NOON + number * DAY)
    chief = sign_in("chief")
    html = chief.get(f"{URL}?view=agenda").content.decode()
    assert "These are the first 2; the list breaks off on Tuesday 24 November 2026." in html
    on = re.search(r'href="([^"]*)">Go on from that day', html)[1].replace("&amp;", "&")
    rest = chief.get(URL + on).content.decode()
    assert [f"Meldung {n}" in rest for n in range(3)] == [False, True, True]


def test_undated_ideas_stand_beside_it(sign_in):
    make_story("Idee ohne Tag")
    html = sign_in("chief").get(URL).content.decode()
    assert "Idee ohne Tag" in html[html.index("ideas-title") :]
    assert "Idee ohne Tag" not in html[: html.index("ideas-title")]


def test_what_is_late_says_so(sign_in, clock):
    make_scheduled("Geplant", due_at=NOON - HOUR, at=NOON + DAY)
    assert "Late" not in cell(sign_in("chief").get(URL).content.decode(), "2026-11-23")
    make_story("Säumig", due_at=NOON - HOUR)
    assert "Late" in cell(sign_in("chief").get(URL).content.decode(), "2026-11-23")


def test_nobody_sees_what_they_may_not_read(sign_in):
    section = make_section("wirtschaft")
    make_story("GEHEIM fällig", section=section, due_at=NOON)
    make_story("GEHEIM Idee", section=section)
    make_scheduled("GEHEIM geplant", section=section, at=NOON + DAY)
    seen = {}
    for role in (*OUTSIDE, "chief", "picture editor"):
        client = sign_in(role, "politik")
        seen[role] = sum(
            client.get(f"{URL}?view={view}").content.decode().count("GEHEIM") > 0 for view in screens.VIEWS
        )
    assert seen == {"contributor": 0, "editor": 0, "administrator": 0, "chief": 3, "picture editor": 3}
    assert sign_in("administrator").get(URL).status_code == 403


def test_filters_are_kept_by_every_link(sign_in):
    section, chief = make_section("politik"), sign_in("chief")
    make_story("Fremd", section=make_section("sport"), due_at=NOON)
    make_story("Eigen", section=section, due_at=NOON)
    html = chief.get(f"{URL}?section={section.pk}&person=&stage=draft").content.decode()
    assert ("Eigen" in html, "Fremd" in html) == (True, False)
    links = [link for link in re.findall(r'href="(\?[^"]*)"', html) if "view=week&amp;date=2026-11-23" in link]
    assert links[-1] == f"?view=week&amp;date=2026-11-23&amp;section={section.pk}&amp;stage=draft"


def test_who_works_at_the_desk_is_asked_once_whoever_is_chosen(sign_in):
    chief = sign_in("chief")
    counts = []
    for query in ("", f"?person={chief.user.pk}"):
        chief.get(URL)
        with CaptureQueriesContext(connection) as queries:
            chief.get(f"{URL}{query}")
        counts.append(sum('ORDER BY "auth_user"."last_name"' in each["sql"] for each in queries))
    assert counts == [1, 1]


def test_an_ordinary_page_has_no_more_queries_with_more_stories(sign_in):
    def asked(role, *sections):
        client = sign_in(role, *sections)
        counts = []
        for number in (1, 6):
            for _each in range(number):
                make_story(due_at=NOON, by=client.user)
                make_story(by=client.user)
                make_scheduled(at=NOON + DAY)
            client.get(URL)
            with CaptureQueriesContext(connection) as queries:
                client.get(URL)
            counts.append(len(queries))
        return counts

    for who in (("chief",), ("editor", "politik"), ("contributor",)):
        few, many = asked(*who)
        assert few == many
        assert many <= 20


@pytest.mark.parametrize(
    "query, said",
    [
        ("date=2026-02-30", "no such day"),
        ("date=0000-01-01", "no such day"),
        ("date=9999-12-31", "no such day"),
        ("date=0001-01-01", "no such day"),
        ("date=gestern", "no such day"),
        ("date=%00", "no such day"),
        ("date=2026-11-2३", "no such day"),
        ("view=year", "no such view"),
        ("section=999999", "no such section"),
        ("section=99999999999999999999999", "no such section"),
        ("person=%F0%9F%98%80", "no such section, person"),
        ("stage=%27%22%3E", "no such section, person or stage"),
    ],
)
def test_what_makes_no_sense_is_left_out_with_a_sentence(sign_in, query, said):
    response = sign_in("chief").get(f"{URL}?{query}")
    html = response.content.decode()
    assert (response.status_code, said in html, "November 2026" in html) == (200, True, True)


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31", "2026-03-29", "2026-10-25", "2028-02-29"])
def test_the_ends_of_the_calendar_and_the_days_of_the_clock_change_are_shown(sign_in, view, day):
    response = sign_in("chief").get(f"{URL}?view={view}&date={day}")
    assert (response.status_code, f'data-day="{day}"' in response.content.decode()) == (200, True)
