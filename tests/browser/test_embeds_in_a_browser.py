"""What comes from elsewhere, in a real browser: put in at the desk, and loaded for readers on a click only."""

import re

import pytest
from browsing import axe, put_caret_at_end, sign_in
from cast import make_live, make_story, make_user

from articles.models import Edition, Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VIDEO = '<figure data-embed="youtube:dQw4w9WgXcQ"><figcaption>Die Flut</figcaption></figure>'


def test_nothing_is_asked_elsewhere_until_the_reader_clicks(page):
    story = make_live(body=f"<p>Text.</p>{VIDEO}")
    asked = []
    page.route(
        re.compile("^https://"),
        lambda route: (asked.append(route.request.url), route.fulfill(body="<p>Player</p>", content_type="text/html")),
    )
    page.goto(Edition.objects.live().select_related("section").get(story=story).get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert (asked, page.locator("iframe").count(), page.complaints) == ([], 0, [])
    assert axe(page) == []
    page.click(".embed-load")
    page.frame_locator("iframe").locator("text=Player").wait_for()
    assert asked == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"]
    frame = page.locator("iframe")
    said = [frame.get_attribute(name) for name in ("title", "loading", "referrerpolicy", "sandbox")]
    assert said[:3] == ["Die Flut", "lazy", "strict-origin-when-cross-origin"]
    assert said[3] == "allow-scripts allow-same-origin allow-popups allow-presentation"
    page.complaints.clear()  # the one address that was asked for


def test_an_editor_puts_a_video_into_the_text(page):
    story = make_story(body="<p>Eins.</p>")
    sign_in(page, make_user("chief"))
    page.goto(f"/admin/articles/story/{story.pk}/change/")
    page.wait_for_selector(".prose-menubar")
    put_caret_at_end(page, page.locator(".prose-editor > [contenteditable=true] p", has_text="Eins."))
    page.keyboard.press("Control+Alt+e")
    page.locator(".prose-editor-dialog input").nth(0).fill("https://youtu.be/dQw4w9WgXcQ")
    page.locator(".prose-editor-dialog input").nth(1).fill("Die Flut")
    page.keyboard.press("Enter")
    page.wait_for_selector("figure[data-embed]")
    with page.expect_navigation():
        page.click(".submit-row [name=_continue]")
    assert Story.objects.get().body == f"<p>Eins.</p>{VIDEO}"
