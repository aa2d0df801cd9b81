"""Publish now: print the working copy and put it in front of readers."""

from django.utils.translation import gettext as _

from ..models import StoryEvent
from ..rules.readiness import desk_time, embargo_blocker
from ..rules.refusal import act, refuse_if
from ..vocabulary import Act, Change
from .compose import compose
from .correcting import Said
from .preflight import preflight_refusals, record_override, required
from .questions import change_refusals, refusals, rights_refusals, unsaid_correction, version_refusals
from .timeline import Timeline, follow, never_live, set_times


@act
def publish(
    story,
    *,
    by,
    change=None,
    note="",
    correction_kind="",
    correction_place="",
    published_at=None,
    break_embargo="",
    override="",
    version=None,
):
    """Put the working copy as it stands in front of readers, from now on.

    A first publication takes no `change`; any later one is minor, update or correction (Change), the last
    with a `note` to readers, of a CorrectionKind and at a CorrectionPlace (empty: a correction above the text).
    A scheduled edition stays and takes over at its time, unless it is this very
    text: then it is not needed any more. An import may give `published_at` (aware datetime) in the past:
    the story is dated so in every list, though our readers get it only now. `break_embargo` is the reason
    (text) for starting before the embargo ends, `override` the one for going out against required rules of
    preflight. `version` is the working copy the caller decided about.

    Returns the Edition. Raises Refused.
    """
    line = Timeline.lock(story)
    starts = line.starts
    unready = required(line, starts)
    refuse_if(dict.fromkeys([*refusals(line, "publish"), *preflight_refusals(unready, override)]))
    refuse_if([*version_refusals(line, version), *change_refusals(line, change, note)])
    refuse_if(unsaid_correction(line, change))
    refuse_if(_published_at_refusals(line, published_at))
    refuse_if([] if break_embargo.strip() else embargo_blocker(line.story, starts))
    refuse_if(rights_refusals(line, starts))
    forget_past_end(line)
    if line.coming and line.coming.story_version == line.story.version:
        never_live(line.coming)
        line.coming = None
    if line.live:
        set_times(line.live, live_until=starts)
    ends = line.end_by(line.coming.live_from if line.coming else None)
    edition = print_edition(
        line,
        by=by,
        starts=starts,
        ends=ends,
        change=change,
        note=Said(note, correction_kind, correction_place),
        published_at=published_at,
        broken=break_embargo,
    )
    if line.coming:
        follow(line.coming, edition)
    record_override(line, unready, override=override, by=by, edition=edition)
    StoryEvent.record(line.story, Act.PUBLISHED, by=by, edition=edition, note=note, change=edition.change)
    return edition


def _published_at_refusals(line, published_at):
    if published_at and line.last:
        yield _("The story was first published on %(time)s; that date never moves.") % {
            "time": desk_time(line.published_at)
        }
    if published_at and published_at > line.now:
        yield _("The date of publication lies in the future; schedule the story instead.")


def print_edition(line, *, by, starts, ends, change, note=None, published_at=None, broken=""):
    """Print the locked story as an edition live from `starts` until `ends` (UTC; None: no end); saves it.

    `note` (Said) is printed where the change is a correction. For the press's own verbs, which have asked everything
    that could speak against it.
    """
    change = change if line.last else Change.FIRST
    edition = compose(line.story, change=change, by=by)
    edition.printed_at = line.now
    edition.published_at = line.published_at or published_at or starts
    edition.updated_at = _updated_at(line, edition, starts)
    edition.corrections = list(line.last.corrections) if line.last else []
    edition.live_from = starts
    correction = note.correction(edition, line.last, by=by) if change == Change.CORRECTION else None
    if correction:
        edition.corrections.append(correction.printed())
    if embargo_blocker(line.story, starts):
        edition.embargo_broken = broken.strip()
        StoryEvent.record(line.story, Act.EMBARGO_BROKEN, by=by, note=broken.strip())
    line.insert(edition, starts=starts, ends=ends)
    line.story.printed_version = line.story.version
    line.story.save(update_fields=["printed_version"])
    if correction:
        correction.edition = edition
        correction.save(force_insert=True)
    return edition


def _updated_at(line, edition, starts):
    if edition.change == Change.FIRST:
        return edition.published_at
    return line.last.updated_at if edition.change == Change.MINOR else starts


def forget_past_end(line):
    """Drop an end date that has passed: what is printed from here on has none until one is set."""
    if line.story.ends_at and line.story.ends_at <= line.now:
        line.story.ends_at = None
        line.story.save(update_fields=["ends_at"])
