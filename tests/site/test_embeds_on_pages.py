"""What comes from elsewhere, on readers' pages: a button and a link, and in feeds a link alone."""

import re

import pytest
from cast import make_live, make_story
from desk_forms import change_url, page_url, submit
from django.test import Client

from articles import press
from articles.models import Edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
VIDEO = '<figure data-embed="youtube:dQw4w9WgXcQ"><figcaption>Die &lt;Flut&gt;</figcaption></figure>'
AUDIO = '<figure data-embed="audio:https://media.example/ton.mp3"></figure>'


def page(story):
    url = Edition.objects.live().select_related("section").get(story=story).get_absolute_url()
    return Client().get(url)


def test_a_story_offers_a_button_a_line_and_a_link_and_loads_nothing():
    html = page(make_live(body=f"<p>Text.</p>{VIDEO}")).content.decode()
    assert re.findall(r"<(?:iframe|audio|video)\b", html) == []
    assert 'data-src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"' in html
    assert '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="noopener">' in html
    assert "<figcaption>Die &lt;Flut&gt;</figcaption>" in html
    assert "site/embed.js" in html
    assert "site/embed.js" not in page(make_live()).content.decode()


def test_a_file_is_played_only_from_hosts_the_house_names(settings):
    story = make_live(body=f"<p>Text.</p>{AUDIO}")
    assert "embed-load" not in page(story).content.decode()
    settings.NEWSROOM_MEDIA_HOSTS = ["media.example"]
    html = page(story).content.decode()
    assert 'data-kind="audio" data-src="https://media.example/ton.mp3"' in html


def test_readers_pages_may_frame_the_providers_and_the_desk_frames_nobody(chief):
    policy = page(make_live(body=f"<p>Text.</p>{VIDEO}"))["Content-Security-Policy"]
    frames = re.search(r"frame-src ([^;]+)", policy)[1].split()
    assert frames == [
        *("https://www.youtube-nocookie.com", "https://player.vimeo.com", "https://w.soundcloud.com"),
        *("https://open.spotify.com", "https://datawrapper.dwcdn.net", "https://www.openstreetmap.org"),
    ]
    assert "media-src 'self'" in policy
    assert "frame-src" not in chief.get("/admin/articles/story/")["Content-Security-Policy"]


def test_feeds_carry_a_plain_link():
    make_live(body=f"<p>Text.</p>{VIDEO}")
    feed = Client().get("/atom.xml").content.decode()
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in feed
    assert ("data-embed" in feed, "youtube-nocookie" in feed) == (False, False)


def test_an_entry_of_a_live_blog_has_them_too():
    story = make_live(kind="live")
    press.post_entry(story, by=None, body=VIDEO)
    html = page(story).content.decode()
    assert (html.count("embed-load"), html.count("site/embed.js")) == (1, 1)


def test_the_desk_says_what_an_address_means(chief):
    url = "/admin/articles/story/embed/"
    found = chief.get(url, {"address": "https://youtu.be/dQw4w9WgXcQ"})
    assert found.json() == {
        "embed": "youtube:dQw4w9WgXcQ",
        "page": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "name": "YouTube",
    }
    refused = chief.get(url, {"address": "https://example.org/\x00"})
    assert refused.status_code == 400
    assert refused.json()["error"].startswith("Nothing is known at this address. Possible are YouTube, Vimeo,")


def test_it_is_saved_compared_and_shown_to_who_only_reads(chief, sign_in):
    story = make_story(body="<p>Eins.</p>")
    assert submit(chief, change_url(story), "story_form", body=f"<p>Zwei.</p>{VIDEO}").status_code == 302
    story.refresh_from_db()
    assert story.body == f"<p>Zwei.</p>{VIDEO}"
    assert chief.get(page_url(story, "compare") + "?from=1&to=now").status_code == 200
    assert chief.get(page_url(story, "preview")).status_code == 200
    seen = sign_in("picture editor").get(change_url(story)).content.decode()
    assert 'data-embed="youtube:dQw4w9WgXcQ"' in seen
