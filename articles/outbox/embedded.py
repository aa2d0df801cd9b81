"""A worker inside the web server, so that the demo needs no second process."""

import threading

from django.conf import settings

from .working import Loop

BEFORE_FIRST_ROUND = 1.0  # seconds; the server answers first


def start_embedded_worker():
    """Start the loop in a thread of this process, where NEWSROOM_EMBEDDED_WORKER says so; returns the thread or None.

    Called by newsroom/wsgi.py alone, so by no command and no test. Every process of the web server may have one:
    leases keep them apart. It is a daemon: stopping the server does not wait for it, and what it was at is done
    by the next worker once the lease is over.
    """
    if not settings.NEWSROOM_EMBEDDED_WORKER:
        return None
    thread = threading.Thread(target=_run, name="newsroom-worker", daemon=True)
    thread.start()
    return thread


def _run():
    stop = threading.Event()
    stop.wait(BEFORE_FIRST_ROUND)
    Loop(stop=stop).run()
