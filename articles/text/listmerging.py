"""Three-way merge of rows: ordered lists (bylines, related) and sets (topics, further sections)."""

from collections import Counter

from .merged import UNKNOWN, Conflict, Merged, merge_value

_MISSING = object()


def merge_set(base, mine, theirs):
    """Sets -> Merged with a list: theirs' order, then mine's additions; never a conflict.

    With an unknown base (None, UNKNOWN) both are kept whole.
    """
    known = set() if base is None or base is UNKNOWN else set(base)
    mine, theirs = list(dict.fromkeys(mine)), list(dict.fromkeys(theirs))
    in_mine, in_theirs = set(mine), set(theirs)
    kept = [row for row in theirs if row in in_mine or row not in known]
    added = [row for row in mine if row not in in_theirs and row not in known]
    return Merged(kept + added, took_theirs={*kept, *added} != in_mine)


def merge_list(base, mine, theirs, *, key=None):
    """Ordered rows (hashable: bylines, related) -> Merged with a list.

    Rows added by either side are in it, rows removed by either are not. `key(row)` says what makes two rows the same
    one (default: the row itself): its changed values are merged as one value. An order changed by one side is taken;
    changed by both, differently, it is a conflict of the three whole lists. At one place theirs stand first.
    """
    mine, theirs = list(mine), list(theirs)
    if mine == theirs:
        return Merged(mine)
    if base is None or base is UNKNOWN:
        return Merged(mine, conflicts=[Conflict(None, mine, theirs)])
    base = list(base)
    rows = [_keyed(side, key) for side in (base, mine, theirs)]
    kept, conflicts = _merge_rows(*rows)
    first, second, contested = _orders(*rows)
    if contested:
        conflicts.append(Conflict(base, mine, theirs))
    merged = [kept[name] for name in _woven(first, second, kept, theirs=rows[2])]
    return Merged(merged, took_theirs=merged != mine, conflicts=conflicts)


def _keyed(rows, key):
    """(key, how many of it stood before) -> row, in order: equal rows stay apart."""
    seen, keyed = Counter(), {}
    for row in rows:
        name = key(row) if key else row
        keyed[name, seen[name]] = row
        seen[name] += 1
    return keyed


def _merge_rows(base, mine, theirs):
    """What each key holds after the merge, without removed ones (dict), and the conflicts (list)."""
    kept, conflicts = {}, []
    for name in {**base, **mine, **theirs}:
        sides = [rows.get(name, _MISSING) for rows in (base, mine, theirs)]
        result = merge_value(*sides)
        if result.conflicts:
            conflicts.append(Conflict(*([] if row is _MISSING else [row] for row in sides)))
        if result.merged is not _MISSING:
            kept[name] = result.merged
    return kept, conflicts


def _orders(base, mine, theirs):
    """Whose order leads, the other one, and whether both changed it differently (of the rows all three have)."""
    shared = base.keys() & mine.keys() & theirs.keys()
    before, here, there = ([name for name in rows if name in shared] for rows in (base, mine, theirs))
    if here == before:
        return theirs, mine, False
    return mine, theirs, there not in (before, here)


def _woven(first, second, kept, *, theirs):
    """Names of `kept` in the order of `first`, those only in `second` after the one they follow there (list)."""
    following, last = {}, None
    for name in second:
        if name in kept and name not in first:
            following.setdefault(last, []).append(name)
        elif name in kept:
            last = name
    woven = following.pop(None, [])
    if first is theirs:
        return _after_own(first, second, kept, woven, following)
    for name in first:
        if name in kept:
            woven += [name, *following.get(name, ())]
    return woven


def _after_own(first, second, kept, waiting, following):
    """As `_woven` where `first` is theirs: what only theirs has at a place stands before what only mine has."""
    woven = []
    for name in first:
        if name not in kept:
            continue
        if name in second:
            woven += waiting
            waiting = []
        woven.append(name)
        waiting += following.get(name, ())
    return woven + waiting
