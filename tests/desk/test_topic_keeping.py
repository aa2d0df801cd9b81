"""Merging topics, undoing it, renaming, dropping: nothing is lost on the way."""

import pytest
from cast import DAY, make_cleared, make_live, make_story, make_topic, make_user
from django.utils import timezone

from articles import desk, press
from articles.desk import tagging
from articles.desk.topic_keeping import merge, merge_counts, undo, undo_refusals
from articles.desk.topic_naming import drop, rename
from articles.models import Edition, EditionTopic, Story, StoryTopic, Topic, TopicAlias, TopicClue, TopicMerge, TopicPin
from articles.rules.refusal import Refused

pytestmark = pytest.mark.django_db


def taggings():
    return sorted(StoryTopic.objects.values_list("content_object", "tag__name"))


def places():
    return sorted(EditionTopic.objects.values_list("edition__story", "topic__name"))


def everything():
    """All that a merge may touch, as rows that can be compared."""
    return {
        "taggings": taggings(),
        "places": places(),
        "aliases": sorted(TopicAlias.objects.values_list("name", "topic__name")),
        "pins": sorted(TopicPin.objects.values_list("story", "topic__name")),
        "clues": sorted(TopicClue.objects.values_list("word", "topic__name", "weight")),
        "merged": sorted(Topic.objects.values_list("name", "merged_into__name")),
        "uses": sorted(Topic.objects.values_list("name", "uses")),
    }


@pytest.fixture
def two():
    """Hafen and Häfen: a story with each, one with both, one not printed; with aliases, pins and clues."""
    kept, gone = make_topic("Hafen"), make_topic("Seehafen")
    only_kept, only_gone = make_live(topics=["Hafen"]), make_live(topics=["Seehafen"])
    both, draft = make_live(topics=["Hafen", "Seehafen"]), make_story(topics=["Seehafen", "Kai"])
    TopicAlias.objects.create(topic=gone, name="Port")
    TopicPin.objects.create(topic=kept, story=both, position=1)
    TopicPin.objects.create(topic=gone, story=both, position=1)
    TopicPin.objects.create(topic=gone, story=only_gone, position=2)
    TopicClue.objects.create(word="schiff", topic=kept, weight=1.0)
    TopicClue.objects.create(word="schiff", topic=gone, weight=2.0)
    TopicClue.objects.create(word="kran", topic=gone, weight=3.0)
    return kept, gone, {"only_kept": only_kept, "only_gone": only_gone, "both": both, "draft": draft}


def test_the_dry_run_counts_and_writes_nothing(two):
    kept, gone, _stories = two
    before = everything()
    assert merge_counts(gone, into=kept) == {
        "stories": 3,
        "stories_both": 1,
        "stories_new": 2,
        "editions": 2,
        "editions_both": 1,
        "editions_new": 1,
        "pins": 2,
        "pins_both": 1,
        "pins_new": 1,
        "aliases": 1,
        "clues": 2,
        "merged": 0,
    }
    assert everything() == before


def test_a_merge_unites_stories_places_aliases_pins_and_clues(two):
    kept, gone, stories = two
    merge(gone, into=kept, by=None)
    pk = {name: story.pk for name, story in stories.items()}
    assert taggings() == sorted(
        [*((pk[name], "Hafen") for name in ("only_kept", "only_gone", "both", "draft")), (pk["draft"], "Kai")]
    )
    assert sorted(EditionTopic.objects.filter(topic=kept).values_list("edition__story", flat=True)) == sorted(
        [pk["only_kept"], pk["only_gone"], pk["both"]]
    )
    assert EditionTopic.objects.filter(topic=gone).count() == 2  # what was printed under it stays there
    assert list(TopicAlias.objects.values_list("name", "topic__name")) == [("Port", "Hafen")]
    assert list(kept.pins.values_list("story", "position")) == [(pk["both"], 1), (pk["only_gone"], 2)]
    assert dict(kept.clues.values_list("word", "weight")) == {"schiff": 1.0, "kran": 3.0}
    assert dict(Topic.objects.values_list("name", "uses")) == {"Hafen": 4, "Seehafen": 0, "Kai": 1}


def test_the_old_name_finds_the_kept_topic_wherever_it_is_typed_or_chosen(two):
    kept, gone, _stories = two
    merge(gone, into=kept, by=None)
    assert [Topic.objects.called(name) for name in ("Seehafen", "port", "SEEHAFEN")] == [kept] * 3
    story = make_story(topics=["Seehafen"])
    assert list(story.topics.all()) == [kept]
    desk.save(story, by=None, values={"topics": [gone]})  # a form that was opened before the merge
    assert list(story.topics.all()) == [kept]
    assert gone not in Topic.objects.in_use()


def test_a_merge_gives_no_story_a_new_version_and_its_record_says_who(two):
    kept, gone, stories = two
    librarian = make_user("topic librarian")
    merge(gone, into=kept, by=librarian)
    stories["draft"].refresh_from_db()
    assert (stories["draft"].version, stories["draft"].events.count()) == (1, 1)
    record = TopicMerge.objects.get()
    assert (record.kept, record.gone, record.by) == (kept, gone, librarian)


def test_an_undone_merge_leaves_everything_as_it_was(two):
    kept, gone, _stories = two
    before = everything()
    done = merge(gone, into=kept, by=None)
    assert everything() != before
    undo(done, by=None)
    assert everything() == before
    with pytest.raises(Refused) as refused:
        undo(done, by=None)
    assert refused.value.reasons == ["This merge was undone already."]
    merge(gone, into=kept, by=None)  # and it can be made again


def test_what_was_done_after_a_merge_survives_its_undoing(two):
    kept, gone, stories = two
    done = merge(gone, into=kept, by=None)
    desk.tag(stories["only_gone"], by=None, remove=[kept])
    desk.tag(stories["draft"], by=None, add=["Werft"])
    later = make_live(topics=["Seehafen"])
    undo(done, by=None)
    names = {name: sorted(story.topics.values_list("name", flat=True)) for name, story in stories.items()}
    assert names == {
        "only_kept": ["Hafen"],
        "only_gone": [],
        "both": ["Hafen", "Seehafen"],
        "draft": ["Kai", "Seehafen", "Werft"],
    }
    assert list(later.topics.values_list("name", flat=True)) == ["Hafen"]
    assert (later.pk, "Hafen") in places()


def test_merges_in_a_row_lead_to_the_last_in_one_step_and_are_undone_in_turn():
    a, b, c = make_topic("Aue"), make_topic("Bach"), make_topic("Bucht")
    make_live(topics=["Aue"])
    make_live(topics=["Bach", "Bucht"])
    before = everything()
    first = merge(a, into=b, by=None)
    between = everything()
    second = merge(b, into=c, by=None)
    a.refresh_from_db()
    assert (a.merged_into, Topic.objects.called("Aue")) == (c, c)
    assert EditionTopic.objects.filter(topic=c).count() == 2
    assert undo_refusals(first) == ["“Bach” was itself merged into “Bucht” since; undo that first."]
    with pytest.raises(Refused):
        undo(first, by=None)
    undo(second, by=None)
    assert everything() == between
    undo(TopicMerge.objects.get(pk=first.pk), by=None)
    assert everything() == before


def test_a_later_merge_that_shares_stories_is_undone_first():
    kept, one, other, apart = (make_topic(name) for name in ("Hafen", "Port", "Haven", "Weit"))
    make_live(topics=["Port", "Haven"])
    make_live(topics=["Weit"])
    before = everything()
    first, second = merge(one, into=kept, by=None), merge(other, into=kept, by=None)
    third = merge(apart, into=kept, by=None)
    assert undo_refusals(first) == [
        "“Haven” was merged into “Hafen” since and shares stories with it; undo that first."
    ]
    for each in (second, first, third):
        undo(each, by=None)
    assert everything() == before


def test_what_cannot_be_merged_is_refused_in_words():
    one, two, three = make_topic("Eins"), make_topic("Zwei"), make_topic("Drei")
    with pytest.raises(Refused) as refused:
        merge(one, into=one, by=None)
    assert refused.value.reasons == ["A topic cannot be merged into itself."]
    merge(one, into=two, by=None)
    for gone, into in ((one, three), (three, one)):
        with pytest.raises(Refused) as refused:
            merge(gone, into=into, by=None)
        assert refused.value.reasons == ["“Eins” was merged into “Zwei” already."]
    assert TopicMerge.objects.count() == 1


def test_an_edition_that_is_scheduled_or_comes_back_is_listed_under_the_kept_topic():
    kept, gone = make_topic("Hafen"), make_topic("Seehafen")
    coming, back = make_cleared(topics=["Seehafen"]), make_live(topics=["Seehafen"])
    press.schedule(coming, by=None, at=timezone.now() + DAY)
    press.withdraw(back, by=None, reason="error")
    merge(gone, into=kept, by=None)
    assert EditionTopic.objects.filter(topic=kept, edition__story=coming).count() == 1
    press.restore(back, by=None)
    live = Edition.objects.live().get(story=back)
    assert EditionTopic.objects.live().filter(topic=kept, edition=live).count() == 1


def test_a_renamed_topic_is_found_by_both_names_and_keeps_its_address():
    hafen = make_topic("Hafen")
    rename(hafen, name="Seehäfen")
    hafen.refresh_from_db()
    assert (hafen.name, hafen.slug) == ("Seehäfen", "hafen")
    assert [Topic.objects.called(name) for name in ("Hafen", "Seehäfen", "seehaefen")] == [hafen] * 3
    rename(hafen, name="Hafen")
    assert Topic.objects.get().name == "Hafen"


def test_a_renamed_topic_may_take_its_address_along():
    hafen = make_topic("Hafen")
    rename(hafen, name="Seehafen")
    rename(hafen, name="Überseehafen", new_address=True)
    hafen.refresh_from_db()
    assert hafen.slug == "ueberseehafen"
    assert [Topic.objects.at_address(slug) for slug in ("hafen", "seehafen", "ueberseehafen")] == [hafen] * 3
    rename(hafen, name="Hafen", new_address=True)
    assert Topic.objects.get().slug == "hafen"
    assert Topic.objects.called("Überseehafen") == hafen


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Kai", "“Kai” already means the topic “Kai”."),
        ("Hafen", "The topic is called “Hafen” already."),
        ("!!!", "“!!!” cannot be a topic: a name has a Latin letter or a digit, and at most 80 characters."),
    ],
)
def test_a_name_that_cannot_be_is_refused(name, reason):
    make_topic("Kai")
    with pytest.raises(Refused) as refused:
        rename(make_topic("Hafen"), name=name)
    assert refused.value.reasons == [reason]


def test_only_a_topic_nobody_ever_had_is_deleted():
    drop(make_topic("Nie"))
    assert Topic.objects.count() == 0
    make_story(topics=["Entwurf"])
    printed = make_live(topics=["Gedruckt"])
    desk.tag(printed, by=None, remove=[make_topic("Gedruckt")])
    merge(make_topic("Weg"), into=make_topic("Da"), by=None)
    for name, why in {
        "Entwurf": "a story has it",
        "Gedruckt": "an edition was printed with it",
        "Da": "others were merged into it",
    }.items():
        with pytest.raises(Refused) as refused:
            drop(make_topic(name))
        assert refused.value.reasons == [f"“{name}” cannot be deleted: {why}."]


def test_many_stories_are_tagged_as_if_one_by_one():
    alone, stories = make_story(topics=["Alt"]), [make_story(topics=["Alt"]) for _number in range(3)]
    desk.tag(alone, by=None, add=["Neu"], remove=[make_topic("Alt")])
    desk.tag(stories[0], by=None, add=["Neu"], remove=[make_topic("Alt")])
    changed = desk.tag_many([story.pk for story in stories], by=None, add=["Neu"], remove=[make_topic("Alt")])
    assert changed == 2
    for story in (*stories, alone):
        story.refresh_from_db()
        event = story.events.first()
        assert [each.name for each in story.topics.all()] == ["Neu"]
        assert (story.version, event.details) == (2, {"added": ["Neu"], "removed": ["Alt"]})
        assert story.revisions.get(number=2).content == story.revisions.get(number=1).content | {
            "topics": [make_topic("Neu").pk]
        }
    assert dict(Topic.objects.values_list("name", "uses")) == {"Alt": 0, "Neu": 4}


def test_many_stories_get_the_kept_topic_where_the_chosen_one_was_merged_since(db):
    gone, kept = (Topic.objects.for_name(name) for name in ("Alt", "Neu"))
    chosen, story = Topic.objects.get(pk=gone.pk), make_story()
    merge(gone, into=kept, by=None)
    assert desk.tag_many([story.pk], by=None, add=[chosen]) == 1
    kept.refresh_from_db()
    assert ([topic.name for topic in story.topics.all()], kept.uses) == (["Neu"], 1)


def test_topics_are_counted_though_a_later_batch_was_refused(db, monkeypatch):
    monkeypatch.setattr(tagging, "BATCH", 1)
    one, two = make_story(), make_story()
    wrong = Topic(pk=987_654, name="Weg", slug="weg")
    desk.tag_many([one.pk], by=None, add=["Hafen"])
    real = tagging.record

    def fails_for_the_second(story, **said):
        if story.pk == two.pk:
            raise Refused("no")
        real(story, **said)

    monkeypatch.setattr(tagging, "record", fails_for_the_second)
    with pytest.raises(Refused):
        desk.tag_many([one.pk, two.pk], by=None, add=["Elbe"], remove=[wrong])
    assert Topic.objects.get(name="Elbe").uses == 1


def test_a_pin_at_the_last_position_there_is_does_not_stop_a_merge(db):
    gone, kept = (Topic.objects.for_name(name) for name in ("Alt", "Neu"))
    TopicPin.objects.create(topic=kept, story=make_story(), position=32_767)
    TopicPin.objects.create(topic=gone, story=make_story(), position=1)
    merge(gone, into=kept, by=None)
    assert TopicPin.objects.filter(topic=kept).count() == 2


def test_a_topic_merged_between_preview_and_deed_changes_no_story_that_has_the_kept_one():
    kept, gone = make_topic("Hafen"), make_topic("Seehafen")
    has, lacks = make_story(topics=["Hafen"]), make_story()
    merge(gone, into=kept, by=None)
    assert desk.tag_many([has.pk, lacks.pk], by=None, add=[gone]) == 1
    assert [Story.objects.get(pk=each.pk).version for each in (has, lacks)] == [1, 2]
    assert [list(each.topics.all()) for each in (has, lacks)] == [[kept], [kept]]
