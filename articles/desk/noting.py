"""Notes on a story and on passages of its text: what the desk says to each other, and no reader ever sees."""

import re

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Note, Story, StoryEvent
from ..rules.policy import can
from ..rules.readiness import name_of
from ..rules.refusal import act, refuse_if
from ..text.html import one_line, printable, shorten
from ..text.notes import is_note_key, keep_marks, marked_keys
from ..vocabulary import Act, MailKind
from .saving import save
from .telling import authors_of, tell

MOST_TEXT = 4000
MOST_PASSAGE = 1000
MOST_NOTES = 1000  # on one story; answers count
MOST_MENTIONS = 10
_MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]{1,150})")
_EMPTY_LINES = re.compile(r"\n{3,}")


@act
def write_note(story, *, by, text, passage="", key=None, answers=None):
    """Write a note on `story`, on a `passage` of its text, or as the answer to a note. Returns the Note.

    `key` is the one its mark in the text will carry (None: a new one). People mentioned as `@username` are told,
    and so are those whose story it is and who took part in the thread. Raises Refused.
    """
    story = Story.objects.lock(story)
    text, head = _tidy(text), answers and (answers.answers or answers)
    if head:
        head.refresh_from_db()
    mentioned = list(people_in(text))
    refuse_if([*_refusals(story, text, key, head), *_mention_refusals(story, mentioned)])
    note = Note.objects.create(
        story=story,
        by=by,
        text=text,
        passage="" if head else one_line(passage)[:MOST_PASSAGE],
        answers=head,
        **({} if key is None else {"key": key}),
    )
    note.mentions.set(mentioned)
    StoryEvent.record(story, Act.NOTED, by=by, note=shorten(text, limit=200), said=note.pk)
    _tell(note, mentioned)
    return note


@act
def resolve(note, *, by):
    """Close the thread of `note`; its mark leaves the text, as a revision. Returns the thread's first note.

    Whoever has the text open keeps writing: what they save later is merged. Raises Refused.
    """
    story, head = _locked(note)
    refuse_if([_("This note is resolved already.")] if head.resolved_at else [])
    head.resolved_at, head.resolved_by = timezone.now(), by
    head.save(update_fields=["resolved_at", "resolved_by"])
    said, marked = shorten(head.text, limit=200), marked_keys(story.body)
    if head.key in marked:
        body = keep_marks(story.body, {*marked} - {head.key})
        save(story, by=by, values={"body": body}, act=Act.NOTE_RESOLVED, note=said)
    else:
        StoryEvent.record(story, Act.NOTE_RESOLVED, by=by, note=said)
    return head


@act
def reopen(note, *, by):
    """Open a resolved thread again; the text gets no mark back. Returns the thread's first note. Raises Refused."""
    story, head = _locked(note)
    refuse_if([] if head.resolved_at else [_("This note is open.")])
    head.resolved_at = head.resolved_by = None
    head.save(update_fields=["resolved_at", "resolved_by"])
    StoryEvent.record(story, Act.NOTED, by=by, note=shorten(head.text, limit=200), reopened=True)
    return head


def people_in(text):
    """The active members of staff whom `text` mentions as `@username` (QuerySet); words that are nobody are text."""
    names = {spelling for word in _MENTION.findall(text) for spelling in (word, word.rstrip(".-+@"))}
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    return users.filter(username__in=sorted(names)).order_by("pk") if names else users.none()


def spoken(text, names):
    """`text` in pieces (list of text, whether it mentions one of `names`), to be shown."""
    pieces, at = [], 0
    for match in _MENTION.finditer(text):
        name = next((each for each in (match[1], match[1].rstrip(".-+@")) if each in names), None)
        if name is None:
            continue
        end = match.start() + 1 + len(name)
        pieces += [(text[at : match.start()], False), (text[match.start() : end], True)]
        at = end
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


def _tidy(text):
    return _EMPTY_LINES.sub("\n\n", printable(text.replace("\r\n", "\n")).replace("\r", "\n")).strip()


def _locked(note):
    story = Story.objects.lock(Story(pk=note.story_id))
    return story, Note.objects.select_related("by").get(pk=note.answers_id or note.pk)


def _refusals(story, text, key, head):
    if not text:
        yield _("Write something: the note is empty.")
    if len(text) > MOST_TEXT:
        yield _("The note has %(count)d characters; at most %(most)d fit.") % {"count": len(text), "most": MOST_TEXT}
    if story.notes.count() >= MOST_NOTES:
        yield _("This story has %(most)d notes; more are not taken.") % {"most": MOST_NOTES}
    if key is not None and (not is_note_key(key) or Note.objects.filter(key=key).exists()):
        yield _("This mark belongs to another note. Select the passage again.")
    if head and head.story_id != story.pk:
        yield _("The note you answer is on another story.")
    elif head and head.resolved_at:
        yield _("This note is resolved; open it again first.")


def _mention_refusals(story, mentioned):
    if len(mentioned) > MOST_MENTIONS:
        yield ngettext(
            "At most %(most)d person can be mentioned in a note.",
            "At most %(most)d people can be mentioned in a note.",
            MOST_MENTIONS,
        ) % {"most": MOST_MENTIONS}
        return
    for person in mentioned:
        if not can(person, "read", story):
            yield _("%(who)s may not read this story, and would not get the note.") % {"who": name_of(person)}


def _tell(note, mentioned):
    """The mentioned are told that they are; the authors and those in the thread that there is a note."""
    head = note.answers
    in_thread = get_user_model().objects.filter(pk__in=_writers(head)) if head else []
    others = {*authors_of(note.story), *in_thread} - {*mentioned}
    tell(MailKind.MENTION, note.story, by=note.by, to=mentioned, text=note.text)
    tell(MailKind.NOTE, note.story, by=note.by, to=sorted(others, key=lambda user: user.pk), text=note.text)


def _writers(head):
    """The keys of the users who wrote in the thread of `head`."""
    return [head.by_id, *head.replies.values_list("by", flat=True)]
