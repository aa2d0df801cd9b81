"""Notes, links, plans, moves and day notes with bad words or times: done clean, or refused in words."""

import pytest
from broken_input import errors_of, stored
from cast import make_cleared
from desk_forms import act_url, messages_of, page_url, submit

from articles.models import DayNote, Edition, Note, PreviewLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_notes_say_what_they_cannot_take_and_keep_the_rest(chief, story):
    url = page_url(story, "notes")
    for text, said in (
        ("", "Write something: the note is empty."),
        ("\0\u202e", "Write something: the note is empty."),
        ("x" * 5_000_000, "The note has 5000000 characters; at most 4000 fit."),
    ):
        response = chief.post(url, {"note_text": text}, follow=True)
        assert messages_of(response) == [said]
    assert Note.objects.count() == 0
    chief.post(url, {"note_text": "שלום\0 🌊\r\n@niemand"})
    assert Note.objects.get().text == "שלום 🌊\n@niemand"
    for key in ("9" * 22, "0"):
        assert chief.post(f"{url}{key}/answer/", {"note_text": "x"}).status_code == 403
    assert chief.get(f"{url}?before={'9' * 30}&resolved=\0").status_code == 200
    assert chief.get(f"{url}people/?q=%00%FF{'x' * 3000}").json() == {"people": []}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "x" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"name": "\0"}, "Null characters are not allowed."),
        ({"hours": "9" * 30}, "Ensure this value is less than or equal to 720."),
        ({"hours": "١٢.٥"}, "Enter a whole number."),
        ({"text": "edition\0"}, "Select a valid choice. edition\0 is not one of the available choices."),
    ],
)
def test_a_preview_link_is_made_of_sound_wishes_only(chief, story, changes, said):
    url = page_url(story, "sharing")
    response = submit(chief, url, **({"name": "Dr. Weber"} | changes))
    assert response.status_code == 200
    assert response.context["form"].errors == {name: [said] for name in changes}
    assert PreviewLink.objects.count() == 0
    assert submit(chief, url, name="Dr. Weber").status_code == 302  # control: all else was sound
    assert PreviewLink.objects.count() == 1


TIMES = [
    "9999-12-31T23:59",
    "0000-00-00",
    "2027-03-28T02:30",
    "31.02.2027 10:00",
    "\0",
    "١٢.١٢.٢٠٢٧ ١٠:٠٠ x",
    "9" * 5000,
]


@pytest.mark.parametrize("typed", TIMES)
def test_a_time_that_is_none_schedules_and_plans_nothing(chief, typed):
    story = make_cleared("Bereit")
    before = stored(story)
    for end, name in (("act/schedule", "at"), ("plan", "due_at")):
        response = submit(chief, page_url(story, end), **{name: typed, "override": "x"})
        assert (response.status_code, list(response.context["form"].errors)) == (200, [name])
    response = chief.post(page_url(story, "plan"), {"day": typed}, follow=True)
    assert messages_of(response) == ["Nothing was moved. The calendar has no such day."]
    response = chief.post(page_url(story, "retime"), {"day": typed, "was": typed}, follow=True)
    assert messages_of(response) == ["Nothing was moved. The calendar has no such day."]
    assert (stored(story), Edition.objects.count()) == (before, 0)


LONG = "x" * 5000
NOTES = {LONG: "", "\0": "Null characters are not allowed.", " ": "Say why, for whoever works on the story next."}


@pytest.mark.parametrize("note", NOTES)
def test_a_move_with_a_reason_of_any_kind_is_done_or_refused_in_words(chief, note):
    story = make_cleared()
    response = submit(chief, act_url(story, "send_back"), note=note)
    said = "".join(response.context["form"].errors["note"]) if response.context else ""
    told = (said, response.status_code, stored(story)[5], story.events.first().note)
    assert told == ((NOTES[note], 200, "cleared", "") if NOTES[note] else ("", 302, "draft", LONG))


def test_a_day_note_of_any_kind_is_kept_clean_or_refused(chief):
    url = "/admin/articles/daynote/add/"
    for day, text, said in (
        ("0000-01-01", "x", "Enter a valid date."),
        ("١٢", "x", "Enter a valid date."),
        ("2026-11-24", "\0", "Null characters are not allowed."),
        ("2026-11-24", "x" * 9000, "Ensure this value has at most 300 characters (it has 9000)."),
    ):
        assert errors_of(submit(chief, url, "daynote_form", day=day, text=text)) == [said]
    assert DayNote.objects.count() == 0
    submit(chief, url, "daynote_form", day="9999-12-31", text="x")
    assert chief.get("/admin/articles/story/calendar/?date=9999-12-31").status_code == 200
    DayNote.objects.get(text="x").delete()
    submit(chief, url, "daynote_form", day="2026-11-24", text="Gipfel \u202e🌊")
    assert DayNote.objects.get().text == "Gipfel 🌊"
