"""What one person did to each block of a body: kept, changed, cut in two, deleted, moved; and what is new where."""

from collections import Counter
from dataclasses import dataclass

from .aligning import match, pair_alike
from .blocks import block_words, split_blocks

_CUT_FROM = 0.6  # share of its words from which a new paragraph is a part cut off its neighbour


@dataclass
class Changes:
    """One side of a merge, told along the blocks of the base.

    `fate[i]`: the blocks (list of str) that block i of the base became, [] where it was deleted.
    `new[i]`: the blocks put in before block i; the last entry: after all of them.
    """

    base: list[str]
    fate: list[list[str]]
    new: list[list[str]]

    @classmethod
    def of(cls, base, body):
        """The changes from the blocks `base` (list of str) to `body` (str)."""
        blocks = split_blocks(body)
        changes = cls(base, [[] for _ in base], [[] for _ in range(len(base) + 1)])
        before, after = [block.strip() for block in base], [block.strip() for block in blocks]
        moved = _once(before) & _once(after)
        i = j = 0
        for a, b in [*match(before, after), (len(base), len(blocks))]:
            if a > i or b > j:
                changes._tell_run(i, a, blocks[j:b], moved)
            if a < len(base):
                changes.fate[a] = [blocks[b]]
            i, j = a + 1, b + 1
        return changes

    def _tell_run(self, start, end, blocks, moved):
        """Blocks `start` to `end` of the base became `blocks`: pair what is alike, then tell what lies between."""
        pairs = []
        if start < end and blocks:
            pairs = pair_alike(*([block_words(block) for block in side] for side in (self.base[start:end], blocks)))
        i = j = 0
        for a, b in [*pairs, (end - start, len(blocks))]:
            self._tell_rest(start + i, start + a, blocks[j:b], moved, after_pair=i > 0)
            if a < end - start:
                self.fate[start + a] = [blocks[b]]
                i, j = a + 1, b + 1

    def _tell_rest(self, start, end, blocks, moved, *, after_pair):
        """The same for what has no version on the other side: rewritten one for one, as a whole, or new."""
        if start == end:
            if after_pair and blocks and _cut_from(blocks, self.base[start - 1]):
                self.fate[start - 1] += blocks
            else:
                self.new[start] += blocks
        elif any(block.strip() in moved for block in blocks):
            self.new[start] += blocks
        elif end - start == len(blocks):
            self.fate[start:end] = [[block] for block in blocks]
        else:
            self.fate[start] = list(blocks)

    def follow_moves(self, others):
        """What one side moved and the other changed is changed where it was moved to; moved by both: where self has it.

        Changes both sides.
        """
        here, there = self._moves(), others._moves()
        for at, (place, _n) in here.items():
            if at in there and there[at][0] != place:
                _take(others.new, there[at])
        _carry(self, here, others)
        _carry(others, there, self)
        for side in (self, others):
            side.new = [[block for block in blocks if block] for blocks in side.new]

    def _moves(self):
        """Block of the base -> (entry of `new`, number in it) of blocks that stand once, and elsewhere now (dict)."""
        places = {}
        for place, blocks in enumerate(self.new):
            for n, block in enumerate(blocks):
                places.setdefault(block.strip(), []).append((place, n))
        once = _once([block.strip() for block in self.base]) if places else ()
        return {
            at: places[block.strip()][0]
            for at, block in enumerate(self.base)
            if not self.fate[at] and block.strip() in once and len(places.get(block.strip(), ())) == 1
        }


def _take(new, spot):
    place, n = spot
    new[place][n] = ""


def _carry(mover, moves, changer):
    for at, (place, n) in moves.items():
        changed = changer.fate[at]
        if changed and [block.strip() for block in changed] != [mover.base[at].strip()]:
            mover.new[place][n] = "".join(changed)
            changer.fate[at] = []


def _once(keys):
    return {key for key, count in Counter(keys).items() if count == 1}


def _cut_from(blocks, origin):
    """Whether `blocks`, or most of their words, were cut from the changed block `origin` before them."""
    whole = block_words(origin)
    parts = frozenset().union(*(block_words(block) for block in blocks))
    return len(parts & whole) >= _CUT_FROM * len(parts)
