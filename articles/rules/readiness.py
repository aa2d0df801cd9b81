"""What is missing before a story can be printed: every reason at once, as sentences."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..text.html import plain_text
from ..text.notes import marked_keys
from ..text.walltime import write
from ..vocabulary import Credit, Kind, Stage


def blockers(story):
    """Why the working copy cannot be printed (list of text); empty when it can."""
    return [*_stage(story), *_words(story), *_credits(story)]


def _stage(story):
    if story.stage == Stage.SPIKED:
        yield _("The story is spiked; revive and clear it first.")
    elif story.stage != Stage.CLEARED:
        yield _("The story is not cleared yet.")


def _words(story):
    if not plain_text(story.body):
        yield _("The story has no text.")
    if noted := len(marked_keys(story.body)):
        yield ngettext(
            "The text still carries %(count)d note; resolve it first.",
            "The text still carries %(count)d notes; resolve them first.",
            noted,
        ) % {"count": noted}


def no_credit(number, title):
    """The sentence for a picture nobody is credited for: the lead (`number` 0), or one called `title` in the text."""
    if not number:
        return _("The lead picture has no credit.")
    return _("Picture %(number)d in the text (“%(title)s”) has no credit.") % {"number": number, "title": title}


def _credits(story):
    bylines = list(story.bylines.all())
    if not bylines and not story.source:
        yield _("Name a byline or a source.")
    if story.kind == Kind.OPINION and not any(line.credit == Credit.TEXT for line in bylines):
        yield _("An opinion needs the name of its author.")


def embargo_blocker(story, starts):
    """A sentence where `starts` (aware datetime) lies before the story's embargo ends (list of text)."""
    if story.embargo_until and starts < story.embargo_until:
        return [_("The story is under embargo until %(time)s.") % {"time": desk_time(story.embargo_until)}]
    return []


def desk_time(moment):
    """A moment as the desk reads it: wall clock of the newsroom with its offset from UTC (text)."""
    return write(moment, timezone.get_current_timezone())


def name_of(user):
    """What the desk calls a user: the full name, else the account's; for None a word for nobody known."""
    if user is None:
        return _("Somebody")
    return user.get_full_name() or user.get_username()
