"""What machines read: RSS, Atom, sitemaps."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from cast import DAY, HOUR, NOON, SECOND, make_contributor, make_live, make_section, rewrite
from django.test import Client
from front_pages import address
from painted import painted_picture

from articles import press
from articles.vocabulary import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITE = "http://127.0.0.1:8000"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


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
    assert item.media_content[0]["url"].startswith(f"{SITE}/media/")


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


def locations(url):
    response = Client().get(url)
    assert response.status_code == 200
    return [node.text for node in ElementTree.fromstring(response.content).iter(f"{MAPS}loc")]


def test_the_index_leads_to_every_story_once(clock):
    stories = [make_live(published_at=NOON - offset * DAY) for offset in (0, 20, 40, 400)]
    files = locations("/sitemap.xml")
    thirds = ["2026-11-3", "2026-11-1", "2026-10-2", "2025-10-2"]
    assert files == [f"{SITE}/sitemap-{name}.xml" for name in ("sections", *thirds)]
    found = [url for file in files[1:] for url in locations(file.removeprefix(SITE))]
    assert sorted(found) == sorted(whole_address(story) for story in stories)


def test_the_thirds_of_a_month_meet_without_gap_or_overlap():
    days = ("2026-10-01", "2026-10-10", "2026-10-11", "2026-10-20", "2026-10-21", "2026-10-31")
    times = [f"{day}T{hour}+02:00" for day in days[:-1] for hour in ("00:00:00", "23:59:59")]
    times += ["2026-10-31T00:00:00+01:00", "2026-10-31T23:59:59+01:00"]
    for time in times:
        make_live(published_at=datetime.fromisoformat(time))
    assert [len(locations(f"/sitemap-2026-10-{third}.xml")) for third in (1, 2, 3)] == [4, 4, 4]


def test_lastmod_is_the_last_change_that_matters(story, clock):
    clock.shift(HOUR)
    press.publish(rewrite(story, "Neu."), by=None, change=Change.UPDATE)
    text = Client().get("/sitemap-2026-11-3.xml").content.decode()
    assert f"<loc>{whole_address(story)}</loc><lastmod>2026-11-23T14:00:00+01:00</lastmod>" in text


@pytest.mark.parametrize(
    "name", ["2026-13-1", "1000-01-1", "2031-01-2", "9999-12-3", "0001-01-1", "0000-01-1", "2026-11"]
)
def test_a_sitemap_of_nothing_is_404(name):
    make_live()
    assert Client().get(f"/sitemap-{name}.xml").status_code == 404


def test_the_news_sitemap_has_two_days_original_dates_and_languages(clock):
    old, edge = make_live(published_at=NOON - 3 * DAY), make_live(published_at=NOON - 2 * DAY)
    fresh = make_live("Frisch & neu", published_at=NOON - 2 * DAY + timedelta(seconds=1))
    english = make_live("Fresh", language="en", section=make_section("city", language="en"))
    root = ElementTree.fromstring(Client().get("/news-sitemap.xml").content)
    assert [node.text for node in root.iter(f"{MAPS}loc")] == [whole_address(english), whole_address(fresh)]
    assert [node.text for node in root.iter(f"{NEWS}language")] == ["en", "de"]
    assert [node.text for node in root.iter(f"{NEWS}title")] == ["Fresh", "Frisch & neu"]
    assert next(root.iter(f"{NEWS}publication_date")).text == "2026-11-23T13:00:00+01:00"
    assert old.pk != edge.pk


def test_the_news_sitemap_has_at_most_its_limit(monkeypatch):
    monkeypatch.setattr("articles.views.sitemaps.MOST_NEWS", 2)
    for _number in range(3):
        make_live()
    assert len(locations("/news-sitemap.xml")) == 2


def test_robots_names_the_sitemaps_and_keeps_crawlers_off_the_desk(settings):
    text = Client().get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert Client().get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    assert Client().get("/.well-known/security.txt").content.decode().startswith("Contact: mailto:security@example.org")


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
