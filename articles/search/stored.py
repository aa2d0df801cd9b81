"""An index inside the newsroom's own database: everything but the few questions that each database asks its own way.

Work is bounded like this: the database hands out live hits newest first, and nobody reads more than MOST of them (of
stories that have all words of a phrase, PHRASE_MOST are looked at). Hidden ones are left out before they are counted.
"""

from abc import abstractmethod
from collections import Counter
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..models import Edition, SearchDocument
from . import correcting, suggesting
from .document import SLOTS, documents, place_of
from .interface import MOST, Found, SearchIndex
from .question import needs_of
from .ranking import ranked

PHRASE_MOST = 2_000


class Row(NamedTuple):
    """A live hit."""

    place: int
    edition: int
    published_at: datetime
    public_id: str
    facets: str
    gist: str


class Named(NamedTuple):
    """A live hit as suggestions need it: the words of its headline and the names in it."""

    place: int
    published_at: datetime
    public_id: str
    names: str


COLUMNS = {
    Row: "place, edition_id, published_at, public_id, facets, gist",
    Named: "place, published_at, public_id, names",
}


class StoredIndex(SearchIndex):
    """Keeps a SearchDocument of each edition; the words are kept by the classes below this one."""

    @abstractmethod
    def newest(self, needs, *, at, most, shape=Row):
        """The newest `most` live rows (list of `shape`) that have what `needs` asks for of single forms."""

    @abstractmethod
    def having(self, places, phrase, needs):
        """Which of these `places` (set of numbers) have one of the sequences of forms of `phrase` (set).

        All of them have what `needs` asks for of single forms: what has not, need not be read.
        """

    @abstractmethod
    def store(self, pairs):
        """Write `pairs` (list) of a place and its Document."""

    @abstractmethod
    def drop(self, pairs):
        """Take `pairs` (list) of a place and its Document out again."""

    named = Named

    def add(self, editions):
        """As of SearchIndex."""
        for _start, batch in groupby(enumerate(editions), key=lambda pair: pair[0] // 500):
            found = list(documents([edition for _number, edition in batch]))
            with transaction.atomic():
                self.store(list(zip(_free_places(found), found, strict=True)))

    def remove(self, editions):
        """As of SearchIndex."""
        places = dict(SearchDocument.objects.filter(edition__in=editions).values_list("edition_id", "place"))
        indexed = [edition for edition in editions if edition.pk in places]
        with transaction.atomic():
            self.drop([(places[each.edition.pk], each) for each in documents(indexed)])

    def retime(self, edition, times):
        """As of SearchIndex; one that moves in the order of lists is indexed anew."""
        if "published_at" in times and SearchDocument.objects.filter(edition=edition).exists():
            self.remove([edition])
            self.add([edition])
        else:
            SearchDocument.objects.filter(edition=edition).update(**times)

    def missing(self, after=0, *, most):
        """As of SearchIndex; what was cancelled before it went live is not missed."""
        indexed = Exists(SearchDocument.objects.filter(edition=OuterRef("pk")))
        keys = Edition.objects.filter(~indexed, pk__gt=after, live_from__isnull=False).order_by("pk")
        return list(keys.values_list("pk", flat=True)[:most])

    def find(self, question, *, at):
        """As of SearchIndex."""
        needs = needs_of(question)
        rows, compared = self._hits(needs, at)
        hits = rows[:MOST]
        counts = Counter(each for row in hits for each in row.facets.split())
        zone = timezone.get_default_timezone()
        days = Counter(row.published_at.astimezone(zone).date() for row in hits)
        keys = [row.edition for row in ranked(hits, needs, question, at)]
        return Found(keys=keys, more=len(rows) > MOST, compared=compared, counts=counts, days=days)

    def _hits(self, needs, at):
        """Up to one row more than are shown (list), which says that there are more; and `compared` as of Found."""
        if not (needs.phrases or needs.not_phrases):
            return self.newest(needs, at=at, most=MOST + 1), 0
        found = self.newest(needs, at=at, most=PHRASE_MOST + 1)
        rows = found[:PHRASE_MOST]
        left = {row.place for row in rows}
        for phrase in needs.phrases:
            left = self.having(left, phrase, needs) if left else left
        for phrase in needs.not_phrases:
            left -= self.having(left, phrase, needs) if left else left
        hits = [row for row in rows if row.place in left]
        return hits, PHRASE_MOST if len(found) > PHRASE_MOST and len(hits) <= MOST else 0

    def suggest(self, typed, *, at):
        """As of SearchIndex."""
        return suggesting.suggest(self, typed, at=at)

    def correct(self, question, *, at):
        """As of SearchIndex."""
        return correcting.correct(self, question, at=at)

    def has(self, question, *, at):
        """As of SearchIndex."""
        needs = needs_of(question)
        has_phrases = needs.phrases or needs.not_phrases
        return bool(self._hits(needs, at)[0] if has_phrases else self.newest(needs, at=at, most=1))


def _free_places(found):
    """A place in the index for each Document (list): by its time, and its key where others have the same time."""
    places = [place_of(each.edition.published_at, each.edition.pk % SLOTS) for each in found]
    taken = set(SearchDocument.objects.filter(pk__in=places).values_list("pk", flat=True))
    for number, place in enumerate(places):
        # One that is not where it was looked for has to be looked for again: its neighbour may have moved there.
        while place in taken or (place != places[number] and SearchDocument.objects.filter(pk=place).exists()):
            place = place - SLOTS + 1 if place % SLOTS == SLOTS - 1 else place + 1
        taken.add(place)
        places[number] = place
    return places


def live_where(at):
    """For a query of SearchDocument written by hand: the condition that it is live `at` a moment (SQL, parameters)."""
    query = SearchDocument.objects.live(at).query
    return query.get_compiler(connection=connection).compile(query.where)
