"""A live blog in a real browser: what is new comes in by itself, and nothing that is read moves."""

import pytest
from cast import make_live

from articles import press
from articles.models import Edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "<p>" + "Ein Satz, der eine Zeile füllt. " * 30 + "</p>"


def test_new_entries_are_told_and_put_in_without_moving_what_is_read(page):
    story = make_live("Sturmflut", kind="live")
    one, two = (press.post_entry(story, by=None, headline=text, body=TEXT) for text in ("Eins", "Zwei"))
    page.clock.install()
    asked = []
    page.on("response", lambda got: asked.append(got.status) if got.url.endswith("/live/") else None)
    page.goto(Edition.objects.live().select_related("section").get(story=story).get_absolute_url())
    page.locator(f"#e-{one.public_id}").scroll_into_view_if_needed()
    place = page.locator(f"#e-{one.public_id}").bounding_box()["y"]
    third = press.post_entry(story, by=None, headline="Drei", body=TEXT, key_event=True)
    press.change_entry(story, two.public_id, by=None, number=1, headline="Zwei, neu", body=TEXT)
    with page.expect_response("**/live/"):
        page.clock.run_for(20_000)
    page.wait_for_selector(f"#e-{third.public_id}", state="attached")
    headlines = page.locator(".live-list .live-entry h3").all_text_contents()
    assert headlines == ["Drei", "Zwei, neu", "Eins"]
    assert page.locator(".live-news").get_attribute("role") == "status"
    assert page.locator(".live-news a").get_attribute("href") == f"#e-{third.public_id}"
    assert abs(page.locator(f"#e-{one.public_id}").bounding_box()["y"] - place) < 2
    press.remove_entry(story, two.public_id, by=None)
    with page.expect_response("**/live/"):
        page.clock.run_for(20_000)
    page.wait_for_selector(f"#e-{two.public_id}", state="detached")
    assert asked[0] == 200
