"""What an index has to be able to do; the one thing to write when an outside engine is added."""

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field

MOST = 1_000  # hits that are counted, ranked and shown: the newest of all


@dataclass(frozen=True)
class Found:
    """What a question found: keys of editions in their order (list), and what can be said of all of them.

    `more` says that there are older ones beyond the newest MOST, and that numbers are of those only. `compared` says in
    how many stories a phrase was looked for, the newest that have its words, if not in all (else 0). `counts` has for
    each mark (see `document.mark`) how many of the hits bear it, `days` how many each day of the newsroom has.
    """

    keys: list = field(default_factory=list)
    more: bool = False
    compared: int = 0
    counts: Counter = field(default_factory=Counter)
    days: Counter = field(default_factory=Counter)


class SearchIndex(ABC):
    """An index of printed editions. `NEWSROOM_SEARCH` names the class; instances are made without arguments.

    Whatever it stores, hidden editions included: an answer is made of what is live `at` its moment only, order and
    numbers too. An engine that cannot promise that (most rank by how many documents have a word) may only be given
    what is live. Work for any one question is bounded: an engine looks at the newest MOST live hits.
    """

    def prepare(self, connection):  # noqa: B027 (an engine elsewhere may have nothing to do)
        """Make what the index needs beyond Django's tables, after every migrate; does nothing where it is there."""

    @abstractmethod
    def add(self, editions):
        """Index saved `editions` (list, some thousands at a time), which stand in their lists already.

        Called by the press in its own transaction: an engine outside the database writes an effect into the outbox.
        """

    @abstractmethod
    def remove(self, editions):
        """Take `editions` (list) out; does nothing for those that are not in."""

    @abstractmethod
    def retime(self, edition, times):
        """Note other times (dict of `live_from`, `live_until`, `published_at`; UTC or None) of an indexed edition."""

    @abstractmethod
    def clear(self):
        """Take everything out."""

    @abstractmethod
    def missing(self, after=0, *, most):
        """Keys (list, at most `most`, ascending, above `after`) of editions that are not indexed."""

    @abstractmethod
    def tidy(self):
        """Put the index in order after many additions, outside of any transaction."""

    @abstractmethod
    def find(self, question, *, at):
        """What is live `at` a moment (aware datetime) and answers the `question` (Question), as Found."""

    @abstractmethod
    def has(self, question, *, at):
        """Whether anything live `at` a moment answers the `question`."""

    @abstractmethod
    def suggest(self, typed, *, at):
        """What `typed` could become (list of Suggestion, at most 8), of words and names that are live `at` a moment."""

    @abstractmethod
    def correct(self, question, *, at):
        """The search text that was probably meant (text), if it finds something `at` a moment; else ""."""


@dataclass(frozen=True)
class Suggestion:
    """A text for the search box, and what it is: `word`, `topic` or `person`."""

    text: str
    kind: str
