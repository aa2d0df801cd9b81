"""Text out of the bytes of a file: UTF-8 or a sentence."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..text.html import printable
from .draft import ParseError

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_BYTES = re.compile(rb"\r\n|\r|\n")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")


@dataclass(frozen=True)
class Line:
    """A line with something on it, and its `number` in the file (from 1)."""

    number: int
    text: str


def lines_of(text):
    """The lines of `text` that are not blank (list of Line).

    White space of any kind is one ordinary space; letters are in Unicode's composed form (NFC).
    """
    tidy = (_tidy(line) for line in _LINE_END.split(text))
    return [Line(number, line) for number, line in enumerate(tidy, start=1) if line]


def _tidy(line):
    spaced = " ".join(_INVISIBLE.sub("", line).split())
    return " ".join(unicodedata.normalize("NFC", printable(spaced)).split())


def decode(raw):
    """The text of `raw` (bytes), UTF-8 with or without a byte order mark. Raises ParseError otherwise."""
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # UTF-16 is text, full of NUL bytes
        _refuse_binary(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = {"value": f"0x{raw[error.start]:02X}", "place": error.start + 1}
        sentence = _("The file is not UTF-8 (byte %(place)d is %(value)s); save it as UTF-8.") % place
        raise ParseError(sentence, line=_line_at(raw, error.start)) from error


def _refuse_binary(raw):
    """A NUL, or more than one control byte in a hundred, is no text in any encoding we read."""
    controls = [match.start() for match in _CONTROL_BYTES.finditer(raw)]
    null = raw.find(0)
    if null >= 0 or len(controls) * 100 > len(raw):
        first = null if null >= 0 else controls[0]
        sentence = _("This is not a text file (byte %(place)d is a control byte).") % {"place": first + 1}
        raise ParseError(sentence, line=_line_at(raw, first))


def _line_at(raw, position):
    return len(_LINE_END_BYTES.findall(raw, 0, position)) + 1
