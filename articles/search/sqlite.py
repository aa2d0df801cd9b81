"""The index on SQLite: a full-text table (FTS5) without content, its rowid the place, read from its newest end.

Every form is a word of ours already, so the tokenizer only cuts at spaces; bm25, which counts other documents, is not
used. Deleting asks for the same words again: they follow from the edition.
"""

from datetime import UTC

from django.db import connection

from ..models import SearchDocument
from .document import SLOTS, place_of
from .stored import COLUMNS, Row, StoredIndex, live_where

TABLE, EMPTIED = "articles_searchwords", "articles_searchwords_emptied"
DOCUMENT = SearchDocument._meta.db_table
_MADE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
        words, content='', columnsize=0, tokenize="ascii tokenchars '_'")""",
    # Whoever empties the table of documents (a test's flush) empties the index: nothing else knows its words.
    f"DROP TRIGGER IF EXISTS {EMPTIED}",
    f"""CREATE TRIGGER {EMPTIED} AFTER DELETE ON {DOCUMENT} WHEN NOT EXISTS (SELECT 1 FROM {DOCUMENT})
        BEGIN INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all'); END""",
)


class SQLiteIndex(StoredIndex):
    """FTS5 answers `ORDER BY rowid DESC` as it reads, so the newest hits cost the same in any archive."""

    def prepare(self, connection):
        """As of SearchIndex."""
        with connection.cursor() as cursor:
            for statement in _MADE:
                cursor.execute(statement)

    def store(self, pairs):
        """As of StoredIndex."""
        SearchDocument.objects.bulk_create(_row(place, document) for place, document in pairs)
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {TABLE}(rowid, words) VALUES (%s, %s)", map(_words, pairs))

    def drop(self, pairs):
        """As of StoredIndex. The words first: without its last document, the table empties itself."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE}({TABLE}, rowid, words) VALUES ('delete', %s, %s)",
                map(_words, pairs),
            )
        SearchDocument.objects.filter(pk__in=[place for place, _document in pairs]).delete()

    def clear(self):
        """As of SearchIndex."""
        SearchDocument.objects.all().delete()

    def tidy(self):
        """Merges what the last additions left in pieces, a bounded amount of it."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('merge', 5000)")

    def newest(self, needs, *, at, most, shape=Row):
        """As of StoredIndex."""
        live, values = live_where(at)
        bounds, edges = _bounds(needs)
        sql = f"""SELECT {COLUMNS[shape]} FROM {TABLE} CROSS JOIN {DOCUMENT} ON place = {TABLE}.rowid
            WHERE {TABLE} MATCH %s AND {bounds} {live} ORDER BY {TABLE}.rowid DESC"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [expression(needs), *edges, *values])
            rows = _first(cursor, most, shape)
        # Those of one millisecond come in any order: they are put into that of lists, which ends by public id.
        return sorted(rows, key=lambda row: (row.published_at, row.public_id), reverse=True)[:most]

    def having(self, places, phrase, needs):
        """As of StoredIndex. Asked for the phrase alone, it would read all that have it between first and last."""
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid BETWEEN %s AND %s"
        with connection.cursor() as cursor:
            cursor.execute(sql, [f"({expression(needs)}) AND ({_phrase(phrase)})", min(places), max(places)])
            return {row[0] for row in cursor.fetchall()} & places


def _row(place, document):
    edition = document.edition
    times = {name: getattr(edition, name) for name in ("public_id", "published_at", "live_from", "live_until")}
    texts = {name: getattr(document, name) for name in ("facets", "gist", "names")}
    return SearchDocument(place=place, edition=edition, **texts, **times)


def _words(pair):
    place, document = pair
    return place, " ".join([*document.forms, *document.marks])


def _bounds(needs):
    """The condition on first publication (SQL, parameters): the place finds where to read, the time is exact."""
    sql, values = "", []
    if needs.since:
        sql += f"{TABLE}.rowid >= %s AND published_at >= %s AND "
        values += [place_of(needs.since), connection.ops.adapt_datetimefield_value(needs.since)]
    if needs.until:
        sql += f"{TABLE}.rowid <= %s AND published_at < %s AND "
        values += [place_of(needs.until, SLOTS - 1), connection.ops.adapt_datetimefield_value(needs.until)]
    return sql, values


def _first(cursor, most, shape):
    """The first `most` rows and those that share the millisecond of the last (list)."""
    rows, when = [], shape._fields.index("published_at")
    for found in cursor:
        if len(rows) >= most and found[0] // SLOTS != rows[-1].place // SLOTS:
            break
        rows.append(shape(*found[:when], found[when].replace(tzinfo=UTC), *found[when + 1 :]))
    return rows


def expression(needs):
    """The single forms that are needed, as FTS5 is asked for them (text); every one quoted."""
    found = " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in needs.groups)
    return "".join([f"({found})", *(f" NOT ({' OR '.join(map(_quoted, group))})" for group in needs.without)])


def _quoted(form):
    return f'"{form[:-1]}"*' if form.endswith("*") else f'"{form}"'


def _phrase(phrase):
    return " OR ".join(f"({' + '.join(map(_quoted, sequence))})" for sequence in phrase)
