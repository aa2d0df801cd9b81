"""Launching fronts: what stands where for readers, from now on or from a given moment."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Edition, Front, FrontEdition, Story, layout
from ..rules.readiness import desk_time
from ..rules.refusal import Refused, act, refuse_if
from ..vocabulary import Stage
from .publishing import publish
from .scheduling import schedule
from .timeline import INSTANT


@act
def launch(front, *, by, at=None, version=None, stories=()):
    """Give readers the front as its working copy stands, from `at` (aware datetime; None: now) on.

    It lasts until the next one that is launched for later. `stories` (iterable of Story) are printed for the same
    moment, so that the front and what it shows appear together; all of it happens or nothing. `version` is the
    working copy the caller looked at. Returns the FrontEdition. Raises Refused.
    """
    refuse_if([] if front.pk else _without_containers())
    locked = Front.objects.lock(front)
    now = timezone.now()
    refuse_if(_refusals(locked, at, now, version))
    for story in stories:
        _print_with(story, by=by, at=at)
    starts = at or _after_last(locked, timezone.now())
    before, following = _neighbours(locked, starts)
    if before and (before.live_until is None or before.live_until > starts):
        _end(before, starts)
    return FrontEdition.objects.create(
        front=locked,
        number=FrontEdition.objects.filter(front=locked).count() + 1,
        version=locked.version,
        containers=locked.containers,
        live_from=starts,
        live_until=following and following.live_from,
        launched_at=now,
        launched_by=by,
    )


@act
def cancel_launch(edition, *, by):
    """Take a front that was to begin later out of the future; what readers have then lasts. Raises Refused."""
    front = Front.objects.lock(edition.front)
    edition = FrontEdition.objects.get(pk=edition.pk)
    now = timezone.now()
    refuse_if([] if edition.live_from and edition.live_from > now else [_("This launch is not ahead any more.")])
    starts, ends = edition.live_from, edition.live_until
    FrontEdition.objects.filter(pk=edition.pk).update(
        live_from=None, live_until=None, cancelled_at=now, cancelled_by=by
    )
    before, _following = _neighbours(front, starts)
    if before and before.live_until == starts:
        _end(before, ends)


def publishable(front, at=None):
    """The cleared stories (list) the working copy shows that readers neither have `at` a moment (None: now) nor will.

    They can be launched together with the front.
    """
    ids = {slot.story for each in layout.read(front.containers) for slot in each.slots if slot.story}
    stories = Story.objects.filter(public_id__in=ids, stage=Stage.CLEARED).select_related("section")
    had = set(Edition.objects.live(at).filter(public_id__in=ids).values_list("public_id", flat=True))
    ahead = set(Edition.objects.starting(timezone.now()).filter(public_id__in=ids).values_list("public_id", flat=True))
    return [story for story in stories.order_by("headline", "pk") if story.public_id not in had | ahead]


def _refusals(front, at, now, version):
    if not front.containers:
        yield from _without_containers()
    if version is not None and version != front.version:
        yield _("Somebody changed this front meanwhile; it is shown as it stands now. Look at it, then try again.")
    if at and at <= now:
        yield _("%(time)s has passed; choose a later time, or launch now.") % {"time": desk_time(at)}
    elif at and FrontEdition.objects.filter(front=front, live_from=at).exists():
        yield _("A launch is planned for %(time)s already; cancel it first.") % {"time": desk_time(at)}


def _without_containers():
    yield _("The front has no containers yet.")


def _print_with(story, *, by, at):
    try:
        schedule(story, by=by, at=at) if at else publish(story, by=by)
    except Refused as refused:
        raise Refused(*(f"“{story.headline}”: {reason}" for reason in refused.reasons)) from refused


def _after_last(front, now):
    """Now, but after the start of what is live."""
    live = FrontEdition.objects.filter(front=front).live(now).first()
    return max(now, live.live_from + INSTANT) if live else now


def _neighbours(front, starts):
    """The launched fronts (or None) that begin last before, and first after `starts` (aware datetime)."""
    launched = FrontEdition.objects.filter(front=front)
    before = launched.filter(live_from__lt=starts).order_by("-live_from").first()
    return before, launched.filter(live_from__gt=starts).order_by("live_from").first()


def _end(edition, moment):
    FrontEdition.objects.filter(pk=edition.pk).update(live_until=moment)
