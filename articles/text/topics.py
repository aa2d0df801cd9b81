"""Names of topics: how a typed list is split, and when two names mean one topic."""

import re
import unicodedata

from .html import printable
from .slugs import slugify

LONGEST = 80


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
