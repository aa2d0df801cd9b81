"""Topics of stories, and how often each topic is used."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import Story, StoryEvent, StoryTopic, Topic
from ..rules.refusal import act
from ..vocabulary import Act
from .revising import record, record_baseline, snapshot

BATCH = 100  # stories of a bulk act that are held at once


@act
def tag(story, *, by, add=(), remove=()):
    """Add and remove topics (Topics or names) of one story; says which were added and removed (two lists of names)."""
    story = Story.objects.lock(story)
    had = set(story.topics.all())
    named = list(dict.fromkeys(Topic.objects.for_name(each) if isinstance(each, str) else each for each in add))
    new, gone = [topic for topic in named if topic not in had], [topic for topic in remove if topic in had]
    if new or gone:
        record_baseline(story, snapshot(story))
        set_topics(story, [*(topic for topic in had if topic not in gone), *new])
        _finish(story, new, gone, by=by)
    return [topic.name for topic in new], [topic.name for topic in gone]


def tag_many(stories, *, by, add=(), remove=()):
    """The same for many stories (ids), BATCH at a time, each batch whole or not at all; says how many changed.

    Every story that changes gets a revision and a line in its log, as if it had been tagged alone.
    Raises Refused where a batch cannot be done; the ones before it stay done.
    """
    named = [Topic.objects.for_name(each) if isinstance(each, str) else each for each in add]
    stories, changed = sorted(stories), 0
    for start in range(0, len(stories), BATCH):
        changed += _tag_batch(stories[start : start + BATCH], by=by, add=named, remove=list(remove))
    return changed


@act
def _tag_batch(ids, *, by, add, remove):
    changed, add = 0, _kept(add)
    for story in Story.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"):
        had = {topic.pk for topic in story.topics.all()}
        new = [topic for topic in add if topic.pk not in had]
        gone = [topic for topic in remove if topic.pk in had]
        if new or gone:
            _write_topics(story, new, gone, by=by)
            changed += 1
    if changed:
        recount(topic.pk for topic in [*add, *_kept(add), *remove])
    return changed


def _kept(topics):
    """The topics (list), those merged since somebody chose them as the ones they were merged into."""
    found = Topic.objects.select_related("merged_into").in_bulk([topic.pk for topic in topics])
    now = (found.get(topic.pk, topic) for topic in topics)
    return list(dict.fromkeys(topic.merged_into or topic for topic in now))


def _write_topics(story, new, gone, *, by):
    """One changed story, without recounting its topics."""
    record_baseline(story, snapshot(story))
    StoryTopic.objects.filter(content_object=story, tag__in=gone).delete()
    StoryTopic.objects.bulk_create(StoryTopic(content_object=story, tag=topic) for topic in new)
    _leave_merged(story)
    _finish(story, new, gone, by=by)


def _finish(story, new, gone, *, by):
    story.version, story.saved_at, story.saved_by = story.version + 1, timezone.now(), by
    story.save(update_fields=["version", "saved_at", "saved_by"])
    record(story, act=Act.TAGGED, by=by, changed=["topics"])
    names = {"added": [topic.name for topic in new], "removed": [topic.name for topic in gone]}
    StoryEvent.record(story, Act.TAGGED, by=by, **names)


def set_topics(story, topics):
    """Give `story` exactly these topics (Topics or names) and recount the ones that changed."""
    before = set(story.topics.values_list("pk", flat=True))
    topics = list(topics)
    story.topics.set(topics)
    _leave_merged(story)
    after = set(StoryTopic.objects.filter(content_object=story).values_list("tag", flat=True))
    recount(before ^ after)


def _leave_merged(story):
    """Where a merge had just been made that we waited for: only now are its topics known as merged."""
    rows = StoryTopic.objects.filter(content_object=story)
    if rows.filter(tag__merged_into__isnull=False).exists():
        story.topics.set(Topic.objects.filter(pk__in=rows.values("tag")))


def recount(topic_ids):
    """Bring `Topic.uses` of these topics (iterable of ids) in line with the stories that have them."""
    stories = StoryTopic.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk")).values("n")
    Topic.objects.filter(pk__in=list(topic_ids)).update(uses=Coalesce(Subquery(stories), 0))
