"""Two people at once: one wins, the other is told in words; nothing is half done."""

import threading

import pytest
from cast import HOUR, make_cleared, make_live, rewrite
from django.db import connection
from django.utils import timezone
from threads import at_once, outcome

from articles import desk, press
from articles.models import Contributor, Edition, Story, StoryEvent, Topic
from articles.models.story import StoryQuerySet
from articles.rules.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told_that_readers_have_it():
    for _round in range(10):
        story = make_cleared()
        won, lost = outcome(at_once(*[lambda story=story: press.publish(story, by=None)] * 2))
        assert [edition.number for edition in won] == [1]
        assert [type(error) for error in lost] == [Refused]
        assert lost[0].reasons[0].startswith("Readers have had this story: say whether")
        assert Edition.objects.filter(story=story).count() == 1
        assert StoryEvent.objects.filter(story=story, act="published").count() == 1


def test_control_without_the_lock_only_the_database_stops_the_second(monkeypatch):
    both_have_read = threading.Barrier(2)

    def without_lock(self, story):
        found = self.select_related("section", "lead_picture").get(pk=story.pk)
        try:
            both_have_read.wait(timeout=2)
        except threading.BrokenBarrierError:
            both_have_read.reset()
        return found

    story = make_cleared()
    monkeypatch.setattr(StoryQuerySet, "lock", without_lock)
    won, lost = outcome(at_once(*[lambda: press.publish(story, by=None)] * 2))
    assert (len(won), len(lost)) == (1, 1)
    told = lost[0].reasons[0]
    if connection.vendor == "postgresql":
        assert told.startswith("Somebody else changed this story at the same moment.")
    else:  # SQLite lets one transaction write at a time, lock or no lock
        assert told.startswith("Readers have had this story")
    assert Edition.objects.filter(story=story).count() == 1


def test_publish_schedule_withdraw_and_cancel_at_once_leave_a_whole_timeline():
    for _round in range(5):
        story = rewrite(make_live(), "Neu.")
        soon = timezone.now() + HOUR
        results = at_once(
            lambda story=story: press.publish(story, by=None, change="update"),
            lambda story=story, soon=soon: press.schedule(story, by=None, at=soon, change="update"),
            lambda story=story: press.withdraw(story, by=None, reason="error"),
            lambda story=story: press.cancel(story, by=None),
        )
        _won, lost = outcome(results)
        assert {type(error) for error in lost} <= {Refused}
        withdrawn = story.withdrawals.exists()
        now = timezone.now()
        assert Edition.objects.live(now).filter(story=story).count() == (0 if withdrawn else 1)
        if withdrawn:
            assert Edition.objects.filter(story=story, live_from__gt=now).count() == 0


def test_of_two_who_move_the_same_edition_one_does_and_the_other_is_told():
    for _round in range(5):
        story = make_cleared()
        was = timezone.now() + HOUR
        press.schedule(story, by=None, at=was)
        times = [was + HOUR, was + 2 * HOUR]
        results = at_once(
            *(lambda story=story, at=at, was=was: press.retime(story, by=None, at=at, was=was) for at in times)
        )
        won, lost = outcome(results)
        assert [type(error) for error in lost] == [Refused]
        assert lost[0].reasons[0].startswith("The scheduled edition starts at ")
        assert Edition.objects.get(story=story).live_from == won[0].live_from


def test_of_two_who_save_the_same_version_one_does_and_the_other_is_told():
    for _round in range(5):
        story = make_cleared()
        seen = story.version

        def save(text, story=story, seen=seen):
            desk.save(Story.objects.get(pk=story.pk), by=None, values={"body": f"<p>{text}</p>"}, version=seen)

        _won, lost = outcome(at_once(lambda: save("Anna"), lambda: save("Ben")))
        assert [type(error) for error in lost] == [desk.Conflict]
        assert "while you were writing" in lost[0].reasons[0]
        assert Story.objects.get(pk=story.pk).version == seen + 1


def test_many_who_need_the_same_new_topic_and_person_get_one_of_each():
    results = at_once(*[lambda: Topic.objects.for_name("Neubau").pk] * 4)
    assert len(set(results)) == 1
    names = at_once(*[lambda: Contributor.objects.make(name="Ada Neu").slug] * 4)
    assert sorted(names) == ["ada-neu", "ada-neu-2", "ada-neu-3", "ada-neu-4"]
