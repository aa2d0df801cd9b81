"""Outgoing: the next editions, what is late, what ends, and how the follow-up work is doing."""

import re
from datetime import timedelta

import pytest
from cast import DAY, HOUR, NOON, SECOND, make_live, make_scheduled, make_section, make_story, rewrite
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import desk, outbox, press
from articles.admin.planning import outgoing
from articles.admin.planning.outgoing import health_says
from articles.models import Effect, Story, Worker
from articles.outbox import Health

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/admin/articles/story/outgoing/"


def part(client, name):
    """The rows of one table of the page: what stands in its cells (list of lists of text)."""
    html = client.get(URL).content.decode()
    section = html[html.index(f'aria-labelledby="{name}"') :].split("</section>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", section.partition("<tbody>")[2], re.DOTALL)
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", " ", each).split()) for each in row] for row in cells]


def test_the_next_editions_stand_in_order_to_the_second(sign_in):
    make_scheduled("Zweite", at=NOON + HOUR + SECOND)
    make_scheduled("Erste", at=NOON + HOUR)
    rewrite(make_scheduled("Dritte", at=NOON + DAY), "Später geschrieben.")
    press.cancel(make_scheduled("Abgesagt", at=NOON + HOUR), by=None)
    make_live("Online")
    rows = part(sign_in("chief"), "out-next")
    assert [row[:3] for row in rows] == [
        ["23.11.2026 14:00:00 +01:00", "Erste", "Politik"],
        ["23.11.2026 14:00:01 +01:00", "Zweite", "Politik"],
        ["24.11.2026 13:00:00 +01:00", "Dritte Printed from an older text", "Politik"],
    ]


def test_a_moved_edition_stands_at_its_new_time(sign_in):
    press.retime(make_scheduled("Erste", at=NOON + HOUR), by=None, at=NOON + 2 * HOUR)
    assert part(sign_in("chief"), "out-next")[0][0] == "23.11.2026 15:00:00 +01:00"


def test_an_edition_can_be_seen_in_its_place_at_its_start(sign_in):
    make_scheduled("Erste", at=NOON + HOUR + timedelta(microseconds=1), slug="erste")
    chief = sign_in("chief")
    link = re.search(r'href="(/admin/at/20261123T130001Z/politik/erste-[^"]*)"', chief.get(URL).content.decode())[1]
    assert "Erste" in chief.get(link).content.decode()
    reader = sign_in("contributor")
    make_scheduled("Eigene", at=NOON + HOUR, by=reader.user)
    html = reader.get(URL).content.decode()
    assert ("Eigene" in html, "/admin/at/" in html) == (True, False)


def test_it_shows_a_hundred_and_says_where_the_rest_is(sign_in, monkeypatch):
    monkeypatch.setattr(outgoing, "NEXT", 2)
    for minute in range(3):
        make_scheduled(f"Nr {minute}", at=NOON + HOUR + timedelta(minutes=minute))
    chief = sign_in("chief")
    assert [row[1] for row in part(chief, "out-next")] == ["Nr 0", "Nr 1"]
    assert "These are the next 2; the calendar has what follows." in chief.get(URL).content.decode()


def test_due_stories_of_which_nothing_is_printed_are_overdue_the_latest_first(sign_in, clock):
    make_story("Gestern", due_at=NOON - DAY)
    make_story("Eben", due_at=NOON - HOUR)
    make_story("Noch Zeit", due_at=NOON + HOUR)
    make_story("Vor Monaten", due_at=NOON - 31 * DAY)
    make_live("Online", due_at=NOON - HOUR)
    desk.move(make_story("Gestrichen", due_at=NOON - HOUR), "spike", by=None)
    make_scheduled("Verspätet geplant", at=NOON + HOUR, due_at=NOON - 2 * HOUR)
    press.cancel(make_scheduled("Abgesagt", at=NOON + HOUR, due_at=NOON - 3 * HOUR), by=None)
    clock.shift(SECOND)
    expected = ["Eben", "Abgesagt", "Gestern", "Vor Monaten"]
    assert [row[1] for row in part(sign_in("chief"), "out-overdue")] == expected


def test_outgoing_the_first_page_and_the_list_call_the_same_stories_overdue(sign_in, clock):
    make_story("Gestern", due_at=NOON - DAY)
    make_story("Vor Wochen", due_at=NOON - 40 * DAY)
    make_scheduled("Geplant", at=NOON + DAY, due_at=NOON - DAY)
    press.withdraw(make_live("Zurückgezogen", due_at=NOON - HOUR), by=None, reason="legal")
    desk.move(make_story("Gestrichen", due_at=NOON - HOUR), "spike", by=None)
    make_story("Noch Zeit", due_at=NOON)
    chief = sign_in("chief")
    [card] = [each for each in chief.get("/admin/").context["cards"] if each.name == "overdue"]
    listed = chief.get(card.url).context["cl"].result_list
    marked = {story.headline for story in Story.objects.all() if story.is_overdue(NOON)}
    assert [row.title for row in card.rows] == ["Gestern", "Vor Wochen"]
    assert [row[1] for row in part(chief, "out-overdue")] == ["Gestern", "Vor Wochen"]
    assert {story.headline for story in listed} == marked == {"Gestern", "Vor Wochen"}


def test_what_went_out_after_it_was_due_says_by_how_much(sign_in, clock):
    make_live("Spät", due_at=NOON - 2 * HOUR - timedelta(minutes=5))
    make_live("Pünktlich", due_at=NOON + HOUR)
    make_live("Ohne Termin")
    clock.shift(HOUR)
    assert [[row[1], *row[3:]] for row in part(sign_in("chief"), "out-late")] == [
        ["Spät", "23.11.2026 10:55:00 +01:00", "2 hours, 5 minutes"]
    ]
    clock.shift(7 * DAY)
    assert part(sign_in("chief"), "out-late") == []


def test_what_was_late_stays_so_when_readers_have_another_edition_or_none(sign_in, clock):
    late = {name: make_live(name, due_at=NOON - HOUR) for name in ("Geändert", "Zurückgezogen", "Beendet", "Online")}
    press.set_end(late["Beendet"], by=None, at=NOON + HOUR)
    clock.shift(HOUR)
    press.publish(rewrite(late["Geändert"], "Neu."), by=None, change="update")
    press.withdraw(late["Zurückgezogen"], by=None, reason="legal")
    make_scheduled("Geplant", at=NOON + DAY, due_at=NOON - HOUR)
    press.cancel(make_scheduled("Abgesagt", at=NOON + DAY, due_at=NOON - HOUR), by=None)
    clock.shift(HOUR)
    rows = part(sign_in("chief"), "out-late")
    assert sorted((row[1], row[4]) for row in rows) == sorted((name, "1 hour") for name in late)


def test_a_later_update_does_not_make_a_story_late(sign_in, clock):
    story = make_live("Pünktlich", due_at=NOON + HOUR)
    clock.shift(2 * HOUR)
    press.publish(rewrite(story, "Neu."), by=None, change="update")
    assert part(sign_in("chief"), "out-late") == []


def test_embargoes_and_ends_of_the_next_seven_days(sign_in):
    for days in (-1, 2, 8):
        make_story(f"Sperre {days}", embargo_until=NOON + days * DAY)
    for days in (3, 9):
        press.set_end(make_live(f"Ende {days}"), by=None, at=NOON + days * DAY)
    chief = sign_in("chief")
    assert [row[:2] for row in part(chief, "out-embargoes")] == [["25.11.2026 13:00:00 +01:00", "Sperre 2"]]
    assert [row[:2] for row in part(chief, "out-ends")] == [["26.11.2026 13:00:00 +01:00", "Ende 3"]]


def test_nobody_sees_what_they_may_not_read(sign_in):
    section = make_section("wirtschaft")
    make_scheduled("GEHEIM", at=NOON + HOUR, section=section, due_at=NOON - HOUR, embargo_until=NOON + HOUR)
    press.set_end(make_live("GEHEIM", section=section, due_at=NOON - HOUR), by=None, at=NOON + DAY)
    seen = {
        role: sign_in(role, "politik").get(URL).content.decode().count("GEHEIM") for role in ("contributor", "editor")
    }
    assert seen == {"contributor": 0, "editor": 0}
    assert sign_in("chief").get(URL).content.decode().count("GEHEIM") >= 5
    assert sign_in("administrator").get(URL).status_code == 403
    assert Client().get(URL).status_code == 302


def test_it_asks_as_often_with_many_stories_as_with_few(sign_in):
    chief, counts = sign_in("chief"), []
    for number in (1, 5):
        for _each in range(number):
            make_scheduled("", at=NOON + HOUR, due_at=NOON - HOUR)
            make_story(due_at=NOON - HOUR, embargo_until=NOON + HOUR)
            press.set_end(make_live(due_at=NOON - HOUR), by=None, at=NOON + DAY)
        chief.get(URL)
        with CaptureQueriesContext(connection) as queries:
            chief.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 24


def test_the_state_of_the_follow_up_work_is_a_sentence(sign_in, clock):
    for number in range(3):
        outbox.add("nothing", key=f"test:{number}", payload={}, due_at=NOON)
    Worker.objects.create(name="w", started_at=NOON, ran_at=NOON)
    clock.shift(2 * SECOND)
    page = sign_in("chief").get(URL).content.decode()
    assert Effect.objects.count() == 3
    assert "3 due, 0 overdue effects, last run 2 s ago." in page


@pytest.mark.parametrize(
    "health, said",
    [
        (Health(3, 0, 0, 0, 1, NOON - 2 * SECOND), "3 due, 0 overdue effects, last run 2 s ago"),
        (
            Health(1, 1, 2, 4, 0, None),
            "1 due, 1 overdue effect, 2 to be tried again, 4 given up, no worker has run yet",
        ),
        (Health(0, 0, 0, 0, 0, NOON - 3 * HOUR), "0 due, 0 overdue effects, last run 3\xa0hours ago"),
        (Health(0, 0, 0, 0, 1, NOON + SECOND), "0 due, 0 overdue effects, last run 0 s ago"),
    ],
)
def test_every_state_has_its_sentence(health, said):
    assert health_says(health, NOON) == said


def test_moving_an_edition_is_offered_to_whoever_may_publish_it(sign_in):
    reporter = sign_in("contributor")
    story = make_scheduled("Eigene", at=NOON + HOUR, by=reporter.user)
    pages = [client.get(URL).content.decode() for client in (reporter, sign_in("editor", "politik"))]
    assert [("Eigene" in page, f"/{story.pk}/act/retime/" in page) for page in pages] == [(True, False), (True, True)]
