"""The bulk verb for archives: many past publications at once, for stories that readers never had.

It leaves behind, row by row, what `publish` would have left had it been called at each of those moments:
editions, their places in lists, the log. What costs `publish` a lock, a page of questions and two dozen
queries a story is done here for thousands of stories in as many queries as for one.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter

from django.db import connection, models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext

from .. import search
from ..models import (
    Byline,
    Contributor,
    Edition,
    EditionContributor,
    EditionPicture,
    EditionSection,
    EditionTopic,
    Picture,
    RelatedStory,
    Section,
    Story,
    StoryEvent,
    StoryTopic,
    Topic,
)
from ..rules.refusal import refuse_if
from ..vocabulary import Act, Change, Stage
from .compose import compose
from .picturing import allowed, announce_end, printed_pictures


@dataclass(frozen=True)
class Publication:
    """A saved story as it was printed once, and when readers had it so (UTC; `ends` None: they still do)."""

    story: Story
    starts: datetime
    ends: datetime | None = None
    change: str = Change.UPDATE


@transaction.atomic
def print_archive(publications, *, by=None):
    """Print `publications` (iterable of Publication, some thousands at a time) as editions of the past; list them.

    Those of one story come in the order of their time; the first of each is its first publication whatever
    its `change`, a later one is minor or an update. Corrections go through `publish`, as does any story that
    readers have had. Returns how many editions were printed. Raises Refused, and then nothing is printed.
    """
    publications = list(publications)
    rows = _Rows.of({each.story.pk for each in publications})
    editions = _compose_all(publications, rows, by)
    refuse_if(_refusals(publications, editions))
    for edition, key in zip(editions, new_keys(Edition, len(editions)), strict=True):
        edition.pk = key
    names = [field.attname for field in Edition._meta.concrete_fields]
    write_rows(Edition, names, map(attrgetter(*names), editions))
    _list_all(editions, publications, rows)
    search.the_index().add(editions)
    _record_all(editions, by)
    printed = Edition.objects.filter(story=OuterRef("pk")).order_by("-number").values("story_version")[:1]
    Story.objects.filter(pk__in={each.story_id for each in editions}).update(printed_version=Subquery(printed))
    return len(editions)


@dataclass(frozen=True)
class _Rows:
    """What printing reads beside the stories themselves: by story, lists in the order in which they are printed."""

    bylines: dict
    topics: dict
    related: dict
    further_paths: dict

    @classmethod
    def of(cls, stories):
        further = Story.further_sections.through.objects.filter(story__in=stories)
        related = RelatedStory.objects.filter(story__in=stories).order_by("position")
        return cls(
            bylines=cls._bylines(stories),
            topics=cls._topics(stories),
            related=_grouped(related.values_list("story", "other__public_id")),
            further_paths=_grouped(further.values_list("story", "section__path")),
        )

    @staticmethod
    def _bylines(stories):
        lines = Byline.objects.filter(story__in=stories).order_by("position")
        lines = list(lines.values_list("story", "contributor", "credit"))
        people = Contributor.objects.in_bulk({person for _story, person, _credit in lines})
        known = {
            (p, credit): Byline(contributor=people[p], credit=credit) for p, credit in {each[1:] for each in lines}
        }
        return _grouped((story, known[person, credit]) for story, person, credit in lines)

    @staticmethod
    def _topics(stories):
        lines = StoryTopic.objects.filter(content_object__in=stories).order_by("pk")
        lines = list(lines.values_list("content_object", "tag"))
        topics = Topic.objects.in_bulk({tag for _story, tag in lines})
        return _grouped((story, topics[tag]) for story, tag in lines)


class _Read:
    """A story as `compose` sees it, its rows read already: without this, each story would cost three queries more."""

    def __init__(self, story, rows):
        self._story = story
        self.bylines, self.topics, self.related_rows = (
            _Answers(each[story.pk]) for each in (rows.bylines, rows.topics, rows.related)
        )

    def __getattr__(self, name):
        return getattr(self._story, name)


class _Answers(list):
    """Rows in their order, whatever query is asked for them."""

    def all(self, *_fields, **_options):
        """The rows."""
        return self

    select_related = order_by = values_list = all


def _grouped(pairs):
    groups = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _compose_all(publications, rows, by):
    editions, last = [], {}
    for each in publications:
        edition = compose(_Read(each.story, rows), by=by)
        before = last.get(each.story.pk)
        edition.number = before.number + 1 if before else 1
        edition.change = each.change if before else Change.FIRST
        edition.live_from, edition.live_until, edition.printed_at = each.starts, each.ends, each.starts
        edition.published_at = before.published_at if before else each.starts
        edition.updated_at = before.updated_at if before and each.change == Change.MINOR else each.starts
        last[each.story.pk] = edition
        editions.append(edition)
    return editions


def _refusals(publications, editions):
    """What is wrong with any of them. How it was credited and pictured at its time is history and not asked."""
    had = Edition.objects.filter(story__in={each.story.pk for each in publications}).values_list("headline", flat=True)
    yield from (gettext("“%(headline)s” was printed before.") % {"headline": headline} for headline in had[:5])
    for publication, edition in zip(publications, editions, strict=True):
        names = {"headline": edition.headline}
        if publication.story.stage != Stage.CLEARED:
            yield gettext("“%(headline)s” is not cleared.") % names
        if not edition.word_count or not (edition.bylines or edition.source):
            yield gettext("“%(headline)s” has no text, or neither byline nor source.") % names
        if edition.change == Change.CORRECTION:
            yield gettext("“%(headline)s”: corrections are published one by one.") % names


def _list_all(editions, publications, rows):
    """Each edition's places in lists, as `timeline.list_edition` gives them to one."""
    sections = {section.path: section for section in Section.objects.all()}
    in_sections, in_topics, in_people, pictures = [], [], [], []
    rights = _pictures_in(editions)
    for edition, publication in zip(editions, publications, strict=True):
        times = (edition.pk, edition.public_id, edition.published_at, edition.live_from, edition.live_until)
        own = [publication.story.section.path, *rows.further_paths[edition.story_id]]
        paths = {path for each in own for path in sections[each].lineage}
        in_sections += ((*times, sections[path].pk) for path in sorted(paths))
        in_topics += ((*times, topic["id"]) for topic in edition.topics)
        in_people += ((*times, person) for person in dict.fromkeys(line["id"] for line in edition.bylines))
        for each in printed_pictures(edition):
            pictures.append(
                (
                    *times,
                    each["id"],
                    each["key"],
                    each["place"],
                    each["number"],
                    *allowed(rights[each["id"]], edition.live_from).values(),
                )
            )
    names = ("edition_id", "public_id", "published_at", "live_from", "live_until")
    write_rows(EditionSection, (*names, "section_id"), in_sections)
    write_rows(EditionTopic, (*names, "topic_id"), in_topics)
    write_rows(EditionContributor, (*names, "contributor_id"), in_people)
    of_pictures = ("picture_id", "key", "place", "position", "allowed_from", "allowed_until")
    write_rows(EditionPicture, (*names, *of_pictures), pictures)


def _pictures_in(editions):
    """The pictures in `editions` by key (dict), locked; that the rights to them end is announced."""
    keys = {each["id"] for edition in editions for each in printed_pictures(edition)}
    pictures = Picture.objects.select_for_update().order_by("pk").in_bulk(keys)
    for picture in pictures.values():
        announce_end(picture, because=f"archive-{editions[0].pk}")
    return pictures


def _record_all(editions, by):
    names = ("story_id", "act", "by_id", "at", "edition_id", "note", "details")
    who = by and by.pk
    acts = (
        (each.story_id, Act.PUBLISHED, who, each.live_from, each.pk, "", {"change": each.change}) for each in editions
    )
    write_rows(StoryEvent, names, acts)


# Rows in bulk: no model instances, one prepared statement (SQLite) or one COPY (PostgreSQL).

_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def new_keys(model, count):
    """The next `count` free primary keys of `model` (sequence of numbers), reserved; inside a transaction only."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # the transaction holds the whole file: nobody else can take them
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or [0])[0]
            return range(last + 1, last + 1 + count)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, count]
        )
        return [row[0] for row in cursor.fetchall()]


def write_rows(model, names, rows):
    """Insert `rows` (iterable of tuples of Python values, one for each of the attribute `names`) into a table."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(fields[name].column) for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    rows = _for_database([fields[name] for name in names], rows)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            values = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)  # noqa: S608 (our own names)
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _for_database(fields, rows):
    """The same rows, with times, keys and JSON in the form the database wants them."""
    odd = [(place, _converter(field)) for place, field in enumerate(fields) if not isinstance(field, _PLAIN)]
    for row in rows:
        row = list(row)
        for place, convert in odd:
            if row[place] is not None:
                row[place] = convert(row[place])
        yield row


def _converter(field):
    if isinstance(field, models.DateTimeField):
        return _stored_time
    if isinstance(field, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, field.encoder)
    return lambda value: field.get_db_prep_save(value, connection)


@lru_cache(maxsize=10_000)
def _stored_time(value):
    # An edition's times stand in half a dozen rows; turning one into SQLite's text costs more than inserting it.
    return connection.ops.adapt_datetimefield_value(value)
