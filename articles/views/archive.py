"""The archive: all years, a year's months, a month's days, a day; and the latest, grouped by hour and day."""

from calendar import Calendar
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Edition
from .paging import page
from .pictures import hang
from .shell import Shell, moment, show

MOST_YEARS = 400  # terms of one union: SQLite takes 500
_MONDAY_FIRST = Calendar(firstweekday=0)


@require_safe
def years(request):
    """Every year in which anything was published, newest first."""
    at = moment(request)
    live = Edition.objects.live(at)
    first = live.order_by("published_at").values_list("published_at", flat=True).first()
    last = live.newest_first().values_list("published_at", flat=True).first()
    found = _years_between(live, _day_of(first).year, _day_of(last).year) if first else []
    decades = [(decade, list(some)) for decade, some in groupby(found, key=lambda each: each // 10 * 10)]
    return show(request, "site/archive_years.html", {"decades": decades}, shell=Shell())


def _years_between(live, first, last):
    starts = [date(each, 1, 1) for each in range(max(first, last - MOST_YEARS + 1), last + 2)]
    return sorted({day.year for day in _days_of_stories(live, starts)}, reverse=True)


@require_safe
def year(request, year):
    """The months of a year, those with stories linked. 404 for a year without any."""
    live = Edition.objects.live(moment(request))
    starts = [*(date(year, number, 1) for number in range(1, 13)), date(year + 1, 1, 1)]
    found, earlier, later = _found(live, starts)
    filled = {day.month for day in found}
    months = [(date(year, number, 1), number in filled) for number in range(1, 13)]
    context = {"year": starts[0], "months": months, "earlier": earlier, "later": later}
    return show(request, "site/archive_year.html", context, shell=Shell())


@require_safe
def month(request, year, month):
    """The days of a month as a calendar, those with stories linked. 404 for a month without any, or no month."""
    if not 1 <= month <= 12:
        raise Http404
    first = date(year, month, 1)
    weeks = _MONDAY_FIRST.monthdatescalendar(year, month)
    days = [day for week in weeks for day in week if day.month == month]
    found, earlier, later = _found(Edition.objects.live(moment(request)), [*days, days[-1] + timedelta(days=1)])
    cells = [[(day, day in found) if day.month == month else (None, False) for day in week] for week in weeks]
    context = {"month": first, "weeks": cells, "weekdays": weeks[0], "earlier": earlier, "later": later}
    return show(request, "site/archive_month.html", context, shell=Shell())


@require_safe
def day(request, year, month, day):
    """What was first published on one day of the newsroom's calendar."""
    try:
        here = date(year, month, day)
        here - timedelta(days=2), here + timedelta(days=2)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    at, zone = moment(request), timezone.get_default_timezone()
    live = Edition.objects.live(at)
    editions, older = page(request, live.published_on(here, zone).for_river(at), size=40)
    if not editions:
        raise Http404
    earlier, later = _neighbours(live, here, zone)
    context = {"day": here, "earlier": earlier, "later": later, "editions": hang(editions, at), "older": older}
    return show(request, "site/archive.html", context, shell=Shell())


def by_hour(editions, at):
    """Editions, newest first, by day and those of today by hour: list of (day, list of (hour or None, editions)).

    Day (date) and hour (0 to 23) are those of the newsroom's clock; today is the day of `at` (aware datetime).
    """
    today = _day_of(at)
    days = groupby(((_local(each.published_at), each) for each in editions), key=lambda pair: pair[0].date())
    return [(day, _hours(list(pairs), by_hour=day == today)) for day, pairs in days]


def _hours(pairs, *, by_hour):
    def hour(pair):
        full = pair[0].replace(minute=0, second=0, microsecond=0)
        return (full, full.utcoffset()) if by_hour else (None, None)  # the hour that comes twice is two

    return [(key[0], [edition for _local, edition in some]) for key, some in groupby(pairs, key=hour)]


def _found(live, starts):
    """The days (set) of a story in each span between `starts` that has one, the days before and after them all.

    In one query: a look into the index of times for each span, not at the rows of it. Raises Http404 for none at all.
    """
    around = _days_of_stories(live, starts, around=True)
    found = {day for day in around if starts[0] <= day < starts[-1]}
    if not found:
        raise Http404
    earlier = max((day for day in around if day < starts[0]), default=None)
    later = min((day for day in around if day >= starts[-1]), default=None)
    return found, earlier, later


def _days_of_stories(live, starts, *, around=False):
    """A day (date) of each span between `starts` (ascending) with a story; `around`: and the nearest on both sides."""
    moments = [_start_of(each) for each in starts]
    one_of_each = [
        live.filter(published_at__gte=start, published_at__lt=end).order_by("published_at")
        for start, end in pairwise(moments)
    ]
    if around:
        one_of_each.append(live.filter(published_at__lt=moments[0]).newest_first())
        one_of_each.append(live.filter(published_at__gte=moments[-1]).order_by("published_at"))
    # SQLite allows no limit in the parts of a union, but in what these are cut by.
    parts = [Edition.objects.order_by().filter(pk__in=rows.values("pk")[:1]) for rows in one_of_each]
    parts = [part.values_list("published_at", flat=True) for part in parts]
    return {_day_of(each) for each in (parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0])}


def _neighbours(live, day, zone):
    """The days (dates or None) before and after `day` on which anything was published."""
    start, end = live.day_bounds(day, zone)
    before = live.filter(published_at__lt=start).newest_first().values_list("published_at", flat=True).first()
    after = live.filter(published_at__gte=end).order_by("published_at").values_list("published_at", flat=True).first()
    return [found and timezone.localdate(found, zone) for found in (before, after)]


def _local(value):
    return timezone.localtime(value, timezone.get_default_timezone())


def _day_of(value):
    return _local(value).date()


def _start_of(day):
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
