"""The loop of a worker: claim, do, mark; between rounds it waits, and nothing that fails stops it."""

import logging
import os
import secrets
import socket
import threading

from django.db import DatabaseError, InterfaceError, connections, transaction
from django.utils import timezone

from ..models import Worker
from .claiming import LostLease, claim, held
from .clearing import clear
from .handling import HANDLERS
from .retrying import MOST_ATTEMPTS, failed

log = logging.getLogger(__name__)
POLL = 2.0  # seconds
LONGEST_WAIT = 30.0  # seconds, while the database does not answer


class NoHandler(LookupError):
    """Nobody here knows how to do effects of this kind."""


class Loop:
    """One worker, in a process or a thread of its own. `stop` (Event) ends it after the effect in hand."""

    def __init__(self, *, poll=POLL, stop=None):
        self.poll, self.stop = poll, stop or threading.Event()
        self.name = f"{socket.gethostname()[:36]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.started_at = timezone.now()

    def run(self):
        """Round after round until it is stopped; a database that goes away is waited for."""
        wait = self.poll
        while not self.stop.is_set():
            try:
                self.round()
                wait = self.poll
            except (DatabaseError, InterfaceError) as error:
                wait = min(LONGEST_WAIT, wait * 2)
                log.warning("The database does not answer (%s); next try in %d s.", type(error).__name__, wait)
            except Exception:
                wait = min(LONGEST_WAIT, wait * 2)
                log.exception("A round of the worker failed; next try in %d s.", wait)
            connections.close_all()  # nothing is held between rounds, and a broken connection is not used again
            self.stop.wait(wait)
        self._leave()

    def once(self):
        """One round, then leave; says how many effects were tried (number). Raises what the database raises."""
        tried = self.round()
        self._leave()
        return tried

    def round(self):
        """Do everything that is due now, one effect after the other; says how many were tried (number)."""
        self._sign_in()
        done = 0
        while not self.stop.is_set() and (effect := claim(self.name)):
            work_off(effect)
            done += 1
            if done % 50 == 0:
                self._sign_in()
        clear()
        return done

    def _sign_in(self):
        fresh = {"ran_at": timezone.now()}
        Worker.objects.update_or_create(
            name=self.name, defaults=fresh, create_defaults=fresh | {"started_at": self.started_at}
        )

    def _leave(self):
        try:
            Worker.objects.filter(name=self.name).delete()
        except (DatabaseError, InterfaceError):  # its row is cleared away by another worker
            log.warning("The worker ended without a database.")
        connections.close_all()


def work_off(effect):
    """Do one claimed effect and mark it done; whatever it raises is kept with it, for the next attempt."""
    try:
        _do(effect)
    except LostLease:
        log.warning("Effect %s took longer than its lease; another worker has it.", effect.pk)
    except Exception as error:
        failed(effect, error)
        level = logging.ERROR if effect.attempts >= MOST_ATTEMPTS else logging.WARNING
        log.log(level, "Effect %s (%s) failed, attempt %d.", effect.pk, effect.kind, effect.attempts)


def _do(effect):
    if effect.attempts > MOST_ATTEMPTS:  # its worker died each time, before it could say why
        raise RuntimeError("The worker ended while it did this, again and again.")
    handler = HANDLERS.get(effect.kind)
    if not handler:
        raise NoHandler(f"Nothing here handles effects of the kind {effect.kind!r}.")
    if handler.outside:
        handler.do(effect)
        _mark_done(effect)
    else:
        with transaction.atomic():
            handler.do(effect)
            _mark_done(effect)


def _mark_done(effect):
    marked = held(effect).update(done_at=timezone.now(), lease_owner="", lease_until=None, last_error="")
    if not marked:
        raise LostLease
