"""The desk's verbs: start, save, move, tag."""

import pytest
from cast import HOUR, make_cleared, make_contributor, make_section, make_story
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import desk
from articles.models import Contributor, Edition, Section, Story, StoryTopic, Topic, TopicAlias
from articles.models.contributor import AgencyExists
from articles.outbox.working import Loop
from articles.rules.moves import MOVES
from articles.rules.refusal import Refused
from articles.vocabulary import Stage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headline", ["", "   ", "\x00\n"])
def test_a_story_needs_a_headline(headline):
    with pytest.raises(Refused) as refused:
        desk.start(by=None, values={"headline": headline, "section": make_section()})
    assert refused.value.reasons == ["A story needs a headline, if only a working one."]
    story = make_story()
    with pytest.raises(Refused):
        desk.save(story, by=None, values={"headline": headline})
    assert Story.objects.count() == 1


def test_one_line_texts_are_tidied_and_slugs_follow_the_headline():
    story = make_story("  Öl \n im\x07 Hafen ", kicker=" Um\u00a0welt ")
    assert (story.headline, story.slug, story.kicker) == ("Öl im Hafen", "oel-im-hafen", "Um welt")
    desk.save(story, by=None, values={"headline": "日本語", "slug": ""})
    assert Story.objects.get().slug == "story"


def test_saving_what_is_there_already_makes_no_new_version():
    story = make_story(topics=["Hafen"])
    same = {
        "headline": story.headline,
        "body": story.body,
        "topics": ["HAFEN"],
        "bylines": [(make_contributor(), "text")],
    }
    assert desk.save(story, by=None, values=same) == []
    assert (story.version, story.events.count()) == (1, 1)


def test_a_save_is_one_version_and_keeps_what_it_replaced_in_the_log():
    story = make_story("Alt", topics=["Hafen"])
    changed = desk.save(story, by=None, values={"headline": "Neu", "topics": ["Kai"], "urgency": 5})
    assert (changed, story.version, story.headline) == (["headline", "slug", "topics"], 2, "Neu")
    assert story.events.first().details == {"changed": ["headline", "slug", "topics"], "revision": 2}
    before = story.revisions.get(number=1).content
    assert (before["headline"], before["slug"]) == ("Alt", "alt")
    assert before["topics"] == [Topic.objects.get(name="Hafen").pk]


def test_rows_are_written_in_their_order_without_repeats_and_without_itself():
    one, two, story = make_story(), make_story(), make_story()
    people = [make_contributor("A"), make_contributor("B")]
    values = {
        "related": [two, one, two, story],
        "bylines": [(people[1], "text"), (people[0], "photo"), (people[1], "text")],
    }
    desk.save(story, by=None, values=values)
    assert [row.other for row in story.related_rows.order_by("position")] == [two, one]
    assert list(story.bylines.values_list("contributor__name", "position")) == [("B", 1), ("A", 2)]
    desk.save(story, by=None, values={"further_sections": [story.section, make_section("kultur")]})
    assert [section.path for section in story.further_sections.all()] == ["kultur"]


def test_moves_follow_the_table_and_nothing_else():
    for name, move in MOVES.items():
        for stage in Stage:
            story = make_story()
            Story.objects.filter(pk=story.pk).update(stage=stage)
            if stage in move.start:
                assert desk.move(story, name, by=None, note="Weil.").stage == move.end
            else:
                with pytest.raises(Refused) as refused:
                    desk.move(story, name, by=None)
                assert refused.value.reasons == [f"The story is at “{stage.label}”; it cannot be moved that way."]


def test_a_move_decided_on_an_older_text_is_refused():
    story = make_story()
    desk.save(story, by=None, values={"headline": "Neu"})
    with pytest.raises(Refused) as refused:
        desk.move(story, "submit", by=None, version=1)
    assert "while you were writing" in refused.value.reasons[0]


def test_a_topic_is_found_by_any_spelling_alias_or_slug_and_made_once():
    topic = Topic.objects.for_name("Müller  GmbH")
    TopicAlias.objects.create(topic=topic, name="Müller-Werke")
    for name in ("müller gmbh", "MUELLER-GMBH", "Müller Werke"):
        assert Topic.objects.for_name(name) == topic
    assert (topic.name, topic.slug) == ("Müller GmbH", "mueller-gmbh")
    assert Topic.objects.count() == 1


def test_tagging_through_taggit_itself_makes_no_twins():
    story = make_story()
    story.topics.add("Hafen", "HAFEN", "hafen")
    story.topics.add("Hafen!")
    assert list(Topic.objects.values_list("slug", flat=True)) == ["hafen"]


def test_uses_are_counted_as_stories_come_and_go():
    stories = [make_story(topics=["Hafen"]) for _number in range(3)]
    desk.tag(stories[0], by=None, remove=[Topic.objects.get()])
    desk.tag(stories[1], by=None, add=["hafen", "Kai"])
    assert dict(Topic.objects.values_list("name", "uses")) == {"Hafen": 2, "Kai": 1}
    assert StoryTopic.objects.count() == 3
    assert desk.tag(stories[1], by=None, add=["Kai"]) == ([], [])
    assert Story.objects.get(pk=stories[1].pk).version == 2


def test_an_alias_cannot_mean_two_topics():
    one, two = Topic.objects.for_name("Hafen"), Topic.objects.for_name("Kai")
    TopicAlias.objects.create(topic=one, name="Port")
    for name in ("port", "Hafen"):
        with pytest.raises(ValidationError):
            TopicAlias(topic=two, name=name).full_clean(exclude=["key"])


def test_people_may_share_a_name_but_agencies_do_not():
    assert [Contributor.objects.make(name="Anna Berg").slug for _number in range(2)] == ["anna-berg", "anna-berg-2"]
    agency = Contributor.objects.named("npa", kind="agency")
    assert Contributor.objects.named("NPA", kind="agency") == agency
    with pytest.raises(AgencyExists):
        Contributor.objects.make(name="npa", kind="agency")
    assert Contributor.objects.named("npa").kind == "writer"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"slug": "admin"}, "slug"),
        ({"slug": "Groß"}, "slug"),
        ({"slug": "x-1234567890"}, "slug"),
        ({"slug": "politik"}, "slug"),
        ({"slug": "tief", "parent": "a/b/c"}, "parent"),
    ],
)
def test_a_section_that_cannot_be_is_refused_at_its_field(fields, where):
    make_section("politik")
    parent = make_section(fields.pop("parent")) if "parent" in fields else None
    with pytest.raises(ValidationError) as refused:
        Section(name="X", parent=parent, **fields).full_clean(exclude=["path", "level"])
    assert where in refused.value.message_dict


def test_a_section_cannot_move_below_itself():
    top, below = make_section("a"), make_section("a/b")
    top.parent = below
    with pytest.raises(ValidationError) as refused:
        top.full_clean()
    assert refused.value.message_dict["parent"] == ["A section cannot be part of itself."]


def test_a_section_knows_its_lineage():
    assert make_section("a/b/c").lineage == ["a", "a/b", "a/b/c"]
    assert [s.path for s in Section.objects.under(Section.objects.get(path="a/b"))] == ["a/b", "a/b/c"]
    assert list(Section.objects.top_level()) == [Section.objects.get(path="a")]


def test_due_dates_publish_nothing():
    make_cleared(due_at=timezone.now() - HOUR)
    Loop().round()
    assert Edition.objects.count() == 0


def test_sections_below_move_along_and_never_too_deep():
    top, other = make_section("b"), make_section("a")
    make_section("b/c/d")
    top.slug = "neu"
    top.full_clean(exclude=["path", "level"])
    top.save()
    assert sorted(Section.objects.values_list("path", flat=True)) == ["a", "neu", "neu/c", "neu/c/d"]
    top.parent = other
    with pytest.raises(ValidationError) as refused:
        top.full_clean(exclude=["path", "level"])
    assert refused.value.message_dict["parent"] == ["Sections go at most three levels deep."]


def test_a_topic_that_is_no_name_is_refused_in_words():
    with pytest.raises(Refused) as refused:
        make_story(topics=["!!!"])
    assert "cannot be a topic" in refused.value.reasons[0]
    assert Topic.objects.called("日本") is None


def test_bylines_that_two_people_added_both_stand():
    ada, ben, cleo = (make_contributor(name) for name in ("Ada", "Ben", "Cleo"))
    story = make_story(bylines=[(ada, "text")])
    desk.save(story, by=None, values={"bylines": [(ada, "text"), (ben, "photo")]}, version=1)
    saved = desk.save(story, by=None, values={"bylines": [(ada, "text"), (cleo, "text")]}, version=1)
    named = list(story.bylines.order_by("position").values_list("contributor__name", flat=True))
    assert (named, saved.merged) == (["Ada", "Ben", "Cleo"], ("bylines",))


def test_related_stories_that_two_people_added_both_stand():
    one, two, story = make_story(), make_story(), make_story()
    desk.save(story, by=None, values={"related": [one]}, version=1)
    saved = desk.save(story, by=None, values={"related": [two]}, version=1)
    assert [row.other for row in story.related_rows.order_by("position")] == [one, two]
    assert saved.merged == ("related",)


def test_further_sections_of_two_people_are_united_even_where_nobody_knows_what_they_started_from():
    kultur, sport, story = make_section("kultur"), make_section("sport"), make_story()
    desk.save(story, by=None, values={"further_sections": [kultur]}, version=1)
    story.revisions.filter(number=1).delete()  # thinned since
    saved = desk.save(story, by=None, values={"further_sections": [sport]}, version=1)
    assert {section.path for section in story.further_sections.all()} == {"kultur", "sport"}
    assert saved.merged == ("further_sections",)
