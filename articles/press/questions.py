"""Why a verb of the press would be refused now, asked before the click and again under the lock."""

from django.utils.translation import gettext as _

from ..rules import pictures
from ..rules.readiness import desk_time, embargo_blocker, name_of
from ..vocabulary import Change, Stage


def refusals(line, verb):
    """Why a verb of the press (a key of QUESTIONS) would be refused for this Timeline (list of text)."""
    return list(QUESTIONS[verb](line))


def _print(line):
    if line.withdrawal:
        yield _("The story is withdrawn; restore it first.")
    yield from line.blockers


def _publish(line):
    yield from _print(line)


def _schedule(line):
    if line.coming:
        yield _("An edition is scheduled for %(time)s already; replace or cancel it.") % {"time": _starts(line.coming)}
    yield from _print(line)


def _replace(line):
    yield from _cancel(line)
    yield from _print(line)


def _cancel(line):
    if not line.coming:
        yield _("No edition is scheduled.")


def _set_end(line):
    if not (line.live or line.coming):
        yield _("Readers neither have this story nor will get it; there is nothing to end.")


def _lift_end(line):
    if not line.story.ends_at:
        yield _("The story has no end date.")
    elif line.story.ends_at <= line.now:
        yield _("The end date has passed; publish the story again instead.")


def _withdraw(line):
    if line.withdrawal:
        yield _("The story is withdrawn already.")
    elif not line.last and line.coming:
        yield _("Readers never had this story; cancel the scheduled edition instead.")
    elif not line.last:
        yield _("Readers never had this story.")


def _restore(line):
    if not line.withdrawal:
        yield _("The story is not withdrawn.")
        return
    if line.story.stage == Stage.SPIKED:
        yield _("The story is spiked; revive it first.")
    if line.last.live_until < line.withdrawal.withdrawn_at:
        yield _("The story had ended before it was withdrawn: there is nothing readers could get back.")
    yield from embargo_blocker(line.story, line.starts)


def _print_reply(line):
    if not line.last:
        yield _("Readers never had this story: there is nothing to reply to.")


def _end_reply(line):
    if not line.replies:
        yield _("The story has no reply that readers have.")


QUESTIONS = {
    "publish": _publish,
    "schedule": _schedule,
    "replace": _replace,
    "cancel": _cancel,
    "retime": _cancel,
    "set_end": _set_end,
    "lift_end": _lift_end,
    "withdraw": _withdraw,
    "restore": _restore,
    "print_reply": _print_reply,
    "end_reply": _end_reply,
}


def _starts(edition):
    return desk_time(edition.live_from)


def version_refusals(line, version):
    """A sentence where the working copy is not the one (`version`, number or None) somebody decided about."""
    if version is not None and version != line.story.version:
        yield _("%(who)s saved the story at %(time)s, after you opened it. Look at it again first.") % {
            "who": name_of(line.story.saved_by),
            "time": desk_time(line.story.saved_at),
        }


def change_refusals(line, change, note):
    """Sentences where `change` (Change or None) or its note (text) does not fit what readers have."""
    if line.last and change not in (Change.MINOR, Change.UPDATE, Change.CORRECTION):
        yield _("Readers have had this story: say whether the change is minor, an update or a correction.")
    elif not line.last and change not in (None, Change.FIRST):
        yield _("Readers never had this story: there is nothing to update or correct.")
    if change == Change.CORRECTION and not note.strip():
        yield _("A correction needs a note that says what was wrong and what is right.")
    if line.live and line.live.story_version == line.story.version and change != Change.CORRECTION:
        yield _("Readers have had exactly this text since %(time)s.") % {"time": _starts(line.live)}


def rights_refusals(line, at):
    """A sentence for each picture of the working copy that may not be printed for readers `at` (aware datetime)."""
    return pictures.rights_refusals((use.picture for use in pictures.uses_of(line.story)), at)


def unsaid_correction(line, change):
    """A sentence where publishing this text now as `change` would drop the correction it is scheduled with."""
    same_text = line.coming and line.coming.story_version == line.story.version
    if same_text and line.coming.change == Change.CORRECTION and change != Change.CORRECTION:
        yield _("This text is scheduled as a correction: publish it as one, with its note, or cancel it first.")
