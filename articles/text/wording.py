"""Two texts word by word, for people: what stayed, what is gone, what is new."""

import re
import time

from diff_match_patch import diff_match_patch

from .aligning import match

_TOKEN = re.compile(r"\[[^\s\[\]]*+\]|\w+(?:[-'’]\w+)*|\s+|[^\w\s]")
_COARSE = re.compile(r"\S+\s*|\s+")  # for texts of a book's length
_OPS = {diff_match_patch.DIFF_EQUAL: "same", diff_match_patch.DIFF_DELETE: "gone", diff_match_patch.DIFF_INSERT: "new"}
_LONG = 3_000  # words; more of them are first held in place by words that stand once on each side
_SECONDS = 0.5  # for one pair of texts; what is not told apart by then is shown as replaced as a whole
_BOOK = 200_000  # characters
_MOST = 200_000  # words; of more only what is equal at both ends is told
_CRUMB = 4  # words and spaces; fewer between two changes of a long text are no help to a reader
_SURROGATES = range(0xD800, 0xE000)
_CHARACTERS = 0x10FFFF - len(_SURROGATES)


def compare_words(old, new, *, seconds=_SECONDS):
    """[(op, text)], op "same", "gone" or "new": same and gone joined are `old`, same and new joined are `new`.

    Whole words, and of a rewritten sentence the sentence rather than every word by chance left in it. Takes any two
    str and, beyond the time to read them, about `seconds`.
    """
    token = _TOKEN if max(len(old), len(new)) < _BOOK else _COARSE
    here, there = token.findall(old), token.findall(new)
    words = list({**dict.fromkeys(here), **dict.fromkeys(there)})
    if len(words) > _CHARACTERS:
        return [run for run in (("gone", old), ("new", new)) if run[1]]
    letter = {word: chr(n + len(_SURROGATES) * (n >= _SURROGATES.start)) for n, word in enumerate(words)}
    word = {letter: word for word, letter in letter.items()}
    edits = _edits("".join(map(letter.get, here)), "".join(map(letter.get, there)), seconds)
    return _runs([(_OPS[op], "".join(map(word.get, letters))) for op, letters in edits])


def _edits(old, new, seconds):
    """diff-match-patch's edits of two strings in which a character is a word (list of (op, str))."""
    differ, end = diff_match_patch(), time.monotonic() + seconds
    edits = []
    for gone, come, kept in _stretches(old, new):
        if gone and come and len(gone) * len(come) <= _LONG * _LONG and (left := end - time.monotonic()) > 0:
            differ.Diff_Timeout = left
            edits += differ.diff_main(gone, come, False)
        else:
            edits += [(differ.DIFF_DELETE, gone), (differ.DIFF_INSERT, come)]
        edits.append((differ.DIFF_EQUAL, kept))
    edits = [edit for edit in edits if edit[1]]
    if max(len(old), len(new)) > _LONG:  # the library's clean-up takes quadratic time on long replaced stretches
        return _without_crumbs(edits)
    differ.diff_cleanupMerge(edits)
    differ.diff_cleanupSemantic(edits)
    return edits


def _without_crumbs(edits):
    """`edits` in which nothing shorter than `_CRUMB` words and spaces is "the same" between two changes."""
    whole = []
    for at, (op, text) in enumerate(edits):
        between = 0 < at < len(edits) - 1 and edits[at - 1][0] and edits[at + 1][0]
        if not op and between and len(text) < _CRUMB:
            whole += [(diff_match_patch.DIFF_DELETE, text), (diff_match_patch.DIFF_INSERT, text)]
        else:
            whole.append((op, text))
    return whole


def _stretches(old, new):
    """(old, new, equal text after them) for each stretch in which the two differ (iterator)."""
    if max(len(old), len(new)) <= _LONG:
        yield old, new, ""
        return
    pairs = match(old, new) if max(len(old), len(new)) <= _MOST else _ends(old, new)
    i = j = start = 0  # old[start:i] is equal
    for a, b in [*pairs, (len(old), len(new))]:
        if a > i or b > j:
            yield "", "", old[start:i]
            yield old[i:a], new[j:b], ""
            start = a
        i, j = a + 1, b + 1
    yield "", "", old[start:]


def _ends(old, new):
    """As `match`, but only of what both begin and end with."""
    differ = diff_match_patch()
    first = differ.diff_commonPrefix(old, new)
    last = differ.diff_commonSuffix(old[first:], new[first:])
    pairs = [(n, n) for n in range(first)]
    return pairs + [(len(old) - n, len(new) - n) for n in range(last, 0, -1)]


def _runs(edits):
    """`edits` as runs: neighbours of one kind joined, gone before new, none empty."""
    runs = []
    gone = new = ""
    for op, text in [*edits, ("same", "")]:
        if op == "gone":
            gone += text
        elif op == "new":
            new += text
        else:
            runs += [run for run in (("gone", gone), ("new", new)) if run[1]]
            gone = new = ""
            if runs and runs[-1][0] == "same":
                runs[-1] = ("same", runs[-1][1] + text)
            elif text:
                runs.append((op, text))
    return runs
