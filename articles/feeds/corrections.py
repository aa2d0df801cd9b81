"""The feed of corrections: what stories got wrong, in the formats of every other feed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..text.html import printable
from ..views.corrections import readable_corrections, with_stories
from ..views.shell import moment, with_constant_lifetime
from .views import KINDS, SIZE


@require_safe
def corrections_feed(request, name):
    """The newest corrections of stories readers can read."""
    at, kind = moment(request), KINDS[name]
    rows = with_stories(list(readable_corrections(at).newest_first()[:SIZE]), at)
    with translation.override(settings.LANGUAGE_CODE):
        feed = kind(
            title=f"{_('Corrections')} – {settings.SITE_NAME}",
            link=settings.SITE_URL + reverse("corrections"),
            description=_("What we got wrong, and what is right."),
            language=settings.LANGUAGE_CODE,
            feed_url=settings.SITE_URL + request.path,
            feed_guid=settings.SITE_URL + reverse("corrections"),
        )
    for correction, edition in rows:
        feed.add_item(**_item(correction, edition))
    return with_constant_lifetime(HttpResponse(feed.writeString("utf-8"), content_type=kind.content_type))


def _item(correction, edition):
    text = printable(correction.text)
    with translation.override(edition.language):
        label = correction.get_kind_display()
    return {
        "title": printable(f"{label}: {edition.headline}"),
        "link": f"{settings.SITE_URL}{edition.get_absolute_url()}#correction-{correction.public_id}",
        "description": text,
        "unique_id": f"tag:{urlsplit(settings.SITE_URL).hostname},2026:correction-{correction.public_id}",
        "unique_id_is_permalink": False,
        "pubdate": correction.published_at,
        "updateddate": correction.published_at,
        "categories": [str(label)],
        "authors": [settings.SITE_NAME],
        "content": format_html_join("", "<p>{}</p>", ((part,) for part in text.splitlines() if part.strip())),
        "picture": None,
        "language": edition.language,
    }
