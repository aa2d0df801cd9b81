"""The desk's first page: what needs me now. A card for each kind of thing, and none without the right to it.

`cards` is the page; `stories`, `times` and `house` ask the questions, `row` is what they answer with. Every card
reads at most COUNTED + 1 rows, of an index that holds no archive, and the page asks the same number of questions
whatever it finds. What a row says of a story comes through `policy.scoped`, like everything at the desk.
"""

from .cards import COUNTED, SHOWN, cards

__all__ = ["COUNTED", "SHOWN", "cards"]
