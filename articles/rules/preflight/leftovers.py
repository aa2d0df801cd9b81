"""What was left in a text: placeholders, words typed twice, marks of a typewriter."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from ...text.quotations import unbalanced, unquoted
from .finding import Finding, around

_UNITS = "Prozent|percent|per cent|Euro|Dollar|Uhr|Mio|Millionen|million|Menschen|people|Kilometer"
_PLACEHOLDERS = re.compile(
    rf"""
      \b(?:TK)+\b (?!\s(?:Maxx|Elevator)|-)
    | \b[Tt][Kk](?:[Tt][Kk])+\b
    | (?<!Bowl\s)\b(?:X{{3,}}|x{{3,}})\b
    | \b(?:XX[.,]X+|XX\s(?:{_UNITS})|xx\s(?:{_UNITS}))\b
    | \?{{3,}} | _{{3,}} | \#{{3,}}
    | \b(?:TODO|FIXME|TBD|TBC|TBA)\b
    | \bLorem\s+ipsum\b
    | \[\s?(?:TK|tk|x+|X+|\?+|Name|Vorname|Zitat|Zahl|Datum|Ort|Quelle|Link|Titel|Alter|prüfen|folgt|kommt|einfügen
            |ergänzen|name|quote|number|date|place|source|link|title|age|check|verify|insert|to\scome|add)\b[^\]]{{0,60}}\]
    """,
    re.VERBOSE,
)
_MAY_BE = re.compile(r"[Tt][Kk]|[Xx]{2}|[?_\#]{3}|\[|TODO|FIXME|TB[ACD]|Lorem", re.IGNORECASE)  # quicker than the above
_DOTS = re.compile(r"\[\s?(?:\.{2,}|…)?\s?\]")
_HEALTH_INSURER = re.compile(r"Techniker|Krankenkasse|Krankenversicher|versicher|die TK\b|der TK\b")


def placeholders(copy):
    """What stands for words that were to come: TK, XXX, ???, […] outside a quotation."""
    for field, text in copy.lines:
        if not _MAY_BE.search(text):
            continue
        insurer = _HEALTH_INSURER.search(text)
        for found in _PLACEHOLDERS.finditer(text):
            if not (insurer and found[0] == "TK"):
                yield _left_over(field, text, found)
        for found in _DOTS.finditer(unquoted(text)):  # inside one it says that words were left out
            yield _left_over(field, text, found)


def _left_over(field, text, found):
    sentence = _("“%(left)s” is left in the text: replace it or take it out.") % {"left": found[0][:40]}
    return Finding(sentence, field, around(text, *found.span()))


_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{2,})[ \u00a0\n]\1(?![\w-])", re.IGNORECASE)
_MAY_DOUBLE = frozenset(
    (
        *("die", "der", "das", "den", "dem", "sie", "was", "wer", "wie", "so", "sehr", "had", "that", "is", "very"),
        *("no", "ja", "nein", "hey", "ha", "bye", "blah", "bla", "her", "you"),
    )
)


def doubled_words(copy):
    """A word typed twice; not those that may follow themselves, nor names such as Baden Baden."""
    for field, text in copy.lines:
        for found in _DOUBLED.finditer(text):
            word = found[1]
            if word.lower() in _MAY_DOUBLE or found[0].istitle():
                continue
            sentence = _("“%(word)s” stands twice in a row.") % {"word": found[0].replace("\n", " ")[:60]}
            yield Finding(sentence, field, around(text, *found.span()))


_STRAIGHT = re.compile(r"(?<!\d)\"|(?<=[^\W\d_])'(?=[^\W\d_])")


def straight_marks(copy):
    """Quotation marks and apostrophes as a typewriter makes them."""
    for field, text in copy.lines:
        if found := _STRAIGHT.search(text):
            yield Finding(_("Straight quotation marks: use typographic ones."), field, around(text, *found.span()))


def quotation_marks(copy):
    """A quotation that is opened and not closed, or the other way round."""
    lines = [*copy.lines, ("", "")]
    for (field, text), (following_field, following) in pairwise(lines):
        if marks := unbalanced(text, following if following_field == field else ""):
            sentence = _("The quotation marks %(marks)s do not match in this paragraph.") % {"marks": marks}
            yield Finding(sentence, field, around(text, 0, min(len(text), 60)))
