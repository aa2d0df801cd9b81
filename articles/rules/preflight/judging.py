"""A story judged by the rules as they weigh in its section."""

from .reading import copy_of, copy_of_edition
from .registry import findings_for
from .weighing import levels_for


def remarks_on(story, *, starts=None):
    """What speaks against the working copy (list of Remark) if it went out at `starts` (aware datetime or None)."""
    return findings_for(copy_of(story, starts=starts), levels_for(story.section))


def made_wrong(edition, *, was, at):
    """What would speak against a printed Edition if it went out at `at` instead of `was` (list of Remark).

    Aware datetimes. What speaks against it at both times was weighed when it was printed.
    """
    levels = levels_for(edition.section)
    before = findings_for(copy_of_edition(edition, starts=was), levels)
    return [remark for remark in findings_for(copy_of_edition(edition, starts=at), levels) if remark not in before]


def blocking(story, *, starts=None):
    """Those that keep it from being printed (list of Remark)."""
    return [remark for remark in remarks_on(story, starts=starts) if remark.blocks]
