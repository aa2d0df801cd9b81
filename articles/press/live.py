"""Live blogs: entries posted, changed, pinned, marked and taken away, each out at once and each on record.

An entry is a row for each of its versions (models/live_entry.py). Nothing here prints an edition: the story's
own text and times stay as they are.
"""

from datetime import timedelta
from html import escape

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..models import LiveEntry, Story, StoryEvent, Withdrawal
from ..rules.readiness import desk_time, name_of
from ..rules.refusal import Refused, act, refuse_if
from ..text.figures import without_captions
from ..text.html import clean_body, dress, one_line, plain_text
from ..text.ids import new_public_id
from ..text.notes import without_marks
from ..vocabulary import Act, Kind, Stage
from .compose import byline
from .timeline import INSTANT

MOST_TEXT = 50_000  # characters with markup; what is longer is a story
AHEAD, BACK = timedelta(days=7), timedelta(days=366)  # how far an entry's own time may lie from now


@act
def post_entry(story, *, by, body, headline="", at=None, contributor=None, key_event=False, pinned=False, form_key=""):
    """Post an entry to a live blog; readers who have the story get it now, or at its own time if that is to come.

    `body` is HTML, or plain text with empty lines between paragraphs; `at` the entry's own time (aware datetime;
    None: now); `contributor` who is named. `form_key` (text) makes a form that is sent twice post once.
    Returns the LiveEntry. Raises Refused.
    """
    story, now = _lock(story)
    posted = form_key and LiveEntry.objects.filter(story=story, form_key=form_key, number=1).first()
    if posted:
        return posted
    at, text = at or now, _text(body, story)
    refuse_if([*story_refusals(story, now), *_over(story), *_text_refusals(text), *_time_refusals(at, now)])
    if pinned and at <= now:
        _unpin_others(story, None, by=by, now=now)
    entry = LiveEntry.objects.create(
        public_id=new_public_id(),
        story=story,
        story_public_id=story.public_id,
        number=1,
        headline=one_line(headline),
        body=text,
        bylines=_bylines(contributor),
        pinned=pinned,
        key_event=key_event,
        published_at=at,
        live_from=max(now, at),
        form_key=form_key,
        made_at=now,
        made_by=by,
    )
    StoryEvent.record(story, Act.LIVE_POSTED, by=by, note=str(entry)[:200], entry=entry.public_id)
    return entry


@act
def change_entry(story, entry, *, by, number, body, headline="", at=None, contributor=None, key_event=False):
    """Give readers another version of an entry (`entry`: its public id), seen as its version `number`.

    The other values are those of `post_entry`; `at` None leaves the entry's own time as it is. Says to readers that
    it was updated where they had another text. Returns the LiveEntry. Raises Refused.
    """
    story, now = _lock(story)
    found, text = _standing(story, entry, now), _text(body, story)
    refuse_if([*story_refusals(story, now), *_seen(found, number), *_text_refusals(text), *_time_refusals(at, now)])
    said = {"headline": one_line(headline), "body": text, "bylines": _bylines(contributor), "key_event": key_event}
    said["published_at"] = at or found.published_at
    if all(getattr(found, name) == value for name, value in said.items()):
        return found
    if found.live_from <= now and (found.headline, found.body) != (said["headline"], text):
        said["updated_at"] = now
    changed = _renew(found, by=by, now=now, **said)
    StoryEvent.record(story, Act.LIVE_CHANGED, by=by, note=str(changed)[:200], entry=entry, number=changed.number)
    return changed


@act
def remove_entry(story, entry, *, by, number=None):
    """Take an entry (`entry`: its public id) away from readers; its versions stay on record. Raises Refused."""
    story, now = _lock(story)
    found = _standing(story, entry, now)
    refuse_if(_seen(found, number))
    _end(found, now)
    StoryEvent.record(story, Act.LIVE_REMOVED, by=by, note=str(found)[:200], entry=entry, number=found.number)


@act
def pin_entry(story, entry, *, by, pinned=True):
    """Let an entry stand above the others, in place of the one that did; or no longer. Raises Refused.

    One that readers do not have yet takes the place when they get it: until then nothing they see changes.
    """
    story, now = _lock(story)
    refuse_if(story_refusals(story, now))
    found = _standing(story, entry, now)
    takes_place = pinned and found.live_from <= now and _unpin_others(story, found.public_id, by=by, now=now)
    if found.pinned == pinned and not takes_place:
        return found
    StoryEvent.record(story, Act.LIVE_PINNED if pinned else Act.LIVE_UNPINNED, by=by, entry=entry)
    return _renew(found, by=by, now=now, pinned=pinned)


@act
def mark_entry(story, entry, *, by, key_event=True):
    """Name an entry among the key events of the coverage; or no longer. Raises Refused."""
    story, now = _lock(story)
    refuse_if(story_refusals(story, now))
    found = _standing(story, entry, now)
    if found.key_event == key_event:
        return found
    StoryEvent.record(story, Act.LIVE_MARKED if key_event else Act.LIVE_UNMARKED, by=by, entry=entry)
    return _renew(found, by=by, now=now, key_event=key_event)


def story_refusals(story, now):
    """Why nothing can be posted to `story` or changed there `now` (aware datetime): sentences."""
    if story.kind != Kind.LIVE:
        yield _("This story is not a live blog. Choose “Live” as its kind, then save it.")
    if story.stage == Stage.SPIKED:
        yield _("The story is spiked; revive and clear it first.")
    if Withdrawal.objects.in_force(now).filter(story=story).exists():
        yield _("The story is withdrawn; restore it first.")


def _lock(story):
    # The clock is read after the lock is held, as in timeline.py.
    return Story.objects.lock(story), timezone.now()


def _over(story):
    if story.live_over:
        yield _("The coverage is marked as over. Untick that at the story first.")


def _text(body, story):
    """The text as it is printed: sanitised, without marks of notes and without pictures."""
    if len(body) > MOST_TEXT:
        raise Refused(
            _("The entry has %(count)d characters with its markup; at most %(most)d can be posted. Shorten it.")
            % {"count": len(body), "most": MOST_TEXT}
        )
    if "<" not in body:
        paragraphs = body.replace("\r\n", "\n").split("\n\n")
        body = "".join(f"<p>{escape(each.strip(), quote=False)}</p>" for each in paragraphs if each.strip())
    with translation.override(story.language):
        label = _("Table")
    return dress(without_captions(without_marks(clean_body(body))).strip(), table_label=label)


def _text_refusals(text):
    if not plain_text(text) and "<figure" not in text:
        yield _("The entry has no text.")


def _time_refusals(at, now):
    if at and not now - BACK <= at <= now + AHEAD:
        yield _("%(time)s is too far away for an entry: choose a time within the past year or the coming week.") % {
            "time": desk_time(at)
        }


def _standing(story, entry, now):
    found = LiveEntry.objects.filter(story=story, public_id=entry).standing(now).select_related("made_by").first()
    if not found:
        raise Refused(_("This entry was taken down meanwhile."))
    return found


def _seen(entry, number):
    if number is not None and number != entry.number:
        yield _("%(who)s changed this entry at %(time)s, after you opened it. Look at it again first.") % {
            "who": name_of(entry.made_by),
            "time": desk_time(entry.made_at),
        }


def _bylines(contributor):
    return [byline(contributor, "text")] if contributor else []


def _unpin_others(story, kept, *, by, now):
    """Whether another entry that readers have stood pinned (`kept`: the public id of that which is to be)."""
    others = list(LiveEntry.objects.filter(story=story, pinned=True).live(now).exclude(public_id=kept or ""))
    for other in others:
        _renew(other, by=by, now=now, pinned=False)
    return bool(others)


def _renew(entry, *, by, now, **said):
    """End this version of an entry and begin the next with what is `said` of it anew (fields)."""
    starts = _end(entry, now)
    fields = {field.attname: getattr(entry, field.attname) for field in LiveEntry._meta.concrete_fields}
    fields |= {"id": None, "number": entry.number + 1, "made_at": now, "made_by_id": by.pk if by else None} | said
    fields |= {"live_from": max(starts, fields["published_at"]), "live_until": None}
    return LiveEntry.objects.create(**fields)


def _end(entry, now):
    """Readers have this version no longer, or never get it; says from when (UTC) another can begin."""
    if entry.live_from > now:
        LiveEntry.objects.filter(pk=entry.pk).update(live_from=None, live_until=None)
        return now
    ends = max(now, entry.live_from + INSTANT)
    LiveEntry.objects.filter(pk=entry.pk).update(live_until=ends)
    return ends
