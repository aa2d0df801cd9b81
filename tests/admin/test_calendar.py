"""The calendar: what stands where, moving it, and the same calendar in one's own program."""

import re
from datetime import datetime, timedelta
from logging import LogRecord

import pytest
import time_machine
from cast import DAY, HOUR, NOON, make_cleared, make_live, make_section, make_story, make_user
from desk_forms import act_url, fields, messages_of, submit
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from articles import desk, press
from articles.admin.fields import VersionField
from articles.admin.planning import calendar as screens
from articles.models import DayNote, Edition, Preferences, Story
from newsroom.logs import HidePreviewTokens

pytestmark = pytest.mark.django_db
URL = "/admin/articles/story/calendar/"
OUTSIDE = ("contributor", "editor", "administrator")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def plan_url(story):
    return f"/admin/articles/story/{story.pk}/plan/"


def retime_url(story):
    return f"/admin/articles/story/{story.pk}/retime/"


def cell(html, day):
    """The part of a page that stands under one day (ISO)."""
    start = html.index(f'data-day="{day}"')
    end = html.find("data-day=", start + 10)
    return html[start : end if end > 0 else None]


def scheduled(headline="Geplant", at=NOON + DAY, **values):
    story = make_cleared(headline, **values)
    press.schedule(story, by=None, at=at)
    return story


# What it shows


def test_the_month_shows_what_is_due_what_is_scheduled_and_what_went_live_on_their_days(sign_in):
    make_story("Fällig", due_at=NOON + 2 * DAY)
    scheduled()
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
    make_story("Säumig", due_at=NOON - HOUR)
    assert "Late" in cell(sign_in("chief").get(URL).content.decode(), "2026-11-23")


def test_nobody_sees_what_they_may_not_read(sign_in):
    section = make_section("wirtschaft")
    make_story("GEHEIM fällig", section=section, due_at=NOON)
    make_story("GEHEIM Idee", section=section)
    scheduled("GEHEIM geplant", section=section)
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


def test_an_ordinary_page_has_no_more_queries_with_more_stories(sign_in):
    def asked(role, *sections):
        client = sign_in(role, *sections)
        counts = []
        for number in (1, 6):
            for _each in range(number):
                make_story(due_at=NOON, by=client.user)
                make_story(by=client.user)
                scheduled(at=NOON + DAY)
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


# Moving


def test_a_dropped_story_keeps_its_time_of_day_and_gets_a_revision(sign_in):
    story, chief = make_story("Kai", due_at=NOON), sign_in("chief")
    page = chief.post(plan_url(story), {"day": "2026-11-26", "next": f"{URL}?view=week#d-2026-11-26"}, follow=True)
    assert page.redirect_chain == [(f"{URL}?view=week#d-2026-11-26", 302)]
    assert messages_of(page) == ["“Kai” is due 26.11.2026 13:00 +01:00."]
    story.refresh_from_db()
    assert (story.due_at, story.version, story.saved_by) == (NOON + 3 * DAY, 2, chief.user)
    assert story.revisions.count() == 2


def test_an_undated_idea_is_due_at_noon_of_the_day_it_is_dropped_on(sign_in):
    story = make_story("Idee")
    page = sign_in("chief").post(plan_url(story), {"day": "2026-11-26"}, follow=True)
    assert messages_of(page) == ["“Idee” is due 26.11.2026 12:00 +01:00."]


def test_an_hour_that_the_clocks_skip_or_repeat_is_refused_with_both_choices(sign_in):
    story, chief = make_story(due_at=datetime.fromisoformat("2026-11-24T02:30:00+01:00")), sign_in("chief")
    skipped = messages_of(chief.post(plan_url(story), {"day": "2026-03-29"}, follow=True))
    twice = messages_of(chief.post(plan_url(story), {"day": "2026-10-25"}, follow=True))
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
    assert messages_of(chief.post(plan_url(story), {"day": day}, follow=True)) == [
        "Nothing was moved. The calendar has no such day."
    ]
    assert Story.objects.get().due_at == NOON


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "/admin/", f"{URL}../../", f"{URL}?a\r\nb: c"]
)
def test_one_comes_back_to_the_calendar_and_nowhere_else(sign_in, there):
    response = sign_in("chief").post(plan_url(make_story()), {"day": "2026-11-26", "next": there})
    assert response["Location"] == URL


def test_the_form_plans_and_assigns(sign_in):
    story, chief, ria = make_story("Kai"), sign_in("chief"), make_user("contributor")
    response = submit(chief, plan_url(story), due_at="2026-11-30T06:30:00", assignee=str(ria.pk))
    assert (response.status_code, response["Location"]) == (302, URL)
    story.refresh_from_db()
    assert (story.due_at, story.assignee) == (datetime.fromisoformat("2026-11-30T06:30:00+01:00"), ria)
    submit(chief, plan_url(story), due_at="")
    story.refresh_from_db()
    assert (story.due_at, story.assignee) == (None, ria)


def test_the_form_offers_both_readings_of_an_hour_that_happens_twice(sign_in):
    page = submit(sign_in("chief"), plan_url(make_story()), due_at="2026-10-25T02:30:00").content.decode()
    assert re.findall(r'<option value="(25[^"]*)"', page) == ["25.10.2026 02:30 +02:00", "25.10.2026 02:30 +01:00"]


def test_a_spiked_story_is_planned_by_no_form(sign_in):
    story, chief = desk.move(make_story(), "spike", by=None), sign_in("chief")
    response = submit(chief, plan_url(story), due_at="2026-11-30T06:30:00")
    assert (response.status_code, "The story is spiked; revive it first." in response.content.decode()) == (409, True)
    assert Story.objects.get().due_at is None


def test_a_dropped_edition_goes_out_at_the_same_hour_of_the_other_day(sign_in):
    story, chief = scheduled("Kai"), sign_in("chief")
    page = chief.post(retime_url(story), {"day": "2026-11-27", "was": (NOON + DAY).isoformat()}, follow=True)
    assert messages_of(page) == ["The edition of “Kai” goes out 27.11.2026 13:00 +01:00."]
    assert Edition.objects.get().live_from == NOON + 4 * DAY


def test_an_edition_that_somebody_moved_meanwhile_is_left_alone(sign_in):
    story, chief = scheduled(), sign_in("chief")
    press.retime(story, by=None, at=NOON + 2 * DAY)
    page = chief.post(retime_url(story), {"day": "2026-11-27", "was": (NOON + DAY).isoformat()}, follow=True)
    assert messages_of(page)[0].startswith("Nothing was moved. The scheduled edition starts at 25.11.2026 13:00 +01:00")
    assert Edition.objects.get().live_from == NOON + 2 * DAY


def test_an_edition_dropped_on_a_day_that_has_passed_stays(sign_in):
    story = scheduled()
    page = sign_in("chief").post(retime_url(story), {"day": "2026-11-20", "was": "nonsense"}, follow=True)
    assert messages_of(page) == [
        "Nothing was moved. 20.11.2026 13:00 +01:00 has passed; publish now, or choose a later time."
    ]


def test_where_nothing_is_scheduled_nothing_is_moved(sign_in):
    page = sign_in("chief").post(retime_url(make_cleared()), {"day": "2026-11-27"}, follow=True)
    assert messages_of(page) == ["Nothing was moved. No edition is scheduled."]


def test_the_act_moves_it_to_any_second_and_says_why(sign_in):
    story, chief = scheduled(), sign_in("chief")
    response = submit(chief, act_url(story, "retime"), at="2026-11-24T06:00:01", note="Sitzung")
    assert response.status_code == 302
    assert Edition.objects.get().live_from == datetime.fromisoformat("2026-11-24T06:00:01+01:00")
    assert story.events.get(act="retimed").note == "Sitzung"


def test_only_those_who_may_move_a_story_are_offered_to_and_can(sign_in):
    story = scheduled(section=make_section("wirtschaft"), due_at=NOON + DAY)
    own = make_story(due_at=NOON)
    for role, sections, offered in (("editor", ["politik"], 1), ("chief", [], 3), ("picture editor", [], 0)):
        client = sign_in(role, *sections)
        assert client.get(URL).content.decode().count("data-moves=") == offered, role
        status = 302 if role == "chief" else 403
        assert client.post(plan_url(story), {"day": "2026-11-26"}).status_code == status, role
        assert client.post(retime_url(story), {"day": "2026-11-26"}).status_code == status, role
    assert Client().post(plan_url(own), {"day": "2026-11-26"}).status_code == 302
    own.refresh_from_db()
    assert own.due_at == NOON


def test_a_get_moves_nothing(sign_in):
    story, chief = scheduled(due_at=NOON), sign_in("chief")
    assert chief.get(plan_url(story), {"day": "2026-11-26"}).status_code == 200
    assert chief.get(retime_url(story), {"day": "2026-11-26"}).status_code == 405
    story.refresh_from_db()
    assert (story.due_at, Edition.objects.get().live_from) == (NOON, NOON + DAY)


# Day notes


def test_day_notes_are_written_changed_and_deleted_by_those_with_the_right(sign_in):
    editor = sign_in("editor", "politik")
    add = "/admin/articles/daynote/add/"
    assert 'value="2026-11-25"' in editor.get(f"{add}?day=2026-11-25").content.decode()
    response = submit(editor, add, "daynote_form", day="2026-11-25", text="Wahl")
    assert response["Location"] == f"{URL}?date=2026-11-25"
    note = DayNote.objects.get()
    assert (note.text, note.by) == ("Wahl", editor.user)
    assert "Wahl" in cell(editor.get(URL).content.decode(), "2026-11-25")
    submit(editor, f"/admin/articles/daynote/{note.pk}/change/", "daynote_form", text="Wahl, Spätdienst")
    assert DayNote.objects.get().text == "Wahl, Spätdienst"
    editor.post(f"/admin/articles/daynote/{note.pk}/delete/", {"post": "yes"})
    assert DayNote.objects.count() == 0


def test_others_read_day_notes_and_change_nothing(sign_in):
    note = DayNote.objects.create(day=NOON.date(), text="Wahl")
    reporter = sign_in("contributor")
    html = reporter.get(URL).content.decode()
    assert ("Wahl" in html, "daynote" in html) == (True, False)
    assert reporter.get("/admin/articles/daynote/add/").status_code == 403
    assert reporter.post(f"/admin/articles/daynote/{note.pk}/delete/", {"post": "yes"}).status_code == 403
    assert DayNote.objects.count() == 1


# In one's own program


def address_of(client):
    client.post(f"{URL}address/", {"do": "renew"})
    return f"/accounts/calendar/{Preferences.objects.get(user=client.user).calendar_key}.ics"


def events(response):
    return {str(event["uid"]).partition("@")[0]: event for event in Calendar.from_ical(response.content).walk("VEVENT")}


NASTY = "Zeile, mit; Komma\\n und 😀 مرحبا “Zitat” " + "lang " * 25


def test_the_file_has_due_stories_scheduled_editions_and_day_notes_and_reads_back(sign_in):
    due = make_story(NASTY, due_at=NOON + HOUR)
    going = scheduled("Geplant")
    note = DayNote.objects.create(day=NOON.date(), text="Wahl;\nSpätdienst")
    response = Client().get(address_of(sign_in("chief")))
    found = events(response)
    assert set(found) == {f"due-{due.public_id}", f"edition-{going.public_id}", f"note-{note.pk}"}
    first = found[f"due-{due.public_id}"]
    assert str(first["summary"]) == f"Fällig: {due.headline}" or str(first["summary"]) == f"Due: {due.headline}"
    assert (first.start, first.end) == (NOON + HOUR, NOON + HOUR + timedelta(minutes=30))
    assert str(first["url"]).endswith(f"/admin/articles/story/{due.pk}/change/")
    assert found[f"edition-{going.public_id}"].start == NOON + DAY
    assert (found[f"note-{note.pk}"].start, str(found[f"note-{note.pk}"]["summary"])) == (
        NOON.date(),
        "Wahl;\nSpätdienst",
    )
    assert max(map(len, response.content.split(b"\r\n"))) <= 75
    assert b"\n" not in response.content.replace(b"\r\n", b"")


def test_an_event_stays_the_same_one_when_its_time_moves(sign_in):
    story, due = scheduled(), make_story(due_at=NOON + HOUR)
    address = address_of(sign_in("chief"))
    before = set(events(Client().get(address)))
    press.retime(story, by=None, at=NOON + 2 * DAY)
    desk.plan(due, by=None, due_at=NOON + 3 * DAY)
    after = events(Client().get(address))
    assert set(after) == before
    assert [each.start for each in after.values()] == [NOON + 2 * DAY, NOON + 3 * DAY]


def test_it_reaches_ninety_days_and_leaves_out_spiked_and_live_ones(sign_in):
    for days in (-91, -89, 89, 91):
        make_story(f"{days}", due_at=NOON + days * DAY)
    desk.move(make_story("Gestrichen", due_at=NOON), "spike", by=None)
    make_live("Online")
    found = events(Client().get(address_of(sign_in("chief"))))
    assert [str(event["summary"]).split()[-1] for event in found.values()] == ["-89", "89"]


def test_it_holds_what_its_owner_may_read_at_that_moment(sign_in):
    make_story("Eigen", due_at=NOON)
    make_story("Fremd", section=make_section("wirtschaft"), due_at=NOON)
    editor = sign_in("editor", "politik")
    address = address_of(editor)
    assert len(events(Client().get(address))) == 1
    editor.user.section_assignments.all().delete()
    assert len(events(Client().get(address))) == 0


def test_only_mine(sign_in):
    chief = sign_in("chief")
    make_story("Fremd", due_at=NOON)
    own = make_story("Meins", due_at=NOON, by=chief.user)
    assert set(events(Client().get(f"{address_of(chief)}?whose=mine"))) == {f"due-{own.public_id}"}


def test_it_is_private_and_neither_needs_nor_sets_a_cookie(sign_in):
    response = Client().get(address_of(sign_in("chief")))
    assert response.cookies == {}
    assert (response["Cache-Control"], response["Content-Type"]) == (
        "private, no-store",
        "text/calendar; charset=utf-8",
    )
    assert {"ETag", "Last-Modified", "Content-Encoding"} & set(response.headers) == set()


def test_a_revoked_or_renewed_address_and_any_other_key_is_not_found(sign_in):
    chief = sign_in("chief")
    old = address_of(chief)
    new = address_of(chief)
    assert (old != new, Client().get(old).status_code, Client().get(new).status_code) == (True, 404, 200)
    page = chief.get(f"{URL}address/").content.decode()
    assert new in page
    chief.post(f"{URL}address/", {"do": "revoke"})
    assert Client().get(new).status_code == 404
    assert "/accounts/calendar/" not in chief.get(f"{URL}address/").content.decode()
    for key in ("", "0" * 26, "x", "%00", "0" * 500, new[-30:-4].upper(), "%F0%9F%98%80"):
        assert Client().get(f"/accounts/calendar/{key}.ics").status_code == 404, key
    assert Client().post(new).status_code == 405


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_whoever_left_has_no_calendar_any_more(sign_in, change):
    chief = sign_in("chief")
    address = address_of(chief)
    get_user_model().objects.filter(pk=chief.user.pk).update(**change)
    assert Client().get(address).status_code == 404


def test_an_address_changes_no_other_preference_and_a_get_none(sign_in):
    chief = sign_in("chief")
    Preferences.objects.create(user=chief.user, mails=["note"])
    chief.get(f"{URL}address/", {"do": "renew"})
    chief.post(f"{URL}address/", {"do": "nonsense"})
    assert Preferences.objects.get().calendar_key == ""
    address_of(chief)
    assert Preferences.objects.get().mails == ["note"]


def test_a_plan_made_on_an_older_one_does_not_undo_it(sign_in):
    chief, other, story = sign_in("chief"), make_user("chief"), make_story()
    url = f"/admin/articles/story/{story.pk}/plan/"
    page = chief.get(url)
    desk.save(story, by=other, values={"due_at": NOON + 3 * DAY})
    assert chief.post(url, fields(page) | {"assignee": [other.pk]}).status_code == 302
    story.refresh_from_db()
    assert (story.due_at, story.assignee) == (NOON + 3 * DAY, other)


def test_a_plan_refuses_the_token_of_another_story(sign_in):
    chief, story, another = sign_in("chief"), make_story(), make_story()
    token = VersionField.token(another)
    page = chief.post(f"/admin/articles/story/{story.pk}/plan/", {"version_token": token, "due_at": ""})
    assert page.status_code == 403


def test_no_log_tells_the_address_of_a_calendar():
    key = "0123456789abcdefghjkmnpqrs"
    line = LogRecord("x", 20, "", 1, '"GET /accounts/calendar/%s.ics HTTP/1.1" 200', (key,), None)
    assert HidePreviewTokens().filter(line)
    assert line.getMessage() == '"GET /accounts/calendar/… HTTP/1.1" 200'
