"""What topics are called and whether they stay: rename one, drop one that was never used."""

from django.utils.translation import gettext as _

from ..models import EditionTopic, StoryTopic, Topic, TopicAlias, TopicMerge
from ..models.topic import no_name
from ..rules.refusal import act, refuse_if
from ..text.topics import is_name, name_key, tidy_name
from .topic_keeping import lock, merge_refusals


@act
def rename(topic, *, name, new_address=False):
    """Call a topic `name`; the old name goes on finding it. Returns the topic. Raises Refused.

    Its address stays, unless `new_address`: then it follows the name and the old one leads there. Who did it stands
    in Django's log, which the face writes.
    """
    (topic,) = lock(topic)
    name = tidy_name(name)
    refuse_if(rename_refusals(topic, name, new_address))
    old_name, old_slug, new_slug = topic.name, topic.slug, name_key(name)
    topic.aliases.filter(key=new_slug).delete()
    topic.name, topic.slug = name, new_slug if new_address else old_slug
    topic.save()
    answers = {name_key(each): each for each in (old_slug, old_name, name)}
    known = {topic.slug, *TopicAlias.objects.filter(key__in=answers).values_list("key", flat=True)}
    for key, each in answers.items():
        if key not in known:
            TopicAlias.objects.create(topic=topic, name=each)
    return topic


def rename_refusals(topic, name, new_address):
    """Why a topic could not be called `name` (iterable of text)."""
    if not is_name(name):
        yield str(no_name(name))
        return
    if topic.merged_into_id:
        yield from merge_refusals(topic, topic.merged_into)
    taken = Topic.objects.called(name)
    if taken and taken.pk != topic.pk:
        yield _("“%(name)s” already means the topic “%(topic)s”.") % {"name": name, "topic": taken.name}
    elif name == topic.name and not (new_address and topic.slug != name_key(name)):
        yield _("The topic is called “%(name)s” already.") % {"name": name}


@act
def drop(topic):
    """Delete a topic that no story has and no edition ever had; the face writes the log. Raises Refused."""
    (topic,) = lock(topic)
    refuse_if(drop_refusals(topic))
    topic.delete()


def drop_refusals(topic):
    """Why a topic has to stay (iterable of text)."""
    had = {
        _("a story has it"): StoryTopic.objects.filter(tag=topic),
        _("an edition was printed with it"): EditionTopic.objects.filter(topic=topic),
        _("it was merged"): TopicMerge.objects.filter(gone=topic),
        _("others were merged into it"): TopicMerge.objects.filter(kept=topic),
    }
    for why, rows in had.items():
        if rows.exists():
            yield _("“%(topic)s” cannot be deleted: %(why)s.") % {"topic": topic.name, "why": why}
            return
