"""What every kind of feed says of an edition."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..templatetags.pictures import feed_html, share_height, share_url, share_width
from ..text.html import printable

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


def item_of(edition):
    """An edition as plain values (dict), with whole addresses; its section is loaded and its pictures are hung."""
    return {
        "title": edition.headline,
        "link": settings.SITE_URL + edition.get_absolute_url(),
        "description": edition.dek or edition.lede,
        "unique_id": f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{edition.public_id}",
        "published": edition.published_at,
        "updated": edition.updated_at,
        "tags": [printable(topic["name"]) for topic in edition.topics],
        "authors": _authors(edition),
        "content": _content(edition),
        "picture": _picture(edition),
        "language": edition.language,
    }


def _authors(edition):
    lines = [line for line in edition.bylines if line["credit"] in ("text", "agency")]
    return [_author(line) for line in lines] or [{"name": printable(edition.source or settings.SITE_NAME)}]


def _author(line):
    page = {"url": settings.SITE_URL + reverse("contributor", args=[line["slug"]])} if line["slug"] else {}
    return {"name": printable(line["name"])} | page


def _content(edition):
    dek = format_html("<p><strong>{}</strong></p>", edition.dek) if edition.dek else ""
    return dek + SafeString(feed_html(edition))


def _picture(edition):
    picture = edition.shown_picture
    if not picture:
        return None
    said = {name: printable(picture[name]) for name in ("alt", "credit")}
    return {"url": share_url(picture), "width": share_width(picture), "height": share_height(picture)} | said
