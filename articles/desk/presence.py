"""Who is at a story: heartbeats of open forms, and taking a story over from somebody who writes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Presence, Story, StoryEvent
from ..models.presence import SHOWN_FOR
from ..rules.readiness import name_of
from ..rules.refusal import Refused, act
from ..vocabulary import Act, MailKind
from .telling import tell

GONE_AFTER = timedelta(seconds=45)  # three heartbeats missed
IDLE_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class Present:
    """One person at a story: `state` is "editing", "idle" or "left", `at` (UTC) since when."""

    user: object
    state: str
    at: datetime
    holds: bool

    @property
    def name(self):
        """What the desk calls them."""
        return name_of(self.user)


def beat(user, story, *, typed=False, left=False):
    """Note that `user` has the form of `story` open now; `typed` since the last beat, or `left` it just now.

    Whoever comes first while nobody else is there holds the story.
    """
    now = timezone.now()
    values = {"seen_at": now, "left_at": now if left else None} | ({"typed_at": now} if typed else {})
    if left:
        values["holds"] = False
    mine = Presence.objects.filter(story=story, user=user)
    back = mine.filter(seen_at__lt=now - GONE_AFTER).update(**values | {"since": now, "holds": False})
    if not (back or mine.update(**values)):
        Presence.objects.bulk_create([Presence(story=story, user=user, since=now, **values)], ignore_conflicts=True)
    if not left:
        _hold_if_free(user, story, now)


def _hold_if_free(user, story, now):
    holders = Presence.objects.filter(story=story, holds=True)
    if holders.filter(seen_at__gte=now - GONE_AFTER).exists():
        return
    try:
        with transaction.atomic():
            holders.filter(seen_at__lt=now - GONE_AFTER).update(holds=False)
            Presence.objects.filter(story=story, user=user).update(holds=True)
    except IntegrityError:
        pass  # somebody else came at the same moment, and holds it


def who_is_at(story, now=None):
    """Everybody at a story, and who left a few minutes ago; the longest there first (list of Present)."""
    now = now or timezone.now()
    rows = Presence.objects.filter(story=story, seen_at__gte=now - SHOWN_FOR).select_related("user").order_by("since")
    return [present(row, now) for row in rows]


def present(row, now):
    """A Presence as it is to be understood at `now`."""
    if row.left_at or row.seen_at < now - GONE_AFTER:
        return Present(row.user, "left", row.left_at or row.seen_at, holds=False)
    active = max(row.typed_at or row.since, row.since)  # what was typed before they left and came back is long ago
    idle = active < now - IDLE_AFTER
    return Present(row.user, "idle" if idle else "editing", active if idle else row.since, row.holds)


@act
def take_over(story, *, by):
    """Make `by` the one who holds the story; whoever held it is told, and nothing they typed is lost.

    Returns who held it. Raises Refused where nobody else does.
    """
    story, now = Story.objects.lock(story), timezone.now()
    held = Presence.objects.filter(story=story, holds=True, seen_at__gte=now - GONE_AFTER).exclude(user=by)
    holder = held.select_related("user").first()
    if not holder:
        raise Refused(_("Nobody else is writing this story now; just write."))
    Presence.objects.filter(story=story, holds=True).update(holds=False)
    mine = {"seen_at": now, "left_at": None, "holds": True}
    if not Presence.objects.filter(story=story, user=by).update(**mine):
        Presence.objects.create(story=story, user=by, since=now, **mine)
    StoryEvent.record(story, Act.TAKEN_OVER, by=by, note=name_of(holder.user))
    tell(MailKind.TAKEN_OVER, story, by=by, to=[holder.user])
    return holder.user
