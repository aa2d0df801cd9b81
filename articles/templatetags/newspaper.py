"""How times and credits are printed: `{% load newspaper %}`."""

from datetime import datetime

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info

from ..text import newsdates
from ..vocabulary import Credit, Kind

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


@register.inclusion_tag("site/_reservation.html")
def reservation():
    """That text and data mining is reserved (W3C TDMRep), where the house says so."""
    return {"reserved": settings.AI_RESERVED, "policy": settings.TDM_POLICY}


@register.simple_tag
def site_languages():
    """The codes of the languages the site has (list)."""
    return [code for code, _name in settings.LANGUAGES]


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
