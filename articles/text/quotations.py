"""Quotation marks: which words stand inside them, and whether every one that opens is closed."""

import re

# A quotation ends at its closing mark or with the paragraph: what runs over several opens again in each.
_SPANS = re.compile(
    r"„[^“”\"]*+[“”\"]?|“[^”„]*+”?|»[^«]*+«?|«[^»]*+»?|(?<!\d)\"[^\"]*+\"?|‚[^‘’]*+[‘’]?"
    r"|(?<!\w)‘[^’]*+(?:’(?=\w)[^’]*+)*+’?"
)
_INCHES = re.compile(r"(?<=\d)[\"”]")


def unquoted(text):
    """`text` with every quotation replaced by spaces, so that positions stay as they are."""
    return _SPANS.sub(lambda found: " " * len(found[0]), text)


def unbalanced(text, following=""):
    """The kind of mark (text, e.g. `„“`) that is opened more or less often than closed; empty where all is well.

    A quotation that goes on in the next paragraph (`following`) is not closed here and opened again there.
    """
    text = _INCHES.sub("", text)
    for opening, closing in (("„", "“”"), ("“", "”"), ("»", "«")):
        if opening != "»" and (opening == "„") != ("„" in text):
            continue  # “ closes where „ opens, and opens where there is no „
        opened, closed = text.count(opening), sum(text.count(mark) for mark in closing)
        goes_on = opened == closed + 1 and following.startswith(opening)
        if opened != closed and not goes_on:
            return opening + closing[0]
    straight = text.count('"')
    if straight % 2 and "„" not in text and not following.startswith('"'):
        return '""'
    return ""
