"""Words for addresses."""

import re
import unicodedata

_SPELLED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "ł": "l",
        "+": "plus",
        "#": "sharp",
    }
)


def slugify(text, *, limit=80):
    """`text` as lower-case ASCII words joined by hyphens, at most `limit` characters, cut between words.

    German letters are spelled out (ü as ue). The result is empty where nothing of `text` can be spelled.
    """
    spelled = unicodedata.normalize("NFKC", text[: limit * 8]).lower().translate(_SPELLED)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_only))
    if len(slug) <= limit:
        return slug
    return slug[: limit + 1].rpartition("-")[0] or slug[:limit]
