"""Retime: the scheduled edition goes out earlier or later, the same text, not printed anew."""

from datetime import UTC

from django.utils.translation import gettext as _

from ..models import Correction, Edition, Picture, StoryEvent
from ..rules.pictures import rights_refusals
from ..rules.preflight import made_wrong
from ..rules.readiness import desk_time, embargo_blocker
from ..rules.refusal import act, refuse_if
from ..vocabulary import Act, Change
from .picturing import printed_pictures
from .preflight import preflight_refusals, record_override
from .questions import refusals
from .scheduling import still_broken, time_refusals
from .timeline import Timeline, set_times


@act
def retime(story, *, by, at, was=None, note="", override=""):
    """Move the start of the scheduled edition to `at` (aware datetime, in the future); its text stays as printed.

    `was` (aware datetime) is the start that whoever asks has seen: where somebody moved or replaced the edition
    meanwhile, nothing happens. `override` (text) is the reason for going against a required rule of preflight
    that only the new time breaks. What readers have until then goes on until the new time. Returns the Edition.
    Raises Refused.
    """
    at = at.astimezone(UTC)
    line = Timeline.lock(story)
    refuse_if(refusals(line, "retime"))
    refuse_if(_meanwhile(line, was))
    before = line.coming.live_from
    unready = [remark for remark in made_wrong(line.coming, was=before, at=at) if remark.blocks]
    refuse_if([*_same_time(line, at), *time_refusals(line, at), *_embargo(line, at)])
    refuse_if([*_rights(line.coming, at), *preflight_refusals(unready, override)])
    _move(line, at)
    _move_correction(line.coming, before)
    record_override(line, unready, override=override, by=by, edition=line.coming)
    StoryEvent.record(
        line.story,
        Act.RETIMED,
        by=by,
        edition=line.coming,
        note=note.strip(),
        was=before.isoformat(),
        at=at.isoformat(),
    )
    return line.coming


def _meanwhile(line, was):
    if was and was != line.coming.live_from:
        yield _("The scheduled edition starts at %(time)s by now: somebody moved it meanwhile. Look at it again.") % {
            "time": desk_time(line.coming.live_from)
        }


def _same_time(line, at):
    if at == line.coming.live_from:
        yield _("The edition is scheduled for exactly that time already.")


def _embargo(line, at):
    """The story's embargo, and the one that the edition was printed under, which it keeps for ever."""
    coming = line.coming
    if still_broken(line.story, coming, at):
        return
    if blocked := embargo_blocker(line.story, at):
        yield from blocked
    elif coming.embargo_until and at < coming.embargo_until and not coming.embargo_broken:
        yield _("This edition was printed under an embargo until %(time)s; replace it to go out earlier.") % {
            "time": desk_time(coming.embargo_until)
        }


def _rights(coming, at):
    """What was printed with it keeps to its rights at the new time as well."""
    shown = Picture.objects.filter(pk__in={each["id"] for each in printed_pictures(coming)})
    return rights_refusals(shown, at)


def _move(line, at):
    """The edition's start, and the end of the live one before it: whichever leaves no moment with two comes first."""
    steps = [(line.coming, _times(line.coming, at))]
    if line.live:
        steps.append((line.live, {"live_until": line.end_by(at)}))
    for edition, times in steps if at > line.coming.live_from else reversed(steps):
        set_times(edition, **times)


def _times(coming, at):
    if coming.change == Change.FIRST:
        return {"live_from": at, "published_at": at, "updated_at": at}
    return {"live_from": at} if coming.change == Change.MINOR else {"live_from": at, "updated_at": at}


def _move_correction(edition, before):
    """Where the edition is a correction, its note says when readers get it."""
    stamp = before.isoformat()
    notes = [
        note | {"at": edition.live_from.isoformat()} if note["at"] == stamp else note for note in edition.corrections
    ]
    if notes != edition.corrections:
        edition.corrections = notes
        Edition.objects.filter(pk=edition.pk).update(corrections=notes)
    Correction.objects.filter(edition=edition).update(published_at=edition.live_from)
