"""What goes out when, for one member of staff: due stories, editions, undated ideas, day notes.

Everything here is cut to what `scoped(user, "read")` gives, and bounded: a day shows so many entries of each
kind and counts the rest, however many stories there are.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, When, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from ..models import Byline, DayNote, Edition, Section, Story
from ..rules.policy import scoped
from ..vocabulary import Stage

DUE, SCHEDULED, LIVE = "due", "scheduled", "live"
IDEAS = 30
_TEXTS = ("body", "dek")


@dataclass(frozen=True)
class Filters:
    """What an agenda is cut down to; None: not at all. A section counts with everything below it."""

    section: Section | None = None
    person: object = None
    stage: str | None = None

    def cut(self, stories):
        """Those of `stories` (QuerySet) that fit. A person's are those they made, are assigned or named in."""
        if self.section:
            stories = stories.filter(section__in=Section.objects.under(self.section))
        if self.person:
            stories = stories.of_person(self.person)
        if self.stage:
            return stories.filter(stage=self.stage)
        return stories.exclude(stage=Stage.SPIKED)


@dataclass(frozen=True)
class Entry:
    """One line of an agenda: `kind` is DUE, SCHEDULED or LIVE, `at` its moment (UTC; None: it has none yet)."""

    kind: str
    at: datetime | None
    story: Story
    edition: Edition | None = None

    @property
    def headline(self):
        """As readers get it, or as the desk has it."""
        return self.edition.headline if self.edition else self.story.headline

    @property
    def reached_readers(self):
        """Whether readers have a due story, or will get it without further work."""
        return self.kind == DUE and self.at is not None and bool(self.story.reader_live_since or self.story.reader_next)


def by_day(user, filters, *, start, end, most):
    """The time from `start` until before `end` (aware datetimes), for calendars.

    Returns the first `most` due stories and as many editions of each day (list of Entries in order of time; what
    is scheduled goes before what went live), and how many there are on each day (Counter by date), listed or not.
    """
    due, editions = _within(user, filters, start, end)
    due, due_totals = _per_day(due, "due_at", most, [])
    went_live = Case(When(live_from__gt=timezone.now(), then=0), default=1)
    going, going_totals = _per_day(editions, "live_from", most, [went_live])
    return _in_order(due, going), due_totals + going_totals


def in_order(user, filters, *, start, end, most):
    """The first `most` entries of that time (list of Entries in order of time), and whether there are more."""
    due, editions = _within(user, filters, start, end)
    due = due.order_by("due_at", "pk").values_list("pk", flat=True)[: most + 1]
    going = editions.order_by("live_from", "pk").values_list("pk", flat=True)[: most + 1]
    entries = _in_order(list(due), list(going))
    return entries[:most], len(entries) > most


def ahead_and_behind(user, filters, *, at, reach, most):
    """What is due or scheduled within `reach` (timedelta) of `at` (aware datetime), what comes before what was.

    Up to `most` Entries in order of time; where there are more, those nearest to `at`. What went live is not
    among them.
    """
    due, editions = _within(user, filters, at, at + reach)
    past, _live = _within(user, filters, at - reach, at)
    keys = due.order_by("due_at", "pk").values_list("pk", flat=True)[:most]
    going = editions.filter(live_from__gt=at).order_by("live_from", "pk").values_list("pk", flat=True)[:most]
    coming = _in_order(list(keys), list(going))[:most]
    behind = past.order_by("-due_at", "-pk").values_list("pk", flat=True)[: most - len(coming)]
    return [*_in_order(list(behind), []), *coming]


def _within(user, filters, start, end):
    stories = filters.cut(scoped(user, "read"))
    editions = Edition.objects.starting(start, end).filter(Exists(stories.filter(pk=OuterRef("story_id"))))
    return stories.filter(due_at__gte=start, due_at__lt=end), editions


def _in_order(due, editions):
    entries = [*_due(due), *_editions(editions)]
    return sorted(entries, key=lambda entry: (entry.at, entry.kind, entry.story.pk))


def _per_day(rows, field, most, first):
    """The keys of the first `most` rows of each day by the newsroom's calendar, and how many each day has."""
    day = TruncDate(field, tzinfo=timezone.get_default_timezone())
    window = {"partition_by": [F("day")]}
    ranked = rows.order_by().annotate(day=day)
    ranked = ranked.annotate(
        place=Window(RowNumber(), order_by=[*first, F(field), F("pk")], **window), total=Window(Count("pk"), **window)
    )
    found = list(ranked.filter(place__lte=most).values_list("pk", "day", "total"))
    return [pk for pk, _day, _total in found], Counter({day: total for _pk, day, total in found})


def _due(keys):
    for story in with_policy(Story.objects.filter(pk__in=keys).with_readers_state()):
        yield Entry(DUE, story.due_at, story)


def _editions(keys):
    now = timezone.now()
    for edition in with_story(Edition.objects.filter(pk__in=keys)):
        yield Entry(SCHEDULED if edition.live_from > now else LIVE, edition.live_from, edition.story, edition)


def with_policy(stories):
    """`stories` (QuerySet) with what a line shows of each and what `can` asks about it; without their text."""
    bylines = Prefetch("bylines", Byline.objects.select_related("contributor"))
    return stories.select_related("section", "assignee").prefetch_related(bylines).defer(*_TEXTS)


def with_story(editions):
    """`editions` (QuerySet) with their stories, neither with its text."""
    joined = editions.for_river(timezone.now()).select_related("section", "story__section", "story__assignee")
    return joined.defer(*(f"story__{name}" for name in _TEXTS))


def ideas(user, filters):
    """Pitches and drafts without a date, the last saved first (list of up to IDEAS Stories), and if there are more."""
    undated = filters.cut(scoped(user, "read")).filter(stage__in=(Stage.PITCH, Stage.DRAFT), due_at__isnull=True)
    found = list(with_policy(undated).order_by("-saved_at", "-pk")[: IDEAS + 1])
    return found[:IDEAS], len(found) > IDEAS


def day_notes(filters, *, first, last):
    """The notes for the days from `first` to `last` (dates), by day (dict of lists); those of no section always."""
    notes = DayNote.objects.filter(day__gte=first, day__lte=last).select_related("section")
    if filters.section:
        below = Q(section__in=Section.objects.under(filters.section))
        notes = notes.filter(Q(section__isnull=True) | Q(section__path__in=filters.section.lineage) | below)
    by_day = {}
    for note in notes.order_by("day", "pk")[:500]:
        by_day.setdefault(note.day, []).append(note)
    return by_day


def people():
    """Everybody who works at the desk (list of up to 500 users), by name."""
    staff = get_user_model().objects.filter(is_active=True, is_staff=True)
    return list(staff.order_by("last_name", "first_name", "username")[:500])


def bounds(first, last):
    """The first moment (UTC) of the day `first` and of the day after `last` (dates) by the newsroom's clock."""
    zone, day_bounds = timezone.get_default_timezone(), Edition.objects.all().day_bounds
    return day_bounds(first, zone)[0], day_bounds(last, zone)[1]
