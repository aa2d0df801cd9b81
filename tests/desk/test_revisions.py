"""Every deliberate save is a revision, complete; old ones are thinned, printed ones never."""

from datetime import timedelta

import pytest
from cast import DAY, HOUR, make_cleared, make_contributor, make_live, make_section, make_story, make_user, rewrite
from django.db.models import ProtectedError
from django.utils import timezone
from painted import painted_picture

from articles import desk, press
from articles.desk import revising
from articles.desk.restoring import restore_revision
from articles.desk.revising import snapshot, thin
from articles.models import Revision, Story, StoryTopic, Topic
from articles.rules.refusal import Refused
from articles.text.packing import pack

pytestmark = pytest.mark.django_db


def full_story(**values):
    """A story in which everything that a save can write says something."""
    return make_story(
        "Der Kai",
        kicker="Hafen",
        dek="Vorspann",
        slugline="KAI-1",
        dateline="Norderhafen",
        source="npa",
        urgency=3,
        topics=["Hafen", "Bau"],
        lead_picture=painted_picture("harbour"),
        picture_caption="Der Kai am Morgen",
        picture_credit="Foto: Ohm",
        related=[make_story("Nachbar"), make_story("Anderer Nachbar")],
        further_sections=[make_section("kultur")],
        bylines=[(make_contributor("Zoe Erst"), "text"), (make_contributor("Ben Ohm"), "photo")],
        due_at=timezone.now() + HOUR,
        seo_title="Kai",
        **values,
    )


def test_a_save_keeps_everything_with_who_when_and_what():
    user, story = make_user("chief"), full_story()
    desk.save(story, by=user, values={"headline": "Der neue Kai", "bylines": [(make_contributor("Ben Ohm"), "text")]})
    first, second = story.revisions.order_by("number")
    assert (first.number, first.act, first.changed) == (1, "created", [])
    assert (second.number, second.act, second.by) == (2, "saved", user)
    assert second.changed == ["headline", "slug", "bylines"]
    assert second.at <= timezone.now()
    assert second.content == snapshot(Story.objects.get(pk=story.pk))
    assert (first.content["headline"], len(first.content["bylines"])) == ("Der Kai", 2)


def test_tagging_is_a_revision_and_saving_nothing_is_none():
    story = make_story(topics=["Hafen"])
    desk.tag(story, by=None, add=["Kai"])
    desk.save(story, by=None, values={"headline": story.headline})
    assert [(row.number, row.changed) for row in story.revisions.order_by("number")] == [(1, []), (2, ["topics"])]
    assert len(story.revisions.get(number=2).content["topics"]) == 2


def test_what_came_without_revisions_is_kept_before_it_changes():
    story = make_story("Aus dem Archiv")
    Revision.objects.filter(story=story).delete()
    desk.save(story, by=None, values={"headline": "Neu"})
    assert [row.content["headline"] for row in story.revisions.order_by("number")] == ["Aus dem Archiv", "Neu"]


def test_a_revision_brought_back_is_a_save_of_its_own_and_leaves_planning_alone():
    story = full_story()
    before, due = snapshot(story), timezone.now() + DAY
    merged = Topic.objects.get(name="Bau")
    changes = {"headline": "Anders", "body": "<p>Kurz.</p>", "topics": [], "related": [], "bylines": [], "due_at": due}
    desk.save(story, by=None, values=changes | {"lead_picture": None, "further_sections": []})
    assert restore_revision(story, 1, by=None, version=story.version) != []
    after = snapshot(story)
    assert {name for name in before if before[name] != after[name]} == {"due_at"}
    assert story.events.first().act == "reverted"
    assert [row.act for row in story.revisions.order_by("number")] == ["created", "saved", "reverted"]
    assert StoryTopic.objects.filter(content_object=story, tag=merged).exists()


def test_a_revision_that_is_not_kept_is_refused():
    with pytest.raises(Refused) as refused:
        restore_revision(make_story(), 7, by=None)
    assert refused.value.reasons == ["Revision 7 is not kept any more."]


def test_a_story_brought_back_from_the_spike_is_whole():
    story = full_story()
    desk.save(story, by=None, values={"dek": "Neuer Vorspann"})
    before, revisions = snapshot(story), story.revisions.count()
    desk.move(story, "spike", by=None)
    desk.move(story, "revive", by=None)
    story = Story.objects.get(pk=story.pk)
    assert (snapshot(story), story.revisions.count(), story.stage) == (before, revisions, "draft")


def test_nothing_can_delete_a_story_that_was_ever_saved():
    story = make_story()
    with pytest.raises(ProtectedError):
        story.delete()
    assert Story.objects.filter(pk=story.pk).exists()


def many_revisions(story, count, *, every):
    """`count` further revisions of a story, one each `every` (timedelta), the last of them now."""
    content, now = pack(snapshot(story)), timezone.now()
    Revision.objects.bulk_create(
        Revision(story=story, number=number, act="saved", at=now - every * (count + 1 - number), packed=content)
        for number in range(2, count + 2)
    )
    Story.objects.filter(pk=story.pk).update(version=count + 1)
    story.refresh_from_db()


def test_old_revisions_are_thinned_to_the_last_of_each_day():
    story = make_story()
    many_revisions(story, 1_000, every=timedelta(hours=1))
    thin(story)
    kept = list(story.revisions.order_by("-number").values_list("number", "at"))
    assert [number for number, _at in kept[:200]] == list(range(1_001, 801, -1))
    days = [at.date() for _number, at in kept[200:]]
    assert len(days) == len(set(days))
    assert 200 + 33 <= len(kept) <= 200 + 36
    assert (thin(story), story.revisions.count()) == (0, len(kept))


def test_printed_scheduled_and_shared_revisions_are_never_thinned():
    story = make_cleared()
    press.publish(story, by=None)
    rewrite(story, "Neuer Text.")
    press.schedule(story, by=None, at=timezone.now() + DAY, change="update")
    many_revisions(story, 0, every=HOUR)
    now = timezone.now()
    content = pack(snapshot(story))
    Revision.objects.bulk_create(
        Revision(story=story, number=number, act="saved", at=now, packed=content) for number in range(3, 403)
    )
    thin(story)
    numbers = set(story.revisions.values_list("number", flat=True))
    assert {1, 2} <= numbers
    assert len(numbers) == 202 + 1  # the last 200, both printed ones, and the last of the only day


def test_thinning_happens_by_itself(monkeypatch):
    monkeypatch.setattr(revising, "KEPT", 5)
    monkeypatch.setattr(revising, "THINNED_EVERY", 10)
    story = make_story()
    for number in range(20):
        rewrite(story, f"Fassung {number}.")
    assert story.revisions.count() <= 5 + 1 + 10


def test_a_revision_costs_a_fraction_of_its_text(record_property):
    words = [
        "Der",
        "Hafen",
        "von",
        "Norderhafen",
        "bekommt",
        "einen",
        "neuen",
        "Kai,",
        "sagte",
        "die",
        "Senatorin",
        "am",
        "Montag.",
    ]
    body = "".join(f"<p>{' '.join([*words[place * 7 % 9 :], str(place * place), *words])}</p>" for place in range(40))
    story = make_story(body=body)
    size = len(bytes(story.revisions.get().packed))
    assert size < len(body) / 3
    record_property(f"bytes for a revision of a story of {len(body)} characters", size)


def test_live_and_working_copy_name_their_revisions():
    story = make_live()
    rewrite(story, "Neu.")
    edition = story.editions.get()
    assert (edition.story_version, story.version) == (1, 2)
    story.refresh_from_db()
    assert story.printed_version == 1
