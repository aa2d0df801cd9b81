"""How times and credits are printed: `{% load newspaper %}`."""

import json
from datetime import datetime

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info

from ..text import newsdates
from ..vocabulary import Credit, Kind, Ratio
from .pictures import file_url, shared_file

register = template.Library()


def _local(moment):
    return timezone.localtime(moment, timezone.get_default_timezone())


@register.filter
def news_datetime(moment, language=None):
    """A moment as newspapers print it in `language` (default: the page's), by the newsroom's clock."""
    return newsdates.news_datetime(_local(moment), language or get_language())


@register.filter
def news_time(moment):
    """The hour of a moment as newspapers print it."""
    return newsdates.news_time(_local(moment), get_language())


@register.filter
def news_date(value):
    """The full date of a day or a moment."""
    return newsdates.news_date(_local(value).date() if hasattr(value, "tzinfo") else value, get_language())


@register.filter
def iso(moment):
    """A moment in ISO 8601 with the newsroom's offset, to the second."""
    return _local(moment).isoformat(timespec="seconds")


@register.filter
def day_url(value):
    """The archive's page for a day (date) or for the day of a moment."""
    day = _local(value).date() if hasattr(value, "tzinfo") else value
    return reverse("archive", args=[day.year, day.month, day.day])


@register.filter
def local_day(moment):
    """The newsroom's calendar day of a moment (date), to group a list by."""
    return _local(moment).date()


@register.filter
def page_html(page):
    """A standing page's text; sanitised when it was saved."""
    return SafeString(page.body)


@register.filter
def by_credit(bylines):
    """Byline entries grouped by what was done (list of (label, entries)), in printed order."""
    groups = {}
    for line in bylines:
        groups.setdefault(line["credit"], []).append(line)
    return [("" if credit == Credit.TEXT else Credit(credit).label, lines) for credit, lines in groups.items()]


@register.filter
def authors(edition):
    """The names of who wrote an edition (list of text): text credits, else agencies, else its source."""
    lines = edition.bylines
    for credit in (Credit.TEXT, Credit.AGENCY):
        if names := [line["name"] for line in lines if line["credit"] == credit]:
            return names
    return [edition.source] if edition.source else []


@register.filter
def kind_label(edition):
    """The label readers see for anything that is not plain news; empty for news."""
    return "" if edition.kind == Kind.NEWS else Kind(edition.kind).label


@register.filter
def absolute(path):
    """An address with scheme and host."""
    return settings.SITE_URL + path


@register.simple_tag
def news_article(edition):
    """The edition as schema.org NewsArticle in JSON-LD (Google's article guidelines of 2026)."""
    data = {
        "@context": "https://schema.org",
        "@type": ["NewsArticle", _TYPES[edition.kind]] if edition.kind in _TYPES else "NewsArticle",
        "mainEntityOfPage": absolute(edition.get_absolute_url()),
        "url": absolute(edition.get_absolute_url()),
        "headline": edition.headline,
        "description": edition.seo_description or edition.dek or edition.lede,
        "datePublished": iso(edition.published_at),
        "dateModified": iso(edition.updated_at),
        "inLanguage": edition.language,
        "articleSection": edition.section.name,
        "wordCount": edition.word_count,
        "isAccessibleForFree": True,
        "author": _author_objects(edition),
        "publisher": _publisher(),
        "keywords": [topic["name"] for topic in edition.topics],
        "image": _image_objects(edition),
        "dateline": edition.dateline,
        "correction": [_correction(note) for note in edition.corrections],
    }
    return _data_block({name: value for name, value in data.items() if value not in ("", [])})


_TYPES = {
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.SPONSORED: "AdvertiserContentArticle",
}


def _publisher():
    logo = {"@type": "ImageObject", "url": absolute(static("site/logo.png")), "width": 512, "height": 512}
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.PUBLISHER,
        "url": absolute(reverse("home")),
        "logo": logo,
    }


def _author_objects(edition):
    people = [line for line in edition.bylines if line["credit"] in (Credit.TEXT, Credit.AGENCY)]
    if not people:
        return [{"@type": "Organization", "name": edition.source or settings.SITE_NAME}]
    return [_author_object(line) for line in people]


def _author_object(line):
    data = {"@type": "Organization" if line["kind"] == "agency" else "Person", "name": line["name"]}
    if line["slug"]:
        data["url"] = absolute(reverse("contributor", args=[line["slug"]]))
    if line["job"]:
        data["jobTitle"] = line["job"]
    return data


def _image_objects(edition):
    picture = getattr(edition, "shown_picture", None)
    return [_image_object(picture, ratio) for ratio in _IMAGE_SHAPES] if picture else []


_IMAGE_SHAPES = (Ratio.WIDE, Ratio.STANDARD, Ratio.SQUARE)  # as Google's article guidelines ask for


def _image_object(picture, ratio):
    name, width, height = shared_file(picture, ratio)
    image = {"@type": "ImageObject", "url": absolute(file_url(picture, name)), "width": width, "height": height}
    image |= {"caption": picture["caption"], "creditText": picture["credit"]}
    return {name: value for name, value in image.items() if value != ""}


def _correction(note):
    return {"@type": "CorrectionComment", "text": note["text"], "datePublished": note["at"]}


def _data_block(data):
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter, escaped in (
        ("<", "\\u003C"),
        (">", "\\u003E"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(letter, escaped)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def language_name(code):
    """A language's own name, as a link to its pages says it."""
    try:
        return capfirst(get_language_info(code)["name_local"])
    except KeyError:
        return code


@register.filter
def correction_time(note):
    """When a printed correction appeared (aware datetime)."""
    return datetime.fromisoformat(note["at"])
