"""From a draft to a Story at the desk, and to readers if asked; the same item twice changes nothing."""

from dataclasses import dataclass
from enum import Enum

from django.db import transaction
from django.db.models import Max

from .. import desk, press
from ..models import Contributor, Edition, ImportedItem, Story, StoryEvent
from ..press.timeline import Timeline
from ..rules.moves import MOVES
from ..rules.refusal import act
from ..vocabulary import Act, Change, ContributorKind, Credit


class Result(Enum):
    """What became of a draft."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED_HERE = "edited here"


@dataclass(frozen=True)
class Outcome:
    """What `store` did: the story it was about, and the edition it printed (None where it printed none)."""

    result: Result
    story: Story
    item: ImportedItem
    edition: Edition | None = None


@act
def store(draft, *, section, publish=False, by=None):
    """Bring an ItemDraft to the desk as a story in `section`, and with `publish` to readers.

    An item that came before with the same text is left alone. One whose text changed at the source is
    saved into its story unless somebody saved that story here since; then it is left alone too. (Tagging
    it is no edit: an update touches only headline and body.) `by` is None where no person acts.
    Returns an Outcome. Raises Refused, with nothing stored.
    """
    item = ImportedItem.objects.filter(source=draft.source, guid=draft.guid).select_related("story").first()
    if not item:
        return _store_new(draft, section=section, publish=publish, by=by)
    if item.digest == draft.digest:
        return Outcome(Result.UNCHANGED, item.story, item)
    story = Story.objects.lock(item.story)
    if _edited_here(story):
        return Outcome(Result.EDITED_HERE, story, item)
    return _store_changed(draft, story, item, publish=publish, by=by)


@act
def rehearse(draft, *, section, publish=False, by=None):
    """What `store` would do and refuse, as its Outcome: done, then taken back, so nothing is stored."""
    outcome = store(draft, section=section, publish=publish, by=by)
    transaction.set_rollback(True)
    return outcome


def _store_new(draft, *, section, publish, by):
    agency = Contributor.objects.named(draft.source, kind=ContributorKind.AGENCY)
    values = {
        "headline": draft.headline,
        "body": draft.body,
        "language": draft.language or section.language,
        "source": draft.source,
        "section": section,
        "bylines": [(agency, Credit.AGENCY)],
    }
    story = desk.start(by=by, values=values)
    item = ImportedItem.objects.create(source=draft.source, guid=draft.guid, digest=draft.digest, story=story)
    _record(draft, story, by=by)
    edition = _to_readers(draft, story, by=by) if publish else None
    return Outcome(Result.IMPORTED, story, item, edition)


def _store_changed(draft, story, item, *, publish, by):
    values = {"headline": draft.headline, "body": draft.body}
    changed = desk.save(story, by=by, values=values, version=story.version)
    item.digest = draft.digest
    item.save(update_fields=["digest"])
    if not changed:
        return Outcome(Result.UNCHANGED, story, item)
    _record(draft, story, by=by)
    edition = _to_readers(draft, story, by=by) if publish else None
    story.refresh_from_db()
    return Outcome(Result.UPDATED, story, item, edition)


def _record(draft, story, *, by):
    """One line in the log, after the save it belongs to; `_edited_here` asks what came later."""
    published_at = draft.published_at.isoformat()
    StoryEvent.record(story, Act.IMPORTED, by=by, source=draft.source, published_at=published_at)


def _edited_here(story):
    imported = story.events.filter(act=Act.IMPORTED).aggregate(last=Max("pk"))["last"] or 0
    return story.events.filter(act=Act.SAVED, pk__gt=imported).exists()


def _to_readers(draft, story, *, by):
    """Clear and publish `story` under the draft's date; update what readers have, but revive nothing."""
    for name in ("submit", "clear"):
        if story.stage in MOVES[name].start:
            story = desk.move(story, name, by=by)
    line = Timeline.read(story)
    if line.live:
        return press.publish(story, by=by, change=Change.UPDATE)
    if line.coming:
        return press.replace(story, by=by)
    if line.last:
        return None
    if draft.published_at > line.now:
        return press.schedule(story, by=by, at=draft.published_at)
    return press.publish(story, by=by, published_at=draft.published_at)
