"""What of an edition is indexed: the forms of its words in their order, and marks for filters and suggestions.

Everything here follows from the printed edition alone, so all databases keep the same, and no count of other stories,
which may be hidden ones, goes into it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..models import Edition, EditionSection, Section
from ..text.language import COMMON
from ..text.sounds import sound
from ..text.tokens import bare, form, forms, plain, spelled, spelled_form, words_of

MOST_WORDS = 15_000  # of a story; PostgreSQL counts no further than 16,383
MOST_TIMES = 250  # one form in a story; PostgreSQL keeps 256 places of each
GAP = "_"  # stands between two fields, so that no phrase reaches across
_REPEATED = 40  # words of the text whose number is kept for ranking
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -(2**42), 2**42  # milliseconds; what lies further away shares a place
SLOTS = 2**20
_SAY_NOTHING = frozenset(form(word, language) for language, words in COMMON.items() for word in words)


@dataclass(frozen=True)
class Document:
    """An edition as it goes into the index: its row, its forms in order, and marks without an order (lists of text)."""

    edition: Edition
    facets: str
    gist: str
    names: str
    forms: list
    marks: list


def place_of(moment, slot=0):
    """Where in the index stands what was first published at `moment` (aware datetime)."""
    return min(max((moment - _EPOCH) // timedelta(milliseconds=1), _FIRST), _LAST) * SLOTS + slot


def mark(kind, value):
    """The mark of a facet: `s` a section's key, `t` a topic's, `k` a kind, `l` a language."""
    return f"_{kind}{value}"


def documents(editions):
    """The Documents (iterator) of printed `editions` (list) that are in their lists."""
    listed = defaultdict(list)
    keys = [edition.pk for edition in editions]
    for edition, section in EditionSection.objects.filter(edition__in=keys).values_list("edition_id", "section_id"):
        listed[edition].append(section)
    names = dict(Section.objects.values_list("pk", "name"))
    for edition in editions:
        yield _document(edition, sorted(listed[edition.pk]), names[edition.section_id])


def _document(edition, sections, section_name):
    language = edition.language
    topics = [each["name"] for each in edition.topics]
    people = [each["name"] for each in edition.bylines]
    top = forms(edition.headline, language)
    second = [forms(text, language) for text in (edition.kicker, edition.dek, *topics, *people, section_name)]
    body = forms(plain(edition.body), language)
    facets = [mark("s", section) for section in sections]
    facets += [*(mark("t", each["id"]) for each in edition.topics), mark("k", edition.kind), mark("l", language)]
    named = [
        *(("w", word) for word in [edition.headline, edition.kicker]),
        *(("t", name) for name in topics),
        *(("p", name) for name in people),
    ]
    texts = [edition.headline, edition.kicker, edition.dek, *topics, *people, section_name, plain(edition.body)]
    return Document(
        edition=edition,
        facets=" ".join(facets),
        gist=_gist(top, second, body),
        names="\n".join(f"{kind}{one_line}" for kind, text in named if (one_line := " ".join(text.split()))),
        forms=_bounded(top, *second, body),
        marks=[*facets, *_surfaces(text for _kind, text in named), *_spelled(texts, language)],
    )


def _gist(top, second, body):
    """What ranking looks at (text): forms of the headline, those beside it, and how often the text repeats a word."""
    counted = Counter(body)
    often = [(times, each) for each, times in counted.items() if times > 1 and each not in _SAY_NOTHING]
    often.sort(key=lambda pair: (-pair[0], pair[1]))
    beside = dict.fromkeys(each for field in second for each in field)
    repeated = (f"{each}={min(times, 9)}" for times, each in often[:_REPEATED])
    return f" {' '.join(top)} | {' '.join(beside)} | {' '.join(repeated)} "


def _bounded(*fields):
    """The fields' forms in one row, a gap after each; beyond what every database keeps, gaps instead of words."""
    row = [each for field in fields for each in (*field, GAP)][:MOST_WORDS]
    crowded = {each for each, times in Counter(row).items() if times > MOST_TIMES and each != GAP}
    if not crowded:
        return row
    left = dict.fromkeys(crowded, MOST_TIMES)
    for number, each in enumerate(row):
        if each in crowded:
            left[each] -= 1
            row[number] = each if left[each] >= 0 else GAP
    return row


def _surfaces(texts):
    """Marks by which suggestions find the words of headlines and names: whole, by their first letters, by sound."""
    found = {}
    for word in (word for text in texts for word in words_of(text)):
        for spelling in (bare(word), spelled(word)):
            found |= {f"_h{spelling}": None, f"_p{spelling[:2]}": None, f"_p{spelling[:3]}": None}
        if code := sound(spelled(word)):
            found[f"_x{code}"] = None
    return found


def _spelled(texts, language):
    """The forms of words with umlauts as others spell them (list), for languages whose stemmer does not know both."""
    if language == "de":
        return []
    odd = (word for text in texts if not text.isascii() for word in words_of(text) if not word.isascii())
    return list(dict.fromkeys(other for word in odd if (other := spelled_form(word, language))))
