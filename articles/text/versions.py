"""What changed from one printed version of a story to the next, for readers: one column, plain words.

Pictures are no part of it, and bold and italics are not either; addresses of links are told beside the text. All of it
is plain data of plain text; templates escape it.
"""

import re
from dataclasses import dataclass, field

from .comparing import compare_bodies, compare_words, fold
from .figures import without_captions
from .passages import passages

LONGEST = 60_000  # characters of a body; a longer one is not compared: it would take seconds
_INLINE = re.compile(r"</?(?:strong|b|em|i|a|sub|sup|mark)\b[^<>]*>", re.IGNORECASE)
_EMPTY_FRAMES = re.compile(r'</?div\b[^<>]*>|<section data-block="gallery"></section>')


@dataclass(frozen=True)
class Passage:
    """One paragraph that changed or stands beside one: `kind` is same, changed, gone, new, moved or fold.

    `runs` are (op, text) with op same, gone or new; `count` says how many unchanged paragraphs a fold stands for.
    """

    kind: str
    runs: list = field(default_factory=list)
    tag: str = "p"
    count: int = 0


@dataclass(frozen=True)
class Differences:
    """What differs between two versions: `lines` are (name, runs) of headline, dek and byline, `passages` the text.

    `links_gone` and `links_new` are the addresses (list of text) only one of them points to; `too_long` says that the
    texts were not compared.
    """

    lines: list
    passages: list
    links_gone: list
    links_new: list
    too_long: bool = False

    @property
    def nothing(self):
        """Whether every word is the same."""
        return not (self.lines or self.passages or self.links_gone or self.links_new or self.too_long)


def differences(old, new):
    """What changed from `old` to `new` (editions: headline, dek, bylines, body).

    Takes time bounded by LONGEST; a body None stands for one too long to be read.
    """
    lines = [(name, compare_words(*pair)) for name, pair in _lines(old, new) if pair[0] != pair[1]]
    if any(body is None or len(body) > LONGEST for body in (old.body, new.body)):
        return Differences(lines, [], [], [], too_long=old.body != new.body or old.body is None)
    if old.body == new.body:
        return Differences(lines, [], [], [])
    rows = compare_bodies(_words_only(old.body), _words_only(new.body))
    changed = any(row.kind != "same" for row in rows)
    links = [_links(each.body) for each in (old, new)]
    return Differences(
        lines,
        [_passage(row) for row in fold(rows)] if changed else [],
        [link for link in links[0] if link not in links[1]],
        [link for link in links[1] if link not in links[0]],
    )


def _lines(old, new):
    yield "headline", (old.headline, new.headline)
    yield "dek", (old.dek, new.dek)
    yield "byline", tuple(", ".join(line["name"] for line in each.bylines) for each in (old, new))


def _words_only(body):
    return _EMPTY_FRAMES.sub("", _INLINE.sub("", without_captions(body)))


def _links(body):
    return list(dict.fromkeys(link for passage in passages(body) for link in passage.links))


def _passage(row):
    if row.kind == "fold":
        return Passage("fold", count=row.count)
    return Passage(row.kind, _in_one(row.old, row.new), row.tag)


def _in_one(old, new):
    """The runs of both sides as one text: what stayed once, what is gone before what is new."""
    if not old or not new:
        return [*old, *new]
    runs, at = [], 0
    for op, text in old:
        if op == "gone":
            runs.append((op, text))
            continue
        while at < len(new) and new[at][0] == "new":
            runs.append(new[at])
            at += 1
        runs.append((op, text))
        at += 1
    return [*runs, *new[at:]]
