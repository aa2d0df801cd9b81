"""Any sequence of the press's verbs against a model of ten lines: what readers get, at any moment."""

from datetime import timedelta

import hypothesis.strategies as st
import pytest
import time_machine
from cast import MICROSECOND, NOON, make_cleared, rewrite
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles import press
from articles.models import Edition, EditionContributor, EditionSection, EditionTopic, Withdrawal
from articles.rules.refusal import Refused
from articles.vocabulary import Change

STEPS = st.integers(1, 90).map(lambda minutes: timedelta(minutes=minutes))
CHANGES = st.sampled_from([Change.MINOR, Change.UPDATE, Change.CORRECTION])


class Timeline(RuleBasedStateMachine):
    """The model: the text readers have, what is scheduled (when, which text, what change), the end, the withdrawal."""

    @initialize()
    def begin(self):
        self.clock = time_machine.travel(NOON, tick=False)
        self.travel = self.clock.start()
        self.now = NOON
        self.story = make_cleared(topics=["Hafen"])
        self.had = self.live = self.coming = self.ends = self.published = None
        self.withdrawn = self.to_restore = False
        self.seen = []

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()

    @rule(step=STEPS)
    def time_passes(self, step):
        self.seen.append((self.now, self.live))
        self.now += step
        self.travel.move_to(self.now)
        if self.coming and self.coming[0] <= self.now:
            self.live = self.had = self.coming[1]
            self.published = self.published or self.coming[0]
            self.coming = None
        if self.ends and self.ends <= self.now:
            self.live = None

    @rule()
    def edit(self):
        rewrite(self.story, f"Fassung {self.story.version + 1}")

    def refused_unless(self, expected, verb, **said):
        try:
            verb(self.story, by=None, **said)
        except Refused as refused:
            assert not expected, (verb.__name__, refused.reasons)
            return False
        assert expected, f"{verb.__name__} was not refused"
        self.now += MICROSECOND  # so that the next edition does not have to move itself
        self.travel.move_to(self.now)
        return True

    def may_print(self, change):
        fits = (change is None) if self.had is None else (change is not None)
        return fits and not self.withdrawn and (self.live != self.story.version or change == Change.CORRECTION)

    @rule(change=st.none() | CHANGES)
    def publish(self, change):
        started = self.now
        note_at_stake = self.coming and self.coming[1:] == (self.story.version, Change.CORRECTION)
        expected = self.may_print(change) and not (note_at_stake and change != Change.CORRECTION)
        if self.refused_unless(expected, press.publish, change=change, note="Falsch war das."):
            self.live = self.had = self.story.version
            self.published = self.published or started
            self.ends = None if self.ends and self.ends <= started else self.ends
            if self.coming and self.coming[1] == self.story.version:
                self.coming = None

    @rule(change=st.none() | CHANGES, step=STEPS)
    def schedule(self, change, step):
        at = self.now + step
        ends = None if self.ends and self.ends <= self.now else self.ends
        expected = self.may_print(change) and not self.coming and not (ends and at >= ends)
        if self.refused_unless(expected, press.schedule, at=at, change=change, note="Falsch war das."):
            self.coming, self.ends = (at, self.story.version, change), ends

    @precondition(lambda self: self.coming)
    @rule(step=STEPS)
    def replace(self, step):
        at = self.now + step
        same = self.coming[:2] == (at, self.story.version)
        unchanged = self.live == self.story.version
        expected = not same and not (self.ends and at >= self.ends)
        change = Change.UPDATE if self.had is not None else None
        if self.refused_unless(expected and not unchanged, press.replace, at=at, change=change):
            self.coming = (at, self.story.version, change)

    @precondition(lambda self: self.coming)
    @rule(step=STEPS)
    def retime(self, step):
        at, (was, text, change) = self.now + step, self.coming
        expected = at != was and not (self.ends and at >= self.ends)
        if self.refused_unless(expected, press.retime, at=at, was=was):
            self.coming = (at, text, change)

    @rule()
    def cancel(self):
        if self.refused_unless(bool(self.coming), press.cancel):
            self.coming = None
            self.ends = None if self.live is None else self.ends

    @rule(step=STEPS)
    def set_end(self, step):
        at = self.now + step
        expected = (self.live is not None or self.coming) and not (self.coming and self.coming[0] >= at)
        if self.refused_unless(bool(expected), press.set_end, at=at):
            self.ends = at

    @rule()
    def lift_end(self):
        if self.refused_unless(bool(self.ends and self.ends > self.now), press.lift_end):
            self.ends = None

    @rule()
    def withdraw(self):
        if self.refused_unless(self.had is not None and not self.withdrawn, press.withdraw, reason="error"):
            self.to_restore = self.live is not None
            self.live, self.coming, self.withdrawn = None, None, True

    @rule()
    def restore(self):
        before = self.now
        if self.refused_unless(self.withdrawn and self.to_restore, press.restore):
            self.live, self.withdrawn = self.had, False
            self.ends = None if self.ends and self.ends <= before else self.ends

    @invariant()
    def readers_get_what_the_model_says(self):
        if not hasattr(self, "story"):
            return
        assert self.text_at(self.now) == self.live
        if self.coming:
            assert self.text_at(self.coming[0]) == self.coming[1]
            if not self.ends or self.ends > self.now:
                assert self.text_at(self.coming[0] - MICROSECOND) == self.live
        if self.ends and self.ends > self.now:
            assert self.text_at(self.ends) is None
        assert Withdrawal.objects.in_force(self.now).filter(story=self.story).exists() == self.withdrawn
        if self.live is not None:
            assert Edition.objects.live(self.now).get(story=self.story).published_at == self.published

    @invariant()
    def the_past_stays_as_it_was(self):
        for at, text in getattr(self, "seen", [])[-6:]:
            assert self.text_at(at) == text

    @invariant()
    def lists_repeat_the_times_of_their_edition(self):
        names = ("public_id", "published_at", "live_from", "live_until")
        for listing in (EditionSection, EditionTopic, EditionContributor):
            for row in listing.objects.select_related("edition"):
                assert [getattr(row, name) for name in names] == [getattr(row.edition, name) for name in names]

    def text_at(self, at):
        found = [edition.story_version for edition in Edition.objects.live(at).filter(story=self.story)]
        assert len(found) <= 1
        return found[0] if found else None


@pytest.mark.django_db
def test_any_sequence_of_verbs_gives_readers_what_the_model_says():
    class InRollback(Timeline):
        def __init__(self):
            super().__init__()
            self.transaction = transaction.atomic()
            self.transaction.__enter__()

        def teardown(self):
            super().teardown()
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    run_state_machine_as_test(
        InRollback,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
