"""Moves of the workflow: submit, clear, send back, spike, revive."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Edition, Story, StoryEvent
from ..rules.moves import MOVES
from ..rules.refusal import act, refuse_if
from ..vocabulary import Act, Stage
from .saving import somebody_saved


@act
def move(story, name, *, by, note="", version=None):
    """Move `story` as MOVES says; `version` as for `save`. Returns the story. Raises Refused."""
    story = Story.objects.lock(story)
    refuse_if(move_refusals(story, name))
    if version is not None and version != story.version:
        refuse_if([somebody_saved(story)])
    before, story.stage = story.stage, MOVES[name].end
    story.save(update_fields=["stage"])
    StoryEvent.record(story, Act.MOVED, by=by, note=note.strip(), start=before, end=story.stage)
    return story


def move_refusals(story, name):
    """Why the move would be refused now (list of text)."""
    rule = MOVES[name]
    if story.stage not in rule.start:
        return [_("The story is at “%(stage)s”; it cannot be moved that way.") % {"stage": story.get_stage_display()}]
    if rule.end == Stage.SPIKED and _has_readers(story):
        return [_("Readers have this story or will get it; withdraw it, or cancel the scheduled edition.")]
    return []


def _has_readers(story):
    now = timezone.now()
    editions = Edition.objects.filter(story=story)
    return editions.live(now).exists() or editions.filter(live_from__gt=now).exists()
