"""Lists of stories, however they are filtered, at a cost that does not grow with the archive.

Each list is walked along one index, newest first: of a contributor, else a topic, else a section, else a language,
else of everything. What is asked beyond that is compared row by row, of at most `WINDOW` rows a request: a page may
then hold fewer stories than its limit, or none, and still have a next one.
"""

from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404

from ..models import (
    Contributor,
    Edition,
    EditionContributor,
    EditionSection,
    EditionTopic,
    Section,
    Topic,
)
from ..views.paging import read_cursor, write_cursor
from ..views.pictures import hang
from .refusing import Refusal

WINDOW = 1_000


class Page(NamedTuple):
    """Some editions (list, pictures hung) and the cursor (text) of what follows; empty at the end."""

    editions: list
    cursor: str


def sections_by_path():
    """All sections by their path (dict), in one query."""
    return {section.path: section for section in Section.objects.all()}


def find(asked, at, *, sections, whole):
    """The page of live editions that `asked` (Wanted) wants `at` a moment; `whole`: with their texts.

    Raises Refusal for a section there is not, and for a cursor that is none.
    """
    section = _section(asked, sections)
    topic = Topic.objects.at_address(asked.topic) if asked.topic else None
    if asked.topic and not topic:
        return Page([], "")
    rows, rest = _walk(asked, section, topic)
    rows = _between(rows.live(at), asked).newest_first()
    keys, cursor = _compared(rows, rest, asked.limit) if rest else _next(rows, asked.limit)
    return Page(_editions(keys, at, whole=whole), cursor)


def _section(asked, sections):
    if not asked.section:
        return None
    if asked.section not in sections:
        raise Refusal("There is no section of this path; /api/v1/sections/ lists them.")
    return sections[asked.section]


def _walk(asked, section, topic):
    """The list that is walked (rows with an `edition_id`), and what each row is compared with (list of conditions)."""
    rest = []
    if asked.contributor:
        person = Contributor.objects.filter(slug=asked.contributor, has_page=True).values("pk")[:1]
        rows = EditionContributor.objects.filter(contributor=person)
        rest += [_in(EditionTopic, topic=topic)] if topic else []
        rest += [_in(EditionSection, section=section)] if section else []
    elif topic:
        rows = EditionTopic.objects.filter(topic=topic)
        rest += [_in(EditionSection, section=section)] if section else []
    elif section:
        rows = EditionSection.objects.filter(section=section)
    else:
        rows = Edition.objects.annotate(edition_id=F("pk"))
        rows = rows.filter(language=asked.language.value) if asked.language else rows
        return rows, [Q(kind=asked.kind.value)] if asked.kind else []
    rest += [Q(edition__language=asked.language.value)] if asked.language else []
    rest += [Q(edition__kind=asked.kind.value)] if asked.kind else []
    return rows, rest


def _in(listing, **place):
    return Q(Exists(listing.objects.filter(edition=OuterRef("edition_id"), **place)))


def _between(rows, asked):
    """The rows from the cursor and the end (whichever is earlier) down to the beginning."""
    if asked.starts:
        rows = rows.filter(published_at__gte=asked.starts)
    try:
        cursor = read_cursor(asked.before) if asked.before else None
    except Http404:
        raise Refusal("“before” is not a place in a list; take it from “next” of the page before.") from None
    # One upper bound, never two: SQLite would start reading at the wrong one (models/timeline.py).
    if cursor and not (asked.ends and asked.ends <= cursor[0]):
        return rows.older_than(*cursor)
    return rows.filter(published_at__lt=asked.ends) if asked.ends else rows


_PLACE = ("published_at", "public_id", "edition_id")


def _next(rows, limit):
    """The keys of the next rows (list) and the cursor of what follows."""
    found = list(rows.values_list(*_PLACE, named=True)[: limit + 1])
    return _keys(found[:limit]), write_cursor(found[limit - 1]) if len(found) > limit else ""


def _compared(rows, rest, limit):
    """The same of those rows that fit all of `rest`, as far as a window reaches."""
    wanted = Q()
    for condition in rest:
        wanted &= condition
    fits = ExpressionWrapper(wanted, output_field=BooleanField())
    window = list(rows.annotate(fits=fits).values_list(*_PLACE, "fits", named=True)[: WINDOW + 1])
    found = [row for row in window[:WINDOW] if row.fits]
    if len(found) > limit:
        return _keys(found[:limit]), write_cursor(found[limit - 1])
    return _keys(found), write_cursor(window[WINDOW - 1]) if len(window) > WINDOW else ""


def _keys(rows):
    return [row.edition_id for row in rows]


def _editions(keys, at, *, whole):
    if not keys:
        return []
    live = Edition.objects.live(at).filter(pk__in=keys).newest_first()
    return hang(live.for_page(at) if whole else live.for_river(at), at)
