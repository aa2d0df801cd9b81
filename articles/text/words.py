"""The words of a text as a machine compares them: without endings, without the words every text has."""

import re
from functools import lru_cache

import snowballstemmer

from .language import COMMON
from .slugs import slugify

LONGEST = 40  # characters of a stem; longer words are cut
_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_STEMMERS = {"de": snowballstemmer.stemmer("german"), "en": snowballstemmer.stemmer("english")}
_ALWAYS = frozenset(word for words in COMMON.values() for word in words)


def words(text):
    """The words of a plain text as they stand there (list), compounds with hyphens whole."""
    return _WORD.findall(text)


def stems(text, language):
    """The stems of a plain text's words in their order (list), without numbers and the commonest words.

    `language` is a code; one without a stemmer is treated as English. A compound with hyphens gives each of its parts.
    """
    kind = language[:2] if language[:2] in _STEMMERS else "en"
    return [stem for word in re.findall(r"[^\W\d_]+", text) if (stem := stem_of(word.lower(), kind))]


@lru_cache(200_000)
def stem_of(word, language):
    """The stem of one lower-case word (`language`: de or en); empty for a word that says nothing."""
    if len(word) < 3 or word in _ALWAYS:
        return ""
    return _STEMMERS[language].stemWord(word)[:LONGEST]


@lru_cache(50_000)
def key_of(word):
    """One word of a text as it would stand in an address; of several parts, joined by hyphens."""
    return slugify(word, limit=80)


def phrases(text, *, longest=4, most=3_000):
    """The sequences of up to `longest` words in a text as addresses (set, at most `most`), the shortest first.

    A sequence neither begins nor ends with one of the commonest words, and does not go beyond a sentence's signs.
    """
    found = set()
    runs = [words(part) for part in re.split(r"[.!?;:()\n„“”»«\"]+\s|[,\n]|\s[–—-]\s", text)]
    for length in range(1, longest + 1):
        for run in runs:
            for start in range(len(run) - length + 1):
                if run[start].lower() in _ALWAYS or run[start + length - 1].lower() in _ALWAYS:
                    continue
                found.add("-".join(filter(None, map(key_of, run[start : start + length]))))
                if len(found) >= most:
                    return found - {""}
    return found - {""}
