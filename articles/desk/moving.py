"""Moves of the workflow: take up, submit, clear, send back, spike, revive."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Edition, Story, StoryEvent
from ..rules.moves import MOVES
from ..rules.refusal import Refused, act, refuse_if
from ..vocabulary import Act, CheckState, MailKind, Stage
from .checking import check_refusals, checks_of
from .saving import save, somebody_saved
from .telling import authors_of, checkers_of, editors_of, tell


@act
def move(story, name, *, by, note="", version=None, urgent="", **plan):
    """Move `story` as MOVES says; `version` as for `save`. Returns the story. Raises Refused.

    `plan` may hold `assignee` (User or None) and `due_at` (aware datetime or None): whose turn it is then.

    `urgent` is the reason (text) why the story is cleared though checks are open; it is logged with their names.
    Who may give one is asked by the faces. Those concerned are told by mail.
    """
    story, note = Story.objects.lock(story), note.strip()
    refuse_if(move_refusals(story, name))
    if MOVES[name].reason and not note:
        raise Refused(_("Say why, for whoever works on the story next."))
    if version is not None and version != story.version:
        refuse_if([somebody_saved(story)])
    if name == "clear":
        _refuse_or_bypass_checks(story, by=by, reason=urgent.strip())
    before, story.stage = story.stage, MOVES[name].end
    story.save(update_fields=["stage"])
    StoryEvent.record(story, Act.MOVED, by=by, note=note, start=before, end=story.stage)
    if plan:
        save(story, by=by, values=plan, act=Act.ASSIGNED, note=note)
    if name in _TOLD:
        kind, people = _TOLD[name]
        told = people(story)
        tell(kind, story, by=by, to=told, text=note)
        if name == "submit":
            _tell_checkers(story, by=by, but=told)
    return story


_TOLD = {
    "submit": (MailKind.SUBMITTED, editors_of),
    "send_back": (MailKind.SENT_BACK, authors_of),
    "clear": (MailKind.CLEARED, authors_of),
}


def _tell_checkers(story, *, by, but):
    """Tell those who could do the checks that are open now; not those (`but`, users) who heard of the story anyway."""
    kinds = [check.kind for check in checks_of(story) if check.state == CheckState.OPEN]
    people = {user.pk: user for kind in kinds for user in checkers_of(story, kind)}
    tell(MailKind.CHECK, story, by=by, to=[user for user in people.values() if user not in but])


def _refuse_or_bypass_checks(story, *, by, reason):
    waiting = check_refusals(story)
    if waiting and not reason:
        raise Refused(*waiting)
    if waiting:
        kinds = [check.kind for check in checks_of(story) if check.state != CheckState.PASSED]
        StoryEvent.record(story, Act.CHECKS_BYPASSED, by=by, note=reason, checks=kinds)


def move_refusals(story, name):
    """Why the move would be refused now (list of text), whoever asks and whatever checks say."""
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
