"""Launching fronts: one is live at every moment, and stories go out together with it."""

from datetime import timedelta

import pytest
from cast import HOUR, MICROSECOND, NOON, make_cleared, make_live, make_story, make_user
from django.db import IntegrityError, transaction
from django.test import Client

from articles import press
from articles.desk import fronts
from articles.models import Edition, Front, FrontEdition, layout
from articles.press.fronts import publishable
from articles.rules.refusal import Refused
from articles.vocabulary import ContainerKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def front(clock):
    """The front page, with one lead."""
    return fronts.begin(Front.objects.of(None), containers=(layout.container("lead", ContainerKind.LEAD),))


def lead_with(front, story):
    """The front with that story as its lead."""
    return fronts.place(front, by=None, story=story.public_id, key="lead", at_place=0)


def intervals(front):
    """From when until when each launched front is live (list of pairs), by number."""
    return list(FrontEdition.objects.filter(front=front).order_by("number").values_list("live_from", "live_until"))


def test_a_launched_front_lasts_until_the_next(front, clock):
    chief = make_user("chief")
    first = press.launch(front, by=chief)
    clock.shift(HOUR)
    press.launch(front, by=chief)
    assert intervals(front) == [(NOON, NOON + HOUR), (NOON + HOUR, None)]
    assert (first.launched_by, first.version) == (chief, 1)
    assert FrontEdition.objects.live(NOON + HOUR - MICROSECOND).get() == first


def test_what_is_edited_after_the_launch_is_not_live(front):
    story = make_live("Neu auf der Seite")
    press.launch(front, by=None)
    lead_with(front, story)
    assert FrontEdition.objects.live().get().containers == layout.write((layout.container("lead", ContainerKind.LEAD),))


def test_planned_launches_take_turns_and_one_now_ends_where_the_next_begins(front, clock):
    press.launch(front, by=None, at=NOON + 2 * HOUR)
    press.launch(front, by=None, at=NOON + HOUR)
    press.launch(front, by=None)
    assert intervals(front) == [
        (NOON + 2 * HOUR, None),
        (NOON + HOUR, NOON + 2 * HOUR),
        (NOON, NOON + HOUR),
    ]


def test_a_cancelled_launch_gives_its_time_to_the_one_before(front):
    press.launch(front, by=None)
    middle = press.launch(front, by=None, at=NOON + HOUR)
    press.launch(front, by=None, at=NOON + 2 * HOUR)
    chief = make_user("chief")
    press.cancel_launch(middle, by=chief)
    assert intervals(front) == [(NOON, NOON + 2 * HOUR), (None, None), (NOON + 2 * HOUR, None)]
    middle.refresh_from_db()
    assert (middle.cancelled_by, middle.cancelled_at) == (chief, NOON)


def test_a_launch_that_began_is_not_cancelled(front):
    begun = press.launch(front, by=None)
    with pytest.raises(Refused, match="not ahead any more"):
        press.cancel_launch(begun, by=None)
    assert intervals(front) == [(NOON, None)]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"at": NOON - HOUR}, "has passed; choose a later time"),
        ({"at": NOON + HOUR}, "A launch is planned for"),
        ({"version": 7}, "Somebody changed this front"),
    ],
)
def test_a_launch_that_cannot_be_is_refused(front, wish, sentence):
    press.launch(front, by=None, at=NOON + HOUR)
    with pytest.raises(Refused, match=sentence):
        press.launch(front, by=None, **wish)
    assert intervals(front) == [(NOON + HOUR, None)]


def test_an_empty_front_is_not_launched(clock):
    with pytest.raises(Refused, match="no containers yet"):
        press.launch(Front.objects.of(None), by=None)


def test_stories_go_out_together_with_the_front(front, clock):
    story = make_cleared("Mit der Seite")
    front = lead_with(front, story)
    assert publishable(front) == [story]
    press.launch(front, by=None, at=NOON + HOUR, stories=[story])
    assert publishable(front) == []
    edition = Edition.objects.get(story=story)
    assert edition.live_from == FrontEdition.objects.get().live_from == NOON + HOUR
    clock.move_to(NOON + HOUR - MICROSECOND)
    assert "Mit der Seite" not in Client().get("/").content.decode()
    clock.move_to(NOON + HOUR)
    assert "Mit der Seite" in Client().get("/").content.decode()


def test_launched_now_no_moment_shows_the_front_without_its_story(front, clock):
    clock.move_to(NOON + timedelta(minutes=1))
    story = make_cleared("Sofort")
    press.launch(lead_with(front, story), by=None, stories=[story])
    assert Edition.objects.get(story=story).live_from <= FrontEdition.objects.get().live_from


def test_where_a_story_is_refused_nothing_is_launched(front):
    draft = make_story("Unfertig")
    with pytest.raises(Refused, match="“Unfertig”: The story is not cleared yet"):
        press.launch(lead_with(front, draft), by=None, stories=[draft])
    assert intervals(front) == []


def test_the_database_refuses_two_fronts_at_one_moment_and_a_changed_one(front):
    live = press.launch(front, by=None)
    second = {"front": front, "number": 9, "version": 1, "containers": [], "launched_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        FrontEdition.objects.create(live_from=NOON + HOUR, live_until=NOON + 2 * HOUR, **second)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrontEdition.objects.filter(pk=live.pk).update(containers=[])
