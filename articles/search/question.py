"""What a reader asks: the search box read into words, phrases and exclusions, with the filters beside it."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from ..text.html import printable
from ..text.tokens import wanted, wanted_phrases, words_of

LONGEST, MOST_WORDS = 200, 20
_PART = re.compile(r"""(?P<minus>(?<!\S)[-–−])?(?:["„“”«»](?P<phrase>[^"„“”«»]*)["„“”«»]?|(?P<word>[^\s"„“”«»]+))""")


class Unanswerable(ValueError):
    """A question that is not asked; the exception's text is one sentence for the reader."""


@dataclass(frozen=True)
class Question:
    """Words that all have to stand in a story, phrases too, neither of what is excluded, and the filters.

    `words` are single words as typed; `phrases` and `excluded` are tuples of words. `filters` are marks as of
    `document.mark`: every group (tuple of marks) has to be met by one of them. `since` and `until` (aware datetimes
    or None) bound the first publication: from the one on, and before the other.
    """

    words: tuple = ()
    phrases: tuple = ()
    excluded: tuple = ()
    filters: tuple = ()
    since: datetime | None = None
    until: datetime | None = None
    by_date: bool = False
    typed: str = field(default="", compare=False)

    @property
    def is_empty(self):
        """Whether nothing is looked for (filters and exclusions alone are no question)."""
        return not (self.words or self.phrases)

    @property
    def sought(self):
        """Every word that is looked for (list), those of phrases too."""
        return [*self.words, *(word for phrase in self.phrases for word in phrase)]


def read(typed):
    """The words, phrases and exclusions (dict for `Question`) of what was typed into the search box.

    Every text can be read: a quotation mark without its partner reaches to the end, signs mean nothing.
    Raises Unanswerable for what is too long.
    """
    typed = " ".join(printable(typed).split())
    if len(typed) > LONGEST:
        raise Unanswerable(_("Please search with at most %(most)d characters.") % {"most": LONGEST})
    found = {"words": [], "phrases": [], "excluded": []}
    for part in _PART.finditer(typed):
        words = tuple(words_of(part["phrase"] or part["word"] or ""))
        if not words:
            continue
        if part["minus"]:
            found["excluded"] += [words] if part["phrase"] else [(word,) for word in words]
        elif part["phrase"] and len(words) > 1:
            found["phrases"].append(words)
        else:
            found["words"] += words
    if sum(len(each) for each in found.values()) > MOST_WORDS or sum(map(len, found["phrases"])) > MOST_WORDS:
        raise Unanswerable(_("Please search with at most %(most)d words.") % {"most": MOST_WORDS})
    return {name: tuple(dict.fromkeys(each)) for name, each in found.items()} | {"typed": typed}


@dataclass(frozen=True)
class Needs:
    """A question as an index can answer it: forms and marks in groups, of which one each has to stand in a story.

    `groups` and `without` (tuples of tuples of text) are about single forms. `phrases` and `not_phrases` hold, for
    each phrase, the sequences of forms (tuples) that would do. A form that ends in `*` stands for all it begins.
    """

    groups: tuple
    without: tuple = ()
    phrases: tuple = ()
    not_phrases: tuple = ()
    since: datetime | None = None
    until: datetime | None = None


def needs_of(question):
    """The question as Needs; of every phrase its words are needed as well."""
    groups = dict.fromkeys([*map(wanted, question.sought), *question.filters])
    return Needs(
        groups=tuple(groups),
        without=tuple(wanted(phrase[0]) for phrase in question.excluded if len(phrase) == 1),
        phrases=tuple(tuple(wanted_phrases(phrase)) for phrase in question.phrases),
        not_phrases=tuple(tuple(wanted_phrases(phrase)) for phrase in question.excluded if len(phrase) > 1),
        since=question.since,
        until=question.until,
    )
