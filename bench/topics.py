"""How good the suggested topics are, and how fast everything about topics is among 100,000 of them.

`python bench/topics.py quality` leaves out stories, learns from the others and asks for five topics of each left out:
on the demo one story after the other, on an archive (`--seeded`) every tenth at once. `python bench/topics.py speed`
makes 100,000 topics and 200,000 taggings beside what is there and times the desk's questions. Both use the database
that the environment names and take back what they wrote; use a scratch one all the same.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from articles.admin.topics.report import nearly_same, unused  # noqa: E402
from articles.desk.suggesting import Wording, learn, suggest  # noqa: E402
from articles.desk.tagging import recount  # noqa: E402
from articles.desk.topic_keeping import merge, merge_counts, undo  # noqa: E402
from articles.models import Story, StoryTopic, Topic  # noqa: E402
from articles.press.archive import write_rows  # noqa: E402
from articles.text.slugs import slugify  # noqa: E402
from articles.text.topics import likeness  # noqa: E402

TOPICS, TAGGINGS = 100_000, 200_000


def main():
    """Measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["quality", "speed"])
    parser.add_argument("--seeded", action="store_true", help="quality: leave every tenth story out at once")
    parser.add_argument("--newest", type=int, default=20_000, help="speed: from how many stories is learned")
    options = parser.parse_args()
    with transaction.atomic():
        {"quality": quality, "speed": speed}[options.what](options)
        transaction.set_rollback(True)


def say(text):
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# Quality


def quality(options):
    """Precision at 5 of the suggestions and of the five most used topics."""
    tagged = list(Story.objects.filter(pk__in=StoryTopic.objects.values("content_object")).order_by("pk"))
    held = tagged[::10] if options.seeded else tagged
    rounds = [held] if options.seeded else [[story] for story in held]
    found, naive = [], []
    for left_out in rounds:
        learn(without=[story.pk for story in left_out])
        for story in left_out:
            own = set(story.story_topics.values_list("tag", flat=True))
            found.append((own, [topic.pk for topic in suggest(Wording.of(story), limit=5)]))
            naive.append((own, _most_used(story)))
    say(f"{len(held)} stories left out of {len(tagged)}, {connection.vendor}")
    for name, pairs in (("suggested", found), ("most used", naive)):
        precision = statistics.mean(len(own & set(five)) / 5 for own, five in pairs)
        recall = statistics.mean(len(own & set(five)) / len(own) for own, five in pairs)
        say(f"  {name:<10} precision at 5: {precision:.3f}   recall at 5: {recall:.3f}")
    ceiling = statistics.mean(min(len(own), 5) / 5 for own, _five in found)
    say(f"  (no story has five topics: the best possible precision at 5 is {ceiling:.3f})")


def _most_used(story):
    own = set(story.story_topics.values_list("tag", flat=True))
    rows = Topic.objects.in_use().order_by("-uses", "name").values_list("pk", "uses")[:12]
    ranked = sorted(((uses - (pk in own), pk) for pk, uses in rows), reverse=True)  # without this story's own vote
    return [pk for _uses, pk in ranked[:5]]


# Speed


def speed(options):
    """Median and worst time of what the desk asks about topics."""
    began = time.monotonic()
    topics = _fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say(f"{Topic.objects.count():,} topics, {StoryTopic.objects.count():,} taggings, {connection.vendor}")
    say(f"  made in {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    said = learn(newest=options.newest)
    say(f"  learned {said.clues:,} clues from {said.stories:,} stories in {time.monotonic() - began:.1f} s")
    wording = Wording.of(Story.objects.exclude(body="").order_by("-pk").first())
    text = Wording(wording.head, " ".join([wording.body] * 8)[:7_000], wording.language)
    wild = Wording(wording.head, " ".join(topic.name for topic in topics[:1_000]), wording.language)
    for name, ask in {
        f"suggest, {len(text.body.split())} words": lambda: suggest(text),
        f"suggest, {len(wild.body.split())} names of topics": lambda: suggest(wild),
        "autocomplete, common": lambda: _found("Hafen"),
        "autocomplete, rare": lambda: _found("Hafenausbau 99"),
        "autocomplete, one letter": lambda: _found("h"),
        "autocomplete, nothing": lambda: _found("zzzz"),
        "entry check, new": lambda: Topic.objects.nearly_called("Wasserwirtschaftsamt Nordlee"),
        "entry check, like another": lambda: Topic.objects.nearly_called("Hafen Ausbaus 999"),
        "list, first page": lambda: list(Topic.objects.order_by("-uses", "name")[:51]),
        "report, unused": lambda: unused(),
        "report, nearly the same": lambda: nearly_same(),
    }.items():
        say(f"  {name:<32} {_time(ask)}")
    _merge_a_big_one()


def _fill():
    stems = ["Hafen", "Schul", "Wald", "Ost", "Rad"]
    heads = (
        "ausbau politik streit plan reform gipfel krise messe preis bericht recht amt tag haus park kreis fest woche"
    )
    names = (
        f"{stem}{head} {number}"
        for number in range(TOPICS // 100)
        for stem in stems
        for head in [*heads.split(), "forum", "netz"]
    )
    Topic.objects.bulk_create(
        (Topic(name=name, slug=slugify(name), likeness=likeness(name)) for name in names), batch_size=5_000
    )
    topics = list(Topic.objects.filter(slug__regex="-[0-9]+$").order_by("pk")[:TOPICS])
    stories = list(Story.objects.order_by("pk").values_list("pk", flat=True))
    a_story = -(-TAGGINGS // len(stories))
    rows = ((story, topics[(place * a_story + each) * 7919 % len(topics)].pk)
            for place, story in enumerate(stories) for each in range(a_story))  # fmt: skip
    write_rows(StoryTopic, ("content_object_id", "tag_id"), rows)
    recount([topic.pk for topic in topics])
    return topics


def _found(typed):
    rows = Topic.objects.in_use().beginning(typed).order_by("-uses", "name")
    return list(rows[:20]), rows.order_by()[:10_000].count()


def _merge_a_big_one():
    kept, gone = Topic.objects.create(name="Bleibt"), Topic.objects.create(name="Geht")
    stories = list(Story.objects.order_by("pk").values_list("pk", flat=True)[:100_000])
    write_rows(StoryTopic, ("content_object_id", "tag_id"), ((pk, gone.pk) for pk in stories))
    write_rows(StoryTopic, ("content_object_id", "tag_id"), ((pk, kept.pk) for pk in stories[::3]))
    for name, do in {
        "dry run": lambda: merge_counts(gone, into=kept),
        "merge": lambda: merge(gone, into=kept, by=None),
        "undo": lambda: undo(kept.merges.get(undone_at=None), by=None),
    }.items():
        began = time.monotonic()
        do()
        say(f"  {name + f' of {len(stories):,} stories':<32} {time.monotonic() - began:8.2f} s")


def _time(ask, rounds=15):
    ask()
    times = []
    for _round in range(rounds):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(times):8.1f} ms median {max(times):8.1f} ms worst"


if __name__ == "__main__":
    main()
