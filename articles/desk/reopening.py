"""A save that changes what was checked opens the check again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import StoryEvent
from ..vocabulary import Act, CheckKind, CheckState, MailKind, Stage
from .telling import tell

_WORDS = {"headline", "kicker", "dek", "body"}
_PICTURE = {"lead_picture", "picture_caption", "picture_credit", "text_pictures"}
# What a check has looked at: a save that changes any of it opens the check again.
COVERS = {
    CheckKind.COPY: _WORDS,
    CheckKind.LEGAL: _WORDS | _PICTURE,
    CheckKind.PICTURE: _PICTURE,
}


def reopen_checks(story, changed, *, by):
    """Open the finished checks whose subject `changed` (names of fields) touches; tells who did them.

    Called by `save`, in its transaction. What was checked, by whom and in which version stays on record. A story that
    was cleared on these checks is submitted again: it would else be printed with words that nobody has checked.
    """
    finished = story.checks.exclude(state=CheckState.OPEN).select_related("by")
    touched = [check for check in finished if COVERS[check.kind] & set(changed)]
    for check in touched:
        check.state, check.asked_at = CheckState.OPEN, timezone.now()
        check.save(update_fields=["state", "asked_at"])
        tell(MailKind.CHECK, story, by=by, to=[check.by], text=_("What you had checked was changed since."))
    if touched:
        StoryEvent.record(story, Act.CHECK_REOPENED, by=by, checks=[check.kind for check in touched])
        submit_again(story, by=by)


def submit_again(story, *, by):
    """Take back the clearing of a story (locked) that a check speaks against now; does nothing where it has none."""
    if story.stage == Stage.CLEARED:
        story.stage = Stage.SUBMITTED
        story.save(update_fields=["stage"])
        StoryEvent.record(story, Act.MOVED, by=by, start=Stage.CLEARED, end=Stage.SUBMITTED)
