"""Forget what is long done, a few rows at a time."""

from datetime import timedelta

from django.utils import timezone

from ..models import Effect, Worker

FORGOTTEN_AFTER = timedelta(days=7)
GONE_AFTER = timedelta(days=1)
AT_ONCE = 500


def clear():
    """Delete up to AT_ONCE effects done a week ago, and workers that were not seen for a day; says how many effects."""
    now = timezone.now()
    old = list(
        Effect.objects.filter(done_at__lt=now - FORGOTTEN_AFTER)
        .order_by("done_at")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    if old:
        Effect.objects.filter(pk__in=old).delete()
    gone = list(Worker.objects.filter(ran_at__lt=now - GONE_AFTER).values_list("pk", flat=True)[:AT_ONCE])
    if gone:
        Worker.objects.filter(pk__in=gone).delete()
    return len(old)
