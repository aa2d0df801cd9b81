"""Ends: an end date set and lifted, a story withdrawn and restored."""

from django.utils.translation import gettext as _

from .. import search
from ..models import Edition, EditionPicture, StoryEvent, Withdrawal
from ..rules.readiness import desk_time
from ..rules.refusal import act, refuse_if
from ..vocabulary import Act
from .picturing import list_pictures
from .publishing import forget_past_end
from .questions import refusals
from .timeline import INSTANT, LISTINGS, Timeline, set_times, times_of


@act
def set_end(story, *, by, at):
    """Let readers have the story until `at` (aware datetime, in the future), then no longer. Raises Refused."""
    line = Timeline.lock(story)
    refuse_if(refusals(line, "set_end"))
    refuse_if(_end_refusals(line, at))
    _end(line, at)
    StoryEvent.record(line.story, Act.END_SET, by=by, at=at.isoformat())


def _end_refusals(line, at):
    if at <= line.now:
        yield _("%(time)s has passed; choose a later time, or withdraw the story.") % {"time": desk_time(at)}
    elif line.coming and line.coming.live_from >= at:
        yield _("An edition is scheduled for %(time)s, after that end; cancel it first.") % {
            "time": desk_time(line.coming.live_from)
        }


@act
def lift_end(story, *, by):
    """Let readers keep the story without an end. Raises Refused once the end has passed."""
    line = Timeline.lock(story)
    refuse_if(refusals(line, "lift_end"))
    _end(line, None)
    StoryEvent.record(line.story, Act.END_LIFTED, by=by)


def _end(line, at):
    line.story.ends_at = at
    line.story.save(update_fields=["ends_at"])
    last_in_line = line.coming or line.live
    if last_in_line:
        set_times(last_in_line, live_until=at)


@act
def withdraw(story, *, by, reason, notice="", note=""):
    """Take the story down now: its address answers 410 with `reason` (WithdrawalReason) and `notice` (text).

    It leaves every list, feed and index; a scheduled edition is cancelled. `note` is for the desk only.
    Returns the Withdrawal. Raises Refused.
    """
    line = Timeline.lock(story)
    refuse_if(refusals(line, "withdraw"))
    at = line.starts
    if line.coming:
        line.drop_coming()
    if line.live:
        set_times(line.live, live_until=at)
    withdrawal = Withdrawal.objects.create(
        story=line.story,
        public_id=line.story.public_id,
        language=line.last.language,
        reason=reason,
        notice=notice.strip(),
        note=note.strip(),
        withdrawn_at=at,
        withdrawn_by=by,
    )
    StoryEvent.record(
        line.story, Act.WITHDRAWN, by=by, edition=line.last, note=note.strip(), reason=reason, notice=notice.strip()
    )
    return withdrawal


@act
def restore(story, *, by, note=""):
    """Give readers back the edition they had when the story was withdrawn, dated as it was.

    It is the same text, not the working copy: publish that afterwards. Returns the Edition. Raises Refused.
    """
    line = Timeline.lock(story)
    refuse_if(refusals(line, "restore"))
    forget_past_end(line)
    at = max(line.starts, line.withdrawal.withdrawn_at + INSTANT)
    line.withdrawal.restored_at, line.withdrawal.restored_by = at, by
    line.withdrawal.save(update_fields=["restored_at", "restored_by"])
    edition = _print_again(line, at)
    StoryEvent.record(line.story, Act.RESTORED, by=by, edition=edition, note=note)
    return edition


def _print_again(line, at):
    edition = Edition.objects.select_related("section").get(pk=line.last.pk)
    edition.pk, edition._state.adding = None, True
    edition.number = line.last_number + 1
    edition.live_from, edition.live_until = at, line.end_by()
    edition.save(force_insert=True)
    for listing in LISTINGS:
        if listing is EditionPicture:
            continue  # their rights may have changed since
        rows = list(listing.objects.filter(edition=line.last))
        for row in rows:
            row.pk, row.edition, row.live_from, row.live_until = None, edition, at, edition.live_until
        listing.objects.bulk_create(rows)
    list_pictures(edition, times_of(edition))
    search.the_index().add([edition])
    return edition
