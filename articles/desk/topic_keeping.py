"""Merging topics, and undoing it; renaming and the rest is in `topic_naming.py`.

A merge changes no story's text, so no working copy gets a new version and no story's log a line: for 100,000
stories that would be 100,000 of each. Its record is the TopicMerge, which names every row it touched; forms that are
open meanwhile, and older revisions, may still say the merged topic and mean the kept one.
"""

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import EditionTopic, StoryTopic, Topic, TopicAlias, TopicClue, TopicMerge, TopicPin
from ..press.topics import in_batches, list_also, list_no_longer, shared_places
from ..rules.refusal import act, refuse_if
from ..text.packing import pack, unpack
from .tagging import recount

LAST_POSITION = 32_767  # that a row can have, on either database


@act
def merge(gone, *, into, by):
    """Make `gone` another name for `into`: stories, editions, aliases and pins come along. Returns the TopicMerge.

    What readers have under `gone` is from now on also under `into`, and the old address leads there.
    Raises Refused.
    """
    _hold_still()
    gone, kept = lock(gone, into)
    refuse_if(merge_refusals(gone, kept))
    packed = _unite_stories(gone, kept) | _move_small_things(gone, kept)
    packed["editions_both"] = _gaps(sorted(shared_places(gone, kept)))
    list_also(gone, kept)
    Topic.objects.filter(pk=gone.pk).update(merged_into=kept)
    recount([gone.pk, kept.pk])
    return TopicMerge.objects.create(kept=kept, gone=gone, by=by, packed=pack(packed))


def merge_refusals(gone, kept):
    """Why `gone` could not be merged into `kept` (iterable of text)."""
    if gone.pk == kept.pk:
        yield _("A topic cannot be merged into itself.")
    for topic in (gone, kept):
        if topic.merged_into_id:
            yield _("“%(topic)s” was merged into “%(other)s” already.") % {
                "topic": topic.name,
                "other": topic.merged_into.name,
            }


def merge_counts(gone, *, into):
    """What merging would touch, as numbers (dict); writes nothing.

    `stories`, `editions` and `pins`: what `gone` has; `..._both`: how much of it `into` has too; `..._new`: the rest;
    `aliases`, `clues` and `merged`: names, clues and earlier merges that come along.
    """
    stories, pins = StoryTopic.objects.filter(tag=gone), TopicPin.objects.filter(topic=gone)
    counts = {
        "stories": stories.count(),
        "stories_both": _both(gone, into).count(),
        "editions": EditionTopic.objects.filter(topic=gone).count(),
        "editions_both": shared_places(gone, into).count(),
        "aliases": gone.aliases.count(),
        "pins": pins.count(),
        "pins_both": pins.filter(story__in=TopicPin.objects.filter(topic=into).values("story")).count(),
        "clues": gone.clues.count(),
        "merged": gone.merged.count(),
    }
    return counts | {f"{name}_new": counts[name] - counts[f"{name}_both"] for name in ("stories", "editions", "pins")}


def lock(*topics):
    """The topics (list) as stored now, their rows held, in the order given. Raises Refused where one is gone."""
    rows = Topic.objects.select_for_update(of=("self",)).select_related("merged_into").order_by("pk")
    found = {topic.pk: topic for topic in rows.filter(pk__in=[topic.pk for topic in topics])}
    refuse_if(
        _("The topic “%(topic)s” is not there any more.") % {"topic": each.name}
        for each in topics
        if each.pk not in found
    )
    return [found[topic.pk] for topic in topics]


def _hold_still():
    """PostgreSQL: nobody tags or prints until the transaction ends; SQLite's transactions hold the whole file anyway.

    Else a story tagged by somebody at this moment would keep a topic that is not there any more.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in (StoryTopic, EditionTopic))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _both(gone, kept):
    return StoryTopic.objects.filter(
        Exists(StoryTopic.objects.filter(tag=kept, content_object=OuterRef("content_object"))), tag=gone
    )


def _unite_stories(gone, kept):
    """Two statements, however many stories; returns which had only `gone` and which had both (dict)."""
    both = sorted(_both(gone, kept).values_list("content_object", flat=True))
    rows = StoryTopic.objects.filter(tag=gone)
    moved = sorted(set(rows.values_list("content_object", flat=True)).difference(both))
    for some in in_batches(both):
        rows.filter(content_object__in=some).delete()
    rows.update(tag=kept)
    return {"moved": _gaps(moved), "both": _gaps(both)}


def _move_small_things(gone, kept):
    """Aliases, pins, clues and what was merged into `gone` before; returns their keys (dict)."""
    aliases, merged = list(gone.aliases.values_list("pk", flat=True)), list(gone.merged.values_list("pk", flat=True))
    pinned = TopicPin.objects.filter(topic=kept)
    pins = TopicPin.objects.filter(topic=gone).exclude(story__in=pinned.values("story"))
    moved_pins, last = (
        list(pins.values_list("pk", flat=True)),
        max(pinned.values_list("position", flat=True), default=0),
    )
    TopicAlias.objects.filter(pk__in=aliases).update(topic=kept)
    Topic.objects.filter(pk__in=merged).update(merged_into=kept)
    for position, pin in enumerate(moved_pins, start=last + 1):
        TopicPin.objects.filter(pk=pin).update(topic=kept, position=min(position, LAST_POSITION))
    clues, known = dict(gone.clues.values_list("word", "weight")), set(kept.clues.values_list("word", flat=True))
    gone.clues.filter(word__in=known).delete()
    gone.clues.update(topic=kept)
    new = sorted(set(clues) - known)
    return {"aliases": aliases, "merged": merged, "pins": moved_pins, "clues": clues, "clues_new": new}


def _gaps(ids):
    """Sorted ids as the gaps between them, which pack to a fraction."""
    return [each - before for before, each in zip([0, *ids], ids, strict=False)]


def _ids(gaps):
    ids, last = [], 0
    for gap in gaps:
        last += gap
        ids.append(last)
    return ids


# Undoing


@act
def undo(merge, *, by):
    """Take a merge back: taggings, places, aliases and pins stand as before, but for what was changed since.

    A story that had both topics has both again; one from which the kept topic was removed since gets neither.
    Raises Refused.
    """
    _hold_still()
    merge = TopicMerge.objects.select_for_update(of=("self",)).select_related("gone", "kept").get(pk=merge.pk)
    gone, kept = lock(merge.gone, merge.kept)
    packed = unpack(merge.packed)
    refuse_if(_undo_refusals(merge, kept, packed))
    _part_stories(gone, kept, packed)
    list_no_longer(gone, kept, but=_ids(packed["editions_both"]))
    TopicAlias.objects.filter(pk__in=packed["aliases"], topic=kept).update(topic=gone)
    TopicPin.objects.filter(pk__in=packed["pins"], topic=kept).update(topic=gone)
    Topic.objects.filter(pk__in=packed["merged"], merged_into=kept).update(merged_into=gone)
    _part_clues(gone, kept, packed)
    Topic.objects.filter(pk=gone.pk).update(merged_into=None)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    recount([gone.pk, kept.pk])
    return gone


def undo_refusals(merge):
    """Why a merge could not be undone now (list of text)."""
    merge = TopicMerge.objects.select_related("gone", "kept__merged_into").get(pk=merge.pk)
    return list(_undo_refusals(merge, merge.kept, unpack(merge.packed)))


def _undo_refusals(merge, kept, packed):
    if merge.undone_at:
        yield _("This merge was undone already.")
        return
    if kept.merged_into_id:
        yield _("“%(topic)s” was itself merged into “%(other)s” since; undo that first.") % {
            "topic": kept.name,
            "other": kept.merged_into.name,
        }
    stories = {*_ids(packed["moved"]), *_ids(packed["both"])}
    for later in _later(merge):
        theirs = unpack(later.packed)
        if stories.intersection(_ids(theirs["both"])) or _lists_any(merge.gone, _ids(theirs["editions_both"])):
            yield _("“%(topic)s” was merged into “%(kept)s” since and shares stories with it; undo that first.") % {
                "topic": later.gone.name,
                "kept": kept.name,
            }


def _later(merge):
    rows = TopicMerge.objects.filter(kept=merge.kept, undone_at=None, pk__gt=merge.pk)
    return rows.select_related("gone").order_by("-pk")


def _lists_any(topic, editions):
    places = EditionTopic.objects.filter(topic=topic)
    return any(places.filter(edition__in=some).exists() for some in in_batches(editions))


def _part_stories(gone, kept, packed):
    rows = StoryTopic.objects.filter(tag=kept)
    for some in in_batches(_ids(packed["moved"])):
        rows.filter(content_object__in=some).update(tag=gone)
    for some in in_batches(_ids(packed["both"])):
        still = rows.filter(content_object__in=some).values_list("content_object", flat=True)
        StoryTopic.objects.bulk_create((StoryTopic(tag=gone, content_object_id=pk) for pk in still), batch_size=5_000)


def _part_clues(gone, kept, packed):
    kept.clues.filter(word__in=packed["clues_new"]).delete()
    clues = (TopicClue(word=word, topic=gone, weight=weight) for word, weight in packed["clues"].items())
    TopicClue.objects.bulk_create(clues, ignore_conflicts=True)
