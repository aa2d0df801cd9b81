"""The calendar's page: what was asked for, the days it shows, and what stands on each of them."""

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk import agenda as agendas
from ...desk.agenda import DUE, LIVE, SCHEDULED, Filters
from ...models import Section
from ...rules.policy import can
from ...templatetags.desk import day_as
from ...text.walltime import moments
from ...vocabulary import Stage
from ..scoped import is_key

VIEWS = {"month": gettext_lazy("Month"), "week": gettext_lazy("Week"), "agenda": gettext_lazy("Agenda")}
FOLD = {"month": 8, "week": 16}  # so many entries a day shows before it leads to the agenda
AGENDA_DAYS, AGENDA_MOST = 14, 500
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
MONDAYS = Calendar(0)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `wrong` are sentences about what in it made no sense."""

    view: str
    day: date
    filters: Filters
    wrong: list

    def query(self, **other):
        """The query (text, from its `?`) of the same calendar with another `view` or `date`."""
        named = {"view": self.view, "date": self.day.isoformat()}
        chosen = {"section": self.filters.section, "person": self.filters.person}
        named |= {name: row.pk for name, row in chosen.items() if row}
        named |= {"stage": self.filters.stage} if self.filters.stage else {}
        return "?" + urlencode(named | other)

    @property
    def days(self):
        """The days it shows (list of dates): whole weeks from Monday, or the agenda's from its date on."""
        if self.view == "month":
            return list(MONDAYS.itermonthdates(self.day.year, self.day.month))
        first = self.day - timedelta(days=self.day.weekday()) if self.view == "week" else self.day
        return [first + timedelta(days=n) for n in range(7 if self.view == "week" else AGENDA_DAYS)]

    def beside(self, step):
        """The day to ask for one page back (`step` -1) or on (1), None beyond the calendar's ends."""
        if self.view == "month":
            months = self.day.year * 12 + self.day.month - 1 + step
            there = date(months // 12, months % 12 + 1, 1)
        else:
            there = self.day + timedelta(days=step * (7 if self.view == "week" else AGENDA_DAYS))
        return there if FIRST <= there <= LAST else None


@dataclass
class Day:
    """One day of the calendar; `more` counts what it holds beyond `entries`, `link` and `week` lead to both."""

    date: date
    today: bool
    outside: bool
    entries: list = field(default_factory=list)
    more: int = 0
    notes: list = field(default_factory=list)
    link: str = ""
    week: str = ""


@dataclass(frozen=True)
class Line:
    """An entry as a page shows it; `moves` is where a move of it is posted, `form` the page for moving it by hand."""

    entry: object
    clock: str
    late: bool
    moves: str
    form: str


def asked(request, people):
    """What the request asks for (Asked), of one of `people`; what makes no sense is left out, with a sentence."""
    wrong, given = [], request.GET
    view = given.get("view") or "month"
    if view not in VIEWS:
        view = "month"
        wrong.append(_("There is no such view; this is the month."))
    day = _day(given.get("date", ""))
    if day is None:
        day = timezone.localdate()
        wrong.append(_("The calendar has no such day; this is today."))
    return Asked(view, day, _filters(given, people, wrong), wrong)


def _day(text):
    if not text:
        return timezone.localdate()
    try:
        day = date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        return None
    return day if day and FIRST <= day <= LAST else None


def _filters(given, people, wrong):
    section, person, stage = (given.get(name, "") for name in ("section", "person", "stage"))
    found = Filters(
        section=Section.objects.filter(pk=section).first() if is_key(section) else None,
        person=next((each for each in people if str(each.pk) == person), None),
        stage=stage if stage in Stage.values else None,
    )
    if any(text and not row for text, row in ((section, found.section), (person, found.person), (stage, found.stage))):
        wrong.append(_("There is no such section, person or stage; that filter is off."))
    return found


def calendar_page(model_admin, request):
    """The calendar: month, week or agenda."""
    if not can(request.user, "read"):
        raise PermissionDenied
    people = agendas.people()
    want = asked(request, people)
    shown, cut = days_of(request.user, want)
    ideas, more_ideas = agendas.ideas(request.user, want.filters)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Calendar"),
        "opts": model_admin.opts,
        "asked": want,
        "heading": _heading(want),
        "weeks": [shown[start : start + 7] for start in range(0, len(shown), 7)],
        "days": shown,
        "ideas": [line(request.user, agendas.Entry(DUE, None, story)) for story in ideas],
        "more_ideas": more_ideas,
        "links": _links(want),
        "sections": Section.objects.order_by("path"),
        "people": people,
        "stages": Stage.choices,
        "here": f"{reverse('admin:articles_story_calendar')}{want.query()}",
        "may_note": request.user.has_perm("articles.add_daynote"),
        "may_change_notes": request.user.has_perm("articles.change_daynote"),
        "cut": cut,
        "most": AGENDA_MOST,
    }
    return TemplateResponse(request, "admin/articles/calendar/calendar.html", context)


def days_of(user, want):
    """The days of the calendar that was Asked for, with what stands on them (list of Day).

    Also the Day with which an agenda of too many entries breaks off (None: it is complete).
    """
    dates = want.days
    start, end = agendas.bounds(dates[0], dates[-1])
    within = {"start": start, "end": end}
    if want.view == "agenda":
        entries, cut = agendas.in_order(user, want.filters, **within, most=AGENDA_MOST)
        totals = {}
    else:
        entries, totals = agendas.by_day(user, want.filters, **within, most=FOLD[want.view])
        cut = False
    by_date = _days(user, want, dates)
    for each, on_day in groupby(entries, key=lambda entry: timezone.localdate(entry.at)):
        by_date[each].entries = [line(user, entry) for entry in _foremost(list(on_day), FOLD.get(want.view))]
    for each, total in totals.items():
        by_date[each].more = total - len(by_date[each].entries)
    return list(by_date.values()), by_date[timezone.localdate(entries[-1].at)] if cut else None


def _foremost(entries, most):
    """At most `most` (None: all) of a day's entries, still in order of time; what is planned before what went out."""
    planned = sorted(entries, key=lambda entry: entry.kind == LIVE)[:most]
    return sorted(planned, key=entries.index)


def _days(user, want, dates):
    """Each of `dates` as a Day without entries (dict)."""
    may = user.has_perm("articles.view_daynote")
    notes = agendas.day_notes(want.filters, first=dates[0], last=dates[-1]) if may else {}
    today, by_date = timezone.localdate(), {}
    for each in dates:
        day = Day(each, each == today, want.view == "month" and each.month != want.day.month)
        day.notes = notes.get(each, [])
        day.link, day.week = (want.query(view=view, date=each.isoformat()) for view in ("agenda", "week"))
        by_date[each] = day
    return by_date


def line(user, entry):
    """An Entry as `user` sees it (Line), with where it can be moved if they may."""
    moves = form = ""
    if entry.kind == SCHEDULED and can(user, "publish", entry.story):
        moves = reverse("admin:articles_story_retime", args=[entry.story.pk])
        form = reverse("admin:articles_story_act", args=[entry.story.pk, "retime"])
    elif entry.kind == DUE and entry.story.stage != Stage.SPIKED and can(user, "plan", entry.story):
        moves = form = reverse("admin:articles_story_plan", args=[entry.story.pk])
    late = entry.kind == DUE and entry.story.is_overdue(timezone.now())
    return Line(entry, clock(entry) if entry.at else "", late, moves, form)


def clock(entry):
    """An entry's hour by the newsroom's clock (text): what is scheduled to the second, with the offset where an hour
    happens twice.
    """
    local = timezone.localtime(entry.at)
    text = f"{local:%H:%M:%S}" if entry.kind == SCHEDULED and local.second else f"{local:%H:%M}"
    offset = local.strftime("%z")
    twice = len(moments(local.replace(tzinfo=None), local.tzinfo)) == 2
    return f"{text} {offset[:3]}:{offset[3:]}" if twice else text


def _heading(want):
    if want.view == "month":
        return date_format(want.day, "F Y")
    dates = want.days
    span = f"{day_as(dates[0], 'j F Y')} – {day_as(dates[-1], 'j F Y')}"
    if want.view == "agenda":
        return span
    return _("Week %(number)d: %(days)s") % {"number": want.day.isocalendar().week, "days": span}


def _links(want):
    """Where one can go from here: a page back and on, today, the other views (dict of texts)."""
    back, on = want.beside(-1), want.beside(1)
    return {
        "back": want.query(date=back.isoformat()) if back else "",
        "on": want.query(date=on.isoformat()) if on else "",
        "today": want.query(date=timezone.localdate().isoformat()),
        "views": [(name, label, want.query(view=name)) for name, label in VIEWS.items()],
    }
