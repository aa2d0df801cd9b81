"""How an edition is written into RSS 2.0 (with content:encoded, dc:creator, media:content) and Atom (RFC 4287)."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..templatetags.pictures import feed_html, share_url
from ..text.html import printable

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


class _Dated:
    """The feed's own date is that of its newest item, never that of the request: same items, same bytes."""

    def latest_post_date(self):
        """When anything in the feed last changed for readers (UTC)."""
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


class Rss(_Dated, Rss201rev2Feed):
    """RSS 2.0 with the full text, every author and the lead picture."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self):
        """The root's namespaces."""
        names = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        return super().rss_attributes() | names | {"xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_item_elements(self, handler, item):
        """The item, then what the namespaces add."""
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])
        if picture := item["picture"]:
            handler.startElement("media:content", {"url": picture["url"], "medium": "image", "type": "image/jpeg"})
            handler.addQuickElement("media:description", picture["alt"], {"type": "plain"})
            if picture["credit"]:
                handler.addQuickElement("media:credit", picture["credit"])
            handler.endElement("media:content")


class Atom(_Dated, Atom1Feed):
    """Atom 1.0; `updated` moves only with changes that matter to readers."""

    content_type = "application/atom+xml; charset=utf-8"

    def add_item_elements(self, handler, item):
        """The entry with all its authors and its full text."""
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html", "xml:lang": item["language"]})


def write(kind, *, title, description, path, feed_path, language, editions):
    """A whole feed (text): `kind` is Rss or Atom, `editions` have section and body loaded and their pictures hung."""
    feed = kind(
        title=printable(title),
        link=settings.SITE_URL + path,
        description=printable(description),
        language=language,
        feed_url=settings.SITE_URL + feed_path,
        feed_guid=settings.SITE_URL + path,
    )
    for edition in editions:
        feed.add_item(**_item(edition))
    return feed.writeString("utf-8")


def _item(edition):
    return {
        "title": edition.headline,
        "link": settings.SITE_URL + edition.get_absolute_url(),
        "description": edition.dek or edition.lede,
        "unique_id": f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{edition.public_id}",
        "unique_id_is_permalink": False,
        "pubdate": edition.published_at,
        "updateddate": edition.updated_at,
        "categories": [printable(topic["name"]) for topic in edition.topics],
        "authors": [printable(name) for name in _authors(edition)],
        "content": _content(edition),
        "picture": _picture(edition),
        "language": edition.language,
    }


def _authors(edition):
    named = [line["name"] for line in edition.bylines if line["credit"] in ("text", "agency")]
    return named or [edition.source or settings.SITE_NAME]


def _content(edition):
    dek = format_html("<p><strong>{}</strong></p>", edition.dek) if edition.dek else ""
    return dek + SafeString(feed_html(edition))


def _picture(edition):
    picture = edition.shown_picture
    if not picture:
        return None
    said = {name: printable(picture[name]) for name in ("alt", "credit")}
    return {"url": share_url(picture)} | said
