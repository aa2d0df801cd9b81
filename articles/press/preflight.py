"""What the required rules of preflight mean to the press: nothing is printed against them without a reason."""

from ..models import StoryEvent
from ..rules.preflight import blocking
from ..vocabulary import Act


def required(line, starts):
    """What keeps the working copy of this Timeline from going out at `starts` (list of Remark), in sentences."""
    return blocking(line.story, starts=starts)


def preflight_refusals(remarks, override):
    """Their sentences, each once (list of text); none where `override` (text) says why they do not hold here."""
    return [] if override.strip() else list(dict.fromkeys(remark.sentence for remark in remarks))


def record_override(line, remarks, *, override, by, edition):
    """Log that `edition` goes out against required rules, which ones, and why; nothing where none stood."""
    if remarks and override.strip():
        StoryEvent.record(
            line.story,
            Act.OVERRIDDEN,
            by=by,
            edition=edition,
            note=override.strip(),
            rules=list(dict.fromkeys(remark.rule for remark in remarks)),
            sentences=preflight_refusals(remarks, ""),
        )
