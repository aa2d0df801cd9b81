"""Sitemaps (sitemaps.org 0.9, with Google's images 1.1) and Google's news sitemap.

Stories are divided by the calendar (UTC): a file is a month, a day of a busy month, or, of a day with thousands, the
stories whose public id begins with certain letters. Public ids are drawn by lot, so a look at a small range of them
says how busy a month and a day are; nothing is counted whose number grows with the archive, and nothing but live
stories is looked at. Any of these addresses is answered, whether the index names it now or did once.
"""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.views.decorators.http import require_safe

from ..models import Contributor, Edition, EditionContributor, EditionTopic, Page, Section, Topic
from ..models.skipping import Day, days_of, ranges_of
from ..text.ids import ALPHABET, DIGITS
from .pictures import hang
from .shell import moment, with_constant_lifetime

MOST = 5_000  # addresses in one file
NEWS_AGE = timedelta(hours=48)
MOST_NEWS = 1_000
# The sample: ids before this one, of 10 x 32 beginnings the first three.
SAMPLED = "03"
# So many of the sample make a file too full for comfort: about 1,100. In a file of 5,000 the sample has 47 on average,
# and fewer than 11 once in some thousand million times.
MANY = 11
# Whose pages are lists: the places in them, by what, of whom, and who of those has a page.
LISTS = {
    "topics": (EditionTopic, "topic", Topic, {"merged_into": None}),
    "contributors": (EditionContributor, "contributor", Contributor, {"has_page": True}),
}


@require_safe
def sitemap_index(request):
    """The index: sections, topics, contributors, then every month or busy day that has a story, newest first."""
    at = moment(request)
    names = ["sections"]
    for kind in LISTS:
        used = ranges_of(LISTS[kind][0].objects.live(at), LISTS[kind][1], MOST)
        names += (f"{kind}-{number}" for number in _with_pages(at, kind, used))
    names += _files_of_stories(Edition.objects.live(at).indexed())
    # Not reversed: there can be thousands, and this takes a tenth of the time.
    return _xml("site/sitemap_index.xml", {"names": names, "base": f"{settings.SITE_URL}{get_script_prefix()}"})


def _files_of_stories(stories):
    """The names of the files (list) that together have all `stories` (queryset of editions)."""
    sample = stories.filter(public_id__lt=SAMPLED).order_by().annotate(day=Day("published_at"))
    by_day = dict(sample.values("day").annotate(number=Count("pk")).values_list("day", "number"))
    by_month = Counter()
    for day, number in by_day.items():
        by_month[day[:7]] += number
    names = {}
    for day in days_of(stories):
        if by_month[day[:7]] < MANY:
            names[day[:7]] = None
        else:
            names |= dict.fromkeys(day + ending for ending in _endings(by_day.get(day, 0)))
    return list(names)


def _endings(number):
    """What the names of a day's files end with (list), by how many of the sample are of that day."""
    if number < MANY:
        return [""]
    if number < MANY * len(DIGITS):
        return [f"-{digit}" for digit in DIGITS]
    return [f"-{digit}{letter}" for digit in DIGITS for letter in ALPHABET]


@require_safe
def sitemap(request, name):
    """One file of the index, at most MOST addresses; 404 where there is nothing to name."""
    at = moment(request)
    if name == "sections":
        return _xml("site/sitemap_sections.xml", {"sections": Section.objects.all(), "pages": Page.objects.all()})
    if not name[0].isdecimal():
        return _named(at, *name.split("-"))
    begins, ends, letters = _bounds(name)
    editions = Edition.objects.live(at).indexed().filter(published_at__gte=begins, published_at__lt=ends)
    if letters:
        editions = editions.filter(public_id__startswith=letters)
    found = _shown(editions, MOST, at)
    if not found:
        raise Http404
    return _xml("site/sitemap.xml", {"editions": found})


def _shown(editions, most, at):
    """The newest of `editions` (queryset), at most so many (list), with the pictures readers see.

    Each section is read and its address reversed once: for each of 5,000 stories that takes as long as all the rest.
    """
    found = list(editions.newest_first().for_sitemap(at)[:most])
    sections = Section.objects.in_bulk({edition.section_id for edition in found})
    for section in sections.values():
        section.address = section.get_absolute_url()
    for edition in found:
        edition.section = sections[edition.section_id]
    return hang(found, at)


def _nouns(at, kind, number):
    """The topics or contributors (queryset) of one range of keys that have a page: any live edition is listed there."""
    rows, column, nouns, with_page = LISTS[kind]
    here = nouns.objects.filter(pk__gte=number * MOST, pk__lt=(number + 1) * MOST, **with_page)
    return here.filter(Exists(rows.objects.live(at).filter(**{column: OuterRef("pk")})))


def _with_pages(at, kind, ranges):
    """Those of `ranges` (list of numbers) in which anything has a page, in their order; one question for them all."""
    firsts = [Subquery(_nouns(at, kind, number).order_by("pk").values("pk")[:1]) for number in ranges]
    found = LISTS[kind][2].objects.filter(pk__in=firsts).values_list("pk", flat=True) if firsts else ()
    return sorted({key // MOST for key in found})


def _named(at, kind, number):
    found = list(_nouns(at, kind, int(number)).order_by("slug"))
    if not found:
        raise Http404
    return _xml("site/sitemap_named.xml", {"nouns": found})


def _bounds(name):
    """The first moment of a file and the first after it (UTC), and with what its public ids begin (text).

    Raises Http404 for days that no calendar has.
    """
    year, month, day, letters = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d)(?:-(\w+))?)?", name).groups()
    try:
        begins = datetime(int(year), int(month), int(day or 1), tzinfo=UTC)
        ends = begins + timedelta(days=1) if day else (begins + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    return begins, ends, letters


@require_safe
def news_sitemap(request):
    """Google's news sitemap: first published in the last 48 hours, at most 1,000."""
    at = moment(request)
    fresh = Edition.objects.live(at).indexed().filter(published_at__gt=at - NEWS_AGE)
    return _xml("site/news_sitemap.xml", {"editions": _shown(fresh, MOST_NEWS, at)})


def _xml(template, context):
    names = {"site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    text = render_to_string(template, names | context)
    return with_constant_lifetime(HttpResponse(text, content_type="application/xml; charset=utf-8"))
