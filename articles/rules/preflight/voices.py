"""Whose words these are: quotes with a name, opinions with a label and an author, names spelled one way."""

import re
from itertools import groupby

from django.utils.translation import gettext as _

from ...text.names import spelled_two_ways
from ...text.quotations import unquoted
from ...vocabulary import Kind
from .finding import Finding, around

_SAYING = re.compile(
    r"\b(?:sag(?:t|te|ten)|erklär(?:t|te|ten)|mein(?:t|te|ten)|betont(?:e|en)?|schreib(?:t|en)|schrieb(?:en)?"
    r"|nannte|nennt|erzähl(?:t|te|ten)|antwortet(?:e|en)?|fragt(?:e|en)?|ruft|rief(?:en)?|lobt(?:e|en)?|kritisiert(?:e|en)?"
    r"|heißt es|hieß es|fordert(?:e|en)?|warnt(?:e|en)?|sprach(?:en)?|spricht|laut|zufolge|so [A-ZÄÖÜ]\w+|findet|fand"
    r"|urteilt(?:e)?|says?|said|told|tells|asks?|asked|writes?|wrote|added|adds|explain(?:s|ed)|argue[sd]?|calls|called"
    r"|according to|warn(?:s|ed)|recall(?:s|ed)|replie[sd]|insist(?:s|ed)|put it)\b"
)
_CLOSING_LINE = re.compile(r"(?:^|\n|[“”«\"]\s*)[\s(]*[—–-]+\s*\w")
_NAME_AFTER = re.compile(r"[“”«\"’]\s*[,.]?\s*\(?[A-ZÄÖÜ][^“”«\"]{2,120}$")
_QUOTES = ("blockquote", "pullquote")
# A line set apart there is the author's, unless in quotation marks.
_OWN_VOICE = (Kind.OPINION, Kind.ANALYSIS, Kind.REVIEW)
_MARKS = re.compile(r"[„“”»«\"]")
_SIGNS = re.compile(r"[\W_]+")


def attribution(copy):
    """A quote set apart that does not say whose words it is, and no paragraph beside it either."""
    all_words = None
    groups = [list(each) for _key, each in groupby(copy.passages, key=lambda one: (one.place, one.group))]
    for number, group in enumerate(groups):
        if group[0].place not in _QUOTES:
            continue
        text = "\n".join(each.text for each in group)
        if group[0].place == "pullquote" and copy.kind in _OWN_VOICE and not _MARKS.search(text):
            continue
        beside = _beside(groups, number)
        if _CLOSING_LINE.search(text) or _NAME_AFTER.search(text) or _SAYING.search(unquoted(text)) or _names(group):
            continue
        if any(_SAYING.search(unquoted(each)) or each.rstrip().endswith(":") for each in beside):
            continue
        if all_words is None:
            all_words = _words("".join(each.text for each in copy.passages if each.place not in _QUOTES))
        if _words(text) in all_words:  # the story's own words, set apart
            continue
        sentence = _("This quote does not say whose words it is: add a line with the name.")
        yield Finding(sentence, "body", around(text, 0, min(len(text), 60)))


def _beside(groups, number):
    before = groups[number - 1][-1].text if number else ""
    after = groups[number + 1][0].text if number + 1 < len(groups) else ""
    return before, after


def _names(group):
    """Whether the last of several paragraphs of a quote is a short line with a name."""
    last = group[-1].text
    return len(group) > 1 and len(last) <= 100 and last[:1].isupper() and not last.rstrip().endswith((".", "!", "?"))


def _words(text):
    return _SIGNS.sub("", text).lower()


_LABEL = re.compile(
    r"^\s*(?:Kommentar|Meinung|Leitartikel|Glosse|Gastbeitrag|Gastkommentar|Kolumne|Standpunkt|Opinion|Comment|Editorial"
    r"|Leader|Column|Op-ed)\s*(?::|\||–|$)",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:meiner Meinung nach|meines Erachtens|aus meiner Sicht|in my (?:opinion|view)|to my mind"
    r"|(?i:ich) (?:finde|meine|glaube|halte|denke|fürchte|hoffe)|I (?:think|believe|find|hope|fear|feel|suspect)\b)",
)
_SELF = {
    "de": re.compile(r"\b(?:[Ii]ch|[Mm]ich|[Mm]ir|[Mm]ein(?:e[mnrs]?)?)\b(?!-)"),
    "en": re.compile(
        r"(?:\b(?P<before>[A-Z][\w’'-]*) )?\bI(?:[’'](?:m|ve|d|ll)\b| [a-z]{2,})|\b[Mm]y(?:self)?\b|\bme\b(?!-)"
    ),
}
# Capitalised words before an "I" that is a person and not a number: "When I came", but "Elizabeth I came".
_BEFORE_I = (
    *("After", "And", "As", "Because", "Before", "But", "If", "Here", "Now", "So", "Since", "Then", "Today"),
    *("What", "When", "Where", "While", "Yesterday"),
)


def unlabelled_opinion(copy):
    """News that is labelled, or talks, like an opinion."""
    if copy.kind != Kind.NEWS:
        return
    for field in ("kicker", "headline"):
        if found := _LABEL.match(getattr(copy, field)):
            sentence = _("“%(label)s” stands above a story of the kind “News”: make its kind “Opinion”.")
            yield Finding(sentence % {"label": found[0].strip(" :|–")}, "kind", found[0].strip())
    own = _SELF.get(copy.language, _SELF["en"])
    for passage in copy.passages:
        if passage.place in _QUOTES:
            continue
        text = unquoted(passage.text)
        if found := _OPINION.search(text):
            sentence = _("“%(words)s” is an opinion in a news story: attribute it, or make the kind “Opinion”.")
        elif found := next((one for one in own.finditer(text) if _is_person(one)), None):
            sentence = _("“%(words)s” outside a quotation: who speaks in this news story?")
        if found:
            words = passage.text[found.start() : found.end()]
            yield Finding(sentence % {"words": words}, "body", around(passage.text, *found.span()))


def _is_person(found):
    before = found.groupdict().get("before")
    return not before or before in _BEFORE_I


def opinion_author(copy):
    """An opinion of nobody."""
    if copy.kind == Kind.OPINION and not copy.has_author:
        yield Finding(_("An opinion needs the name of its author."), "bylines")


def names(copy):
    """Names that are spelled two ways in the story, or otherwise than its people and topics are."""
    text = "\n".join(text for _field, text in copy.lines)
    known = (*copy.known_names, *copy.topics, *(name for name, _credit in copy.bylines))
    for rarer, other in spelled_two_ways(text, known):
        sentence = _("“%(one)s” or “%(other)s”: if this is one name, spell it one way.")
        field = next((field for field, line in copy.lines if rarer in line), "body")
        yield Finding(sentence % {"one": rarer, "other": other}, field, rarer)
