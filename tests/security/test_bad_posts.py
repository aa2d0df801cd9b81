"""What scripts and strangers send that is no form: answered, and nothing changes."""

import re

import pytest
from broken_input import BAD_BODIES, DOCS, UNREADABLE, WORD, raw, stored
from cast import make_user
from desk_forms import change_url, fields, page_url
from django.test import Client
from preview_paths import path_of_link

from articles.desk.sharing import share
from articles.models import Autosave, Edition, Note, PreviewLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_autosave_takes_any_text_and_says_where_it_is_too_much(chief, story):
    token = fields(chief.get(change_url(story)), "story_form")["version_token"][0]
    url, before = page_url(story, "autosave"), stored(story)
    typed = {"version_token": token, "headline": "a\0b🌊\u202e", "body": "<p>" + "x" * 3_000_000}
    assert chief.post(url, typed).status_code == 200
    kept = Autosave.objects.get().typed
    assert (kept["headline"], kept["body"]) == ([typed["headline"]], [typed["body"]])
    assert chief.get(f"{change_url(story)}?autosave=take").status_code == 200
    response = chief.post(url, typed | {"body": "x" * 4_000_001})
    assert (response.status_code, response.json()) == (
        413,
        {"error": "This is too much text to keep. Save it in parts."},
    )
    assert Autosave.objects.get().typed == kept
    for token in ("", "x", "\0", "9" * 5000):
        response = chief.post(url, {"version_token": token})
        assert (response.status_code, list(response.json())) == (400, ["error"])
    assert raw(chief, url, version_token=typed["version_token"], headline="%FF%00").status_code == 200
    assert stored(story) == before


# What each answers to a form without its fields: a sentence about it, the form again, or the way back.
POSTED = {
    "autosave": 400,
    "presence": 200,
    "take-over": 302,
    "preflight": 200,
    "notes": 302,
    "plan": 200,
    "retime": 302,
    "sharing": 200,
    "act/publish": 200,
    "change": 200,
}


@pytest.mark.parametrize("end", POSTED)
def test_a_post_of_no_form_is_answered_and_changes_nothing(chief, story, end):
    before = stored(story)
    for kind, body in BAD_BODIES:
        expected = 400 if kind in UNREADABLE and end != "take-over" else POSTED[end]  # which reads no field
        response = chief.generic("POST", page_url(story, end), body, content_type=kind)
        assert response.status_code == expected, kind
    assert stored(story) == before
    assert (Note.objects.count(), PreviewLink.objects.count(), Edition.objects.count()) == (0, 0, 0)


def test_preflight_judges_anything_that_is_typed(chief, story):
    for typed in (
        {"body": "<p>" + "x " * 100_000, "section": "9" * 22, "topics": ["\0", "١٢"], "due_at": "9999-12-31T23:59"},
        {"body": WORD + DOCS, "kind": "\0", "language": "xx", "bylines-0-contributor": "-1", "new_topics": "\0,,"},
        {
            "headline": "🌊\u202e",
            "slug": "\0",
            "section": str(story.section_id),
            "due_at": "2027-03-28T02:30",
        },
    ):
        for url in (page_url(story, "preflight"), "/admin/articles/story/preflight/"):
            response = chief.post(url, typed)
            said = (response.status_code, re.findall(r'<a href="#(\w+)"', response.content.decode()))
            assert said == (200, ["id_topics", "id_dek"])


def test_answers_to_outsiders_are_safe_from_outsiders(story):
    path = path_of_link(share(story, by=make_user("chief"), name="Weber", asks_answer=True))
    for kind, body in BAD_BODIES:
        expected = 400 if kind in UNREADABLE else 200
        assert Client().generic("POST", path, body, content_type=kind).status_code == expected, kind
    for typed, expected in (
        ({"do": "\0"}, 200),
        ({"do": "answer", "says": "\0", "text": "x" * 100_000}, 400),
        ({"do": "answer", "ticket": "\0"}, 400),
    ):
        assert Client().post(path, typed).status_code == expected, typed["do"]
    assert Note.objects.count() == 0
    Client().post(path, {"do": "answer", "says": "comment", "text": "Gut\0 \u202e🌊"})
    assert Note.objects.get().text.endswith("Gut 🌊")
