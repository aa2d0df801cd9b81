"""Two versions side by side, for people: words, bodies, lists. Plain data of plain text; templates escape it."""

import time
from collections import deque
from dataclasses import dataclass, field, replace

from .aligning import by_rare_words, likeness, match, pair_alike
from .blocks import block_words, split_blocks
from .reading import collapse, plain_words, readable, tag_of, unlinked
from .wording import compare_words

__all__ = ["Fold", "Row", "compare_bodies", "compare_rows", "compare_words", "fold"]

_SECONDS = 1.0  # for the words of one pair of bodies; paragraphs after that are shown as replaced as a whole
_MOVED_ALIKE = 0.8  # likeness from which a paragraph gone here and new there has moved
_TELLING = 5  # ... if it has so many different words
_TRIED = 2_500  # pairs of paragraphs tried one by one for that


@dataclass(frozen=True)
class Row:
    """One block, or one row of a list, on both sides.

    kind: "same", "changed", "gone", "new" or "moved" (perhaps changed a little as well). old: runs (op, text), op
    "same" or "gone"; new: op "same" or "new"; [] where a side has none. tag, old_tag: "p", "h2", "h3", "ul", "ol",
    "blockquote", "pullquote", "factbox", "table", "hr", "figure", "text" (outside any element), "row" (lists).
    old_at, new_at: numbers from 1, 0 where absent. note: "" or what changed that is not a word: "link" (an address,
    title or number), "formatting" (bold, italics, ...), "tag" (a paragraph made a heading, ...; also beside changed
    words) or "source" (nothing a reader sees: the runs show HTML). Marks stand in the text: **bold**, *italic*,
    text[https://...]; items, rows and line breaks are new lines, so show it with `white-space: pre-line`.
    """

    kind: str
    old: list[tuple[str, str]] = field(default_factory=list)
    new: list[tuple[str, str]] = field(default_factory=list)
    tag: str = "row"
    old_tag: str = "row"
    old_at: int = 0
    new_at: int = 0
    note: str = ""


@dataclass(frozen=True)
class Fold:
    """`count` unchanged rows folded away; `rows` are they."""

    count: int
    rows: list[Row]
    kind: str = "fold"


def fold(rows, *, context=1):
    """`rows` with runs of unchanged ones folded, `context` of them kept around changes (list of Row and Fold).

    A single row is never folded: the line saying so would take its place.
    """
    near, shown = 0, [False] * len(rows)
    for order in (range(len(rows)), reversed(range(len(rows)))):
        near = 0
        for at in order:
            near = context + 1 if rows[at].kind != "same" else near - 1
            shown[at] = shown[at] or near > 0
    folded, waiting = [], []
    for row, visible in [*zip(rows, shown, strict=True), (None, True)]:
        if not visible:
            waiting.append(row)
            continue
        folded += waiting if len(waiting) == 1 else [Fold(len(waiting), waiting)] if waiting else []
        folded += [row] if row else []
        waiting = []
    return folded


def compare_rows(old, new):
    """Bylines, related, topics (lists of str): same, gone, new, moved from `old_at` to `new_at` (list of Row).

    Rows stand in the order of `new`, gone ones where they were. As few as possible count as moved.
    """
    old, new = list(old), list(new)
    places = _lined_up(old, new, lambda _old, _new: ())
    came_from = _moved(places, old, new)
    return _rows(places, came_from, lambda i, j, kind: _listed(old, new, i, j, kind))


def _listed(old, new, i, j, kind):
    return Row(
        kind,
        old=_run("gone" if kind == "gone" else "same", "" if i is None else old[i]),
        new=_run("new" if kind == "new" else "same", "" if j is None else new[j]),
    )


def _run(op, text):
    return [(op, text)] if text else []


def compare_bodies(old_html, new_html):
    """Blocks of two bodies aligned, in the order of the new one, gone ones where they were (list of Row).

    A block that moved unchanged or nearly so is one row, at its new place.
    """
    old, new = ([collapse(block) for block in split_blocks(html)] for html in (old_html, new_html))
    places = _lined_up(old, new, lambda gone, come: pair_alike(_words(gone), _words(come)))
    came_from = _moved(places, old, new)
    came_from |= _moved_and_changed(places, old, new, came_from)
    end = time.monotonic() + _SECONDS

    def shown(i, j, kind):
        return _block_row("" if i is None else old[i], "" if j is None else new[j], kind, end=end)

    return _rows(places, came_from, shown)


def _words(blocks):
    return [block_words(block) for block in blocks]


def _lined_up(old, new, pair):
    """(i, j) of everything in `old` and `new`, None where one side has nothing; `pair` finds versions in a run."""
    places, i, j = [], 0, 0
    for a, b in [*match(old, new), (len(old), len(new))]:
        versions = pair(old[i:a], new[j:b]) if a > i and b > j else ()
        for c, d in [*((i + n, j + m) for n, m in versions), (a, b)]:
            places += [(n, None) for n in range(i, c)] + [(None, m) for m in range(j, d)]
            if c < len(old) and d < len(new):
                places.append((c, d))
            i, j = c + 1, d + 1
    return places


def _moved(places, old, new):
    """New place -> old place of rows that are gone in one place and new, equal, in another (dict)."""
    spots = {}
    for i, j in places:
        if j is None:
            spots.setdefault(old[i], deque()).append(i)
    return {j: spots[new[j]].popleft() for i, j in places if i is None and spots.get(new[j])}


def _moved_and_changed(places, old, new, came_from):
    """The same for blocks nearly equal; short ones are left out, they are alike by chance."""
    taken = set(came_from.values())
    gone = [(i, words) for i, j in places if j is None and i not in taken and _telling(words := block_words(old[i]))]
    come = [
        (j, words) for i, j in places if i is None and j not in came_from and _telling(words := block_words(new[j]))
    ]
    here, there = [words for _i, words in gone], [words for _j, words in come]
    if len(gone) * len(come) > _TRIED:
        pairs = by_rare_words(here, there, least=_MOVED_ALIKE)
    else:
        scored = ((likeness(one, other), i, j) for i, one in enumerate(here) for j, other in enumerate(there))
        pairs = [(i, j) for score, i, j in sorted(scored, reverse=True) if score >= _MOVED_ALIKE]
    found, given = {}, set()
    for i, j in pairs:
        if i not in given and j not in found:
            found[j] = i
            given.add(i)
    return {come[j][0]: gone[i][0] for j, i in found.items()}


def _telling(words):
    return len(words) >= _TELLING


def _rows(places, came_from, shown):
    """The rows of `places`, moved ones at their new place only; `shown(i, j, kind)` makes one without numbers."""
    left, rows = set(came_from.values()), []
    for i, j in places:
        if j is None and i in left:
            continue
        moved = i is None and j in came_from
        i = came_from[j] if moved else i
        kind = "moved" if moved else "new" if i is None else "gone" if j is None else "same"
        row = shown(i, j, kind)
        rows.append(replace(row, old_at=0 if i is None else i + 1, new_at=0 if j is None else j + 1))
    return rows


def _block_row(old, new, kind, *, end):
    """The row of two blocks, "" where a side has none; `end`: the monotonic second at which time is up."""
    tag, old_tag = tag_of(new or old), tag_of(old or new)
    if old == new:
        text = _run("same", readable(new))
        return Row(kind, text, text, tag, old_tag)
    if not old or not new:
        return Row(kind, _run("gone", readable(old)), _run("new", readable(new)), tag, old_tag)
    before, after, note = _texts(old, new, retagged=tag != old_tag)
    edits = compare_words(before, after, seconds=end - time.monotonic())
    return Row(
        "moved" if kind == "moved" else "changed",
        old=[run for run in edits if run[0] != "new"],
        new=[run for run in edits if run[0] != "gone"],
        tag=tag,
        old_tag=old_tag,
        note=note,
    )


def _texts(old, new, *, retagged):
    """What to show of two different blocks, so that the difference is seen, and the note about it."""
    before, after = readable(old), readable(new)
    if retagged:
        return before, after, "tag"
    if before == after:
        return old, new, "source"
    if plain_words(old) != plain_words(new):
        return before, after, ""
    return before, after, "link" if unlinked(old) == unlinked(new) else "formatting"
