"""Where a search's words stand in a text: pieces to mark, and the passage worth showing; plain text."""

import unicodedata

from .tokens import WORD, form, spelled_form


def pieces(text, wanted, language):
    """`text` in pieces, in order (list of pairs of text and whether it is one of the words looked for).

    `wanted` are forms (set) as of tokens.wanted, `language` is the text's. Joined, the pieces are the text.
    """
    found, start = [], 0
    for match in WORD.finditer(text):
        if _is_wanted(match[0], wanted, language):
            found += [(text[start : match.start()], False), (match[0], True)]
            start = match.end()
    return [piece for piece in [*found, (text[start:], False)] if piece[0]]


def _is_wanted(word, wanted, language):
    word = unicodedata.normalize("NFC", word)
    return form(word, language) in wanted or spelled_form(word, language) in wanted


def passage(text, wanted, language, *, limit=220):
    """The part of `text` (at most about `limit` characters, cut between words) that has most of the words; or ""."""
    text = " ".join(text.split())
    hits = [match.start() for match in WORD.finditer(text) if _is_wanted(match[0], wanted, language)]
    if not hits:
        return ""
    room = limit * 3 // 4
    best = max(range(len(hits)), key=lambda number: (_within(hits, number, room), -number))
    start = max(hits[best] - limit // 4, 0)
    end = start + limit
    if end >= len(text):
        start, end = max(len(text) - limit, 0), len(text)
    return _cut(text, start, end)


def _within(hits, number, room):
    return sum(hits[number] <= each <= hits[number] + room for each in hits[number : number + 20])


def _cut(text, start, end):
    """From `start` to `end` by whole words, an ellipsis where something was left out."""
    part = text[start:end]
    if start:
        part = "…" + (part.partition(" ")[2] or part)
    if end < len(text):
        part = (part.rpartition(" ")[0] or part).rstrip(" ,;:–-") + "…"
    return part


def has_any(text, wanted, language):
    """Whether one of the words looked for stands in `text`."""
    return any(_is_wanted(match[0], wanted, language) for match in WORD.finditer(text))
