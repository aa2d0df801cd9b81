"""Suggested topics: learned from tagged stories, found by name; and names that are nearly another's."""

from statistics import mean

import pytest
import time_machine
from cast import DAY, make_section, make_story
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk
from articles.demo.content import read_newsroom, read_stories
from articles.desk import suggesting
from articles.desk.suggesting import TOPICS_A_WORD, WORDS_A_TOPIC, Wording, learn, learn_tonight, suggest
from articles.desk.topic_keeping import merge
from articles.models import Effect, Topic, TopicAlias, TopicClue
from articles.outbox.claiming import claim
from articles.outbox.handling import HANDLERS
from articles.outbox.working import work_off

pytestmark = pytest.mark.django_db


def names(headline, **texts):
    return [topic.name for topic in suggest(Wording.typed(headline=headline, **texts))]


def teach():
    """Stories about ferries, schools and taxes that never name their topic."""
    for number in range(4):
        make_story(f"Die Fähre legt ab {number}", topics=["Nahverkehr"])
        make_story(f"Lehrer unterrichten wieder {number}", topics=["Bildung"])
        make_story(f"Der Kämmerer rechnet {number}", topics=["Haushalt"])
    return learn()


def test_topics_are_suggested_by_words_that_only_stood_in_stories_so_tagged():
    assert names("Neue Fähren für Lehrer") == []
    said = teach()
    assert (said.stories, said.topics) == (12, 3)
    assert names("Zwei Fähren liegen fest")[0] == "Nahverkehr"
    assert names("Ein Lehrer erzählt")[0] == "Bildung"


def test_a_topic_that_a_text_names_is_suggested_whatever_its_ending_or_alias():
    topic = Topic.objects.for_name("Hafenausbau")
    TopicAlias.objects.create(topic=Topic.objects.for_name("Öffentlicher Nahverkehr"), name="ÖPNV")
    Topic.objects.for_name("Wiebke Dornbusch")
    assert names("Streit um Kosten des Hafen-Ausbaus") == ["Hafenausbau"]
    found = names("Es tagt", body="<p>Wiebke Dornbusch fährt mit dem ÖPNV.</p>")
    assert sorted(found) == ["Wiebke Dornbusch", "Öffentlicher Nahverkehr"]
    assert suggest(Wording.typed(headline="Hafenausbau"), exclude=[topic.pk]) == []


def test_a_name_that_hardly_ever_meant_the_topic_is_not_believed_any_more():
    Topic.objects.for_name("Rat")
    assert names("Der Rat tagt") == ["Rat"]
    for number in range(40):
        make_story(f"Der Rat tagt {number}", topics=["Kommunalpolitik"])
    learn()
    assert names("Der Rat tagt")[0] == "Kommunalpolitik"


def test_a_merged_topic_is_never_suggested_its_name_suggests_the_kept_one():
    teach()
    kept = Topic.objects.for_name("Verkehr")
    merge(Topic.objects.called("Nahverkehr"), into=kept, by=None)
    assert names("Zwei Fähren liegen fest")[0] == "Verkehr"
    assert names("Nahverkehr")[0] == "Verkehr"


def test_learning_again_replaces_what_was_learned_and_keeps_within_bounds():
    teach()
    first = set(TopicClue.objects.values_list("word", "topic"))
    assert learn().clues == len(first) == TopicClue.objects.count()
    for number in range(TOPICS_A_WORD + 10):
        make_story("Kran am Kai", body=f"<p>{' '.join(f'w{number}x{n}' for n in range(30))}</p>", topics=[f"T{number}"])
    learn()
    words, topics = (list(TopicClue.objects.values_list(name, flat=True)) for name in ("word", "topic"))
    assert max(map(words.count, set(words))) <= TOPICS_A_WORD
    assert max(map(topics.count, set(topics))) <= WORDS_A_TOPIC
    assert learn(newest=2).stories == 2


def test_suggesting_asks_the_database_four_times_however_long_the_text():
    teach()
    for words in (5, 3_000):
        wording = Wording.typed(
            headline="Fähre", body="<p>" + " ".join(f"Wort{n} Fähre" for n in range(words)) + "</p>"
        )
        with CaptureQueriesContext(connection) as asked:
            suggest(wording)
        assert len(asked) == 4


def test_the_command_says_what_it_learned_and_the_worker_repeats_it_every_night(capsys):
    teach()
    TopicClue.objects.all().delete()
    call_command("learn_topics")
    assert capsys.readouterr().out.startswith("12 tagged stories read in ")
    learn_tonight()
    tonight = Effect.objects.get(kind="learn_topics")
    TopicClue.objects.all().delete()
    HANDLERS[tonight.kind].do(tonight)
    assert TopicClue.objects.exists()
    with time_machine.travel(tonight.due_at + DAY):
        HANDLERS[tonight.kind].do(tonight)
    nights = Effect.objects.filter(kind="learn_topics").order_by("due_at").values_list("due_at", flat=True)
    assert [nights[1] - nights[0], len(nights)] == [2 * DAY, 2]


def make_demo_stories():
    """The demo's stories with their topics and aliases, without pictures and editions."""
    newsroom = read_newsroom()
    for row in newsroom["topic"]:
        topic = Topic.objects.for_name(row["name"])
        for alias in row.get("aliases", []):
            if not Topic.objects.called(alias):
                TopicAlias.objects.create(topic=topic, name=alias)
    section = make_section()
    for each in read_stories():
        facts = {name: each.facts[name] for name in ("headline", "kicker", "dek", "language", "topics")}
        yield desk.start(by=None, values=facts | {"body": each.body, "section": section})


def precision_at_5(stories, answers):
    """The share of five answers each that the story has."""
    return mean(
        len({topic.pk for topic in five} & set(story.topics.values_list("pk", flat=True))) / 5
        for story, five in zip(stories, answers, strict=True)
    )


def test_of_five_suggestions_for_a_demo_story_left_out_at_least_two_are_its_own(record_property):
    stories = list(make_demo_stories())
    suggested, named_only = [], []
    for start in range(0, len(stories), 4):
        left_out = stories[start : start + 4]
        TopicClue.objects.all().delete()
        named_only += [suggest(Wording.of(story), limit=5) for story in left_out]
        learn(without=[story.pk for story in left_out])
        suggested += [suggest(Wording.of(story), limit=5) for story in left_out]
    most_used = list(Topic.objects.order_by("-uses", "name")[:5])
    best = mean(min(5, story.topics.count()) / 5 for story in stories)
    with_learning, without_learning = precision_at_5(stories, suggested), precision_at_5(stories, named_only)
    naive = precision_at_5(stories, [most_used] * len(stories))
    record_property("precision at 5 (suggested, by name only, most used, best possible)", [
        round(each, 3) for each in (with_learning, without_learning, naive, best)
    ])  # fmt: skip
    assert with_learning >= 0.38
    assert with_learning > without_learning + 0.08
    assert with_learning > naive + 0.15


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Hafen-Ausbau", "Hafenausbau"),
        ("Hafenausbauten", "Hafenausbau"),
        ("Hafenausbua", "Hafenausbau"),
        ("Haefenausbau", "Hafenausbau"),
        ("Merkel, Angela", "Angela Merkel"),
        ("Nahverkehrsplan", "Verkehrsplan"),
        ("Strassenbahnen", "Stadtbahn"),
    ],
)
def test_a_name_that_is_nearly_a_topics_finds_it(typed, found):
    for name in ("Hafenausbau", "Angela Merkel", "Verkehrsplan", "Stadtbahn", "Kai"):
        Topic.objects.for_name(name)
    TopicAlias.objects.create(topic=Topic.objects.called("Stadtbahn"), name="Straßenbahn")
    near = [topic.name for topic in Topic.objects.nearly_called(typed)]
    assert near == ([] if typed == "Nahverkehrsplan" else [found])


def test_the_topic_itself_and_merged_ones_are_not_nearly_called_so():
    Topic.objects.for_name("Hafenausbau")
    merge(Topic.objects.for_name("Hafen-Ausbau"), into=Topic.objects.for_name("Kai"), by=None)
    assert Topic.objects.nearly_called("Hafenausbau") == []


def test_learning_keeps_its_lease_however_long_it_takes(db, monkeypatch):
    make_story(topics=["Hafen"])
    learn_tonight()
    effect, held = Effect.objects.get(kind="learn_topics"), []
    monkeypatch.setattr(suggesting.outbox, "hold_on", held.append)
    HANDLERS["learn_topics"].do(effect)
    assert {*held} == {effect} and len(held) >= 3


def test_a_night_whose_learning_fails_for_good_does_not_end_the_learning(clock):
    teach()
    learn_tonight()
    tonight = Effect.objects.get(kind="learn_topics")

    def broken(execute, sql, *rest):
        if "articles_topicclue" in sql.lower():
            raise DatabaseError("The clues cannot be read.")
        return execute(sql, *rest)

    clock.move_to(tonight.due_at)
    with connection.execute_wrapper(broken):
        while Effect.objects.filter(pk=tonight.pk, parked_at=None).exists():
            clock.move_to(max(timezone.now(), Effect.objects.get(pk=tonight.pk).due_at))
            work_off(claim("w"))
    [following] = Effect.objects.exclude(pk=tonight.pk).filter(kind="learn_topics")
    assert (following.due_at - tonight.due_at, following.parked_at) == (DAY, None)
    TopicClue.objects.all().delete()
    clock.move_to(following.due_at)
    work_off(claim("w"))
    following.refresh_from_db()
    assert (following.done_at, TopicClue.objects.exists()) == (following.due_at, True)  # control: it is mended


def test_counts_are_thinned_seldom_and_far():
    counts = suggesting.Counter({n: 1 + n % 10 for n in range(1_000)})
    assert suggesting._thinned(counts, 1_000) is counts
    assert len(suggesting._thinned(counts, 999)) == 400
