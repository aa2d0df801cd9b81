"""Words, times and rows that no field takes: said in a sentence, kept in the form, nothing saved."""

from urllib.parse import quote

import pytest
from broken_input import ADD, errors_of, raw, stored
from cast import make_section
from desk_forms import change_url, fields, submit

from articles.models import Story, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


LINES = {
    "headline of 300 characters": (
        {"headline": "x" * 300},
        "Ensure this value has at most 200 characters (it has 300).",
    ),
    "no headline": ({"headline": " "}, "This field is required."),
    "slugline too long": ({"slugline": "s" * 61}, "Ensure this value has at most 60 characters (it has 61)."),
    "NUL": ({"headline": "a\0b"}, "Null characters are not allowed."),
    "year 9999": ({"due_at": "9999-12-31T23:59"}, "This is not a date and time. Write it like 31.10.2027 14:30."),
    "year 0": ({"embargo_until": "0000-01-01T00:00"}, "This is not a date and time. Write it like 31.10.2027 14:30."),
    "Arabic digits": ({"urgency": "١٢"}, "Urgency goes from 1 (most urgent) to 8."),
    "a float": ({"urgency": "1.5"}, "Enter a whole number."),
    "a huge number": ({"urgency": "9" * 22}, "Urgency goes from 1 (most urgent) to 8."),
    "a place that is huge": ({"bylines-0-place": "9" * 400}, "Ensure this value is less than or equal to 99."),
}


@pytest.mark.parametrize("name", LINES)
def test_what_cannot_be_saved_is_said_and_kept_in_the_form(chief, story, name):
    (changes, said), before = LINES[name], stored(story)
    response = submit(chief, change_url(story), "story_form", body="<p>Getippt.</p>", **changes)
    assert response.status_code == 200
    assert errors_of(response) == [said]
    page = fields(response, "story_form")
    assert page["body"] == ["<p>Getippt.</p>"]
    if "headline" in changes and "\0" not in changes["headline"]:
        assert page["headline"] == [changes["headline"]]
    assert stored(story) == before


def test_bytes_that_are_no_text_are_replaced_and_the_rest_is_saved(chief, story):
    page = fields(chief.get(change_url(story)), "story_form")
    sent = {name: quote(values[0]) for name, values in page.items() if values}
    sent |= {"headline": "Kai%FF%FE", "body": "%3Cp%3E%ED%A0%80ab%3C/p%3E"}
    assert raw(chief, change_url(story), **sent).status_code == 302
    assert stored(story)[:2] == ("Kai��", "<p>���ab</p>")


MANAGEMENT = {
    "missing": None,
    "huge": "10000",
    "negative": "-5",
    "no number": "abc",
    "too large for any number": "9" * 5000,
}


@pytest.mark.parametrize("name", MANAGEMENT)
@pytest.mark.parametrize("prefix", ["bylines", "related_rows"])
def test_a_forged_count_of_rows_is_answered_with_the_form(chief, story, name, prefix):
    page, before = fields(chief.get(change_url(story)), "story_form"), stored(story)
    page["headline"] = ["Getippt"]
    if MANAGEMENT[name] is None:
        page = {key: value for key, value in page.items() if key != f"{prefix}-TOTAL_FORMS"}
    else:
        page[f"{prefix}-TOTAL_FORMS"] = [MANAGEMENT[name]]
    response = chief.post(change_url(story), page)
    assert response.status_code == 200
    assert fields(response, "story_form")["headline"] == ["Getippt"]
    assert (stored(story), Story.objects.get(pk=story.pk).bylines.count()) == (before, 1)


NO_NAME = (",,,", "\u202e")  # nothing is left that could be a name: no topic was asked for


@pytest.mark.parametrize("name", ["\0", "x" * 81, "日本", ",,,", "🌊", "\u202e"])
def test_a_topic_that_can_have_no_address_is_refused(chief, story, name):
    response = submit(chief, change_url(story), "story_form", new_topics=name)
    assert response.status_code == (302 if name in NO_NAME else 200)
    assert Topic.objects.count() == 0
    response = submit(chief, "/admin/articles/topic/add/", "topic_form", name=name)
    assert response.status_code == 200
    assert Topic.objects.count() == 0


def test_a_new_story_is_refused_or_clean_whatever_is_sent(chief):
    section = make_section()
    page = fields(chief.get(ADD), "story_form") | {"section": [str(section.pk)]}
    assert chief.post(ADD, page | {"headline": ["x" * 300], "body": ["<p>Getippt</p>"]}).status_code == 200
    assert chief.post(ADD, page | {"headline": ["Neu"], "due_at": ["9999-12-31T23:59"]}).status_code == 200
    assert Story.objects.count() == 0
    sent = {"headline": ["  Neu\u202e 🌊 "], "body": ["<p>שלום</p><script>x</script>"]}
    assert chief.post(ADD, page | sent).status_code == 302
    made = Story.objects.get()
    assert (made.headline, made.body) == ("Neu 🌊", "<p>שלום</p>")
