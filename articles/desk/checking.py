"""Checks of a story by others before it is cleared: ask, pass, object, drop."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Section, Story, StoryCheck, StoryEvent
from ..rules.refusal import Refused, act, refuse_if
from ..vocabulary import Act, CheckKind, CheckState, MailKind
from .reopening import submit_again
from .saving import somebody_saved
from .telling import authors_of, checkers_of, tell


def required_checks(section):
    """The checks (set of CheckKind) that every story in `section` needs: its own and those of all sections above."""
    lists = Section.objects.filter(path__in=section.lineage).values_list("required_checks", flat=True)
    return {CheckKind(kind) for kinds in lists for kind in kinds if kind in CheckKind.values}


def checks_of(story):
    """The checks of a story, asked for or required (list of StoryCheck); one nobody touched yet is not saved."""
    known = {check.kind: check for check in story.checks.select_related("by", "asked_by")}
    required = required_checks(story.section)
    for kind in required - known.keys():
        known[kind] = StoryCheck(story=story, kind=kind, asked_by=None)
    for kind, check in known.items():
        check.required = kind in required
    return [known[kind] for kind in CheckKind if kind in known]


def check_refusals(story):
    """Why the story cannot be cleared yet: a sentence for each check that is not passed (list of text)."""
    sentences = {CheckState.OPEN: _STILL_OPEN, CheckState.FAILED: _OBJECTED}
    return [sentences[check.state][check.kind]() for check in checks_of(story) if check.state != CheckState.PASSED]


# Whole sentences, since a language may need another word for each.
_STILL_OPEN = {
    CheckKind.COPY: lambda: _("The copy check is still open."),
    CheckKind.LEGAL: lambda: _("The legal check is still open."),
    CheckKind.PICTURE: lambda: _("The picture check is still open."),
}
_OBJECTED = {
    CheckKind.COPY: lambda: _("The copy check raised an objection."),
    CheckKind.LEGAL: lambda: _("The legal check raised an objection."),
    CheckKind.PICTURE: lambda: _("The picture check raised an objection."),
}


@act
def ask_check(story, kind, *, by, note=""):
    """Ask for a check of that kind (CheckKind), again if it was done; tells who could do it. Raises Refused.

    A story that was cleared is submitted again: it is not printed before the check is passed.
    """
    story, check = _locked(story, kind)
    if check.pk and check.state == CheckState.OPEN:
        raise Refused(_("This check was asked for already."))
    check.state, check.asked_by, check.asked_at, check.note = CheckState.OPEN, by, timezone.now(), note.strip()
    check.save()
    StoryEvent.record(story, Act.CHECK_ASKED, by=by, note=note.strip(), checks=[kind])
    submit_again(story, by=by)
    tell(MailKind.CHECK, story, by=by, to=checkers_of(story, kind), text=note)
    return check


@act
def pass_check(story, kind, *, by, note="", version=None):
    """Say that the check found nothing (more) to object to; `version` is the working copy that was looked at."""
    return _finish(story, kind, CheckState.PASSED, Act.CHECK_PASSED, by=by, note=note, version=version)


@act
def fail_check(story, kind, *, by, note, version=None):
    """Object: the story cannot be cleared until the check passes, and is not any more if it was.

    `note` (text, needed) says what is wrong. Raises Refused.
    """
    if not note.strip():
        raise Refused(_("Say what is wrong, so that it can be put right."))
    return _finish(story, kind, CheckState.FAILED, Act.CHECK_FAILED, by=by, note=note, version=version)


def _finish(story, kind, state, logged, *, by, note, version):
    story, check = _locked(story, kind)
    refuse_if(finish_refusals(story, kind, check))
    if version is not None and version != story.version:
        raise Refused(somebody_saved(story))
    check.state, check.by, check.at, check.version = state, by, timezone.now(), story.version
    check.note = note.strip()
    check.save()
    StoryEvent.record(story, logged, by=by, note=check.note, checks=[kind])
    if state == CheckState.FAILED:
        submit_again(story, by=by)
    asked_by = [check.asked_by] if check.asked_by else []
    words = f"{check}\n{check.note}".strip()
    tell(MailKind.CHECKED, story, by=by, to=[*authors_of(story), *asked_by], text=words)
    return check


def finish_refusals(story, kind, check=None):
    """Why nobody could pass this check, or object, now (list of text)."""
    check = check or _locked_check(story, kind)
    if not check.pk and kind not in required_checks(story.section):
        return [_("Nobody asked for this check.")]
    return []


@act
def drop_check(story, kind, *, by, note=""):
    """Do without a check that was asked for. Raises Refused for one the section requires."""
    story, check = _locked(story, kind)
    refuse_if(drop_refusals(story, kind, check))
    check.delete()
    StoryEvent.record(story, Act.CHECK_DROPPED, by=by, note=note.strip(), checks=[kind])


def drop_refusals(story, kind, check=None):
    """Why the check cannot be dropped now (list of text)."""
    check = check or _locked_check(story, kind)
    if kind in required_checks(story.section):
        return [_("The section requires this check of every story.")]
    return [] if check.pk else [_("Nobody asked for this check.")]


def _locked(story, kind):
    story = Story.objects.lock(story)
    return story, _locked_check(story, kind)


def _locked_check(story, kind):
    found = story.checks.filter(kind=kind).select_related("asked_by").first()
    return found or StoryCheck(story=story, kind=CheckKind(kind))
