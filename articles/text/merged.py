"""What a three-way merge hands back, and the merge of one plain value."""

from dataclasses import dataclass, field
from typing import Any

UNKNOWN = type("Unknown", (), {"__repr__": lambda self: "UNKNOWN"})()
"""As `base`: nobody knows what both started from. In `merge_value` None is a value like any other (no due time)."""


@dataclass(frozen=True)
class Conflict:
    """Two changes of one thing.

    Plain values: the three values (base may be UNKNOWN). Bodies: the text of the run of blocks of each side, "" where
    a side deleted it, base None where it is unknown; `at` is the character of `Merged.merged` where `mine` stands:
    merged[at : at + len(mine)] == mine. Lists: lists of rows, [] where a side removed the row; a conflict of order
    holds the three whole lists, base None where it is unknown.
    """

    base: Any
    mine: Any
    theirs: Any
    at: int = 0


@dataclass(frozen=True)
class Merged:
    """The value with conflicts decided for mine; whether something of theirs is in it that mine had not."""

    merged: Any
    took_theirs: bool = False
    conflicts: list[Conflict] = field(default_factory=list)


def merge_value(base, mine, theirs):
    """Plain values (text, number, moment, None): who changed it wins; both, differently, is a conflict."""
    if mine == theirs or theirs == base:
        return Merged(mine)
    if mine == base:
        return Merged(theirs, took_theirs=True)
    return Merged(mine, conflicts=[Conflict(base, mine, theirs)])
