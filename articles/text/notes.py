"""Marks in a working copy's body: `<mark data-note="key">` shows which passage a note is about.

They live at the desk only: `clean_body` lets sound ones stand, `desk.save` those of the story's open notes, and what
is printed has none. Everything here takes time linear in the text.
"""

import re
from dataclasses import replace

from .blocks import BLOCKS, TAG, split_blocks
from .ids import ALPHABET
from .merging import UNKNOWN, merge_body

_KEY = f"[{ALPHABET}]{{26}}"
_IS_KEY = re.compile(_KEY)
_ATTRIBUTE = re.compile(rf'\s+data-note="({_KEY})"\s*')
_MARK = re.compile(r"</?mark\b", re.IGNORECASE)
_OPENER = re.compile(rf'<mark data-note="({_KEY})">')
_ENDS_PASSAGE = {*BLOCKS, "li", "tr", "td", "th", "thead", "tbody"}


def is_note_key(value):
    """Whether `value` (text) could be the key of a note."""
    return bool(_IS_KEY.fullmatch(value))


def sound_marks(html):
    """`html` without marks that cannot be a note's: no key, no words, or more than one paragraph inside."""
    return _filtered(html, is_note_key)


def keep_marks(html, keys):
    """`html` with only the marks whose key is in `keys`; the text of the others stays."""
    return _filtered(html, frozenset(keys).__contains__)


def without_marks(html):
    """`html` as readers may get it: no mark, all of its text."""
    return _filtered(html, lambda key: False)


def marked_keys(html):
    """The keys of the notes whose marks stand in a cleaned body (list of text), each once, in order."""
    return list(dict.fromkeys(_OPENER.findall(html)))


def _filtered(html, keeps):
    """`html` without the tags of marks whose key `keeps` says no to, and of those that are not sound."""
    if not _MARK.search(html):
        return html
    dropped, inside, words, breaks, at = [], [], 0, 0, 0
    for tag in TAG.finditer(html):
        words += not html[at : tag.start()].isspace() and tag.start() > at
        at, name = tag.end(), tag[2].lower()
        breaks += name in _ENDS_PASSAGE
        if name != "mark":
            continue
        if not tag[1]:
            inside.append((tag, words, breaks))
            continue
        opener, words_then, breaks_then = inside.pop() if inside else (None, 0, 0)
        key = opener and _ATTRIBUTE.fullmatch(opener[3])
        if not (key and keeps(key[1]) and words > words_then and breaks == breaks_then):
            dropped += filter(None, (opener, tag))
    dropped += [opener for opener, _words, _breaks in inside]
    return _without(html, sorted(tag.span() for tag in dropped))


def _without(html, spans):
    """`html` without these spans (list of start and end, in order)."""
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(html)]
    return "".join(html[end:start] for end, start in zip(ends, starts, strict=True))


def merge_noted(base, mine, theirs):
    """`merge_body` to which a mark is no change: somebody who only noted does not conflict with somebody who wrote.

    A mark stays where its paragraph came through as it was; where it was rewritten, the note keeps its quotation.
    """
    known = base not in (None, UNKNOWN)
    if not any(_MARK.search(body) for body in (mine, theirs, base if known else "")):
        return merge_body(base, mine, theirs)
    plain = merge_body(without_marks(base) if known else base, without_marks(mine), without_marks(theirs))
    if plain.conflicts:  # their places are counted in the text that will be shown
        open_keys = {*marked_keys(mine), *marked_keys(theirs)}
        return merge_body(keep_marks(base, open_keys) if known else base, mine, theirs)
    marked = {without_marks(block): block for block in (*split_blocks(theirs), *split_blocks(mine)) if "<mark" in block}
    return replace(plain, merged="".join(marked.get(block, block) for block in split_blocks(plain.merged)))
