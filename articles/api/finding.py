"""Lists of stories, however they are filtered, at a cost that does not grow with the archive.

Each list is walked along one index, newest first: of a contributor, else a topic, else a section, else a language,
else of everything. What is asked beyond that is compared row by row, of at most `WINDOW` rows a request: a page may
then hold fewer stories than its limit, or none, and still have a next one.
"""

from datetime import datetime
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.http import Http404

from ..models import (
    Contributor,
    Edition,
    EditionContributor,
    EditionSection,
    EditionTopic,
    FormerSectionPath,
    Section,
    Topic,
)
from ..views.paging import read_cursor, write_cursor
from ..views.pictures import hang
from .refusing import Refusal

WINDOW = 900  # keys in one query; older SQLite takes 999


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
    walk = _walk(asked, section, topic)
    rows = _between(walk.rows.live(at), asked).newest_first()
    return _page(walk, rows, asked, at, whole=whole)


def _section(asked, sections):
    if not asked.section:
        return None
    here = sections.get(asked.section) or FormerSectionPath.objects.thing_at(asked.section)
    if not here:
        raise Refusal("There is no section of this path; /api/v1/sections/ lists them.")
    return here


class _Walk(NamedTuple):
    """The list that is walked, and what each of its editions is compared with."""

    rows: QuerySet  # with an `edition_id`
    places: list  # further lists (queryset of all places, column, key) in each of which an edition stands too
    values: dict  # of the edition's own columns, named as the rows reach them


def _walk(asked, section, topic):
    own = {"kind": asked.kind and asked.kind.value, "language": asked.language and asked.language.value}
    values = {name: value for name, value in own.items() if value}
    places = [(EditionTopic.objects, "topic_id", topic.pk)] if topic else []
    places += [(EditionSection.objects, "section_id", section.pk)] if section else []
    if asked.contributor:
        person = Contributor.objects.at_address(asked.contributor)
        rows = EditionContributor.objects.filter(contributor=person)
    elif places:
        listing, column, key = places.pop(0)
        rows = listing.filter(**{column: key})
    else:
        rows = Edition.objects.annotate(edition_id=F("pk"))
        return _Walk(rows.filter(language=values.pop("language")) if asked.language else rows, [], values)
    return _Walk(rows, places, {f"edition__{name}": value for name, value in values.items()})


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


def _page(walk, rows, asked, at, *, whole):
    """The editions at the first of `rows` that fit all the rest, as far as a window reaches."""
    reach = WINDOW if walk.places or walk.values else asked.limit
    window = list(rows.values_list("published_at", "public_id", "edition_id", *walk.values)[: reach + 1])
    fitting = [row for row in window[:reach] if row[3:] == tuple(walk.values.values())]
    fitting = _in_all(walk.places, fitting)
    shown = fitting[: asked.limit]
    last = shown[-1] if len(fitting) > asked.limit else window[reach - 1] if len(window) > reach else None
    editions = _editions([row[2] for row in shown], at, whole=whole) if shown else []
    return Page(editions, write_cursor(_Place(*last[:2])) if last else "")


class _Place(NamedTuple):
    published_at: datetime
    public_id: str


def _in_all(places, rows):
    """Those rows whose edition stands in each of the `places`; one query."""
    if not (places and rows):
        return rows
    keys = [row[2] for row in rows]
    for listing, column, key in places:
        # By edition, never by the list: plus nothing, neither database can take the index of a whole section.
        found = listing.filter(edition__in=keys).annotate(listed=F(column) + 0).filter(listed=key)
        keys = found.values_list("edition_id", flat=True)
    inside = set(keys)
    return [row for row in rows if row[2] in inside]


def _editions(keys, at, *, whole):
    live = Edition.objects.live(at).filter(pk__in=keys)
    editions = hang(live.for_page(at) if whole else live.for_river(at), at)
    return sorted(editions, key=lambda edition: keys.index(edition.pk))
