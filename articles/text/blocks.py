"""A cleaned story body cut into its top-level blocks: what merging and comparing work on.

No parser: a cleaned body (see html.py) is balanced, and for anything else the one promise that counts is that not
a character is lost. Everything here takes time linear in the text and takes any string.
"""

import re
from html import unescape

# Quoted values may hold ">" and even "</p>". Possessive, and never across a "<" outside quotes: no backtracking.
TAG = re.compile(r"""<(/?)([a-z][a-z0-9-]*)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""", re.IGNORECASE)
BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "blockquote", "aside", "table", "figure"),
    *("div", "pre", "dl", "section", "article", "header", "footer"),
}
_WORD = re.compile(r"\w+")
_OPENER = re.compile(r"\s*<([a-z][a-z0-9-]*)", re.IGNORECASE)


def split_blocks(html):
    """The top-level blocks of a body (list of str); `"".join(split_blocks(html)) == html` for any string.

    Text between elements is a block of its own, white space belongs to the block before it. Unclosed elements reach
    to the end, except `<p>`, which ends where the next block begins, as in HTML; stray closing tags are text.
    """
    blocks, start, inside = [], 0, []
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if name not in BLOCKS:
            continue
        outside = not inside
        if tag[1]:
            _close(name, inside)
            cut = None if outside or inside else tag.end()
        else:
            if inside == ["p"]:
                inside.clear()
                outside = True
            cut = tag.start() if outside else None
            if name != "hr":
                inside.append(name)
        if cut is not None:
            blocks.append(html[start:cut])
            start = cut
            if name == "hr" and not tag[1]:
                blocks.append(html[start : tag.end()])
                start = tag.end()
    blocks.append(html[start:])
    return _spaces_attached(blocks)


def _close(name, inside):
    """Take the innermost `name` off the open elements, with what was left open in it."""
    if name in inside[-20:]:  # deeper nesting than this is no story; looking further would make it quadratic
        while inside.pop() != name:
            pass


def _spaces_attached(blocks):
    """`blocks` without empty ones, white space joined to its neighbour before (at the very start: after) it."""
    attached, lead = [], ""
    for block in blocks:
        if block.strip():
            attached.append(lead + block)
            lead = ""
        elif attached:
            attached[-1] += block
        else:
            lead += block
    return attached or ([lead] if lead else [])


def block_name(block):
    """The element a block is ("p", "ul", ...), "text" for loose text."""
    opener = _OPENER.match(block)
    name = opener[1].lower() if opener else "text"
    return name if name in BLOCKS else "text"


def block_words(block):
    """The different words in a block (frozenset of str); of a block without words, those of its tags."""
    words = frozenset(_WORD.findall(unescape(TAG.sub(" ", block))))
    return words or frozenset(_WORD.findall(block))


def join_blocks(parts):
    """Blocks, or runs of blocks, put together; two loose texts that meet are kept apart by a line break (str)."""
    joined = []
    for part in filter(None, parts):
        if joined and _loose(joined[-1][-1]) and _loose(part[0]):
            joined.append("\n")
        joined.append(part)
    return "".join(joined)


def _loose(character):
    return character not in "<>" and not character.isspace()
