"""How a live blog's entries are printed, for people and for machines: `{% load live %}`."""

from django import template
from django.utils.safestring import SafeString

from ..text.html import plain_text, shorten
from .embeds import with_embeds
from .newspaper import absolute, iso
from .structured import author_object, data_block

register = template.Library()
LONGEST_HEADLINE = 110  # characters; what an entry without a headline is called


@register.filter
def entry_html(entry):
    """An entry's text; it was sanitised when it was posted."""
    return SafeString(with_embeds(entry.body))


@register.filter
def entry_text(entry):
    """An entry's words in one line (text)."""
    return " ".join(plain_text(entry.body).split())


@register.simple_tag
def live_blog(edition, live):
    """A live blog as schema.org LiveBlogPosting in JSON-LD, with its newest entries (`live`: Coverage)."""
    data = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": f"{absolute(edition.get_absolute_url())}#live",
        "url": absolute(edition.get_absolute_url()),
        "headline": edition.headline,
        "description": edition.seo_description or edition.dek or edition.lede,
        "inLanguage": edition.language,
        "datePublished": iso(edition.published_at),
        "dateModified": iso(_last_change(edition, live)),
        "coverageStartTime": iso(edition.published_at),
        "liveBlogUpdate": [_update(edition, entry) for entry in live.told],
    }
    if edition.live_over:
        data["coverageEndTime"] = iso(_last_entry(edition, live))
    return data_block(data)


def _last_entry(edition, live):
    return max([edition.published_at, *(entry.published_at for entry in live.told)])


def _last_change(edition, live):
    changes = (entry.updated_at for entry in live.told if entry.updated_at)
    return max([edition.updated_at, _last_entry(edition, live), *changes])


def _update(edition, entry):
    text = plain_text(entry.body)
    told = {
        "@type": "BlogPosting",
        "headline": entry.headline or shorten(text, limit=LONGEST_HEADLINE),
        "articleBody": text,
        "datePublished": iso(entry.published_at),
        "dateModified": iso(max(entry.published_at, entry.updated_at or entry.published_at)),
        "url": f"{absolute(edition.get_absolute_url())}#e-{entry.public_id}",
    }
    if entry.bylines:
        told["author"] = [author_object(line) for line in entry.bylines]
    return told
