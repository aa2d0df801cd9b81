"""Sitemaps (sitemaps.org 0.9) and Google's news sitemap.

One file a month; a month with more than FULL stories is listed day by day
instead. Which months and days exist is asked of the index, one lookup each, so
the work does not grow with the stories.
"""

from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Edition, Section
from .shell import moment, with_constant_lifetime

FULL = 5_000
MOST = 50_000  # the protocol's limit for one file
NEWS_AGE = timedelta(hours=48)
MOST_NEWS = 1_000


@require_safe
def sitemap_index(request):
    """The index: sections and standing lists, then every month or day that has a story."""
    live, zone = Edition.objects.live(moment(request)), timezone.get_default_timezone()
    names = ["sections"]
    for month in _months(live, zone):
        names += _files_of(live, month, zone)
    return _xml("site/sitemap_index.xml", {"names": names})


def _months(live, zone):
    """The first days of all months from the newest live story to the oldest (list of dates)."""
    ends = live.order_by("-published_at").values_list("published_at", flat=True)
    newest, oldest = ends.first(), ends.reverse().first()
    if not newest:
        return []
    month, first = (
        timezone.localdate(newest, zone).replace(day=1),
        timezone.localdate(oldest, zone).replace(day=1),
    )
    months = [month]
    while months[-1] > first:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def _files_of(live, month, zone):
    days = _days(month)
    in_month = live.filter(published_at__gte=live.day_bounds(days[0], zone)[0])
    in_month = in_month.filter(published_at__lt=live.day_bounds(days[-1], zone)[1])
    size = in_month.order_by().values_list("pk", flat=True)[: FULL + 1].count()
    if size > FULL:
        found = {day: live.published_on(day, zone).exists() for day in reversed(days)}
        return [day.isoformat() for day, exists in found.items() if exists]
    return [f"{month:%Y-%m}"] if size else []


def _days(month):
    return [day for offset in range(31) if (day := month + timedelta(days=offset)).month == month.month]


@require_safe
def sitemap(request, name):
    """One file of the index: `sections`, a month (`2026-11`) or a day (`2026-11-05`)."""
    live, zone = Edition.objects.live(moment(request)), timezone.get_default_timezone()
    if name == "sections":
        return _xml("site/sitemap_sections.xml", {"sections": Section.objects.all()})
    days = _days_named(name)
    editions = live.filter(
        published_at__gte=live.day_bounds(days[0], zone)[0],
        published_at__lt=live.day_bounds(days[-1], zone)[1],
    )
    found = list(editions.newest_first().for_sitemap()[:MOST])
    if not found:
        raise Http404
    return _xml("site/sitemap.xml", {"editions": found})


def _days_named(name):
    try:
        day = date.fromisoformat(name if len(name) == 10 else f"{name}-01")
        day - timedelta(days=2), day + timedelta(days=40)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    return [day] if len(name) == 10 else _days(day)


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
