"""Addresses and questions that make no sense: a page with what there is, or no page."""

import pytest
from broken_input import LIST
from desk_forms import page_url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize(
    "query", ["date=9999-12-31", "date=0000-01-01", "view=%00", "section=%D9%A1%D9%A2", "person=9" * 2]
)
@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_the_calendar_answers_any_question(chief, story, query, view):
    url = f"/admin/articles/story/calendar/?view={view}&{query}"
    asked = chief.get(url).context["asked"]
    assert len(asked.wrong) == 1
    assert len(chief.get(f"{url}&stage=%FF&section={'9' * 22}").context["asked"].wrong) >= 1


NOTHING, ALL, NO_QUESTION = 0, 1, None  # how many of the one story are listed; None: a bad request
QUESTIONS = {
    "q=%00": NO_QUESTION,
    "q=%FF%FE": NOTHING,
    "q=" + "x" * 5000: NOTHING,
    "q=%22" + "(" * 500: NOTHING,
    "q=" + "%25_" * 200: NOTHING,
    "q=%ED%A0%80&p=" + "9" * 22: NOTHING,
    "p=-1": ALL,
    "p=%D9%A1": ALL,
    "o=99.-7.x": ALL,
    "o=" + "9" * 5000: ALL,
    "due_at__year=9999": NO_QUESTION,
    "due_at__year=0&due_at__month=99": NO_QUESTION,
    "section__id__exact=" + "9" * 22: ALL,
    "section__id__exact=%00": NO_QUESTION,
    "stage__exact=%00": NO_QUESTION,
    "whose=%00&readers=%FF&due=x": NO_QUESTION,
    "_facets=1&e=1": ALL,
    "headline__startswith=%00": NO_QUESTION,
}


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_list_answers_any_question(chief, story, query):
    listed = QUESTIONS[query]
    response = chief.get(f"{LIST}?{query}")
    assert response.status_code == (400 if listed is None else 200)
    assert listed is None or len(response.context["cl"].result_list) == listed
    for noun in ("topic", "picture", "contributor", "daynote"):
        # Topics, pictures and people have no section to be filtered by.
        unknown = listed is None or (query.startswith("section") and noun != "daynote")
        assert chief.get(f"/admin/articles/{noun}/?{query}").status_code == (400 if unknown else 200), noun


@pytest.mark.parametrize("key", ["9" * 22, "%D9%A1%D9%A2", "1.5", "-1", "%00", "%FF", "1'--"])
def test_an_address_with_a_key_that_is_none_is_no_page(chief, story, key):
    ends = ["preview", "revisions", "compare", "notes", "sharing", "plan", "act/publish", "check/pass_copy", "history"]
    for end in [*ends, "autosave", "presence", "revisions/9999999999999999999999/restore"]:
        url = f"/admin/articles/story/{key}/{end}/"
        # A number could be somebody else's story; what is no number leads to the first page, which says so.
        answer = 403 if key == "9" * 22 or end == "history" else 302
        got = 405 if key == "9" * 22 and end in ("autosave", "presence") else answer
        assert (chief.get(url).status_code, chief.post(url).status_code) == (got, answer), url
    for number in ("9" * 22, "0", "%D9%A1"):
        assert chief.get(f"{page_url(story, 'compare')}?from={number}&to=now").status_code == 404
        older = chief.get(f"{page_url(story, 'revisions')}?before={number}")
        assert older.status_code == (200 if number == "0" else 404), number
    assert chief.get(page_url(story, "act/publish%00")).status_code == 302
    assert chief.get(page_url(story, "act/nosuch")).status_code == 404


@pytest.mark.parametrize(
    "path", ["99991231T235959Z/", "00000101T000000Z/", "20261399T000000Z/", "20270101T000000Z/%00%FF"]
)
def test_the_site_at_no_moment_is_no_page(chief, path):
    assert chief.get(f"/admin/at/{path}").status_code == 404
    asked = chief.get(f"/admin/articles/story/at/?at={path[:16]}&path=//evil.example")
    assert asked.status_code == (200 if "%00" in path else 404)  # its moment is sound: the page asks for another path
    assert b'="//evil.example"' not in asked.content.replace(b'name="path" value="//evil.example"', b"")
