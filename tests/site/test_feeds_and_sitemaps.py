"""What machines read: RSS, Atom, JSON Feed."""

import json
import re

import feedparser
import pytest
from cast import HOUR, SECOND, make_contributor, make_live, make_section, rewrite
from django.test import Client
from front_pages import address
from painted import painted_picture

from articles import press
from articles.models import Contributor
from articles.vocabulary import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITE = "http://127.0.0.1:8000"


def read(url):
    response = Client().get(url)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def whole_address(story):
    return SITE + address(story)


@pytest.fixture
def story():
    people = [(make_contributor("Ada Brook"), "text"), (make_contributor("Max Müller"), "text")]
    body = "<p>Erster Satz & „Zitat“.</p><h2>Dann</h2><p>Letzter Satz.</p>"
    more = {"dek": "Kurz < lang", "topics": ["Hafen", "Kai"], "lead_picture": painted_picture("harbour")}
    return make_live("Kai & Köge", section=make_section("politik/europa"), bylines=people, body=body, **more)


@pytest.mark.parametrize("url", ["/feed.xml", "/politik/feed.xml", "/politik/europa/feed.xml", "/topic/hafen/feed.xml"])
def test_rss_has_full_text_every_author_topics_and_picture(story, url):
    feed = read(url)
    assert feed.version == "rss20"
    [item] = feed.entries
    assert (item.title, item.link) == ("Kai & Köge", whole_address(story))
    assert item.id.endswith(f",2026:{story.public_id}")
    assert [author.name for author in item.authors if author] == ["Ada Brook", "Max Müller"]
    assert [tag.term for tag in item.tags] == ["Hafen", "Kai"]
    assert "Letzter Satz." in item.content[0].value
    assert item.published_parsed[:5] == (2026, 11, 23, 12, 0)
    [picture] = item.media_content
    assert picture["url"].startswith(f"{SITE}/media/")
    assert (picture["type"], picture["width"], picture["height"]) == ("image/jpeg", "640", "360")
    assert item.credit == "Jo Painter"
    assert item.language == "de"


@pytest.mark.parametrize("url", ["/atom.xml", "/politik/atom.xml", "/topic/kai/atom.xml"])
def test_atom_moves_updated_only_with_changes_that_matter(story, clock, url):
    clock.shift(HOUR)
    press.publish(rewrite(story, "Komma."), by=None, change=Change.MINOR)
    [entry] = read(url).entries
    assert (entry.published_parsed[:5], entry.updated_parsed[:5]) == ((2026, 11, 23, 12, 0), (2026, 11, 23, 12, 0))
    clock.shift(HOUR)
    press.publish(rewrite(story, "Neu."), by=None, change=Change.UPDATE)
    [entry] = read(url).entries
    assert entry.updated_parsed[:5] == (2026, 11, 23, 14, 0)
    assert [author.name for author in entry.authors] == ["Ada Brook", "Max Müller"]
    assert entry.content[0].type == "text/html"


def test_a_contributors_feed_needs_a_page(story):
    person = make_contributor("Ada Brook")
    assert Client().get("/by/ada-brook/feed.xml").status_code == 404
    person.has_page = True
    person.save()
    assert [item.title for item in read("/by/ada-brook/feed.xml").entries] == ["Kai & Köge"]


def test_feeds_of_nothing_are_404_but_an_empty_sections_is_empty():
    make_section("leer")
    assert read("/leer/feed.xml").entries == []
    assert read("/feed.xml").entries == []
    for url in ("/topic/none/feed.xml", "/none/feed.xml", "/by/none/atom.xml"):
        assert Client().get(url).status_code == 404


def test_a_feed_carries_the_newest_thirty(clock):
    for number in range(32):
        clock.shift(SECOND)
        make_live(f"Nummer {number}")
    titles = [item.title for item in read("/politik/feed.xml").entries]
    assert titles == [f"Nummer {number}" for number in range(31, 1, -1)]


def test_a_control_character_anywhere_does_not_break_a_feed():
    from articles.models import Topic

    person, topic = make_contributor("Anna\x0bBerg", has_page=True, bio="x\x02"), Topic.objects.for_name("Hafen")
    Topic.objects.filter(pk=topic.pk).update(name="Ha\x01fen", description="x\x02")
    picture = painted_picture("harbour", credit="Jo\x0b")
    make_live(bylines=[(person, "text")], topics=[Topic.objects.get()], lead_picture=picture)
    for url in ("/feed.xml", "/atom.xml", "/topic/hafen/feed.xml", f"/by/{person.slug}/feed.xml"):
        response = Client().get(url)
        assert response.status_code == 200
    assert read("/feed.xml").entries[0].title


@pytest.mark.parametrize(
    "url", [f"{place}feed.json" for place in ("/", "/latest/de/", "/politik/", "/topic/hafen/", "/by/max-muller/")]
)
def test_json_feed_says_all_that_rss_says(story, url):
    make_contributor("Max Müller")
    Contributor.objects.filter(name="Max Müller").update(has_page=True, slug="max-muller")
    response = Client().get(url)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["language"]) == (SITE + url, "de")
    [item] = feed["items"]
    picture, content = item.pop("image"), item.pop("content_html")
    assert picture.startswith(f"{SITE}/media/")
    assert content.startswith("<p><strong>Kurz &lt; lang</strong></p><p>Erster Satz")
    assert item == {
        "id": f"tag:127.0.0.1,2026:{story.public_id}",
        "url": whole_address(story),
        "title": "Kai & Köge",
        "summary": "Kurz < lang",
        "date_published": "2026-11-23T12:00:00Z",
        "date_modified": "2026-11-23T12:00:00Z",
        "authors": [{"name": "Ada Brook"}, {"name": "Max Müller"}],
        "tags": ["Hafen", "Kai"],
        "language": "de",
    }


def test_an_author_with_a_page_is_linked_in_json_and_atom():
    make_live(bylines=[(make_contributor("Ada Brook", has_page=True), "text")])
    [item] = json.loads(Client().get("/feed.json").content)["items"]
    assert item["authors"] == [{"name": "Ada Brook", "url": f"{SITE}/by/ada-brook/"}]
    assert read("/atom.xml").entries[0].authors[0]["href"] == f"{SITE}/by/ada-brook/"


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_a_languages_feed_has_that_language_alone(name):
    make_live("Auf Deutsch")
    make_live("In English", language="en", section=make_section("city", language="en"))
    german, english = read(f"/latest/de/{name}"), read(f"/latest/en/{name}")
    assert [item.title for item in german.entries] == ["Auf Deutsch"]
    assert [item.title for item in english.entries] == ["In English"]
    assert (german.feed.title, english.feed.title) == ("Hafenkurier – Deutsch", "Hafenkurier – English")
    assert english.feed.language == "en"


@pytest.mark.parametrize("language", ["fr", "xx", "DE", "de-de", "d"])
def test_a_language_the_site_does_not_have_has_no_feed(language):
    make_live()
    for name in ("feed.xml", "atom.xml", "feed.json"):
        assert Client().get(f"/latest/{language}/{name}").status_code == 404


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_the_feed_is_told_so_until_anything_changes(clock, name, method):
    story = make_live()
    ask = getattr(Client(), method)
    first = ask(f"/{name}")
    kept = {"If-None-Match": first["ETag"]}
    assert ask(f"/{name}", headers=kept).status_code == 304
    clock.shift(HOUR)
    assert ask(f"/{name}", headers=kept).status_code == 304
    press.publish(rewrite(story, "Komma."), by=None, change=Change.MINOR)
    assert ask(f"/{name}", headers=kept).status_code == 200


def test_who_has_the_feed_of_a_withdrawn_story_is_told_it_changed(clock):
    make_live("Bleibt")
    clock.shift(HOUR)
    story = make_live("Geht")
    kept = [
        {"If-None-Match": Client().get("/feed.xml")["ETag"]},
        {"If-Modified-Since": "Mon, 23 Nov 2026 13:00:00 GMT"},
    ]
    clock.shift(HOUR)
    press.withdraw(story, by=None, reason="error", notice="")
    for each in kept:
        response = Client().get("/feed.xml", headers=each)
        assert response.status_code == 200
        assert b"Geht" not in response.content


def test_a_feed_says_where_its_hub_is_if_there_is_one(settings):
    make_live()
    assert "Link" not in Client().get("/feed.xml")
    assert b"hub" not in Client().get("/feed.xml").content
    settings.WEBSUB_HUB = "https://hub.example.org/push"
    for name in ("feed.xml", "atom.xml"):
        links = {link["rel"]: link["href"] for link in read(f"/{name}").feed.links}
        assert (links["hub"], links["self"]) == ("https://hub.example.org/push", f"{SITE}/{name}")
    response = Client().get("/feed.json")
    assert json.loads(response.content)["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/push"}]
    assert response["Link"] == f'<https://hub.example.org/push>; rel="hub", <{SITE}/feed.json>; rel="self"'


def test_pages_lead_to_their_feeds_of_all_three_kinds():
    make_live(topics=["Hafen"], bylines=[(make_contributor("Ada Brook", has_page=True), "text")])
    pages = {"/": "/", "/politik/": "/politik/", "/topic/hafen/": "/topic/hafen/", "/by/ada-brook/": "/by/ada-brook/"}
    for page, base in pages.items():
        assert _alternates(page) == [f"{base}{name}" for name in ("feed.xml", "atom.xml", "feed.json")]
    assert _alternates("/latest/")[3:6] == [f"/latest/de/{name}" for name in ("feed.xml", "atom.xml", "feed.json")]
    for address_of_feed in _alternates("/latest/"):
        assert Client().get(address_of_feed).status_code == 200


def _alternates(page):
    html = Client().get(page).content.decode()
    return re.findall(r'<link rel="alternate" type="application/[a-z+]+" title="[^"]+" href="([^"]+)">', html)
