"""Topics of stories, and how often each topic is used."""

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import Story, StoryEvent, StoryTopic, Topic
from ..rules.refusal import act
from ..vocabulary import Act


@act
def tag(story, *, by, add=(), remove=()):
    """Add and remove topics (Topics or names) of one story; says which were added and removed (two lists of names)."""
    story = Story.objects.lock(story)
    had = set(story.topics.all())
    named = list(dict.fromkeys(Topic.objects.for_name(each) if isinstance(each, str) else each for each in add))
    new, gone = [topic for topic in named if topic not in had], [topic for topic in remove if topic in had]
    if new or gone:
        set_topics(story, [*(topic for topic in had if topic not in gone), *new])
        Story.objects.filter(pk=story.pk).update(version=F("version") + 1, saved_at=timezone.now(), saved_by=by)
        names = {"added": [topic.name for topic in new], "removed": [topic.name for topic in gone]}
        StoryEvent.record(story, Act.TAGGED, by=by, **names)
    return [topic.name for topic in new], [topic.name for topic in gone]


def set_topics(story, topics):
    """Give `story` exactly these topics (Topics or names) and recount the ones that changed."""
    before = set(story.topics.values_list("pk", flat=True))
    story.topics.set(topics)
    after = set(StoryTopic.objects.filter(content_object=story).values_list("tag", flat=True))
    recount(before ^ after)


def recount(topic_ids):
    """Bring `Topic.uses` of these topics (iterable of ids) in line with the stories that have them."""
    stories = StoryTopic.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk")).values("n")
    Topic.objects.filter(pk__in=list(topic_ids)).update(uses=Coalesce(Subquery(stories), 0))
