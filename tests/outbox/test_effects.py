"""Effects: written with their cause, done once, tried again, parked, forgotten; and how they are getting on."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from cast import HOUR, NOON, SECOND
from django.conf import settings as project
from django.db import transaction
from django.utils import timezone

from articles import outbox
from articles.models import Effect, Worker
from articles.outbox import claiming, clearing, retrying
from articles.outbox.handling import HANDLERS, Handler
from articles.outbox.working import Loop

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """The payloads of effects of the kind `ring` that were done; those that say so fail."""
    rung = []

    def ring(effect):
        if wrong := effect.payload.get("wrong"):
            raise RuntimeError(wrong)
        rung.append(effect.payload["n"])

    monkeypatch.setitem(HANDLERS, "ring", Handler(ring, outside=False))
    return rung


def add(n, **fields):
    outbox.add("ring", key=f"ring:{n}", payload={"n": n} | fields.pop("payload", {}), **fields)


def work():
    return Loop().round()


def test_what_is_due_is_done_once_in_its_order_and_what_is_not_due_waits(done):
    with time_machine.travel(NOON, tick=False) as clock:
        add(2, due_at=NOON - SECOND)
        add(1, due_at=NOON - 2 * SECOND)
        add(3, due_at=NOON + HOUR)
        assert (work(), work()) == (2, 0)
        assert done == [1, 2]
        clock.shift(HOUR)
        assert work() == 1
    assert done == [1, 2, 3]
    assert Effect.objects.waiting().count() == 0


def test_the_same_key_again_writes_nothing(done):
    add(1)
    outbox.add("ring", key="ring:1", payload={"n": 99})
    work()
    outbox.add("ring", key="ring:1", payload={"n": 99})
    work()
    assert (done, Effect.objects.count()) == ([1], 1)


def test_what_is_rolled_back_has_no_effects(done):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        add(1)
        raise ZeroDivisionError
    work()
    assert (done, Effect.objects.count()) == ([], 0)


def test_a_key_that_is_too_long_is_refused_where_it_is_made():
    with pytest.raises(ValueError, match="too long"):
        outbox.add("ring", key="k" * 121, payload={})


def test_what_fails_is_tried_again_with_growing_pauses_and_then_parked_and_blocks_nobody(done):
    attempts = []
    with time_machine.travel(NOON, tick=False) as clock:
        add(1, payload={"wrong": "The bell is broken.\nSecond line."})
        add(2)
        for _try in range(2 * retrying.MOST_ATTEMPTS):
            work()
            attempts.append(timezone.now())
            poison = Effect.objects.get(key="ring:1")
            if poison.parked_at:
                break
            clock.move_to(max(poison.due_at, timezone.now()))
        assert done == [2]
        pauses = [int((later - earlier).total_seconds()) for earlier, later in pairwise(attempts)]
        assert pauses == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]
        assert (len(attempts), poison.last_error) == (12, "RuntimeError: The bell is broken.")
        add(3)
        work()
        assert done == [2, 3]


def test_a_parked_effect_can_be_tried_again(done):
    add(1, payload={"wrong": "No."})
    Effect.objects.update(attempts=11)
    work()
    assert [effect.key for effect in retrying.parked()] == ["ring:1"]
    Effect.objects.update(payload={"n": 1})
    assert outbox.try_again(retrying.parked().order_by()) == 1
    work()
    assert (done, retrying.parked().count()) == ([1], 0)


def test_an_effect_nobody_knows_how_to_do_is_tried_again_later_and_named():
    outbox.add("unheard-of", key="x", payload={})
    work()
    effect = Effect.objects.get()
    assert (effect.attempts, effect.last_error) == (
        1,
        "NoHandler: Nothing here handles effects of the kind 'unheard-of'.",
    )


def test_what_a_handler_wrote_before_it_failed_is_rolled_back(monkeypatch):
    def half(effect):
        outbox.add("ring", key="from the inside", payload={})
        raise RuntimeError

    monkeypatch.setitem(HANDLERS, "half", Handler(half, outside=False))
    outbox.add("half", key="half", payload={})
    work()
    assert [effect.key for effect in Effect.objects.all()] == ["half"]


def test_an_effect_that_killed_its_worker_every_time_is_parked(done):
    add(1)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _death in range(retrying.MOST_ATTEMPTS):
            assert claiming.claim("a worker that dies").key == "ring:1"
            clock.shift(claiming.LEASE + SECOND)
        work()
    assert (done, Effect.objects.get().parked_at is not None) == ([], True)
    assert Effect.objects.get().last_error == "RuntimeError: The worker ended while it did this, again and again."


def test_nobody_claims_what_somebody_holds_until_the_lease_is_over(done):
    add(1)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert claiming.claim("one").lease_owner == "one"
        assert claiming.claim("two") is None
        clock.shift(claiming.LEASE)
        assert claiming.claim("two").lease_owner == "two"


def test_whoever_took_longer_than_the_lease_marks_nothing_and_what_it_wrote_is_rolled_back(monkeypatch):
    def slow(effect):
        outbox.add("ring", key="written too late", payload={})
        Effect.objects.filter(pk=effect.pk).update(lease_owner="somebody else")

    monkeypatch.setitem(HANDLERS, "slow", Handler(slow, outside=False))
    outbox.add("slow", key="slow", payload={})
    work()
    assert [(effect.key, effect.done_at, effect.lease_owner == "") for effect in Effect.objects.all()] == [
        ("slow", None, False)
    ]


def test_an_error_is_kept_without_passwords_and_keys(done, settings):
    settings.EMAIL_HOST_PASSWORD = "hunter2-hunter2"
    said = f"smtp://desk:pw@mail.example refused hunter2-hunter2 {project.SECRET_KEY}\0 " + "x" * 999
    assert retrying.last_line(OSError(said)) == ("OSError: smtp://…@mail.example refused … … " + "x" * 999)[:500]
    add(1, payload={"wrong": "pass hunter2-hunter2"})
    work()
    assert Effect.objects.get().last_error == "RuntimeError: pass …"


def test_done_effects_are_forgotten_after_a_week_a_few_at_a_time(done, monkeypatch):
    monkeypatch.setattr(clearing, "AT_ONCE", 2)
    now = timezone.now()
    for n in range(5):
        add(n)
    work()
    Effect.objects.exclude(key="ring:0").update(done_at=now - timedelta(days=7, seconds=1))
    Worker.objects.create(name="gone", started_at=now, ran_at=now - timedelta(days=2))
    assert (clearing.clear(), Effect.objects.count()) == (2, 3)
    assert (clearing.clear(), clearing.clear(), Effect.objects.get().key) == (2, 0, "ring:0")
    assert Worker.objects.filter(name="gone").count() == 0


def test_health_counts_what_is_due_late_failing_and_parked_and_knows_the_last_run(done, django_assert_num_queries):
    with time_machine.travel(NOON, tick=False):
        assert (outbox.health().last_run, outbox.health().well) == (None, True)
        add(1, due_at=NOON - SECOND)
        add(2, due_at=NOON - 61 * SECOND)
        add(3, due_at=NOON + HOUR)
        with django_assert_num_queries(6):
            health = outbox.health()
        assert (health.due, health.overdue, health.failing, health.parked, health.workers) == (2, 1, 0, 0, 0)
        assert health.well is False
        add(4, payload={"wrong": "No."})
        add(5, payload={"wrong": "No."})
        Effect.objects.filter(key="ring:5").update(attempts=11)
        work()
        health = outbox.health()
        assert (health.due, health.overdue, health.failing, health.parked, health.workers) == (0, 0, 1, 1, 1)
        assert (health.last_run, health.well) == (NOON, False)


def test_a_round_with_nothing_to_do_costs_four_queries(django_assert_max_num_queries):
    loop = Loop()
    loop.round()
    with django_assert_max_num_queries(7):  # with the savepoint of its own update
        loop.round()


def test_a_handler_that_takes_long_can_hold_on(db):
    with time_machine.travel(NOON, tick=False) as clock:
        outbox.add("ring", key="ring:long", payload={})
        effect = claiming.claim("one")
        for _minute in range(4):
            clock.shift(claiming.LEASE / 2)
            outbox.hold_on(effect)
            assert claiming.claim("two") is None
        clock.shift(claiming.LEASE)
        assert claiming.claim("two").pk == effect.pk
        with pytest.raises(claiming.LostLease):
            outbox.hold_on(effect)
