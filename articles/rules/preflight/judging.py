"""A story judged by the rules as they weigh in its section."""

from .reading import copy_of
from .registry import findings_for
from .weighing import levels_for


def remarks_on(story, *, starts=None):
    """What speaks against the working copy (list of Remark) if it went out at `starts` (aware datetime or None)."""
    return findings_for(copy_of(story, starts=starts), levels_for(story.section))


def blocking(story, *, starts=None):
    """Those that keep it from being printed (list of Remark)."""
    return [remark for remark in remarks_on(story, starts=starts) if remark.blocks]
