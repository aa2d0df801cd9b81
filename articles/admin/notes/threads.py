"""Notes as threads, ready to be shown: in a fixed number of queries, however many there are."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Prefetch, Q

from ...desk.noting import spoken
from ...models import Note
from ...rules.policy import can
from ...rules.readiness import name_of

IN_PANEL = 20
ON_PAGE = 50
REPLIES = 20  # of a thread, the newest; the page has all of them
REPLIES_ON_PAGE = 200


@dataclass(frozen=True)
class Saying:
    """A note or an answer as it is shown: who said it, when, in pieces (text, whether it is a mention)."""

    note: Note
    who: str
    from_outside: bool
    pieces: list


@dataclass(frozen=True)
class Thread:
    """A note with its newest answers; `earlier` counts those left out, `may_settle` whether this user may close it."""

    first: Saying
    answers: list = field(default_factory=list)
    earlier: int = 0
    may_settle: bool = False

    @property
    def note(self):
        """The note that began it."""
        return self.first.note


def may_settle(user, note, story):
    """Whether `user` may resolve a thread of `story`, or open it again: who writes the story, or began the thread."""
    return can(user, "write", story) or (note.by_id == user.pk and can(user, "note", story))


def counts(story):
    """How many threads a story has (dict: open, resolved)."""
    firsts = Note.objects.filter(story=story, answers=None)
    return firsts.aggregate(
        open=Count("pk", filter=Q(resolved_at=None)), resolved=Count("pk", filter=Q(resolved_at__isnull=False))
    )


def panel_threads(story, user):
    """The threads beside the text (list of Thread): open ones first, each kind newest first, IN_PANEL at most."""
    newest = F("resolved_at").desc(nulls_first=True)
    return _threads(story, user, _firsts(story, REPLIES).order_by(newest, "-pk")[:IN_PANEL])


def page_threads(story, user, *, resolved, before=None):
    """One page of open or resolved threads, newest first, below the key `before`; and the key for the next, or None."""
    firsts = _firsts(story, REPLIES_ON_PAGE).filter(resolved_at__isnull=not resolved).order_by("-pk")
    if before is not None:
        firsts = firsts.filter(pk__lt=before)
    found = _threads(story, user, firsts[: ON_PAGE + 1])
    return found[:ON_PAGE], found[ON_PAGE - 1].note.pk if len(found) > ON_PAGE else None


def _firsts(story, replies):
    newest = Note.objects.select_related("by").prefetch_related("mentions").order_by("-at", "-pk")[:replies]
    firsts = Note.objects.filter(story=story, answers=None).select_related("by", "resolved_by")
    return firsts.annotate(answered=Count("replies")).prefetch_related(
        "mentions", Prefetch("replies", newest, to_attr="newest")
    )


def _threads(story, user, firsts):
    return [
        Thread(
            first=_saying(first),
            answers=[_saying(reply) for reply in reversed(first.newest)],
            earlier=first.answered - len(first.newest),
            may_settle=may_settle(user, first, story),
        )
        for first in firsts
    ]


def _saying(note):
    mentioned = {user.get_username() for user in note.mentions.all()}
    outside = not note.by_id and bool(note.outsider)
    return Saying(note, note.outsider if outside else name_of(note.by), outside, spoken(note.text, mentioned))
