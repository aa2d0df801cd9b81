"""Verbs on working copies: `start`, `save`, `move`, `assign`, `tag`, and the checks by others.

Each is one act, logged, and raises Refused with sentences. Nothing here changes
what readers have; that is the press's. Start with `saving.py`. `telling.py` decides
who hears of it by mail, `mailing.py` is what the worker then does.
"""

from . import mailing, picture_endings, suggesting  # they register what the worker does
from .assigning import assign
from .checking import ask_check, drop_check, fail_check, pass_check
from .merging import Conflict
from .moving import move
from .picturing import describe, describe_many, frame
from .planning import plan
from .saving import save, start
from .tagging import tag, tag_many

__all__ = [
    "Conflict",
    "ask_check",
    "assign",
    "describe",
    "describe_many",
    "drop_check",
    "fail_check",
    "frame",
    "mailing",
    "move",
    "pass_check",
    "picture_endings",
    "plan",
    "save",
    "start",
    "suggesting",
    "tag",
    "tag_many",
]
