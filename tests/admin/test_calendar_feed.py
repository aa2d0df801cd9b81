"""The calendar in one's own program: what the file holds, and whom its secret address serves."""

from datetime import timedelta
from logging import LogRecord

import pytest
from calendar_page import URL
from cast import DAY, HOUR, NOON, make_live, make_scheduled, make_section, make_story
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from icalendar import Calendar

from articles import desk, press
from articles.models import DayNote, Preferences
from newsroom.logs import HidePreviewTokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def address_of(client):
    client.post(f"{URL}address/", {"do": "renew"})
    return f"/accounts/calendar/{Preferences.objects.get(user=client.user).calendar_key}.ics"


def events(response):
    return {str(event["uid"]).partition("@")[0]: event for event in Calendar.from_ical(response.content).walk("VEVENT")}


NASTY = "Zeile, mit; Komma\\n und 😀 مرحبا “Zitat” " + "lang " * 25


def test_the_file_has_due_stories_scheduled_editions_and_day_notes_and_reads_back(sign_in):
    due = make_story(NASTY, due_at=NOON + HOUR)
    going = make_scheduled("Geplant", at=NOON + DAY)
    note = DayNote.objects.create(day=NOON.date(), text="Wahl;\nSpätdienst")
    response = Client().get(address_of(sign_in("chief")))
    found = events(response)
    assert set(found) == {f"due-{due.public_id}", f"edition-{going.public_id}", f"note-{note.pk}"}
    first = found[f"due-{due.public_id}"]
    assert str(first["summary"]) == f"Fällig: {due.headline}"
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
    story, due = make_scheduled(at=NOON + DAY), make_story(due_at=NOON + HOUR)
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


def test_no_log_tells_the_address_of_a_calendar():
    key = "0123456789abcdefghjkmnpqrs"
    line = LogRecord("x", 20, "", 1, '"GET /accounts/calendar/%s.ics HTTP/1.1" 200', (key,), None)
    assert HidePreviewTokens().filter(line)
    assert line.getMessage() == '"GET /accounts/calendar/… HTTP/1.1" 200'


def test_no_search_engine_keeps_a_calendar_and_no_link_tells_its_address(sign_in):
    response = Client().get(address_of(sign_in("chief")))
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex", "no-referrer")


def test_day_notes_are_in_it_for_those_who_may_see_them(sign_in):
    DayNote.objects.create(day=NOON.date(), text="Wahltag")
    address = address_of(sign_in("contributor"))
    assert len(events(Client().get(address))) == 1
    Group.objects.get(name="contributor").permissions.remove(Permission.objects.get(codename="view_daynote"))
    assert len(events(Client().get(address))) == 0
