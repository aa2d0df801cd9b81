"""Verbs on working copies: `start`, `save`, `move`, `tag`.

Each is one act, logged, and raises Refused with sentences. Nothing here changes
what readers have; that is the press's. Start with `saving.py`.
"""

from .moving import move
from .saving import save, start
from .tagging import tag

__all__ = ["move", "save", "start", "tag"]
