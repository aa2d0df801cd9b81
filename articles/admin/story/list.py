"""The story list: what its columns say and what it can be cut down to."""

from datetime import timedelta

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.presence import present
from ...desk.waiting import awaiting_check
from ...models import Edition, Withdrawal
from ...rules.policy import can
from ...vocabulary import CheckKind

COUNTED = 10_000


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED rows, so that the list costs the same on any archive."""

    @cached_property
    def count(self):
        """How many rows there are, at most COUNTED."""
        return self.object_list.order_by().values("pk")[:COUNTED].count()


def short_time(moment):
    """A moment as it stands in a table: `23.11. 14:05`, with the year if it is not this one."""
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localtime().year
    return f"{local:%d.%m. %H:%M}" if this_year else f"{local:%d.%m.%Y %H:%M}"


def readers_have(story):
    """What readers have of a story that was fetched `with_readers_state` (list of (kind, sentence))."""
    said = []
    if story.reader_withdrawn:
        said.append(("withdrawn", _("Withdrawn")))
    if story.reader_live_since:
        said.append(("live", _("Live since %(time)s") % {"time": short_time(story.reader_live_since)}))
        if story.reader_version != story.version:
            said.append(("changed", _("Unpublished changes")))
    elif story.reader_last and not story.reader_withdrawn:
        said.append(("ended", _("Ended %(time)s") % {"time": short_time(story.reader_last)}))
    if story.reader_next:
        said.append(("scheduled", _("Scheduled for %(time)s") % {"time": short_time(story.reader_next)}))
    if story.reader_live_since and story.ends_at:
        said.append(("ends", _("Ends %(time)s") % {"time": short_time(story.ends_at)}))
    return said or [("nothing", _("Nothing yet"))]


def _now_live():
    return Q(Exists(Edition.objects.live().filter(story=OuterRef("pk"))))


def _scheduled():
    return Q(pk__in=Edition.objects.filter(live_from__gt=timezone.now()).order_by().values("story"))


def _withdrawn():
    return Q(pk__in=Withdrawal.objects.in_force().order_by().values("story"))


def _never():
    return ~Q(Exists(Edition.objects.filter(story=OuterRef("pk"), live_from__lte=timezone.now())))


class ReadersFilter(admin.SimpleListFilter):
    """By what readers have."""

    title = gettext_lazy("what readers have")
    parameter_name = "readers"

    CHOICES = {
        "live": (gettext_lazy("Live"), _now_live),
        "changed": (
            gettext_lazy("Live with unpublished changes"),
            # Of the index that holds only such stories. A scheduled edition with the changes counts as printed.
            lambda: Q(printed_version__lt=F("version")) & _now_live(),
        ),
        "scheduled": (gettext_lazy("Scheduled"), _scheduled),
        "ended": (
            gettext_lazy("Ended"),
            lambda: ~_now_live() & ~_withdrawn() & Q(reader_last__isnull=False),
        ),
        "withdrawn": (gettext_lazy("Withdrawn"), _withdrawn),
        "nothing": (gettext_lazy("Nothing yet"), _never),
    }

    def lookups(self, request, model_admin):
        """The choices."""
        return [(name, label) for name, (label, _condition) in self.CHOICES.items()]

    def queryset(self, request, queryset):
        """The stories of that state."""
        return queryset.filter(self.CHOICES[self.value()][1]()) if self.value() in self.CHOICES else queryset


class WhoseFilter(admin.SimpleListFilter):
    """My own stories."""

    title = gettext_lazy("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        """The choices."""
        choices = [("mine", gettext_lazy("My stories")), ("assigned", gettext_lazy("Assigned to me"))]
        if any(can(request.user, f"check_{kind}") for kind in CheckKind):
            choices.append(("check", gettext_lazy("Waiting for my check")))
        return choices

    def queryset(self, request, queryset):
        """Stories the user made, is assigned or named in; those assigned alone; those with a check for the user."""
        if self.value() == "assigned":
            return queryset.filter(assignee=request.user)
        if self.value() == "check":
            return queryset.filter(pk__in=awaiting_check(request.user).order_by().values("pk"))
        return queryset.of_person(request.user) if self.value() == "mine" else queryset


class DueFilter(admin.SimpleListFilter):
    """By when the desk wants it."""

    title = gettext_lazy("due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        """The choices."""
        return [
            ("late", gettext_lazy("Overdue")),
            ("today", gettext_lazy("Today")),
            ("none", gettext_lazy("No date")),
        ]

    def queryset(self, request, queryset):
        """The stories due then; of overdue ones nothing is printed yet."""
        now = timezone.now()
        if self.value() == "late":
            return queryset.overdue(now)
        if self.value() == "today":
            start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
            return queryset.filter(due_at__gte=start, due_at__lt=start + timedelta(days=1))
        return queryset.filter(due_at__isnull=True) if self.value() == "none" else queryset


def badges(pairs):
    """(kind, sentence) pairs as marked words (safe text)."""
    return format_html_join(" ", '<span class="badge badge-{}">{}</span>', pairs)


def presences(story):
    """Who is at a story that was fetched `for_list` (safe text)."""
    now = timezone.now()
    lines = ((each.state, said(each)) for each in (present(row, now) for row in story.here))
    return format_html_join("", '<span class="presence presence-{}">{}</span>', lines)


def said(each):
    """A Present as the desk reads it (text)."""
    sentences = {
        "editing": _("%(who)s: editing since %(time)s"),
        "idle": _("%(who)s: idle since %(time)s"),
        "left": _("%(who)s: left at %(time)s"),
    }
    return sentences[each.state] % {"who": each.name, "time": timezone.localtime(each.at).strftime("%H:%M")}


def stage_badge(story):
    """The stage as a marked word."""
    return format_html('<span class="badge stage-{}">{}</span>', story.stage, story.get_stage_display())
