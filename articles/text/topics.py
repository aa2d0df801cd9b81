"""Names of topics: how a typed list is split, and when two names mean one topic or nearly so."""

import re
import unicodedata
from functools import lru_cache
from itertools import permutations

import snowballstemmer

from .html import printable
from .slugs import slugify

LONGEST = 80
SHORTEST_TYPO = 6  # letters; in a shorter name another letter is another word (Hand, Wand)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STEMMER = snowballstemmer.stemmer("german")  # it takes the English plural off as well


def split_names(typed):
    """The names in a comma-separated list (list of text), in order, without repeats.

    Only a comma separates: `New York, Klima und Energie` are two names, and quotes are letters.
    """
    names = {}
    for part in typed.split(","):
        name = tidy_name(part)
        if name:
            names.setdefault(name_key(name) or name, name)
    return list(names.values())


def join_names(topics):
    """The way back: topics (anything with `name`) as the text an editor types."""
    return ", ".join(topic.name for topic in topics)


def tidy_name(name):
    """`name` with single spaces, in Unicode's composed form (NFC)."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", printable(name))).strip()


def is_name(name):
    """Whether a topic can be called that: it makes an address, and is at most LONGEST characters."""
    return bool(name_key(name)) and len(tidy_name(name)) <= LONGEST


def name_key(name):
    """What two spellings of one topic share: case, accents' encoding and punctuation do not count.

    Empty for what has no Latin letter or digit and so could have no address.
    """
    return slugify(tidy_name(name), limit=LONGEST)


@lru_cache(20_000)
def likeness(name):
    """What nearly identical names share (text, empty where `name_key` is): hyphens, umlauts and plurals do not count.

    Hafen-Ausbau is Hafenausbau, Häfen is Hafen, Müller is Mueller and Muller.
    """
    return _likeness(name_key(name).split("-"))


def _likeness(words):
    folded = re.sub(r"(?<![aeiouq])([aou])e", r"\1", "".join(words))
    folded = folded if folded.isdigit() else _STEMMER.stemWord(folded)
    return folded[:LONGEST]


def likenesses(name):
    """The likenesses of a name in any order of its words, of at most three: Merkel, Angela is Angela Merkel (set)."""
    words = [word for word in name_key(name).split("-") if word]
    if not words:
        return set()
    orders = permutations(words) if len(words) <= 3 else [words, words[1:] + words[:1], words[-1:] + words[:-1]]
    return {_likeness(order) for order in orders}


def one_letter_off(key, letters=_LETTERS):
    """Every text that is one typing mistake away from `key` (set), the first letter and all digits being right.

    A mistake is a letter too many, missing or wrong, or two that changed places. Nothing is near a short key.
    """
    if sum(each.isalpha() for each in key) < SHORTEST_TYPO:
        return set()
    cuts = [(key[:place], key[place:]) for place in range(1, len(key) + 1)]
    near = {start + rest[1:] for start, rest in cuts if rest and not rest[0].isdigit()}
    near |= {start + rest[1] + rest[0] + rest[2:] for start, rest in cuts if len(rest) > 1 and rest[:2].isalpha()}
    near |= {start + each + rest[1:] for start, rest in cuts if rest and not rest[0].isdigit() for each in letters}
    near |= {start + each + rest for start, rest in cuts for each in letters}
    return near - {key}
