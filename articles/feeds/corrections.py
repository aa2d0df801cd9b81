"""The feed of corrections: what stories got wrong, in the formats of every other feed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..text.html import printable
from ..views.corrections import readable_corrections, with_stories
from ..views.shell import moment
from .views import SIZE, feed_response


@require_safe
def corrections_feed(request, name):
    """The newest corrections of stories readers can read."""
    at = moment(request)
    rows = with_stories(list(readable_corrections(at).newest_first()[:SIZE]), at)
    with translation.override(settings.LANGUAGE_CODE):
        return feed_response(
            request,
            name,
            [_item(correction, edition) for correction, edition in rows],
            title=f"{_('Corrections')} – {settings.SITE_NAME}",
            description=_("What we got wrong, and what is right."),
            path=reverse("corrections"),
            language=settings.LANGUAGE_CODE,
        )


def _item(correction, edition):
    text = printable(correction.text)
    with translation.override(edition.language):
        label = correction.get_kind_display()
    return {
        "title": printable(f"{label}: {edition.headline}"),
        "link": f"{settings.SITE_URL}{edition.get_absolute_url()}#correction-{correction.public_id}",
        "description": text,
        "unique_id": f"tag:{urlsplit(settings.SITE_URL).hostname},2026:correction-{correction.public_id}",
        "published": correction.published_at,
        "updated": correction.published_at,
        "tags": [str(label)],
        "authors": [{"name": settings.SITE_NAME}],
        "content": format_html_join("", "<p>{}</p>", ((part,) for part in text.splitlines() if part.strip())),
        "picture": None,
        "language": edition.language,
    }
