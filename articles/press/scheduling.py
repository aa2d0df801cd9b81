"""Schedule, replace and cancel: what goes out later is printed now and kept for its time."""

from datetime import UTC

from django.utils.translation import gettext as _

from ..models import Correction, StoryEvent
from ..rules.readiness import desk_time, embargo_blocker
from ..rules.refusal import act, refuse_if
from ..vocabulary import Act, Change
from .correcting import Said
from .preflight import preflight_refusals, record_override, required
from .publishing import forget_past_end, print_edition
from .questions import change_refusals, refusals, rights_refusals, version_refusals
from .timeline import Timeline, never_live, set_times


@act
def schedule(
    story,
    *,
    by,
    at,
    change=None,
    note="",
    correction_kind="",
    correction_place="",
    break_embargo="",
    override="",
    version=None,
):
    """Print the working copy as it stands for `at` (aware datetime, in the future), to the microsecond.

    Nothing has to run at that time: the edition is live from then on because its interval says so.
    `change`, `note` and what it is, `break_embargo`, `override` and `version` as for `publish`. Returns the Edition.
    Raises Refused.
    """
    at = at.astimezone(UTC)
    line = Timeline.lock(story)
    unready = required(line, at)
    refuse_if(dict.fromkeys([*refusals(line, "schedule"), *preflight_refusals(unready, override)]))
    refuse_if([*version_refusals(line, version), *change_refusals(line, change, note)])
    forget_past_end(line)
    refuse_if([*time_refusals(line, at), *rights_refusals(line, at)])
    refuse_if([] if break_embargo.strip() else embargo_blocker(line.story, at))
    said = Said(note, correction_kind, correction_place)
    edition = _print_for(line, by=by, at=at, change=change, note=said, broken=break_embargo)
    record_override(line, unready, override=override, by=by, edition=edition)
    StoryEvent.record(line.story, Act.SCHEDULED, by=by, edition=edition, note=note, at=at.isoformat())
    return edition


@act
def replace(
    story,
    *,
    by,
    at=None,
    change=None,
    note="",
    correction_kind="",
    correction_place="",
    break_embargo="",
    override="",
    version=None,
):
    """Print the working copy anew in place of the scheduled edition, for its time or for `at`.

    `change`, `note` and what it is are those of the edition it replaces unless given. Returns the Edition.
    Raises Refused.
    """
    line = Timeline.lock(story)
    refuse_if([*refusals(line, "replace"), *version_refusals(line, version)])
    replaced = line.coming
    at = at.astimezone(UTC) if at else replaced.live_from
    change = change or (replaced.change if line.last else None)
    before = Correction.objects.filter(edition=replaced).first()
    said = Said(note, correction_kind, correction_place)
    if before:
        said = Said(note or before.text, correction_kind or before.kind, correction_place or before.place)
    note = said.text
    refuse_if(_same_edition_refusals(line, at, change, before, said))
    unready = required(line, at)
    refuse_if([*rights_refusals(line, at), *change_refusals(line, change, note)])
    refuse_if([*time_refusals(line, at), *preflight_refusals(unready, override)])
    broken = break_embargo.strip() or still_broken(line.story, replaced, at)
    refuse_if([] if broken else embargo_blocker(line.story, at))
    never_live(replaced)
    line.coming = None
    edition = _print_for(line, by=by, at=at, change=change, note=said, broken=broken)
    record_override(line, unready, override=override, by=by, edition=edition)
    StoryEvent.record(
        line.story,
        Act.REPLACED,
        by=by,
        edition=edition,
        note=note,
        at=at.isoformat(),
        replaced=replaced.number,
    )
    return edition


@act
def cancel(story, *, by, note=""):
    """Take the scheduled edition out of the future; what readers have now goes on. Raises Refused."""
    line = Timeline.lock(story)
    refuse_if(refusals(line, "cancel"))
    was_for = line.coming.live_from
    line.drop_coming()
    if line.live:
        set_times(line.live, live_until=line.end_by())
    elif line.story.ends_at:  # it was the end of what will now not go out
        line.story.ends_at = None
        line.story.save(update_fields=["ends_at"])
    StoryEvent.record(line.story, Act.CANCELLED, by=by, edition=line.coming, note=note, at=was_for.isoformat())


def still_broken(story, replaced, at):
    """The reason (text) why the replaced edition may go out early; it covers no earlier time and no new embargo."""
    same = replaced.embargo_until == story.embargo_until and at >= replaced.live_from
    return replaced.embargo_broken if same else ""


def _same_edition_refusals(line, at, change, before, said):
    """A sentence where text, time, change and what readers are told (`before`: a Correction or None) are the same."""
    coming = line.coming
    same = (coming.story_version, coming.live_from) == (line.story.version, at) and change in (None, coming.change)
    if same and (not before or (before.text, before.kind, before.place) == (said.text.strip(), said.kind, said.place)):
        yield _("The scheduled edition has exactly this text and this time already.")


def time_refusals(line, at):
    """Sentences where nothing can start at `at` (UTC): it has passed, or the story has ended by then."""
    if at <= line.now:
        yield _("%(time)s has passed; publish now, or choose a later time.") % {"time": desk_time(at)}
    if line.story.ends_at and at >= line.story.ends_at:
        yield _("The story ends at %(time)s, before that; lift the end date first.") % {
            "time": desk_time(line.story.ends_at)
        }


def _print_for(line, *, by, at, change, note, broken):
    if line.live:
        set_times(line.live, live_until=line.end_by(at))
    change = change if line.last else Change.FIRST
    return print_edition(line, by=by, starts=at, ends=line.end_by(), change=change, note=note, broken=broken)
