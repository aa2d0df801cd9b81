"""How an edition is written into JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from datetime import UTC

from django.conf import settings
from django.templatetags.static import static

from .items import item_of

JSON_FEED = "application/feed+json; charset=utf-8"


def write_json(*, title, description, path, feed_path, language, guid, editions):
    """A whole feed (text), known by its own address and not by `guid`.

    `editions` have section and body loaded and their pictures hung.
    """
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": settings.SITE_URL + path,
        "feed_url": settings.SITE_URL + feed_path,
        "description": description,
        "icon": settings.SITE_URL + static("site/logo.png"),
        "language": language,
    }
    if settings.WEBSUB_HUB:
        feed["hubs"] = [{"type": "WebSub", "url": settings.WEBSUB_HUB}]
    feed["items"] = [_item(edition) for edition in editions]
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":"))


def _item(edition):
    said = item_of(edition)
    item = {
        "id": said["unique_id"],
        "url": said["link"],
        "title": said["title"],
        "content_html": said["content"],
        "summary": said["description"],
        "date_published": _rfc3339(said["published"]),
        "date_modified": _rfc3339(said["updated"]),
        "authors": said["authors"],
        "tags": said["tags"],
        "language": said["language"],
    }
    if said["picture"]:
        item["image"] = said["picture"]["url"]
    return {name: value for name, value in item.items() if value not in ("", [])}


def _rfc3339(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
