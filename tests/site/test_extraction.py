"""Outside readers get every story of the demo right: title, authors, date, language, picture, the text from end to end.

Each library is given the page, or the feed, and nothing else: none of them goes to the network here.
"""

import re
import warnings
from datetime import UTC, datetime
from types import SimpleNamespace

import extruct
import feedparser
import pytest
import readability
import trafilatura
from django.db import transaction
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from lxml import html as lxml_html

from articles import press
from articles.demo.loading import load
from articles.feeds.formats import Atom, Rss, write_xml
from articles.feeds.items import item_of
from articles.models import Edition, Story
from articles.templatetags.newspaper import authors, iso
from articles.templatetags.pictures import share_url
from articles.text.html import plain_text
from articles.views.pictures import hang, hang_all
from articles.views.story import show_edition

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says that it cannot sum up without nltk; nobody asks it to
    import newspaper

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
ICON = f"{SITE}/static/site/icon.svg"
STORIES = 46
PITCH = "night-shift-pitch"


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """All stories of the demo as readers get them, or would if they were published now (list of namespaces)."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        load(paint_size=(320, 180))
        yield [read(story) for story in Story.objects.order_by("pk")]
        transaction.set_rollback(True)


def read(story):
    """What is printed of a story and what the page and feeds say of it."""
    edition, page = _live(story) if Edition.objects.live().filter(story=story).exists() else _previewed(story)
    about = {"title": "x", "description": "x", "path": "/", "feed_path": "/", "guid": "/", "language": "de"}
    feeds = [write_xml(kind, items=[item_of(edition)], **about) for kind in (Rss, Atom)]
    paragraphs = [words(plain_text(each)) for each in re.findall(r"<p>.*?</p>", edition.body, re.DOTALL)]
    return SimpleNamespace(
        edition=edition,
        page=page,
        feeds=feeds,
        url=SITE + edition.get_absolute_url(),
        authors=authors(edition),
        first=paragraphs[0][:60],
        last=paragraphs[-1][-60:],
        picture=share_url(edition.shown_picture) if edition.shown_picture else None,
    )


def _live(story):
    at = timezone.now()
    edition = hang(Edition.objects.live(at).filter(story=story).for_page(at), at)[0]
    return edition, Client().get(edition.get_absolute_url()).content.decode()


def _previewed(story):
    edition = hang_all(press.preview(story))
    return edition, show_edition(RequestFactory().get(edition.get_absolute_url()), edition).content.decode()


def words(text):
    """The same text with single spaces."""
    return " ".join(text.split())


def letters(text):
    """The letters and digits of a text: what is left of it whatever a library makes of spaces and signs."""
    return re.sub(r"[\W_]+", "", text)


def wrong(demo, check):
    """For each story that a check (a function from a story to got and wanted) does not find right: both (list)."""
    pairs = ((each.edition.slug, *check(each)) for each in demo)
    return [(slug, got, wanted) for slug, got, wanted in pairs if got != wanted]


def has_text(text, story):
    """Whether a text goes from the story's first sentence to its last."""
    return letters(story.first) in letters(text), letters(story.last) in letters(text)


def test_the_demo_has_all_its_stories_in_both_languages(demo):
    assert len(demo) == STORIES
    assert {each.edition.language for each in demo} == {"de", "en"}
    assert len([each for each in demo if each.picture]) > STORIES / 2
    assert max(len(each.authors) for each in demo) > 1


def test_readability_finds_title_authors_and_text(demo):
    # It takes the title from <title>, which is for search engines, and knows neither date, language nor picture.
    def check(story):
        page = readability.Document(story.page)
        text = plain_text(page.summary())
        title = story.edition.seo_title or story.edition.headline
        got = (page.title(), page.author(), *has_text(text, story))
        return got, (f"{title} - Hafenkurier", ", ".join(story.authors), True, True)

    assert wrong(demo, check) == []


def test_trafilatura_finds_everything(demo):
    def check(story):
        # It names no language unless a further library guesses one; asked for one, it reads that of the page.
        found = {
            language: trafilatura.bare_extraction(
                story.page, url=story.url, with_metadata=True, target_language=language
            )
            for language in ("de", "en")
        }
        [(language, page)] = [pair for pair in found.items() if pair[1]]
        got = (page.title, page.author, page.date, language, page.image, *has_text(page.text, story))
        wanted = (story.edition.headline, "; ".join(story.authors), iso(story.edition.published_at)[:10])
        return got, (*wanted, story.edition.language, story.picture, True, True)

    assert wrong(demo, check) == []


def test_newspaper_finds_everything(demo):
    # Where there is no picture it takes the site's icon for one.
    # Its text is the block with most words: around a pitch of seventy words, that is not the pitch.
    def check(story):
        page = newspaper.Article(story.url, fetch_images=False)
        page.download(input_html=story.page)
        page.parse()
        got = (page.title, page.authors, page.publish_date, page.meta_lang, page.top_image)
        wanted = (story.edition.headline, story.authors, story.edition.published_at.replace(microsecond=0))
        wanted = (*wanted, story.edition.language, story.picture or ICON, True, True)
        return (*got, *has_text(page.text, story)), wanted

    assert wrong([story for story in demo if story.edition.slug != PITCH], check) == []


def test_extruct_finds_everything_in_the_json_and_the_open_graph(demo):
    # It gives data and no text; the language of the page is an attribute of it.
    def check(story):
        found = extruct.extract(story.page, base_url=SITE, syntaxes=["json-ld", "opengraph"], uniform=True)
        article = found["json-ld"][0]
        graph = found["opengraph"][0]
        images = [image["url"] for image in article.get("image", [])]
        got = (article["headline"], [each["name"] for each in article["author"]], article["datePublished"])
        got = (*got, article["inLanguage"], images[0] if images else None, graph["og:title"], graph.get("og:image"))
        date = iso(story.edition.published_at)
        wanted = (story.edition.headline, story.authors, date, story.edition.language, story.picture)
        return got, (*wanted, story.edition.headline, story.picture)

    assert wrong(demo, check) == []


@pytest.mark.parametrize("kind", [0, 1], ids=["rss", "atom"])
def test_feedparser_finds_everything(demo, kind):
    def check(story):
        [item] = feedparser.parse(story.feeds[kind]).entries
        date = datetime(*item.published_parsed[:6], tzinfo=UTC)
        language = item.get("language") or item.content[0].language
        picture = item.media_content[0]["url"] if "media_content" in item else None
        names = [author["name"] for author in item.authors if author]
        got = (item.title, names, date, language, picture, *has_text(plain_text(item.content[0].value), story))
        wanted = (story.edition.headline, story.authors, story.edition.published_at.replace(microsecond=0))
        return got, (*wanted, story.edition.language, story.picture, True, True)

    assert wrong(demo, check) == []


def test_the_page_is_built_as_readers_were_seen_to_need_it(demo):
    def check(story):
        page = lxml_html.fromstring(story.page)
        own = "//main//article[contains(@class, 'story ')]"  # not a live blog's entries
        body = page.xpath(f"{own}//div[@class='story-body']")
        linked = [line["name"] for line in story.edition.bylines if line["slug"] and line["credit"] == "text"]
        got = (
            words(page.xpath("//h1")[0].text_content()),
            page.get("lang"),
            page.xpath("//meta[@name='author']/@content"),
            [words(link.text_content()) for link in page.xpath(f"{own}//a[@rel='author']")],
            len(body),
            page.xpath("//main//article//nav[not(@class='trail')]"),
            page.xpath("//meta[@property='article:author' or @name='twitter:creator']"),
            page.xpath("//meta[@property='article:published_time']/@content"),
        )
        wanted = (story.edition.headline, story.edition.language, [", ".join(story.authors)], linked, 1, [], [])
        return got, (*wanted, [iso(story.edition.published_at)])

    assert wrong(demo, check) == []
