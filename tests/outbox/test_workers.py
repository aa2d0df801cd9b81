"""Several workers at once, workers that die, and the command: real threads and real processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from threads import at_once, outcome

from articles import outbox
from articles.models import Effect, Worker
from articles.outbox import claiming, embedded
from articles.outbox.handling import HANDLERS, Handler
from articles.outbox.working import Loop

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parent.parent.parent
MANY = 300


@pytest.fixture
def rung(monkeypatch):
    """How often each effect of the kind `ring` was done, by whichever thread."""
    count = Counter()
    monkeypatch.setitem(HANDLERS, "ring", Handler(lambda effect: count.update([effect.key]), outside=True))
    return count


def add_many(number=MANY):
    for n in range(number):
        outbox.add("ring", key=f"ring:{n}", payload={})


def race(workers=2):
    """So many workers, each in a thread, let go together; they end when nothing is due."""
    _done, failed = outcome(at_once(*[Loop().round] * workers))
    assert failed == []


def test_two_workers_do_each_of_300_effects_exactly_once(rung):
    add_many()
    race()
    assert (len(rung), set(rung.values())) == (MANY, {1})
    assert Effect.objects.waiting().count() == 0


def test_control_without_the_lease_effects_are_done_twice(rung, monkeypatch):
    both = threading.Barrier(2)

    def without_lease(owner):
        effect = Effect.objects.due().order_by("due_at", "pk").first()
        with suppress(threading.BrokenBarrierError):  # one of them is ahead by a round, at the end
            both.wait(timeout=1)
        if effect:
            Effect.objects.filter(pk=effect.pk).update(lease_owner="anybody")
            effect.refresh_from_db()
        return effect

    monkeypatch.setattr("articles.outbox.working.claim", without_lease)
    add_many(20)
    race()
    assert max(rung.values()) == 2


def environment_on(tmp_path):
    """What a process of its own needs to work on the test's database (dict)."""
    names = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{names['NAME']}"
    else:
        url = f"postgres://{names['USER']}:{names['PASSWORD']}@{names['HOST']}:{names['PORT']}/{names['NAME']}"
    settings = {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    return settings | {"PATH": os.environ["PATH"], "NEWSROOM_VAR": str(tmp_path), "DATABASE_URL": url}


def worker(*arguments, tmp_path):
    """`manage.py worker` in a process of its own."""
    command = [sys.executable, "manage.py", "worker", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment_on(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def wait_until(true, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_what_a_killed_worker_held_is_done_by_another_when_its_lease_is_over(rung, tmp_path):
    add_many(1)
    code = (
        "import django, os, signal; django.setup()\n"
        "from articles.outbox.handling import HANDLERS, Handler\n"
        "from articles.outbox.working import Loop\n"
        "HANDLERS['ring'] = Handler(lambda effect: os.kill(os.getpid(), signal.SIGKILL), True)\n"
        "Loop().round()\n"
    )
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment_on(tmp_path), timeout=60)
    assert killed.returncode == -signal.SIGKILL
    effect = Effect.objects.get()
    assert (effect.attempts, effect.done_at, effect.lease_owner != "") == (1, None, True)
    race()
    assert rung == {}
    Effect.objects.update(lease_until=timezone.now())
    race()
    assert (rung, Effect.objects.get().done_at is not None) == ({"ring:0": 1}, True)


def test_the_command_ends_with_status_0_on_sigterm_and_leaves_no_row(tmp_path):
    process = worker("--poll", "0.1", tmp_path=tmp_path)
    assert wait_until(lambda: Worker.objects.count() == 1)
    first = Worker.objects.get().ran_at
    assert wait_until(lambda: Worker.objects.get().ran_at > first)
    process.send_signal(signal.SIGTERM)
    output, _none = process.communicate(timeout=10)
    assert (process.returncode, output, Worker.objects.count()) == (0, "", 0)


def test_once_does_what_is_due_and_ends(rung, capsys):
    add_many(3)
    call_command("worker", once=True)
    assert (dict(rung), capsys.readouterr().out) == ({f"ring:{n}": 1 for n in range(3)}, "3 done or tried.\n")
    assert Worker.objects.count() == 0


@pytest.mark.parametrize("poll", [0, 4000, float("nan")])
def test_a_poll_that_makes_no_sense_is_refused(poll):
    with pytest.raises(CommandError, match=r"takes 0\.05 to 3600 seconds"):
        call_command("worker", poll=poll)


def test_a_database_that_goes_away_is_waited_for(rung, monkeypatch):
    loop, rounds = Loop(poll=0.01), []
    work = Loop.round

    def failing_at_first(self):
        from django.db import OperationalError

        rounds.append(None)
        if len(rounds) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        work(self)
        self.stop.set()

    monkeypatch.setattr(Loop, "round", failing_at_first)
    add_many(1)
    thread = threading.Thread(target=loop.run)
    thread.start()
    thread.join(timeout=20)
    assert (len(rounds), rung) == (3, {"ring:0": 1})


def test_the_effect_in_hand_is_finished_when_the_loop_is_stopped(monkeypatch):
    loop, done = Loop(), []

    def stop_in_the_middle(effect):
        loop.stop.set()
        done.append(effect.key)

    monkeypatch.setitem(HANDLERS, "ring", Handler(stop_in_the_middle, outside=False))
    add_many(2)
    loop.round()
    assert (done, Effect.objects.waiting().count()) == (["ring:0"], 1)


def test_the_embedded_worker_runs_only_where_the_setting_says_so(rung, settings, monkeypatch):
    settings.NEWSROOM_EMBEDDED_WORKER = False
    assert embedded.start_embedded_worker() is None
    settings.NEWSROOM_EMBEDDED_WORKER = True
    monkeypatch.setattr(embedded, "BEFORE_FIRST_ROUND", 0)
    loops = []
    monkeypatch.setattr(embedded, "Loop", lambda stop: loops.append(Loop(poll=0.01, stop=stop)) or loops[0])
    add_many(1)
    thread = embedded.start_embedded_worker()
    assert (thread.daemon, wait_until(lambda: rung == {"ring:0": 1})) == (True, True)
    loops[0].stop.set()
    thread.join(timeout=10)
    assert (thread.is_alive(), Worker.objects.count()) == (False, 0)


def test_on_postgresql_workers_do_not_queue_for_the_same_effect():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    add_many(2)
    with connection.cursor() as cursor, pytest.raises(ZeroDivisionError):
        from django.db import transaction

        with transaction.atomic():
            cursor.execute("SELECT id FROM articles_effect ORDER BY due_at, id LIMIT 1 FOR UPDATE")
            taken = []
            thread = threading.Thread(target=lambda: (taken.append(claiming.claim("two")), connections.close_all()))
            thread.start()
            thread.join(timeout=5)
            assert taken[0].key == "ring:1"
            raise ZeroDivisionError


def test_a_worker_lives_on_when_the_server_cuts_its_connections(rung):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    loop = Loop(poll=0.05)
    thread = threading.Thread(target=loop.run)
    thread.start()
    try:
        for number in range(3):
            outbox.add("ring", key=f"cut:{number}", payload={})
            assert wait_until(lambda done=number + 1: len(rung) == done)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
    finally:
        loop.stop.set()
        thread.join(timeout=20)
        connection.close()
        connection.close_pool()  # what is left in it was cut as well
    assert rung == {f"cut:{number}": 1 for number in range(3)}


@pytest.mark.parametrize(("value", "threads"), [("True", ["newsroom-worker"]), ("False", [])])
def test_the_web_server_starts_a_worker_of_its_own_where_it_is_told_to(value, threads, tmp_path):
    code = (
        "import newsroom.wsgi, threading\n"
        "names = [thread.name for thread in threading.enumerate()]\n"
        "print([name for name in names if name == 'newsroom-worker'])"
    )
    environment = environment_on(tmp_path) | {"NEWSROOM_EMBEDDED_WORKER": value}
    started = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert (started.returncode, started.stdout.strip()) == (0, str(threads))
