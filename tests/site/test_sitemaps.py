"""Sitemaps: every address once, in files by the calendar, and nothing of what search engines are to leave out."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from cast import DAY, HOUR, NOON, make_contributor, make_live, make_section, rewrite
from django.test import Client
from front_pages import address
from painted import painted_picture

from articles import press
from articles.models import Edition, Topic
from articles.models.skipping import days_of, ranges_of
from articles.text.ids import ALPHABET, DIGITS
from articles.views import sitemaps
from articles.vocabulary import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITE = "http://127.0.0.1:8000"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


def locations(url):
    response = Client().get(url)
    assert response.status_code == 200
    return [node.text for node in ElementTree.fromstring(response.content).iter(f"{MAPS}loc")]


def files():
    """The names of the files of stories that the index has."""
    names = [url.removeprefix(f"{SITE}/sitemap-").removesuffix(".xml") for url in locations("/sitemap.xml")]
    return [name for name in names if name[0].isdecimal()]


def stories_in(names):
    return [url for name in names for url in locations(f"/sitemap-{name}.xml")]


def whole_addresses(stories):
    return sorted(SITE + address(story) for story in stories)


@pytest.fixture
def crowded(monkeypatch):
    """As if every id were in the sample, and more than two stories many."""
    monkeypatch.setattr(sitemaps, "SAMPLED", "~")
    monkeypatch.setattr(sitemaps, "MANY", 3)


def test_the_index_leads_to_every_story_once():
    stories = [make_live(published_at=NOON - offset * DAY) for offset in (0, 20, 40, 400)]
    assert files() == ["2026-11", "2026-10", "2025-10"]
    assert sorted(stories_in(files())) == whole_addresses(stories)


def test_a_busy_month_is_divided_into_days(crowded):
    stories = [make_live(published_at=NOON - days * DAY) for days in (0, 0, 1, 40)]
    assert files() == ["2026-11-23", "2026-11-22", "2026-10"]
    assert sorted(stories_in(files())) == whole_addresses(stories)


def test_a_day_with_thousands_is_divided_by_public_id(crowded):
    stories = [make_live(published_at=NOON - HOUR) for _number in range(4)]
    assert files() == [f"2026-11-23-{digit}" for digit in DIGITS]
    found = [f"2026-11-23-{story.public_id[0]}" for story in stories]
    assert sorted(stories_in(dict.fromkeys(found))) == whole_addresses(stories)


def test_a_day_with_tens_of_thousands_is_divided_further(crowded, monkeypatch):
    monkeypatch.setattr(sitemaps, "MANY", 0.3)
    stories = [make_live(published_at=NOON - HOUR) for _number in range(4)]
    names = files()
    assert len(names) == len(DIGITS) * len(ALPHABET)
    assert names[:2] == ["2026-11-23-00", "2026-11-23-01"]
    letters = stories[0].public_id[:2]
    alike = [story for story in stories if story.public_id.startswith(letters)]
    assert sorted(stories_in([f"2026-11-23-{letters}"])) == whole_addresses(alike)


def test_a_file_never_has_more_than_its_limit(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 2)
    newest = [make_live(published_at=NOON - number * HOUR) for number in range(3)][:2]
    assert sorted(stories_in(["2026-11"])) == whole_addresses(newest)


def test_hidden_stories_divide_nothing(crowded, clock):
    make_live(published_at=NOON - DAY)
    gone = [make_live(published_at=NOON - DAY) for _number in range(3)]
    clock.shift(HOUR)
    for story in gone:
        press.withdraw(story, by=None, reason="error", notice="")
    assert files() == ["2026-11"]


def test_months_and_days_meet_without_gap_or_overlap():
    moments = ("2026-09-30T23:59:59", "2026-10-01T00:00:00", "2026-10-31T23:59:59", "2026-11-01T00:00:00")
    for moment in moments:
        make_live(published_at=datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert [len(stories_in([name])) for name in ("2026-09", "2026-10", "2026-11")] == [1, 2, 1]
    assert [len(stories_in([name])) for name in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01")] == [1] * 4
    assert days_of(Edition.objects.live()) == ["2026-11-01", "2026-10-31", "2026-10-01", "2026-09-30"]


def test_lastmod_is_the_last_change_that_matters(clock):
    story = make_live()
    for hours, change in ((1, Change.UPDATE), (2, Change.MINOR)):
        clock.move_to(NOON + hours * HOUR)
        press.publish(rewrite(story, f"Neu {hours}."), by=None, change=change)
    text = Client().get("/sitemap-2026-11.xml").content.decode()
    assert f"<loc>{SITE}{address(story)}</loc><lastmod>2026-11-23T14:00:00+01:00</lastmod>" in text


@pytest.mark.parametrize("url", ["/sitemap-2026-11.xml", "/news-sitemap.xml"])
def test_the_lead_picture_is_named_while_readers_see_it(url):
    picture = painted_picture("harbour")
    make_live("Mit Bild", lead_picture=picture)
    make_live("Ohne Bild")
    root = ElementTree.fromstring(Client().get(url).content)
    [image] = [node.text for node in root.iter(f"{IMAGE}loc")]
    assert image.startswith(f"{SITE}/media/{Edition.objects.get(headline='Mit Bild').picture['key']}/16x9-")


def test_what_search_engines_are_to_leave_out_is_in_no_sitemap_but_in_lists():
    story = make_live("Bleibt draußen", noindex=True, published_at=NOON - HOUR)
    assert files() == []
    assert Client().get("/sitemap-2026-11.xml").status_code == 404
    assert locations("/news-sitemap.xml") == []
    for url in ("/latest/", "/feed.xml", "/feed.json", "/politik/"):
        assert "Bleibt draußen" in Client().get(url).content.decode()
    html = Client().get(address(story)).content.decode()
    assert '<meta name="robots" content="noindex, max-image-preview:large">' in html


def test_sections_pages_topics_and_people_have_files_of_their_own():
    person = make_contributor("Ada Brook", has_page=True)
    make_contributor("Nobody Yet", has_page=True)
    Topic.objects.for_name("Ungenutzt")
    make_live(topics=["Hafen"], bylines=[(person, "text")], section=make_section("politik/europa"))
    make_live(bylines=[(make_contributor("No Page"), "text")])
    paths = ("", "latest/", "corrections/", "politik/", "politik/europa/", "pages/imprint/", "pages/privacy/")
    assert sorted(locations("/sitemap-sections.xml")) == sorted(f"{SITE}/{path}" for path in paths)
    topics = f"topics-{Topic.objects.get(name='Hafen').pk // sitemaps.MOST}"
    people = f"contributors-{person.pk // sitemaps.MOST}"
    names = locations("/sitemap.xml")[:3]
    assert names == [f"{SITE}/sitemap-{name}.xml" for name in ("sections", topics, people)]
    assert locations(f"/sitemap-{topics}.xml") == [f"{SITE}/topic/hafen/"]
    assert locations(f"/sitemap-{people}.xml") == [f"{SITE}/by/ada-brook/"]


def test_topics_are_divided_by_ranges_and_empty_ranges_are_not_named(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 2)
    for name in ("Eins", "Zwei", "Drei", "Vier", "Fünf"):
        make_live(topics=[name])
    names = [url for url in locations("/sitemap.xml") if "topics" in url]
    found = [url for file in names for url in locations(file.removeprefix(SITE))]
    assert sorted(found) == sorted(f"{SITE}{topic.get_absolute_url()}" for topic in Topic.objects.all())
    assert max(len(locations(file.removeprefix(SITE))) for file in names) == 2
    rows = sitemaps.EditionTopic.objects.live()
    assert ranges_of(rows, "topic", 2) == sorted({row.topic_id // 2 for row in rows}, reverse=True)


@pytest.mark.parametrize(
    "name",
    [
        *("2026-13", "1000-01", "2031-01", "9999-12", "0001-01", "0000-01", "2026-1", "2026-11-3", "2026-11-31"),
        *("2026-11-22", "2026-02-30", "9999-12-31", "2026-11-23-x", "2026-11-23-0u", "2026-11-23-000", "2026-11-23-"),
        *("topics", "topics-9", "topics-99999", "topics-123456", "contributors-1", "contributors-", "pages", ""),
    ],
)
def test_a_sitemap_of_nothing_is_404(name):
    make_live(topics=["Hafen"])
    assert Client().get(f"/sitemap-{name}.xml").status_code == 404


def test_the_news_sitemap_has_two_days_original_dates_and_languages():
    old, edge = make_live(published_at=NOON - 3 * DAY), make_live(published_at=NOON - 2 * DAY)
    fresh = make_live("Frisch & neu", published_at=NOON - 2 * DAY + timedelta(seconds=1))
    english = make_live("Fresh", language="en", section=make_section("city", language="en"))
    root = ElementTree.fromstring(Client().get("/news-sitemap.xml").content)
    assert [node.text for node in root.iter(f"{MAPS}loc")] == [SITE + address(each) for each in (english, fresh)]
    assert [node.text for node in root.iter(f"{NEWS}language")] == ["en", "de"]
    assert [node.text for node in root.iter(f"{NEWS}title")] == ["Fresh", "Frisch & neu"]
    assert next(root.iter(f"{NEWS}publication_date")).text == "2026-11-23T13:00:00+01:00"
    assert old.pk != edge.pk


def test_the_news_sitemap_has_at_most_its_limit(monkeypatch):
    monkeypatch.setattr("articles.views.sitemaps.MOST_NEWS", 2)
    for _number in range(3):
        make_live()
    assert len(locations("/news-sitemap.xml")) == 2
