"""Which rows of two lists belong together: exactly (`match`), or because they are much alike (`pair_alike`).

Patience diff: rows that stand once on each side hold the rest in place. Unlike difflib it never takes quadratic
time, not for 10,000 equal rows and not for 10,000 different ones; and it never depends on the clock.
"""

from bisect import bisect_left
from collections import Counter
from itertools import pairwise

_SMALL = 2_500  # cells; above it no table of all pairs is filled
_DEEP = 24


def match(old, new):
    """Equal rows in the same order: (i, j) pairs, both rising (list). Rows are hashable; O(n log n)."""
    numbers = {}
    old = [numbers.setdefault(row, len(numbers)) for row in old]
    new = [numbers.setdefault(row, len(numbers)) for row in new]
    pairs, stretches = [], [(0, len(old), 0, len(new), 0)]
    while stretches:
        stretches += _match_stretch(old, new, pairs, *stretches.pop())
    return sorted(pairs)


def _match_stretch(old, new, pairs, i, i_end, j, j_end, depth):
    """Match the ends and the unique rows of one stretch into `pairs`; the stretches that stay between them."""
    while i < i_end and j < j_end and old[i] == new[j]:
        pairs.append((i, j))
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
        pairs.append((i_end, j_end))
    if i == i_end or j == j_end:
        return []
    counts, there = Counter(old[i:i_end]), Counter(new[j:j_end])
    if not counts.keys() & there.keys():
        return []
    unique = {row for row, count in counts.items() if count == 1 and there.get(row) == 1}
    if not unique or depth > _DEEP:
        small = (i_end - i) * (j_end - j) <= _SMALL
        found = (_longest if small else _by_rank)(old[i:i_end], new[j:j_end])
        pairs += [(i + a, j + b) for a, b in found]
        return []
    places = {row: at for at, row in enumerate(new[j:j_end], j) if row in unique}
    anchors = _rising([(at, places[row]) for at, row in enumerate(old[i:i_end], i) if row in unique])
    pairs += anchors
    fences = [(i - 1, j - 1), *anchors, (i_end, j_end)]
    return [(a + 1, c, b + 1, d, depth + 1) for (a, b), (c, d) in pairwise(fences) if c - a > 1 and d - b > 1]


def _rising(pairs):
    """The longest run of `pairs` (sorted by their first number) whose second number rises as well."""
    tails, ends, before = [], [], []  # of the best run of each length: its last j, its last place in pairs
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [j]
        ends[length : length + 1] = [at]
    run, at = [], ends[-1] if ends else None
    while at is not None:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _by_rank(old, new):
    """Match the first, second, third ... of equal rows with each other: near enough where no row is unique."""
    seen, places = Counter(), {}
    for j, row in enumerate(new):
        places[row, seen[row]] = j
        seen[row] += 1
    seen, pairs = Counter(), []
    for i, row in enumerate(old):
        if (j := places.get((row, seen[row]))) is not None:
            pairs.append((i, j))
        seen[row] += 1
    return _rising(pairs)


def _longest(old, new):
    """The longest common run of two short lists, all pairs tried."""
    return _best_path([[int(row == other) for other in new] for row in old])


def likeness(one, other):
    """How much of two sets of words is common (0 to 1, Dice's coefficient)."""
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def pair_alike(old, new, *, least=0.4):
    """Rows (sets of words) that are versions of each other, in order: (i, j) pairs, both rising (list).

    Versions have a `likeness` of at least `least`. Long stretches are first held in place by words that stand in
    one row of each side only; what stays too long even then is paired row by row or not at all.
    """
    held = [] if len(old) * len(new) <= _SMALL else _rising(sorted(by_rare_words(old, new, least=least)))
    fences, pairs = [(-1, -1), *held, (len(old), len(new))], [*held]
    for (a, b), (c, d) in pairwise(fences):
        found = _pair_stretch(old[a + 1 : c], new[b + 1 : d], least)
        pairs += [(a + 1 + i, b + 1 + j) for i, j in found]
    return sorted(pairs)


def by_rare_words(old, new, *, least):
    """(i, j) of rows that share words no other row has, most of them first asked, in any order (list); O(words)."""
    here, there = _only_place(old), _only_place(new)
    votes = Counter((i, there[word]) for word, i in here.items() if i is not None and there.get(word) is not None)
    pairs, taken, given = [], set(), set()
    for (i, j), _count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if i not in taken and j not in given and likeness(old[i], new[j]) >= least:
            pairs.append((i, j))
            taken.add(i)
            given.add(j)
    return pairs


def _only_place(rows):
    """word -> the one row it stands in, None if it stands in several."""
    places = {}
    for at, words in enumerate(rows):
        for word in words:
            places[word] = None if word in places else at
    return places


def _pair_stretch(old, new, least):
    """Pairs of one stretch: the best way through all of them, or row by row where there are too many."""
    if len(old) * len(new) > _SMALL:
        rows = zip(old, new, strict=False) if len(old) == len(new) else ()
        return [(n, n) for n, (one, other) in enumerate(rows) if likeness(one, other) >= least]
    scores = [[likeness(one, other) for other in new] for one in old]
    return _best_path([[score if score >= least else 0 for score in row] for row in scores])


def _best_path(scores):
    """Rising (i, j) pairs with the greatest sum of `scores[i][j]`, zero meaning never (list)."""
    if not scores or not scores[0]:
        return []
    width = len(scores[0])
    best = [[0] * (width + 1)]
    for row in scores:
        above, line = best[-1], [0]
        for j, score in enumerate(row):
            line.append(max(above[j + 1], line[j], above[j] + score if score else 0))
        best.append(line)
    pairs, i, j = [], len(scores), width
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
