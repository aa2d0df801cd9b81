"""The formats that can be read; a new one is a module with `recognises` and `parse`, and a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from . import plaintext
from .draft import ItemDraft

AUTO = "auto"


@dataclass(frozen=True)
class Format:
    """`recognises(raw)` looks at the beginning and never raises; `parse(raw, zone=…)` gives the ItemDraft.

    `zone` is the zone of the format's times where they name none: a fact of the format, not of our newsroom.
    """

    name: str
    recognises: Callable[[bytes], bool]
    parse: Callable[..., ItemDraft]
    zone: ZoneInfo


# Most particular first; where none recognises a file, the last one says what is wrong with it.
FORMATS = {
    each.name: each for each in (Format("plaintext", plaintext.recognises, plaintext.parse, ZoneInfo("Europe/Berlin")),)
}


def read(raw, *, name=AUTO):
    """The item (ItemDraft) in `raw` (bytes), in the format of that name or by its look. Raises ParseError."""
    chosen = _detect(raw) if name == AUTO else FORMATS[name]
    return chosen.parse(raw, zone=chosen.zone)


def _detect(raw):
    *_others, last = FORMATS.values()
    return next((each for each in FORMATS.values() if each.recognises(raw)), last)
