"""Preflight: small rules that look at a story before it goes out, and say in sentences what to mend.

`registry.RULES` lists them all; each is a function from a `Copy` (copy.py: the story's words, no database) to
Findings, in a file by its subject: `missing`, `leftovers`, `days`, `structure`, `voices`. `reading.py` makes a
Copy of a story or of a form, `weighing.py` knows how much each rule weighs in a section, `judging.py` puts them
together. What is required blocks the press (press/preflight.py) unless somebody overrides it with a reason.
"""

from .copy import Copy
from .finding import Finding, Remark
from .judging import blocking, made_wrong, remarks_on
from .reading import copy_from, copy_of
from .registry import RULES, Rule, findings_for
from .weighing import levels_for, weighed

__all__ = [
    "RULES",
    "Copy",
    "Finding",
    "Remark",
    "Rule",
    "blocking",
    "copy_from",
    "copy_of",
    "findings_for",
    "levels_for",
    "made_wrong",
    "remarks_on",
    "weighed",
]
