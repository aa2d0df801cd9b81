"""Outgoing: the next editions to the second, what is late, what ends soon, and how the follow-up work is doing."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import outbox
from ...desk.agenda import with_policy, with_story
from ...models import Edition
from ...rules.policy import can, scoped
from ...vocabulary import Change, Stage
from .site_at import address

NEXT = 100
MOST = 50
SOON = LATELY = timedelta(days=7)


def outgoing_page(model_admin, request):
    """What leaves the house next, and what should have."""
    if not can(request.user, "read"):
        raise PermissionDenied
    now = timezone.now()
    health, stories = outbox.health(now), scoped(request.user, "read")
    late = _cut(_late(stories, now))
    for edition in late["rows"]:
        edition.late_by = timesince(edition.story.due_at, edition.live_from)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Outgoing"),
        "opts": model_admin.opts,
        "now": now,
        "next": _next(request.user, stories, now),
        "overdue": _cut(_overdue(stories, now)),
        "late": late,
        "embargoes": _cut(_soon(stories, "embargo_until", now)),
        "ends": _cut(_soon(stories, "ends_at", now)),
        "health": health,
        "health_says": health_says(health, now),
        "next_most": NEXT,
        "most": MOST,
    }
    return TemplateResponse(request, "admin/articles/calendar/outgoing.html", context)


def _next(user, stories, now):
    """The scheduled editions in order (list of up to NEXT), each with whether `user` may move it, and see it then."""
    coming = Edition.objects.starting(now + timedelta(microseconds=1))
    coming = with_story(coming.filter(Exists(stories.filter(pk=OuterRef("story_id"))))).select_related("printed_by")
    found = list(coming.order_by("live_from", "pk")[:NEXT])
    for edition in found:
        edition.may_move = can(user, "publish", edition.story)
        edition.then = _then(edition) if user.has_perm("articles.see_site_ahead") else ""
        edition.is_older = edition.story_version != edition.story.version
    return found


def _then(edition):
    """The edition's page as staff see it at its start, in the first whole second (text, an address)."""
    start = edition.live_from + timedelta(microseconds=-edition.live_from.microsecond % 1_000_000)
    return address(start, edition.get_absolute_url())


def _overdue(stories, now):
    """Stories that were due and of which nothing is printed, the latest first."""
    return with_policy(stories.overdue(now)).order_by("-due_at", "-pk")


def _late(stories, now):
    """First editions of the last 7 days that went out after the story was due, the latest first.

    Also those that readers have no more: of what was updated, withdrawn or ended since.
    """
    begun = Edition.objects.starting(now - LATELY, now + timedelta(microseconds=1))
    begun = begun.filter(published_at__gte=now - LATELY, change=Change.FIRST)
    late = begun.filter(story__due_at__lt=F("live_from"))
    found = with_story(late.filter(Exists(stories.filter(pk=OuterRef("story_id")))))
    return found.order_by("-published_at", "-public_id")


def _soon(stories, name, now):
    """Stories whose embargo or end (`name` of the column) falls into the next 7 days, the soonest first."""
    within = stories.filter(**{f"{name}__gt": now, f"{name}__lte": now + SOON}).exclude(stage=Stage.SPIKED)
    return with_policy(within).order_by(name, "pk")


def _cut(rows):
    """The first MOST of `rows` (list), and whether there are more."""
    found = list(rows[: MOST + 1])
    return {"rows": found[:MOST], "more": len(found) > MOST}


def health_says(health, now):
    """How the follow-up work is doing, in a sentence: `3 due, 0 overdue effects, last run 2 s ago`."""
    parts = [
        _("%(due)d due") % {"due": health.due},
        ngettext("%(count)d overdue effect", "%(count)d overdue effects", health.overdue) % {"count": health.overdue},
    ]
    if health.failing:
        parts.append(_("%(count)d to be tried again") % {"count": health.failing})
    if health.parked:
        parts.append(_("%(count)d given up") % {"count": health.parked})
    parts.append(_last_run(health.last_run, now))
    return ", ".join(parts)


def _last_run(at, now):
    if not at:
        return _("no worker has run yet")
    seconds = max(0, round((now - at).total_seconds()))
    if seconds < 120:
        return _("last run %(seconds)d s ago") % {"seconds": seconds}
    return _("last run %(time)s ago") % {"time": timesince(at, now)}
