"""Preflight while somebody types, in a real browser under the real Content-Security-Policy."""

import pytest
from browsing import axe, sign_in
from cast import make_section, make_story, make_user

from articles.models import PreflightLevel, Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEFT = "“XXX” is left in the text: replace it or take it out."


def remarks(page):
    return page.locator("#preflight .preflight-remarks a").all_inner_texts()


@pytest.fixture
def writing(page):
    """A page with the form of a draft that has nothing to mend."""
    story = make_story(body="<p>Der erste Satz.</p><p>Der zweite.</p>", dek="Worum es geht.", topics=["Hafen"])
    sign_in(page, make_user("chief"))
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.wait_for_selector(".field-body [contenteditable=true]")
    return page


def test_the_list_follows_the_typing_and_leads_to_the_words(writing):
    assert writing.locator("#preflight .preflight-summary").inner_text() == "Nothing to mend."
    writing.fill("[name=headline]", "Kai XXX")
    writing.wait_for_selector("#preflight li.required")
    assert remarks(writing) == [LEFT]
    assert writing.locator(".desk-panel .preflight-count").inner_text() == "1 thing must be mended."
    assert [each for each in axe(writing) if "preflight" in str(each)] == []
    writing.locator("#preflight .preflight-remarks a").click()
    assert writing.evaluate("document.activeElement.name") == "headline"
    writing.fill("[name=headline]", "Kai")
    writing.wait_for_selector("#preflight li.required", state="detached")
    writing.locator(".field-body [contenteditable=true]").click()
    writing.keyboard.press("Control+End")
    writing.keyboard.type(" Am Freitag, 24. November 2026, kam er.")
    writing.locator("#preflight a", has_text="is wrong: Nov. 24, 2026 is a Tuesday.").click()
    writing.wait_for_function("() => getSelection().toString() === 'Freitag, 24. November 2026'")
    assert "Freitag" not in Story.objects.get().body


def test_a_topic_that_is_missing_is_led_to_and_found_to_be_there(writing):
    writing.locator(".field-topics .select2-selection__choice__remove").click()
    writing.keyboard.press("Escape")  # the list of topics that has opened
    writing.locator("#preflight a", has_text="The story has no topic").click()
    assert writing.evaluate("document.activeElement.closest('.field-topics') !== null")


def test_the_levels_are_set_with_the_keyboard_and_nothing_is_wrong_for_assistive_technology(page):
    make_section()
    sign_in(page, make_user("chief"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto("/admin/articles/preflightlevel/")
        assert axe(page) == []
    page.locator(".levels-sections a", has_text="Politik").press("Enter")
    page.wait_for_url("**/preflightlevel/*/")
    page.locator("[name=topic]").focus()
    page.keyboard.type("Off")
    page.locator(".levels .submit-row button").press("Enter")
    page.wait_for_selector(".messagelist .success")
    assert PreflightLevel.objects.get().level == "off"
