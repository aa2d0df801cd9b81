"""Sitemaps (sitemaps.org 0.9) and Google's news sitemap.

A file is a third of a month by the newsroom's calendar, so that even 500 stories
a day stay within 5,000 addresses. Which thirds have a story is asked of the
index, one look-up each: the work does not grow with the stories.
"""

from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Edition, Section
from .shell import moment, with_constant_lifetime

MOST = 50_000  # the protocol's limit for one file
NEWS_AGE = timedelta(hours=48)
MOST_NEWS = 1_000


@require_safe
def sitemap_index(request):
    """The index: sections and standing lists, then every third of a month that has a story, newest first."""
    live, zone = Edition.objects.live(moment(request)), timezone.get_default_timezone()
    dates, names = live.newest_first().values_list("published_at", flat=True), ["sections"]
    newest = dates.first()
    while newest:
        day = timezone.localdate(newest, zone)
        third = min((day.day - 1) // 10, 2)
        names.append(f"{day:%Y-%m}-{third + 1}")
        first = live.day_bounds(day.replace(day=third * 10 + 1), zone)[0]
        newest = dates.filter(published_at__lt=first).first()
    return _xml("site/sitemap_index.xml", {"names": names})


@require_safe
def sitemap(request, name):
    """One file of the index: `sections`, or a third of a month (`2026-11-3` has the 21st to the last)."""
    if name == "sections":
        return _xml("site/sitemap_sections.xml", {"sections": Section.objects.all()})
    live, zone = Edition.objects.live(moment(request)), timezone.get_default_timezone()
    first, last = _days_of(name)
    begins, ends = live.day_bounds(first, zone)[0], live.day_bounds(last, zone)[1]
    editions = live.filter(published_at__gte=begins, published_at__lt=ends)
    found = list(editions.newest_first().for_sitemap()[:MOST])
    if not found:
        raise Http404
    return _xml("site/sitemap.xml", {"editions": found})


def _days_of(name):
    """First and last day (dates) of a third of a month. Raises Http404 for one that no calendar has."""
    year, month, third = map(int, name.split("-"))
    try:
        first = date(year, month, third * 10 - 9)
        next_month = (date(year, month, 1) + timedelta(days=32)).replace(day=1)
        first - timedelta(days=2), next_month + timedelta(days=2)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    return first, first + timedelta(days=9) if third < 3 else next_month - timedelta(days=1)


@require_safe
def news_sitemap(request):
    """Google's news sitemap: first published in the last 48 hours, at most 1,000."""
    at = moment(request)
    editions = Edition.objects.live(at).filter(published_at__gt=at - NEWS_AGE).newest_first().for_sitemap()[:MOST_NEWS]
    return _xml("site/news_sitemap.xml", {"editions": editions})


def _xml(template, context):
    names = {"site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    text = render_to_string(template, names | context)
    return with_constant_lifetime(HttpResponse(text, content_type="application/xml; charset=utf-8"))
