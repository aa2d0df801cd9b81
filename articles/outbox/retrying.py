"""What failed is tried again after a growing pause, and in the end parked for somebody to look at."""

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ..models import Effect
from .claiming import held

MOST_ATTEMPTS = 12  # the last about five hours after the first
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
LONGEST_ERROR = 500
_CREDENTIALS = re.compile(r"://[^/\s@]+@")


def failed(effect, error):
    """Let a held effect that raised `error` wait for its next attempt, or park it after the last.

    `due_at` moves to the next attempt, so that what waits does not stand in the way of what can be done.
    """
    now = timezone.now()
    fate = {"parked_at": now} if effect.attempts >= MOST_ATTEMPTS else {"due_at": now + pause_after(effect.attempts)}
    held(effect).update(lease_owner="", lease_until=None, last_error=last_line(error), **fate)


def pause_after(attempts):
    """How long to wait (timedelta) after so many attempts failed."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts - 1, 20))


def last_line(error):
    """What an exception says (text, one short line), without any password or secret key that stands in it."""
    said = str(error).strip().splitlines()
    line = f"{type(error).__name__}: {said[0]}" if said else type(error).__name__
    for secret in _secrets():
        line = line.replace(secret, "…")
    return _CREDENTIALS.sub("://…@", line).replace("\0", "")[:LONGEST_ERROR]


def _secrets():
    known = [settings.SECRET_KEY, settings.EMAIL_HOST_PASSWORD, settings.DATABASES["default"].get("PASSWORD")]
    return [secret for secret in known if secret]


def try_again(effects):
    """Let parked effects (QuerySet) be tried anew from now on; says how many (number)."""
    fresh = {"parked_at": None, "attempts": 0, "due_at": timezone.now(), "lease_until": None, "lease_owner": ""}
    return effects.filter(parked_at__isnull=False, done_at__isnull=True).update(**fresh)


def parked():
    """What waits for somebody to look at it (QuerySet), the latest first."""
    return Effect.objects.filter(parked_at__isnull=False, done_at__isnull=True).order_by("-parked_at")
