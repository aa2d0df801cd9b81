"""A block of a body as lines of plain text in which nothing is hidden: marks, addresses and numbers stand in it."""

import re
from html import unescape

from .blocks import TAG, block_name

MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "sub": "~", "sup": "^", "mark": "=="}
_LINES = {"p", "h2", "h3", "li", "tr", "ul", "ol", "blockquote", "aside", "br", "figcaption", "thead", "tbody"}
_CELLS = {"td", "th"}
_VALUE = re.compile(r"""(?<![^\s=])([^\s=]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|(\S+))""")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SPACED = re.compile(r"(?<! ) *+\n[ \n]*+")


def collapse(html):
    """`html` with every run of white space as one space, as browsers show it; no-break spaces stay."""
    return _SPACES.sub(" ", html).strip(" ")


def readable(block):
    """The text of a block, marks shown: **bold**, *italic*, text[https://...]; items, rows and breaks as lines."""
    return _read(block, marked=True)


def plain_words(block):
    """The text of a block without its marks, addresses and numbers; items, rows and breaks as lines."""
    return _read(block, marked=False)


def unlinked(block):
    """The text of a block with its marks but without the values of attributes (addresses, titles, numbers)."""
    return _read(block, marked=True, values=False)


def _read(block, *, marked, values=True):
    if "<" not in block and "&" not in block:
        return collapse(block)
    parts, at, waiting = [], 0, []
    outermost = True
    for tag in TAG.finditer(block):
        parts.append(_SPACES.sub(" ", unescape(block[at : tag.start()])))
        parts.append(_shown(tag, waiting, outermost=outermost, values=marked and values, marked=marked))
        outermost, at = False, tag.end()
    parts.append(_SPACES.sub(" ", unescape(block[at:])))
    lines = _SPACED.sub("\n", "".join(parts)).strip(" \n")
    return lines.replace("•\n", "• ")  # a paragraph in an item begins on the item's line


def _shown(tag, waiting, *, outermost, values, marked):
    """What stands for one tag; an element's values stand after it, so they wait in `waiting` until it closes."""
    name, closing = tag[2].lower(), bool(tag[1])
    shown = MARKS.get(name, "") if marked else ""
    if values and not closing and "=" in tag[3] and not (outermost and name == "aside"):
        waiting.append((name, _values(tag[3])))
    if values and closing and waiting and waiting[-1][0] == name:
        shown += waiting.pop()[1]
    if name in _CELLS:
        return shown + (" | " if closing else "")
    if name in _LINES:
        mark = "• " if name == "li" and not closing else ""
        return f"{shown}\n{mark}"
    return shown


def _values(attributes):
    values = [(double or single or bare) for _name, double, single, bare in _VALUE.findall(attributes)]
    return "".join(f"[{unescape(value)}]" for value in values if value)


def tag_of(block):
    """What a block is: its element, of an `<aside>` its kind ("pullquote", "factbox"), "text" for loose text (str)."""
    name = block_name(block)
    if name != "aside":
        return name
    opener = TAG.search(block)
    kind = _VALUE.search(opener[3]) if opener else None
    return (kind[2] or kind[3] or kind[4] or name) if kind else name
