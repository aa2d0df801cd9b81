"""Three-way merge of what two people made of one version: nothing of either is lost without being offered.

`mine` is what is being saved, `theirs` what was saved meanwhile, `base` what both started from. Pure functions;
who is who, and what happens to conflicts, is the desk's business. Bodies here, the rest beside it, one door to all.
"""

from .aligning import match, pair_alike
from .blocks import block_words, join_blocks, split_blocks
from .changes import Changes
from .listmerging import merge_list, merge_set
from .merged import UNKNOWN, Conflict, Merged, merge_value

__all__ = ["UNKNOWN", "Conflict", "Merged", "merge_body", "merge_list", "merge_set", "merge_value", "settle"]

_SAME_NEW = 0.7  # likeness from which two new paragraphs at one place are versions of one ...
_SAME_NEW_WORDS = 8  # ... if they are long enough to tell


def merge_body(base, mine, theirs):
    """Bodies (str of HTML) merged paragraph by paragraph; with `base` None or UNKNOWN every difference is a conflict.

    Changes of different paragraphs merge, neighbours too. A paragraph changed by both, or changed by one and deleted
    by the other, is a conflict. New paragraphs at one place are both kept, theirs first, unless they are versions of
    the same one. A paragraph moved by one and changed by the other is changed at its new place; moved by both, it
    stands where mine has it.
    """
    if mine in (theirs, base) or theirs == base:
        return Merged(theirs if mine == base else mine, took_theirs=mine != theirs and mine == base)
    if base is None or base is UNKNOWN:
        return _differences(mine, theirs)
    blocks = split_blocks(base)
    ours, others = Changes.of(blocks, mine), Changes.of(blocks, theirs)
    ours.follow_moves(others)
    pieces = []
    for at, block in enumerate([*blocks, None]):
        pieces += _merge_new(ours.new[at], others.new[at])
        if block is not None:
            pieces.append(_merge_block(block, ours.fate[at], others.fate[at]))
    return _assembled(pieces, mine)


def _merge_block(block, mine, theirs):
    """A piece (text, None) or, in conflict, (text of mine, (base, theirs)); `mine`, `theirs`: what became of it."""
    before, here, there = _keys([block]), _keys(mine), _keys(theirs)
    if here == there or there == before:
        return join_blocks(mine), None
    if here == before:
        return join_blocks(theirs), None
    return join_blocks(mine), (block, join_blocks(theirs))


def _merge_new(mine, theirs):
    """Pieces of what both put in at one place: equal ones once, versions of one in conflict, the rest theirs first."""
    pieces, i, j = [], 0, 0
    same = _paired(match, _keys(mine), _keys(theirs))
    for a, b in [*same, (len(mine), len(theirs))]:
        pieces += _merge_unequal(mine[i:a], theirs[j:b])
        pieces += [(block, None) for block in mine[a : a + 1]]
        i, j = a + 1, b + 1
    return pieces


def _merge_unequal(mine, theirs):
    versions = _paired(_versions, mine, theirs)
    pieces, i, j = [], 0, 0
    for a, b in [*versions, (len(mine), len(theirs))]:
        pieces += [(block, None) for block in (*theirs[j:b], *mine[i:a])]
        pieces += [(block, ("", theirs[b])) for block in mine[a : a + 1]]
        i, j = a + 1, b + 1
    return pieces


def _versions(mine, theirs):
    """(i, j) of new blocks so alike, and long enough to tell, that they are versions of one."""
    words = [[block_words(block) for block in side] for side in (mine, theirs)]
    pairs = pair_alike(*words, least=_SAME_NEW)
    return [(a, b) for a, b in pairs if min(len(words[0][a]), len(words[1][b])) >= _SAME_NEW_WORDS]


def _paired(pairing, mine, theirs):
    """`pairing` of the two, ties decided the same way whoever is mine: or one of the two would have a conflict."""
    if not mine or not theirs:
        return []
    if _keys(mine) <= _keys(theirs):
        return pairing(mine, theirs)
    return [(i, j) for j, i in pairing(theirs, mine)]


def _keys(blocks):
    return [block.strip() for block in blocks]


def _assembled(pieces, mine):
    """The merged body of `pieces`, neighbouring conflicts made one."""
    runs = []  # [text, base, theirs], the last two None where nothing is in conflict
    for text, conflict in pieces:
        if conflict and runs and runs[-1][1] is not None:
            runs[-1] = [join_blocks(pair) for pair in zip(runs[-1], (text, *conflict), strict=True)]
        elif conflict:
            runs.append([text, *conflict])
        elif text:
            runs.append([text, None, None])
    return _located(runs, mine)


def _located(runs, mine):
    merged = join_blocks(text for text, _base, _theirs in runs)
    conflicts, at = [], 0
    for text, base, theirs in runs:
        at = merged.index(text, at)
        if theirs is not None:
            conflicts.append(Conflict(base, text, theirs, at))
        at += len(text)
    return Merged(merged, took_theirs=merged != mine, conflicts=conflicts)


def _differences(mine, theirs):
    """Mine, with every run of blocks in which theirs differs as a conflict without a base."""
    ours, others = split_blocks(mine), split_blocks(theirs)
    runs, i, j = [], 0, 0
    for a, b in [*match(_keys(ours), _keys(others)), (len(ours), len(others))]:
        if a > i or b > j:
            runs.append([join_blocks(ours[i:a]), None, join_blocks(others[j:b])])
        runs += [[block, None, None] for block in ours[a : a + 1]]
        i, j = a + 1, b + 1
    return _located(runs, mine)


def settle(result, *, theirs):
    """The body of `result` (from `merge_body`) with the conflicts numbered in `theirs` (from 0) decided for theirs."""
    parts, at = [], 0
    for number, conflict in enumerate(result.conflicts):
        parts.append(result.merged[at : conflict.at])
        parts.append(conflict.theirs if number in theirs else conflict.mine)
        at = conflict.at + len(conflict.mine)
    return join_blocks([*parts, result.merged[at:]])
