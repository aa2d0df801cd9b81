"""Which of the newsroom's languages a text is written in."""

import re

_COMMON = {
    "de": (
        "der die das und ist nicht ein eine einen dem den des mit von für auf sich auch dass im zu am bei "
        "nach wird wurde haben hat werden sind aus über noch wie nur oder als aber zum zur vor durch bis"
    ),
    "en": (
        "the and is not a an of to in that with for on was were are has have had be by at from this which it "
        "as but will would their they his her its or after over into been who said"
    ),
}
COMMON = {code: frozenset(words.split()) for code, words in _COMMON.items()}


def detect_language(text):
    """The language code (`de` or `en`) whose commonest words fill more of `text`; None where neither does.

    Counts function words in the first 20,000 characters. Under two of them, or a tie, is no evidence.
    """
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    counts = {code: sum(word in common for word in words) for code, common in COMMON.items()}
    best, second = sorted(counts, key=counts.get, reverse=True)
    return best if counts[best] >= 2 and counts[best] > counts[second] else None
