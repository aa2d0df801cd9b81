"""How items are written into RSS 2.0 (with content:encoded, dc:creator, Media RSS) and Atom 1.0 (RFC 4287)."""

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from .items import BEFORE_ALL

_MEDIA = {"xmlns:media": "http://search.yahoo.com/mrss/"}


class _Dated:
    """The feed's own date is that of its newest item, never that of the request: same items, same bytes."""

    def latest_post_date(self):
        """When anything in the feed last changed for readers (UTC)."""
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)

    def add_picture(self, handler, picture):
        """The lead picture as Media RSS 1.5.1 has it, with its size, credit and what it shows."""
        about = {"url": picture["url"], "medium": "image", "type": "image/jpeg"}
        handler.startElement(
            "media:content", about | {"width": str(picture["width"]), "height": str(picture["height"])}
        )
        if picture["alt"]:
            handler.addQuickElement("media:description", picture["alt"], {"type": "plain"})
        if picture["credit"]:
            handler.addQuickElement("media:credit", picture["credit"])
        handler.endElement("media:content")


class Rss(_Dated, Rss201rev2Feed):
    """RSS 2.0 with the full text, every author and the lead picture."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self):
        """The root's namespaces."""
        names = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        return super().rss_attributes() | names | _MEDIA

    def add_root_elements(self, handler):
        """The channel, and where its hub is (WebSub, section 4)."""
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler, item):
        """The item, then what the namespaces add."""
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author["name"])
        handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])
        if item["picture"]:
            self.add_picture(handler, item["picture"])


class Atom(_Dated, Atom1Feed):
    """Atom 1.0; `updated` moves only with changes that matter to readers."""

    content_type = "application/atom+xml; charset=utf-8"

    def root_attributes(self):
        """The root's namespaces and language."""
        return super().root_attributes() | _MEDIA

    def add_root_elements(self, handler):
        """The feed, and where its hub is (WebSub, section 4)."""
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler, item):
        """The entry with all its authors, its full text and its lead picture."""
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author["name"])
            if "url" in author:
                handler.addQuickElement("uri", author["url"])
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html", "xml:lang": item["language"]})
        if item["picture"]:
            self.add_picture(handler, item["picture"])


def write_xml(kind, *, title, description, path, feed_path, language, guid, items):
    """A whole feed (text): `kind` is Rss or Atom, `items` are dicts as of items.item_of."""
    feed = kind(
        title=title,
        link=settings.SITE_URL + path,
        description=description,
        language=language,
        feed_url=settings.SITE_URL + feed_path,
        feed_guid=settings.SITE_URL + guid,
        hub=settings.WEBSUB_HUB,
    )
    for item in items:
        feed.add_item(
            **{name: item[name] for name in ("title", "link", "description", "unique_id", "authors", "content")},
            **{name: item[name] for name in ("picture", "language")},
            unique_id_is_permalink=False,
            pubdate=item["published"],
            updateddate=item["updated"],
            categories=item["tags"],
        )
    return feed.writeString("utf-8")
