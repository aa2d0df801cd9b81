"""How the follow-up work is getting on, in a few bounded questions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import Effect, Worker
from .retrying import parked

OVERDUE_AFTER = timedelta(seconds=60)
SEEN_WITHIN = timedelta(seconds=90)
COUNTED = 1000


@dataclass(frozen=True)
class Health:
    """Counts go no further than COUNTED + 1. `failing` are effects that wait for another attempt.

    `workers` counts those that did a round a moment ago; `last_run` is when one last did (UTC; None: never).
    """

    due: int
    overdue: int
    failing: int
    parked: int
    workers: int
    last_run: datetime | None

    @property
    def well(self):
        """Whether nobody needs to look."""
        return not (self.overdue or self.failing or self.parked) and bool(self.workers or not self.due)


def health(at=None):
    """How it stands at `at` (aware datetime; None is now): a Health, in six queries that read few rows."""
    now = at or timezone.now()
    last = Worker.objects.order_by("-ran_at").values_list("ran_at", flat=True).first()
    return Health(
        due=_count(Effect.objects.due(now)),
        overdue=_count(Effect.objects.due(now - OVERDUE_AFTER)),
        failing=_count(Effect.objects.waiting().filter(attempts__gt=0, lease_until__isnull=True)),
        parked=_count(parked()),
        workers=_count(Worker.objects.filter(ran_at__gte=now - SEEN_WITHIN)),
        last_run=last,
    )


def _count(rows):
    return rows.values("pk")[: COUNTED + 1].count()
