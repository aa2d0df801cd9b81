"""The right of reply: print one word for word, and set its end. Nothing else can be done to it."""

from datetime import UTC

from django.utils.translation import gettext as _

from ..models import Reply, StoryEvent
from ..rules.readiness import desk_time
from ..rules.refusal import act, refuse_if
from ..text.html import one_line, printable
from ..vocabulary import Act
from .questions import refusals
from .timeline import INSTANT, Timeline


@act
def print_reply(story, *, by, party, headline, text, language="", note=""):
    """Give readers what `party` (text) replies to the story, word for word, from now on.

    `text` is plain; an empty line parts paragraphs. `language` is a code (empty: the story's). The story may be live
    or gone, but readers must have had it (§ 20 (1) MStV: a reply is to a claim that was published). `note` is for the
    log. Returns the Reply. Raises Refused.
    """
    line = Timeline.lock(story)
    refuse_if(refusals(line, "print_reply"))
    said = {"party": one_line(party), "headline": one_line(headline), "text": _paragraphs(text)}
    refuse_if(_incomplete(said))
    reply = Reply.objects.create(
        story=line.story,
        story_public_id=line.story.public_id,
        live_from=line.now,
        language=language or line.last.language,
        printed_by=by,
        **said,
    )
    StoryEvent.record(line.story, Act.REPLY_PRINTED, by=by, note=note.strip(), reply=reply.public_id)
    return reply


def _paragraphs(text):
    """`text` with every line as it was sent, without control characters and without empty lines at its ends."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n ")


def _incomplete(said):
    if not said["party"]:
        yield _("Name who replies.")
    if not said["headline"]:
        yield _("A reply has a headline.")
    if not said["text"]:
        yield _("A reply has a text.")


@act
def end_reply(reply, *, by, note, at=None):
    """Let readers have the reply until `at` (aware datetime, in the future; None: only until now).

    Why, `note` (text) says in the log: the law lets a reply end no earlier than the claim it answers. An end that
    has not come yet can be moved. Raises Refused.
    """
    line = Timeline.lock(reply.story)
    reply = Reply.objects.get(pk=reply.pk)
    ends = at.astimezone(UTC) if at else max(line.now, reply.live_from + INSTANT)
    refuse_if(_end_refusals(reply, at, line.now, note))
    reply.live_until = ends
    reply.save(update_fields=["live_until"])
    StoryEvent.record(line.story, Act.REPLY_ENDED, by=by, note=note.strip(), reply=reply.public_id, at=ends.isoformat())
    return reply


def _end_refusals(reply, at, now, note):
    if reply.live_until and reply.live_until <= now:
        yield _("The reply ended at %(time)s.") % {"time": desk_time(reply.live_until)}
    if at and at <= now:
        yield _("%(time)s has passed; choose a later time, or none to end the reply now.") % {"time": desk_time(at)}
    if not note.strip():
        yield _("Say why the reply ends; the log keeps it.")
