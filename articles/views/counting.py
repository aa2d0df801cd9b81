"""What is asked in vain and what is read, counted: in memory while a page is made, written once a minute.

No reader waits for it, and nothing of a reader is kept: no IP address, no cookie, no session, no browser, no query;
of where a link stood only a path of our own site. Counts of the last minute are lost when a process ends.
Nothing is counted until `start` was called, which newsroom/wsgi.py alone does.
"""

import logging
import re
import threading
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections, transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from ..models import MissingPage, StoryReads
from ..models.counts import LONGEST_PATH
from ..text.addresses import is_door

log = logging.getLogger(__name__)
EVERY = 60.0  # seconds
MOST = 1_000  # different paths, or stories, between two writes
_ROBOT = re.compile(r"bot|crawl|spider|slurp|fetch|preview|monitor|curl|wget|python|java/|go-http|headless", re.I)
# What scanners try, and what no page of ours ever ended in.
_PROBE = re.compile(
    r"/\.|//|/(?:wp-|cgi-|phpmyadmin|xmlrpc|vendor/|actuator|owa/)|\.(?:php|aspx?|jsp|cgi|env|sql|bak)", re.I
)


class Tally:
    """Counts by key, for several threads at once; no more than MOST keys."""

    def __init__(self):
        self._lock, self._counts = threading.Lock(), {}

    def add(self, key, count=1, said=""):
        """Count `key` (text); the last `said` (text) that says anything is kept with it."""
        with self._lock:
            if key in self._counts or len(self._counts) < MOST:
                before, was_said = self._counts.get(key, (0, ""))
                self._counts[key] = (before + count, said or was_said)

    def take(self):
        """All counts (dict of key to (number, text)), which start anew."""
        with self._lock:
            taken, self._counts = self._counts, {}
            return taken


missing, reads = Tally(), Tally()
_counting = threading.Event()


def start():
    """Count from now on, and write every minute in a thread of this process; where NEWSROOM_COUNT_READS says so."""
    if settings.NEWSROOM_COUNT_READS and not _counting.is_set():
        _counting.set()
        threading.Thread(target=_write_on_and_on, name="newsroom-counting", daemon=True).start()


def read(request, public_id):
    """Count that somebody opened the page of a story."""
    if _counting.is_set() and _is_somebody(request):
        reads.add(public_id)


def missed(request):
    """Count that somebody looked for a page and found none."""
    path = request.path_info
    if not _counting.is_set() or not _is_somebody(request) or not _is_countable(path):
        return
    if path.endswith("/") or not _is_page(f"{path}/"):  # else Django leads on to it
        missing.add(path, said=_page_of_ours(request))


def _is_somebody(request):
    """Whether a browser shows the page to somebody (W3C Fetch Metadata), as far as it says."""
    if request.method != "GET" or getattr(request, "elsewhen", None):
        return False
    asked = request.headers
    navigates = asked.get("Sec-Fetch-Mode", "navigate") == "navigate" and "text/html" in asked.get("Accept", "")
    ahead = "prefetch" in asked.get("Sec-Purpose", "") + asked.get("Purpose", "")
    return navigates and not ahead and not _ROBOT.search(asked.get("User-Agent") or "robot")


def _is_countable(path):
    """Whether a path can be kept: short, printable, no door of the staff's, no probe, nothing like a mail address."""
    plain = path.isprintable() and len(path) <= LONGEST_PATH and "@" not in path and "%" not in path
    return plain and not is_door(path) and not _PROBE.search(path)


def _is_page(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _page_of_ours(request):
    """The path of our own page the reader came from (text), for there the broken link stands; else ""."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    ours = came_from.netloc == urlsplit(settings.SITE_URL).netloc
    return came_from.path if ours and _is_countable(came_from.path) and came_from.path != request.path_info else ""


def _write_on_and_on():
    pause = threading.Event()
    while not pause.wait(EVERY):
        try:
            flush()
        except (DatabaseError, InterfaceError) as error:
            log.warning("What readers asked for in the last minute was not counted (%s).", type(error).__name__)
        except Exception:
            log.exception("What readers asked for in the last minute was not counted.")
        connections.close_all()


def flush():
    """Write what was counted, and forget what is old, in two short transactions."""
    now = timezone.now()
    today = timezone.localdate(now, timezone.get_default_timezone())
    missed_pages, read_stories = missing.take(), reads.take()
    if missed_pages:
        with transaction.atomic():
            MissingPage.objects.add(missed_pages, at=now, day=today)
            MissingPage.objects.forget_old(today)
    if read_stories:
        with transaction.atomic():
            StoryReads.objects.add({key: count for key, (count, _said) in read_stories.items()}, at=now)
            StoryReads.objects.forget_old(now)
