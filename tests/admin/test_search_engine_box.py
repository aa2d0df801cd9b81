"""The box that keeps a story out of search engines, on the story's form."""

import pytest
from cast import make_story
from desk_forms import change_url, fields, page_url, submit

from articles import desk
from articles.admin.story.typed import differs
from articles.desk.revising import snapshot
from articles.models import Story

pytestmark = pytest.mark.django_db


def test_the_box_is_ticked_saved_and_unticked_again(chief):
    story = make_story()
    page = chief.get(change_url(story)).content.decode()
    assert "Keep out of search engines" in page
    assert "Search engines are asked not to list it. Readers still find it in every list and feed." in page
    for ticked in (["on"], []):
        assert submit(chief, change_url(story), "story_form", noindex=ticked).status_code == 302
        assert Story.objects.get().noindex is bool(ticked)
    assert [list(event.details["changed"]) for event in story.events.filter(act="saved")][-2:] == [["noindex"]] * 2


def test_a_form_with_only_the_box_changed_has_something_to_lose(chief):
    story = make_story()
    typed = fields(chief.get(change_url(story)), "story_form")
    assert differs(typed, snapshot(story)) is False
    assert differs(typed | {"noindex": ["on"]}, snapshot(story)) is True
    desk.save(story, by=None, values={"noindex": True})
    assert differs(typed, snapshot(story)) is True


def test_revisions_say_that_the_box_was_ticked(chief):
    story = make_story()
    desk.save(story, by=None, values={"noindex": True})
    html = chief.get(page_url(story, "compare"), {"old": "1", "new": "2"}).content.decode()
    assert "Keep out of search engines" in html
