"""Names that tell nothing: not how many there are, not when they were made."""

import re
import secrets

DIGITS = "0123456789"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
PUBLIC_ID = r"[0-9][0-9a-hjkmnp-tv-z]{9}"


def new_public_id():
    """A story's public id (10 characters, about 48 random bits), starting with a digit.

    The digit keeps an id from being read as a word: `/politics/europe-parliament/` is a section.
    """
    return secrets.choice(DIGITS) + "".join(secrets.choice(ALPHABET) for _ in range(9))


def is_public_id(text):
    """Whether `text` has the form of a story's public id."""
    return re.fullmatch(PUBLIC_ID, text) is not None


def new_file_key():
    """A picture's name (26 characters, 130 random bits): nobody can guess it before it is public."""
    return "".join(secrets.choice(ALPHABET) for _ in range(26))
