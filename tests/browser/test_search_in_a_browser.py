"""The search in a real browser: suggestions by keyboard, without JavaScript, and accessible in every state."""

import pytest
from browsing import axe
from cast import make_live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_suggestions_are_chosen_by_keyboard_and_searched_for(page):
    make_live("Hafenfest beginnt")
    page.goto("/search/")
    page.locator("#search-q").press_sequentially("haf")
    page.wait_for_selector("#search-suggestions li")
    assert page.locator("#search-suggestions li").all_inner_texts() == ["Hafenfest"]
    assert page.get_attribute("#search-q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search-q", "aria-activedescendant") == "search-suggestion-0"
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert page.get_attribute("#search-q", "aria-expanded") == "false"
    page.locator("#search-q").press_sequentially("e")
    page.wait_for_selector("#search-suggestions li")
    page.keyboard.press("ArrowUp")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".hit-headline mark").all_inner_texts() == ["Hafenfest"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_of_the_page_passes_axe(new_page, scheme, width):
    make_live("Hafenfest beginnt", topics=["Hafen"])
    make_live("Hafen und Kai", kind="opinion")
    make_live("Hafen lockt", kind="sponsored", topics=["Kai"])
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    for query in ("", "?q=hafen", "?q=hafen&kind=opinion&from=2020-01-01", "?q=hafenfets+xx", "?q=haffen"):
        page.goto(f"/search/{query}")
        assert axe(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_search_works_without_javascript(browser, live_server):
    make_live("Hafenfest beginnt")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    with page.expect_navigation():
        page.click(".masthead-search")
    page.fill("#search-q", "hafenfest")
    with page.expect_navigation():
        page.click(".search-box button")
    assert page.locator(".hit-headline").all_inner_texts() == ["Hafenfest beginnt"]
    assert context.cookies() == []
    context.close()
