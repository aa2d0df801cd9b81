"""Planning: when the desk wants a story, and by whom. Publishes nothing."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Story
from ..rules.refusal import act, refuse_if
from ..vocabulary import Stage
from .saving import save

NOON = time(12)


@act
def plan(story, *, by, due_at, version=None):
    """Let `story` be due at `due_at` (aware datetime; None: no date any more). Returns what changed (list of names).

    It is a save like any other, so a revision that can be undone; `version` is as for `save`. Raises Refused.
    """
    refuse_if(plan_refusals(Story.objects.lock(story)))
    return save(story, by=by, values={"due_at": due_at}, version=version)


def plan_refusals(story):
    """Why the story could not be planned now (list of text)."""
    return [_("The story is spiked; revive it first.")] if story.stage == Stage.SPIKED else []


def wall_time_on(day, like):
    """The wall time (naive datetime) on `day` (date) for something due at `like` (aware datetime or None).

    It keeps its time of day by the newsroom's clock; what had none is due at noon, or today at the next full
    hour where noon has passed.
    """
    if like:
        return datetime.combine(day, timezone.localtime(like).time().replace(microsecond=0))
    now = timezone.localtime()
    noon = datetime.combine(day, NOON)
    if day != now.date() or noon > now.replace(tzinfo=None):
        return noon
    following = now.replace(tzinfo=None, minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(following, datetime.combine(day, time(23, 59)))
