"""Writing a live blog at the desk: the form on top, the entries below, each with its buttons."""

import pytest
from cast import make_live, make_story
from desk_forms import change_url, fields, messages_of, page_url, submit

from articles.models import LiveEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def blog(clock):
    """A live blog readers have."""
    return make_live("Sturmflut", kind="live")


def live():
    return list(LiveEntry.objects.live().newest_first())


def entry_url(blog, entry, name=""):
    return page_url(blog, f"live/{entry.public_id}" + (f"/{name}" if name else ""))


def test_an_entry_is_posted_from_the_form(blog, chief):
    response = submit(chief, page_url(blog, "live"), headline="Pegel", body="<p>Steigt.</p>", key_event="on")
    assert response.status_code == 302
    [entry] = live()
    assert (entry.headline, entry.body, entry.key_event, entry.made_by) == ("Pegel", "<p>Steigt.</p>", True, chief.user)
    html = chief.get(page_url(blog, "live")).content.decode()
    assert "Steigt." in html


def test_a_form_sent_twice_posts_once(blog, chief):
    data = fields(chief.get(page_url(blog, "live"))) | {"body": ["Eins"]}
    for _time in range(2):
        assert chief.post(page_url(blog, "live"), data).status_code == 302
    assert len(live()) == 1


def test_an_empty_entry_is_sent_back_with_a_sentence(blog, chief):
    response = submit(chief, page_url(blog, "live"), headline="Nur ein Titel")
    assert (response.status_code, live()) == (200, [])
    assert "The entry has no text." in response.content.decode()


def test_an_entry_is_changed_and_a_stale_form_is_refused_with_what_was_typed(blog, chief, clock):
    submit(chief, page_url(blog, "live"), body="Eins")
    url = entry_url(blog, live()[0])
    stale = fields(chief.get(url)) | {"body": ["<p>Drei</p>"]}
    clock.shift(60)
    assert submit(chief, url, body="<p>Zwei</p>").status_code == 302
    assert [entry.body for entry in live()] == ["<p>Zwei</p>"]
    response = chief.post(url, stale)
    assert response.status_code == 409
    assert "changed this entry at" in response.content.decode()
    assert "Drei" in response.content.decode()
    assert [entry.body for entry in live()] == ["<p>Zwei</p>"]


def test_an_untouched_time_stays_to_the_microsecond(blog, chief, clock):
    clock.shift(0.25)
    submit(chief, page_url(blog, "live"), body="Eins")
    before = live()[0].published_at
    clock.shift(60)
    submit(chief, entry_url(blog, live()[0]), body="Zwei")
    assert (live()[0].published_at, before.microsecond) == (before, 250000)


def test_the_buttons_pin_mark_and_take_down(blog, chief, clock):
    submit(chief, page_url(blog, "live"), body="Eins")
    [entry] = live()
    for name, said, expected in (
        ("pin", {"pinned": "1"}, (True, False)),
        ("mark", {"key_event": "1"}, (True, True)),
        ("pin", {}, (False, True)),
    ):
        clock.shift(1)
        assert chief.post(entry_url(blog, entry, name), said).status_code == 302
        assert [(each.pinned, each.key_event) for each in live()] == [expected]
    clock.shift(1)
    assert chief.post(entry_url(blog, entry, "remove")).status_code == 302
    assert live() == []
    again = chief.post(entry_url(blog, entry, "remove"), follow=True)
    assert messages_of(again)[-1] == "This entry was taken down meanwhile."


def test_an_entry_is_reached_through_its_own_story_only(blog, chief):
    submit(chief, page_url(blog, "live"), body="Eins")
    other = make_live("Andere", kind="live")
    assert chief.get(entry_url(other, live()[0])).status_code == 403
    assert chief.post(entry_url(other, live()[0], "remove")).status_code == 403
    assert len(live()) == 1


def test_only_a_live_blog_takes_entries_and_its_form_says_where_to_write_them(chief, clock):
    news, blog = make_story("Meldung"), make_story("Ticker", kind="live")
    assert page_url(news, "live") not in chief.get(change_url(news)).content.decode()
    assert page_url(blog, "live") in chief.get(change_url(blog)).content.decode()
    response = submit(chief, page_url(news, "live"), body="Eins")
    assert response.status_code == 409
    assert "This story is not a live blog." in response.content.decode()


def test_the_coverage_is_ended_in_the_storys_form(blog, chief):
    assert submit(chief, change_url(blog), "story_form", live_over="on").status_code == 302
    blog.refresh_from_db()
    assert blog.live_over is True
    assert "The coverage is marked as over." in chief.get(page_url(blog, "live")).content.decode()


@pytest.mark.parametrize("bad", ["x" * 9, "31.02.2026 10:00", "9999-12-31T23:59:59"])
def test_a_time_that_is_none_is_refused_in_a_sentence(blog, chief, bad):
    response = submit(chief, page_url(blog, "live"), body="Eins", at=bad)
    assert (response.status_code in (200, 409), live()) == (True, [])
