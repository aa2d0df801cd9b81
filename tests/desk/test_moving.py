"""Moves by section and role, reasons, assignment: who may, what is logged."""

import pytest
from cast import HOUR, NOON, make_section, make_story, make_submitted, make_user
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import desk
from articles.desk.assigning import assignable
from articles.models import MoveRight, Revision, Story, StoryEvent
from articles.rules.moves import MOVES, may_move
from articles.rules.policy import can, scoped
from articles.rules.refusal import Refused

pytestmark = pytest.mark.django_db


def narrow(path, move, *roles):
    section = make_section(path)
    for role in roles:
        MoveRight.objects.create(section=section, move=move, role=Group.objects.get(name=role))


def movers(move, path):
    """The roles (set) of those who may make the move with somebody else's story in that section."""
    story = make_story(section=make_section(path))
    roles = ("contributor", "editor", "chief")
    return {role for role in roles if may_move(make_user(role, "politik"), move, story)}


def test_without_rows_the_policy_alone_decides():
    assert movers("clear", "politik/europa") == {"editor", "chief"}
    assert movers("clear", "sport") == {"chief"}


def test_rows_narrow_a_move_in_their_section_and_below_and_nowhere_else():
    narrow("politik", "clear", "chief")
    assert movers("clear", "politik") == movers("clear", "politik/europa") == {"chief"}
    assert movers("send_back", "politik") == {"editor", "chief"}
    narrow("sport", "spike", "editor")
    assert movers("spike", "politik") == {"editor", "chief"}


def test_of_sections_within_each_other_the_nearest_with_rows_decides():
    narrow("politik", "clear", "chief")
    narrow("politik/europa", "clear", "editor")
    assert movers("clear", "politik/europa/ost") == {"editor"}
    assert movers("clear", "politik/inland") == {"chief"}


def test_rows_never_widen_the_policy():
    narrow("politik", "clear", "contributor", "editor")
    assert movers("clear", "politik") == {"editor"}


def test_a_superuser_stands_above_roles():
    narrow("politik", "clear", "editor")
    boss = get_user_model().objects.create_superuser("boss", password="x" * 20)
    assert may_move(boss, "clear", make_story()) is True


def test_rights_to_all_moves_of_a_story_are_one_question_to_the_database(django_assert_num_queries):
    story, user = make_story(), make_user("editor", "politik")
    narrow("politik", "clear", "editor")
    can(user, "clear", story)
    user = get_user_model().objects.get(pk=user.pk)
    can(user, "clear", story)
    with django_assert_num_queries(2):  # the rows of the section and those above, the user's roles
        assert all(may_move(user, name, story) for name in MOVES)


@pytest.mark.parametrize("note", ["", "  \n "])
def test_a_story_is_not_sent_back_without_a_reason(note):
    story = desk.move(make_story(), "submit", by=None)
    with pytest.raises(Refused) as refused:
        desk.move(story, "send_back", by=None, note=note)
    assert refused.value.reasons == ["Say why, for whoever works on the story next."]
    desk.move(story, "send_back", by=None, note=" Zu lang. ")
    event = story.events.latest("pk")
    assert (event.note, event.details) == ("Zu lang.", {"start": "submitted", "end": "draft"})


@pytest.mark.parametrize("name", sorted(set(MOVES) - {"send_back"}))
def test_every_other_move_may_carry_a_note_and_need_not(name):
    for note in ("", "Bitte."):
        story = make_story()
        Story.objects.filter(pk=story.pk).update(stage=min(MOVES[name].start))
        desk.move(story, name, by=None, note=note)
        assert story.events.latest("pk").note == note


def test_assigning_is_a_revision_with_its_note_in_the_log():
    story, anna, chief = make_story(), make_user("contributor"), make_user("chief")
    desk.assign(story, by=chief, assignee=anna, due_at=NOON + HOUR, note="Bis Mittag.")
    assert (story.assignee, story.due_at, story.version) == (anna, NOON + HOUR, 2)
    event = StoryEvent.objects.get(act="assigned")
    assert (event.by, event.note, event.details["changed"]) == (chief, "Bis Mittag.", ["assignee", "due_at"])
    assert Revision.objects.get(story=story, number=2).content["assignee"] == anna.pk


def test_the_same_assignment_again_is_refused():
    story, anna = make_story(), make_user("contributor")
    desk.assign(story, by=None, assignee=anna, due_at=None)
    with pytest.raises(Refused) as refused:
        desk.assign(story, by=None, assignee=anna, due_at=None)
    assert refused.value.reasons == ["The story is assigned like that already."]


def test_the_assignee_reads_the_story_and_writes_it_until_it_is_submitted():
    story, anna = make_story(), make_user("contributor")
    assert (can(anna, "read", story), can(anna, "write", story)) == (False, False)
    desk.assign(story, by=None, assignee=anna, due_at=None)
    assert (can(anna, "read", story), can(anna, "write", story)) == (True, True)
    assert list(scoped(anna, "write")) == [story]
    story = desk.move(story, "submit", by=anna)
    assert (can(anna, "read", story), can(anna, "write", story)) == (True, False)
    desk.save(story, by=None, values={"assignee": None})
    assert (can(anna, "read", story), list(scoped(anna, "read"))) == (False, [])


def test_stories_can_be_assigned_to_active_staff_who_may_write_and_to_nobody_else():
    anna, chief = make_user("contributor"), make_user("chief")
    make_user("topic librarian"), make_user("administrator")
    gone, reader = make_user("contributor"), make_user("contributor")
    get_user_model().objects.filter(pk=gone.pk).update(is_active=False)
    get_user_model().objects.filter(pk=reader.pk).update(is_staff=False)
    assert set(assignable()) == {anna, chief}
    assert set(assignable(kept=gone.pk)) == {anna, chief, gone}


def test_due_times_are_kept_to_the_second():
    story, due = make_story(), timezone.now().replace(microsecond=0)
    desk.assign(story, by=None, assignee=None, due_at=due)
    assert Story.objects.get(pk=story.pk).due_at == due


def test_a_move_can_say_whose_turn_it_is_and_until_when(db):
    story, ada = make_submitted(), make_user("editor", name="Ada")
    desk.move(story, "send_back", by=None, note="Bitte kürzen.", assignee=ada, due_at=NOON)
    story = Story.objects.get()
    assert (story.stage, story.assignee, story.due_at, story.version) == ("draft", ada, NOON, 2)
    acts = [(event.act, event.note) for event in story.events.order_by("-pk")[:2]]
    assert acts == [("assigned", "Bitte kürzen."), ("moved", "Bitte kürzen.")]
    desk.move(story, "submit", by=None, assignee=ada)
    assert Story.objects.get().version == 2  # nothing new was planned
