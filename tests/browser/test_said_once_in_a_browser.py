"""The story's form says once that nothing is to be mended, and leaves no empty link behind."""

import pytest
from browsing import sign_in
from cast import make_story, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_nothing_to_mend_is_said_once_and_what_there_is_also_beside_the_buttons(page):
    story = make_story(dek="Worum es geht.", topics=["Hafen"])
    sign_in(page, make_user("chief"))
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.wait_for_selector(".field-body [contenteditable=true]")
    count = page.locator(".desk-panel .preflight-count")
    assert page.get_by_text("Nothing to mend.").count() == 1
    assert count.is_visible() is False
    page.fill("[name=headline]", "Kai XXX")
    page.wait_for_selector("#preflight li.required")
    assert (count.is_visible(), count.inner_text()) == (True, "1 thing must be mended.")
    page.fill("[name=headline]", "Kai")
    page.wait_for_selector("#preflight li.required", state="detached")
    assert (count.is_visible(), page.get_by_text("Nothing to mend.").count()) == (False, 1)


def test_a_new_story_shows_no_empty_list_of_what_is_to_be_mended(page):
    sign_in(page, make_user("chief"))
    page.goto("/admin/articles/story/add/")
    assert page.locator("#preflight").is_visible() is False
    page.fill("[name=headline]", "Kai XXX")
    page.wait_for_selector("#preflight li.required")
    assert page.locator("#preflight").is_visible() is True
