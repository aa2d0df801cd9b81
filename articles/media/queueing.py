"""One at a time, over all threads and processes of the machine: locks on files, gone with whoever holds them."""

import contextlib
import fcntl
import os
import time
from pathlib import Path

from django.conf import settings

from . import files
from .refusing import NotReady

_PAUSE = 0.03  # seconds between two tries


def deadline():
    """Until when (on the monotonic clock) somebody who asks now waits for others before being told to come back."""
    return time.monotonic() + settings.PICTURE_WAIT


@contextlib.contextmanager
def held(name):
    """Tries to hold the lock called `name`; yields whether it is held. Never waits. Raises NotReady on a full disk."""
    path = Path(settings.MEDIA_ROOT) / "locks" / name
    with contextlib.ExitStack() as stack:
        try:
            files.make_folder(path.parent)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise NotReady from error
        stack.callback(os.close, descriptor)
        mine = _lock(descriptor, path)
        if mine:
            # While it is held: whoever opened the file before and gets the lock after sees that it is gone.
            stack.callback(path.unlink, missing_ok=True)
        yield mine


def _lock(descriptor, path):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(descriptor).st_ino == path.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


@contextlib.contextmanager
def patiently(*names, until, unless=lambda: False):
    """Holds whichever of the locks `names` is free first; yields its name, or None as soon as `unless` is true.

    Raises NotReady when neither happened `until` then (see `deadline`).
    """
    while not unless():
        for name in names:
            with held(name) as mine:
                if mine:
                    yield name
                    return
        if time.monotonic() > until:
            raise NotReady
        time.sleep(_PAUSE)
    yield None


def a_place_at_the_encoder(*, until):
    """Holds one of the machine's few places for encoding; raises NotReady when none gets free `until` then."""
    places = max(1, settings.PICTURE_ENCODERS)
    return patiently(*(f"encoder-{place}" for place in range(places)), until=until)
