"""Revisions: what each save left, how to get back from one, and which are kept."""

from datetime import UTC, datetime
from uuid import UUID

from ..models import Contributor, Edition, PreviewLink, Revision, Section, Story, Topic
from ..text.html import count_words
from ..text.packing import pack
from ..vocabulary import Act
from .columns import FIELDS, ROWS
from .hanging import without_missing

KEPT = 200  # the last so many of a story; older ones are thinned to the last of each day
THINNED_EVERY = 50


def snapshot(story):
    """Everything a save can write, as JSON values (dict by name of FIELDS and ROWS).

    A relation is the key of its row, a time is ISO 8601 in UTC. Two snapshots are equal where nothing differs.
    """
    return {name: plain(story, name) for name in FIELDS} | rows_of(story)


def plain(story, name):
    """One field of a working copy as it stands in a snapshot."""
    field = Story._meta.get_field(name)
    value = getattr(story, field.attname)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID) else value


def rows_of(story, names=ROWS):
    """The rows of these kinds (of ROWS) as they stand in a snapshot (dict)."""
    return {name: _READERS[name](story) for name in names}


_READERS = {
    "bylines": lambda story: list(map(list, story.bylines.order_by("position").values_list("contributor", "credit"))),
    "topics": lambda story: sorted(story.story_topics.values_list("tag", flat=True)),
    "related": lambda story: list(story.related_rows.order_by("position").values_list("other", flat=True)),
    "further_sections": lambda story: sorted(story.further_sections.values_list("pk", flat=True)),
}


def values_of(content):
    """A snapshot, or part of one, as values for `save` (dict); a topic merged since is the one it was merged into.

    What the newsroom no longer has (a related story out of reach, say) is left out rather than guessed.
    """
    return {name: _as_value(name, value) for name, value in content.items() if name in (*FIELDS, *ROWS)}


def _as_value(name, value):
    if name in _ROW_VALUES:
        return _ROW_VALUES[name](value)
    if name == "body":
        return without_missing(value)
    field = Story._meta.get_field(name)
    if field.is_relation:
        return value and field.related_model._default_manager.filter(pk=value).first()
    return field.to_python(value)


def _in_order(model, keys):
    found = model._default_manager.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _bylines(pairs):
    people = Contributor.objects.in_bulk([key for key, _credit in pairs])
    return [(people[key], credit) for key, credit in pairs if key in people]


def _topics(keys):
    found = Topic.objects.select_related("merged_into").in_bulk(keys)
    return list(dict.fromkeys(found[key].merged_into or found[key] for key in keys if key in found))


_ROW_VALUES = {
    "bylines": _bylines,
    "topics": _topics,
    "related": lambda keys: _in_order(Story, keys),
    "further_sections": lambda keys: _in_order(Section, keys),
}


def record(story, *, act, by, changed, content=None, at=None):
    """Keep the working copy as it stands as the revision of its version; thins the old ones now and then."""
    content = content or snapshot(story)
    Revision.objects.create(
        story=story,
        number=story.version,
        act=act,
        by=by,
        changed=list(changed),
        words=count_words(content["body"]),
        packed=pack(content),
        **({"at": at} if at else {}),
    )
    if story.version % THINNED_EVERY == 0:
        thin(story)


def record_baseline(story, content):
    """Where nothing was kept of the stored working copy (it came with an archive), keep it before it changes."""
    if not Revision.objects.filter(story=story, number=story.version).exists():
        record(story, act=Act.SAVED, by=story.saved_by, changed=(), content=content, at=story.saved_at)


def thin(story):
    """Drop old revisions of a story; says how many.

    Kept are the last KEPT, older than that the last of each day (UTC), and always those that an edition was
    printed from, scheduled ones included, or that a preview link still shows.
    """
    numbers = Revision.objects.filter(story=story).order_by("-number").values_list("number", "at")
    old = list(numbers[KEPT:])
    held = set(Edition.objects.filter(story=story).values_list("story_version", flat=True))
    held |= set(PreviewLink.objects.filter(story=story, revoked_at=None).values_list("revision", flat=True))
    last_of_day = {}
    for number, at in old:
        last_of_day.setdefault(at.astimezone(UTC).date(), number)
    kept_days = set(last_of_day.values())
    dropped = [number for number, _at in old if number not in held and number not in kept_days]
    Revision.objects.filter(story=story, number__in=dropped).delete()
    return len(dropped)
