"""What could follow what was typed: words of headlines, topics and people of the newest live stories that fit.

No list of words is kept: it would have to know of each word whether any story that readers may see has it. Instead the
newest live stories whose headlines or names have a word that begins so are looked at, and their own words are counted.
"""

from collections import Counter

from ..text.language import COMMON
from ..text.tokens import bare, spelled, wanted, words_of
from .interface import Suggestion
from .question import Needs, Unanswerable, read

NEWEST = 150  # stories looked at
MOST = 8
SHORTEST = 2  # letters that have to be typed
_SAY_NOTHING = frozenset().union(*COMMON.values())
_KINDS = {"t": "topic", "p": "person", "w": "word"}


def suggest(index, typed, *, at):
    """As of SearchIndex; the words before the last one stay, and are in the same stories."""
    words = words_of(typed)
    if not words or typed[-1:].isspace() or len(words[-1]) < SHORTEST or '"' in typed:
        return []
    try:
        read(typed)
    except Unanswerable:
        return []
    *before, last = words
    start = spelled(last)
    rows = index.newest(_needs(before, start), at=at, most=NEWEST, shape=index.named)
    return _best(rows, before, start, typed)


def _needs(before, start):
    first = f"_p{start}" if len(start) <= 3 else f"_h{start}*"
    return Needs(groups=(*map(wanted, before), (first,)))


def _best(rows, before, start, typed):
    """The completions (list of Suggestion) that most of the stories (rows) have; of equal ones, the newest."""
    lead = typed.rstrip()[: len(typed.rstrip()) - len(words_of(typed)[-1])]
    typed_before = {bare(word) for word in before}
    found, texts = Counter(), {}
    for row in rows:
        for suggestion in dict.fromkeys(_completions(row.names, start, lead, typed_before)):
            key = " ".join(map(bare, words_of(suggestion.text)))
            found[key] += 1
            if key not in texts or texts[key].kind == "word":
                texts[key] = suggestion
    best = sorted(found, key=lambda key: (-found[key], key != start, list(texts).index(key)))
    return [texts[key] for key in best[:MOST]]


def _completions(names, start, lead, before):
    """Suggestions from one story's words and names."""
    for line in names.split("\n"):
        kind, name = line[:1], line[1:]
        words = words_of(name)
        fits = [word for word in words if _begins(word, start) and bare(word) not in before]
        if kind == "w":
            yield from (Suggestion(lead + word, "word") for word in fits if word.lower() not in _SAY_NOTHING)
        elif fits and before <= {bare(word) for word in words}:
            yield Suggestion(name, _KINDS[kind])


def _begins(word, start):
    return bare(word).startswith(start) or spelled(word).startswith(start)
