"""The working copy of a front: who placed what where, undone and brought back."""

import pytest
from cast import NOON, make_section, make_user

from articles.desk import fronts
from articles.models import Front, FrontRevision, layout
from articles.rules.refusal import Refused
from articles.vocabulary import ContainerKind, Ratio

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "1aaaaaaaaa", "2aaaaaaaaa", "3aaaaaaaaa"


@pytest.fixture
def front(clock):
    """A front with a lead and two second stories, all by rule."""
    start = layout.container("lead", ContainerKind.LEAD), layout.container("more", ContainerKind.SECONDARY, places=2)
    return fronts.begin(Front.objects.of(None), containers=start)


def stories(front):
    """What was chosen, by container (dict of lists of public ids)."""
    return {each.key: [slot.story for slot in each.slots] for each in fronts.containers_of(front)}


def test_a_story_is_placed_and_the_history_says_by_whom(front):
    chief = make_user("chief")
    front = fronts.place(front, by=chief, story=ONE, key="more", at_place=1)
    assert stories(front) == {"lead": [""], "more": ["", ONE]}
    last = FrontRevision.objects.first()
    assert (last.number, last.by, last.at) == (2, chief, NOON)
    assert last.changes == [{"did": "placed", "kind": "secondary", "title": "", "story": ONE, "place": 2}]


def test_a_story_that_stands_elsewhere_moves_and_changes_places_with_what_was_there(front):
    fronts.place(front, by=None, story=ONE, key="lead", at_place=0)
    fronts.place(front, by=None, story=TWO, key="more", at_place=1)
    front = fronts.place(front, by=None, story=ONE, key="more", at_place=1)
    assert stories(front) == {"lead": [TWO], "more": ["", ONE]}


def test_what_a_place_says_of_its_story_moves_with_it(front):
    fronts.place(front, by=None, story=ONE, key="lead", at_place=0)
    said = {"headline": "Kurz", "kicker": "Hafen", "ratio": Ratio.SQUARE, "size": "text", "starts": None, "ends": NOON}
    fronts.tell(front, by=None, key="lead", at_place=0, **said)
    front = fronts.place(front, by=None, story=ONE, key="more", at_place=0)
    slot = fronts.containers_of(front)[1].slots[0]
    assert {name: getattr(slot, name) for name in said} == said


def test_two_people_place_at_once_and_nothing_is_lost(front):
    seen_by_both = Front.objects.get(pk=front.pk)
    fronts.place(seen_by_both, by=None, story=ONE, key="lead", at_place=0)
    fronts.place(seen_by_both, by=None, story=TWO, key="more", at_place=0)
    assert stories(Front.objects.get()) == {"lead": [ONE], "more": [TWO, ""]}


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda f: fronts.place(f, by=None, story=ONE, key="gone", at_place=0), "This container is gone"),
        (lambda f: fronts.place(f, by=None, story=ONE, key="lead", at_place=1), "This place is gone"),
        (lambda f: fronts.tell(f, by=None, key="lead", at_place=0, headline="x"), "There is no chosen story"),
        (lambda f: fronts.remove(f, by=None, key="gone"), "This container is gone"),
        (lambda f: fronts.bring_back(f, by=None, number=77), "This revision is not kept any more"),
        (lambda f: fronts.bring_back(f, by=None, number=1, version=9), "Somebody changed this front"),
        (lambda f: fronts.undo(f, by=None, version=1), "There is nothing to undo"),
        (lambda f: fronts.set_lead_hours(f, by=None, hours=1001), "Give the hours"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence_and_changes_nothing(front, act, sentence):
    with pytest.raises(Refused, match=sentence):
        act(front)
    assert Front.objects.get().version == 1


def test_until_before_from_is_refused(front):
    fronts.place(front, by=None, story=ONE, key="lead", at_place=0)
    with pytest.raises(Refused, match="lies before"):
        fronts.tell(front, by=None, key="lead", at_place=0, starts=NOON, ends=NOON)


def test_containers_are_added_arranged_moved_and_removed(front):
    section = make_section("sport")
    front = fronts.add(front, by=None, kind=ContainerKind.STRIP, section=section.pk, places=3, title="Spiele")
    added = fronts.containers_of(front)[-1]
    assert (added.title, added.section, len(added.slots)) == ("Spiele", section.pk, 3)
    front = fronts.arrange(front, by=None, key=added.key, places=5, title="", section=None, topic=None, kinds=())
    front = fronts.shift(front, by=None, key=added.key, to=0)
    assert [(each.key, len(each.slots)) for each in fronts.containers_of(front)] == [
        (added.key, 5),
        ("lead", 1),
        ("more", 2),
    ]
    front = fronts.remove(front, by=None, key=added.key)
    assert [each.key for each in fronts.containers_of(front)] == ["lead", "more"]


def test_a_front_has_at_most_24_containers(front):
    for _number in range(22):
        front = fronts.add(front, by=None, kind=ContainerKind.LIVE)
    with pytest.raises(Refused, match="at most 24"):
        fronts.add(front, by=None, kind=ContainerKind.LIVE)


def test_undo_goes_back_step_by_step(front):
    front = fronts.place(front, by=None, story=ONE, key="lead", at_place=0)
    front = fronts.place(front, by=None, story=TWO, key="lead", at_place=0)
    front = fronts.undo(front, by=None, version=front.version)
    assert stories(front)["lead"] == [ONE]
    front = fronts.undo(front, by=None, version=front.version)
    assert stories(front)["lead"] == [""]


def test_undo_takes_back_an_earlier_revision_that_was_brought_back(front):
    for story in (ONE, TWO, THREE):
        front = fronts.place(front, by=None, story=story, key="lead", at_place=0)
    front = fronts.bring_back(front, by=None, number=2, version=front.version)
    assert stories(front)["lead"] == [ONE]
    front = fronts.undo(front, by=None, version=front.version)
    assert stories(front)["lead"] == [THREE]
    front = fronts.undo(front, by=None, version=front.version)
    assert stories(front)["lead"] == [TWO]


def test_the_last_two_hundred_revisions_are_kept(front, monkeypatch):
    monkeypatch.setattr(Front, "KEPT", 3)
    for story in (ONE, TWO, THREE, ONE, TWO):
        front = fronts.place(front, by=None, story=story, key="lead", at_place=0)
    assert list(FrontRevision.objects.values_list("number", flat=True)) == [6, 5, 4]


@pytest.mark.parametrize(
    "stored",
    [
        {},
        [1],
        [{"key": "a", "kind": "nothing", "slots": [{}]}],
        [{"key": "A b", "kind": "lead", "slots": [{}]}],
        [{"key": "a", "kind": "lead", "slots": []}],
        [{"key": "a", "kind": "lead", "slots": [{}, {}]}],
        [{"key": "a", "kind": "lead", "slots": [{"story": "nobody"}]}],
        [{"key": "a", "kind": "lead", "slots": [{"starts": "2026-11-23"}]}],
        [{"key": "a", "kind": "lead", "slots": [{"starts": 7}]}],
        [{"key": "a", "kind": "lead", "slots": [{"size": "huge"}]}],
        [{"key": "a", "kind": "lead", "slots": [{"headline": "x" * 201}]}],
        [{"key": "a", "kind": "lead", "slots": [{}], "section": True}],
        [{"key": "a", "kind": "lead", "slots": [{}], "kinds": ["gossip"]}],
        [{"key": "a", "kind": "lead", "slots": [{}], "colour": "red"}],
        [{"key": "a", "kind": "lead", "slots": [{}]}] * 2,
        [{"key": f"a{n}", "kind": "lead", "slots": [{}]} for n in range(25)],
    ],
)
def test_what_is_no_layout_is_not_read(stored):
    with pytest.raises(layout.LayoutError):
        layout.read(stored)


def test_a_layout_is_read_as_it_was_written():
    slot = layout.Slot(ONE, headline="Kurz", ratio=Ratio.SQUARE, size="small", starts=NOON, ends=None)
    boxes = (layout.container("a", ContainerKind.OPINION, title="Meinung", kinds=("opinion",)).with_slot(1, slot),)
    assert layout.read(layout.write(boxes)) == boxes
