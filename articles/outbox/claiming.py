"""Take one effect so that nobody else does: a lease, by one UPDATE that only one worker can win."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ..models import Effect, Worker

LEASE = timedelta(minutes=5)  # much longer than any handler: a mail server is given 20 seconds


class LostLease(Exception):
    """Somebody else holds the effect by now; what this worker did for it is rolled back."""


def claim(owner):
    """The effect that has been due the longest and that nobody holds, held by `owner` (text) from now on; or None.

    On PostgreSQL the candidates are looked at with SKIP LOCKED, so that workers do not queue for the same one;
    what decides, there and on SQLite, is the condition of the UPDATE. `attempts` counts here, before the deed:
    an effect that kills its worker is an attempt too.
    """
    now = timezone.now()
    if not _free(now).exists():  # no transaction while there is nothing to do: SQLite's would lock the file
        return None
    with transaction.atomic():
        candidates = _free(now).order_by("due_at", "pk").select_for_update(skip_locked=True)
        pk = candidates.values_list("pk", flat=True).first()
        mine = _free(now).filter(pk=pk).update(lease_owner=owner, lease_until=now + LEASE, attempts=F("attempts") + 1)
        return Effect.objects.get(pk=pk) if mine else None


def _free(now):
    return Effect.objects.due(now).filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))


def held(effect):
    """The row of `effect` (QuerySet) while its lease is the one it was claimed with; else no row."""
    return Effect.objects.waiting().filter(pk=effect.pk, lease_owner=effect.lease_owner, lease_until=effect.lease_until)


def hold_on(effect):
    """Hold a claimed effect for another LEASE, and say that its worker is alive: for what takes longer than that.

    Raises LostLease where the lease had run out and somebody else has it.
    """
    now = timezone.now()
    if not held(effect).update(lease_until=now + LEASE):
        raise LostLease
    effect.lease_until = now + LEASE
    Worker.objects.filter(name=effect.lease_owner).update(ran_at=now)
