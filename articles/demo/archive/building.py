"""Builds the archive batch by batch: working copies here, editions through the press."""

import copy
import gc
import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import connection, transaction
from django.utils import timezone

from ...desk.tagging import recount
from ...models import Byline, Story, StoryTopic, Topic
from ...press.archive import Publication, new_keys, print_archive, write_rows
from ...text.ids import ALPHABET, DIGITS
from ...text.slugs import slugify
from ...vocabulary import Change, ContributorKind, Credit, Kind, Stage
from . import text

BATCH = 2_000
UPDATED, EXPIRED = 0.03, 0.005  # shares of all stories
ABOUT = 0.6  # share of topics that follow from a story's words; the rest is by lot, as real archives are untidy
DENSER = 1.2  # 1 would spread the stories evenly; above, recent years have more
KINDS = (Kind.NEWS,) * 16 + (Kind.ANALYSIS, Kind.ANALYSIS, Kind.OPINION, Kind.INTERVIEW)
URGENCIES = (5, 5, 5, 5, 4, 4, 6, 6, 3, 7)


@dataclass
class Draft:
    """A story on its way into the database, with its rows and the publications of its past."""

    story: Story
    further: list
    topics: list
    people: list
    publications: list


@dataclass(frozen=True)
class Plan:
    """How many stories of which seed (text), over how many years up to `now` (UTC)."""

    stories: int
    seed: str
    years: float
    now: datetime

    def published_at(self, rng, number):
        """When story `number` was first published (UTC): the numbers go up in time, with more of them lately."""
        left = 1 - (number + rng.random()) / self.stories
        return self.now - timedelta(days=365.25 * self.years) * left**DENSER - timedelta(seconds=1)


def build(furniture, *, stories, seed, years):
    """Add what is missing of `stories` (number) synthetic stories of `seed` (text); yields (done, added) by batch.

    A story's words, ids and lists follow from the seed and its number; when it was published follows from the
    clock and from how many there are. Each batch is one transaction, so an interrupted run is taken up again.
    """
    plan = Plan(stories, seed, years, timezone.now())
    for start in range(0, stories, BATCH):
        numbers = range(start, min(start + BATCH, stories))
        with transaction.atomic():
            added = _add_batch(furniture, plan, numbers)
        yield numbers.stop, added


def _add_batch(furniture, plan, numbers):
    # Ids have a generator of their own, so that another word or section does not shift them.
    identities = _identities(random.Random(f"{plan.seed}/{numbers.start}/ids"), len(numbers))
    known = Story.objects.filter(public_id__in=identities).values_list("public_id", flat=True)
    missing = set(identities).difference(known)
    if missing:
        rng = random.Random(f"{plan.seed}/{numbers.start}")
        drafts = [
            _draft(rng, furniture, identity, plan.published_at(rng, number), plan.now)
            for identity, number in zip(identities.items(), numbers, strict=True)
        ]
        _write([draft for draft in drafts if draft.story.public_id in missing])
    return len(missing)


def _identities(rng, count):
    """Public ids with their translation keys (dict)."""
    found = {}
    while len(found) < count:
        public_id = rng.choice(DIGITS) + "".join(rng.choices(ALPHABET, k=9))
        found[public_id] = uuid.UUID(int=rng.getrandbits(128), version=4)
    return found


def _draft(rng, furniture, identity, published_at, now):
    public_id, translation_key = identity
    section = rng.choice(furniture.sections)
    language = section.language
    headline = text.headline(rng, language)
    story = Story(
        public_id=public_id,
        headline=headline,
        kicker=text.kicker(rng, language),
        dek=text.dek(rng, language),
        slug=slugify(headline),
        body=text.body(rng, language),
        kind=rng.choice(KINDS),
        language=language,
        dateline=text.place(rng, language),
        urgency=rng.choice(URGENCIES),
        section=section,
        translation_key=translation_key,
        stage=Stage.CLEARED,
        created_at=published_at,
        saved_at=published_at,
    )
    further = {rng.choice(furniture.sections)} - {section} if rng.random() < 0.25 else ()
    topics = _topics(rng, furniture, text.subjects(language, f"{headline} {story.dek}"))
    people = rng.sample(furniture.people, k=rng.choice((1, 1, 2)))
    return Draft(story, list(further), topics, people, _publications(rng, story, published_at, now))


def _topics(rng, furniture, subjects):
    """Two to four: half of them such as go with what the story is about (list of texts), half by lot."""
    lot = rng.choices(furniture.topics, cum_weights=furniture.topic_weights, k=9)
    usual = [topic for subject in subjects for topic in _usual_topics(furniture, subject)]
    rng.shuffle(usual)
    found = [usual.pop() if usual and rng.random() < ABOUT else topic for topic in lot]
    return list(dict.fromkeys(found))[: rng.randint(2, 4)]


def _usual_topics(furniture, subject):
    """What an editor would mostly tag such a story with: always the same few topics for the same subject (text)."""
    rng = random.Random(subject)
    return rng.choices(furniture.topics, cum_weights=furniture.topic_weights, k=3)


def _publications(rng, story, published_at, now):
    """One for most stories; two for one that was updated; one with an end for one that expired."""
    luck, later = (
        rng.random(),
        published_at + min(timedelta(hours=1 + 47 * rng.random()), (now - published_at) / 2),
    )
    more = text.paragraph(rng, story.language)
    if luck < UPDATED:
        first = copy.copy(story)
        story.body, story.version, story.saved_at = story.body + more, 2, later
        return [Publication(first, published_at, later), Publication(story, later, change=Change.UPDATE)]
    if luck < UPDATED + EXPIRED:
        story.ends_at = later
        return [Publication(story, published_at, later)]
    return [Publication(story, published_at)]


def _write(drafts):
    names = [field.attname for field in Story._meta.concrete_fields]
    for draft, key in zip(drafts, new_keys(Story, len(drafts)), strict=True):
        for story in (draft.story, *(each.story for each in draft.publications)):
            story.pk, story._state.adding = key, False
    write_rows(Story, names, (attrgetter(*names)(draft.story) for draft in drafts))
    further = ((draft.story.pk, section.pk) for draft in drafts for section in draft.further)
    write_rows(Story.further_sections.through, ("story_id", "section_id"), further)
    topics = ((draft.story.pk, topic.pk) for draft in drafts for topic in draft.topics)
    write_rows(StoryTopic, ("content_object_id", "tag_id"), topics)
    bylines = (
        (draft.story.pk, person.pk, _credit(person, position), position)
        for draft in drafts
        for position, person in enumerate(draft.people, start=1)
    )
    write_rows(Byline, ("story_id", "contributor_id", "credit", "position"), bylines)
    print_archive(each for draft in drafts for each in draft.publications)


def _credit(person, position):
    if position == 1:
        return Credit.TEXT
    return Credit.PHOTO if person.kind == ContributorKind.PHOTOGRAPHER else Credit.ADDITIONAL


def prepare():
    """Make room for a long run of large batches; SQLite's settings end with the connection."""
    gc.set_threshold(200_000)  # a batch makes and drops that many objects; looking for loops among them costs a tenth
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -500000")  # KiB: the pages of all growing indexes stay in memory
            cursor.execute("PRAGMA wal_autocheckpoint = 25000")  # pages: each is copied back once, not every batch


def finish():
    """Count the topics' stories, and let the database look at its tables so that it plans well."""
    recount(Topic.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
