"""The archive by year, month and day, the latest by hour: what has stories is linked, what has none is not there."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from cast import HOUR, NOON, make_live, make_scheduled, make_section
from django.test import Client

from articles import press

pytestmark = pytest.mark.django_db


def publish_at(*moment):
    """A story first published at that moment (UTC)."""
    at = datetime(*moment, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        return make_live(section=make_section())


def page(path, at=NOON):
    with time_machine.travel(at, tick=False):
        return Client().get(path)


def links(path, within):
    """The addresses linked from the part of a page with that class, in order."""
    html = page(path).content.decode()
    part = re.search(rf'<(\w+) class="{within}"[^>]*>(.*?)</\1>', html, re.DOTALL)
    return re.findall(r'href="([^"]+)"', part[2]) if part else []


def test_years_months_and_days_with_stories_are_linked_and_no_others():
    for moment in ((2019, 5, 3), (2024, 2, 29), (2026, 11, 1), (2026, 11, 20), (2026, 1, 5)):
        publish_at(*moment, 12)
    assert re.findall(r'href="/archive/(\d+)/"', page("/archive/").content.decode()) == ["2026", "2024", "2019"]
    assert links("/archive/2026/", "month-list") == ["/archive/2026/01/", "/archive/2026/11/"]
    assert links("/archive/2024/", "month-list") == ["/archive/2024/02/"]
    assert links("/archive/2026/11/", "month") == ["/archive/2026/11/01/", "/archive/2026/11/20/"]
    assert links("/archive/2024/02/", "month") == ["/archive/2024/02/29/"]


def test_each_page_leads_up_and_to_its_neighbours_that_have_stories():
    for moment in ((2019, 5, 3), (2024, 2, 29), (2026, 11, 1)):
        publish_at(*moment, 12)
    assert links("/archive/2024/02/29/", "trail") == ["/archive/", "/archive/2024/", "/archive/2024/02/"]
    assert links("/archive/2024/02/", "trail") == ["/archive/", "/archive/2024/"]
    assert links("/archive/2024/", "trail") == ["/archive/"]
    assert links("/archive/2024/02/", "days") == ["/archive/2019/05/", "/archive/2026/11/"]
    assert links("/archive/2024/", "days") == ["/archive/2019/", "/archive/2026/"]
    assert links("/archive/2019/", "days") == ["/archive/2024/"]


@pytest.mark.parametrize(
    "path", ["2023", "2026/12", "2026/00", "2026/13", "2026/99", "2999", "2999/12", "1000", "0999"]
)
def test_a_time_without_stories_is_no_page(path):
    publish_at(2026, 11, 1, 12)
    assert page(f"/archive/{path}/").status_code == 404


def test_a_month_begins_and_ends_by_the_newsrooms_clock():
    publish_at(2025, 12, 31, 23, 30)  # half past midnight in Berlin
    assert links("/archive/2026/", "month-list") == ["/archive/2026/01/"]
    assert links("/archive/2026/01/", "month") == ["/archive/2026/01/01/"]
    assert page("/archive/2025/").status_code == 404


def test_what_readers_cannot_see_opens_no_day_month_or_year():
    publish_at(2026, 11, 1, 12)
    gone = publish_at(2020, 3, 5, 12)
    with time_machine.travel(NOON - HOUR, tick=False):
        press.withdraw(gone, by=None, reason="error")
        make_scheduled(at=NOON + HOUR)
    assert page("/archive/2020/").status_code == page("/archive/2020/03/").status_code == 404
    assert links("/archive/2026/11/", "month") == ["/archive/2026/11/01/"]
    assert re.findall(r'href="/archive/(\d+)/"', page("/archive/").content.decode()) == ["2026"]


def test_a_month_is_a_table_of_whole_weeks_from_monday():
    publish_at(2026, 11, 1, 12)
    html = page("/archive/2026/11/").content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    days = [re.findall(r"<td>(?:<\w+[^>]*>(\d+)</\w+>)?</td>", row) for row in rows[1:]]
    assert days[0] == ["", "", "", "", "", "", "1"]
    assert days[-1] == ["30", "", "", "", "", "", ""]
    assert re.findall(r'<abbr title="(\w+)"', rows[0])[0] == "Montag"
    assert '<a href="/archive/2026/11/01/" aria-label="Sonntag, 1. November 2026">1</a>' in html


def test_an_empty_newspaper_has_an_empty_archive():
    response = page("/archive/")
    assert (response.status_code, "archive/20" in response.content.decode()) == (200, False)


def test_today_is_a_ticker_by_the_hour_and_older_days_are_not():
    for moment in ((2026, 11, 22, 9), (2026, 11, 23, 9, 5), (2026, 11, 23, 9, 50), (2026, 11, 23, 11, 0)):
        publish_at(*moment)
    html = page("/latest/").content.decode()
    assert re.findall(r"<h3><time[^>]*>([^<]+)</time></h3>", html) == ["12:00 Uhr", "10:00 Uhr"]
    assert [len(re.findall("<li class=", part)) for part in html.split('<section class="hour">')[1:]] == [1, 3]
    assert re.findall(r'<h2><a href="([^"]+)"', html) == ["/archive/2026/11/23/", "/archive/2026/11/22/"]


def test_the_hour_that_comes_twice_is_two():
    publish_at(2026, 10, 25, 0, 30)  # half past two, summer time
    publish_at(2026, 10, 25, 1, 30)  # half past two again
    html = page("/latest/", at=datetime(2026, 10, 25, 12, tzinfo=UTC)).content.decode()
    assert re.findall(r'<h3><time datetime="([^"]+)"', html) == [
        "2026-10-25T02:00:00+01:00",
        "2026-10-25T02:00:00+02:00",
    ]
