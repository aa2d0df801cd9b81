"""What somebody outside does with a preview link: show the passphrase, open the text, answer."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..models import Note, PreviewLink, PreviewVisit, Story, StoryEvent
from ..rules.refusal import act, refuse_if
from ..text.browsers import browser_name
from ..text.html import printable
from ..vocabulary import Act, MailKind
from .sharing import LONGEST_PASSPHRASE, open_link
from .telling import tell

TRIES = 5
TRIES_IN = timedelta(minutes=15)
KEPT_VISITS = 500
ANSWERS = 20
LONGEST_ANSWER = 4000
SEEN_FOR = timedelta(hours=12)  # long enough to read, think and answer; a picture's address copied away then ends
SEEN_SALT = "articles.preview.seen.v1"
APPROVE, COMMENT = "approve", "comment"


def passphrase_fits(link, given):
    """Whether `given` (text) is the link's passphrase. Raises Refused after TRIES wrong ones in TRIES_IN.

    A try takes one of TRIES places before it is looked at, so that a hundred at once are no more than five;
    only the right one gives its place back. The hash is compared in constant time.
    """
    places = (f"newsroom.preview-try.{link.key}.{number}" for number in range(TRIES))
    place = next((each for each in places if cache.add(each, True, timeout=TRIES_IN.total_seconds())), None)
    if not place:
        refuse_if([_("The passphrase was wrong too often. Try again in 15 minutes, or ask who sent you the link.")])
    fits = check_password(given[: LONGEST_PASSPHRASE + 1], link.passphrase)
    if fits:
        cache.delete(place)
    return fits


def ticket_of(link):
    """What a page that showed the text carries (text), so that its picture and its answer need no passphrase."""
    return _signer().sign(link.key)


def seen_by_ticket(ticket):
    """The PreviewLink of a ticket (any text) not older than SEEN_FOR, if it still shows something; else None."""
    try:
        key = _signer().unsign(ticket, max_age=SEEN_FOR)
    except BadSignature:
        return None
    return open_link(key)


def _signer():
    return TimestampSigner(salt=SEEN_SALT, sep=".")


@act
def opened(link, *, user_agent):
    """Note that somebody read the text: each time is counted, of the last one's browser the name is kept.

    From KEPT_VISITS rows on the newest is overwritten, so that first and last opening stay exact. Returns whether
    the link still shows something: it may have been revoked while the passphrase was looked at.
    """
    PreviewLink.objects.select_for_update().get(pk=link.pk)
    if not open_link(link.key):
        return False
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    visits = PreviewVisit.objects.filter(link=link, answer="")
    seen = {"at": timezone.now(), "browser": browser_name(user_agent)}
    if visits.count() < KEPT_VISITS:
        PreviewVisit.objects.create(link=link, **seen)
    else:
        visits.filter(pk=visits.order_by("-at", "-pk").values("pk")[:1]).update(**seen)
    return True


@act
def answer(link, *, says, text, user_agent=""):
    """Keep an answer from outside as a note on the story, and tell who made the link; returns the Note.

    None where the link shows nothing any more: it may have been revoked since it was looked up.
    `says` is "approve" or "comment"; `text` may be empty with the first. The same answer sent twice is one.
    Raises Refused.
    """
    story = Story.objects.lock(link.story)
    if not open_link(link.key):
        return None
    text = printable(text.replace("\r\n", "\n")).strip()
    refuse_if(_answer_refusals(link, says, text))
    told = _note_text(link, says, text)
    just_now = timezone.now() - timedelta(minutes=10)
    if again := Note.objects.filter(story=story, outsider=link.name, text=told, at__gt=just_now).first():
        return again
    if PreviewVisit.objects.filter(link=link).exclude(answer="").count() >= ANSWERS:
        refuse_if([_("You have answered %(number)d times; the newsroom has them all.") % {"number": ANSWERS}])
    at = timezone.now()  # the same for both, so that the list of links can show what was said
    note = Note.objects.create(story=story, outsider=link.name, text=told, at=at)
    PreviewVisit.objects.create(link=link, answer=says, browser=browser_name(user_agent), at=at)
    StoryEvent.record(story, Act.NOTED, by=None, edition=link.edition, note=f"{link.name}: {told}")
    tell(MailKind.NOTE, story, by=None, to=[link.made_by], text=f"{link.name}: {told}", once=note.key)
    return note


def _answer_refusals(link, says, text):
    if not link.asks_answer or says not in (APPROVE, COMMENT):
        yield _("Choose an answer: approve the text, or comment on it.")
    elif says == COMMENT and not text:
        yield _("Write your comment.")
    if len(text) > LONGEST_ANSWER:
        yield _("Your text has %(number)d characters; %(most)d are possible. Shorten it.") % {
            "number": len(text),
            "most": LONGEST_ANSWER,
        }


def _note_text(link, says, text):
    """What the desk reads (text), in the newsroom's language: the reader's words, and what they were about."""
    with translation.override(settings.LANGUAGE_CODE):
        if link.edition:
            about = _("edition %(number)d") % {"number": link.edition.number}
        else:
            about = _("revision %(number)d") % {"number": link.revision}
        head = _("Approves %(text)s.") if says == APPROVE else _("On %(text)s:")
        return "\n".join(filter(None, [head % {"text": about}, text]))
