"""How items are written into JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from datetime import UTC

from django.conf import settings
from django.templatetags.static import static

JSON_FEED = "application/feed+json; charset=utf-8"


def write_json(*, title, description, path, feed_path, language, guid, items):
    """A whole feed (text) of `items` (dicts as of items.item_of), known by its own address and not by `guid`."""
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
    feed["items"] = [_item(said) for said in items]
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":"))


def _item(said):
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
