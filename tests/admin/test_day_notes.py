"""Notes on a day of the calendar: who writes them, who only reads them."""

import pytest
from calendar_page import URL, cell
from cast import NOON
from desk_forms import submit

from articles.models import DayNote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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
