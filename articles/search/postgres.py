"""The index on PostgreSQL: a tsvector of our own forms with their places, and a GIN index over it.

GIN cannot hand out the newest first and stops for no LIMIT. So each document also has marks for its day, month and
year, and a question goes back in time in windows, each a few of those marks: two days, two weeks, four months, then
half years (or two or ten years, where few are wanted), until there are enough. The first window or two answer for a
word that stands in every story.
"""

from datetime import UTC, date, timedelta

from django.db import connection

from ..models import SearchDocument
from .document import GAP
from .stored import COLUMNS, Row, StoredIndex, live_where

DOCUMENT, INDEX = SearchDocument._meta.db_table, "articles_searchdocument_words"
_MADE = (
    f"ALTER TABLE {DOCUMENT} ADD COLUMN IF NOT EXISTS words tsvector NOT NULL DEFAULT ''",
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {DOCUMENT} USING gin (words)",
    # What was added last waits unsorted, and every window of a question reads all of it: kilobytes, not megabytes.
    f"ALTER INDEX {INDEX} SET (gin_pending_list_limit = 256)",
)
_FIELDS = ("place", "edition_id", "public_id", "published_at", "live_from", "live_until", "facets", "gist", "names")
_DAY = timedelta(days=1)
# Rows; who wants fewer reads fewer, and can look at longer windows.
HANDFUL, FEW = 50, 500
HALF_YEAR, TWO_YEARS, TEN_YEARS = 6, 24, 120  # months


class PostgresIndex(StoredIndex):
    """Needs no extension, and none of PostgreSQL's dictionaries: `words` is written as it is."""

    def prepare(self, connection):
        """As of SearchIndex."""
        with connection.cursor() as cursor:
            for statement in _MADE:
                cursor.execute(statement)

    def store(self, pairs):
        """As of StoredIndex."""
        columns = ", ".join([*_FIELDS, "words"])
        with (
            connection.cursor() as cursor,
            connection.wrap_database_errors,
            cursor.copy(f"COPY {DOCUMENT} ({columns}) FROM STDIN") as copy,
        ):
            for place, document in pairs:
                copy.write_row(_row(place, document))

    def drop(self, pairs):
        """As of StoredIndex."""
        SearchDocument.objects.filter(pk__in=[place for place, _document in pairs]).delete()

    def clear(self):
        """As of SearchIndex."""
        SearchDocument.objects.all().delete()

    def tidy(self):
        """Moves what waits to be sorted into the index, and looks at the table so that questions are planned well."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])
            cursor.execute(f"ANALYZE {DOCUMENT}")

    def newest(self, needs, *, at, most, shape=Row):
        """As of StoredIndex."""
        months = TEN_YEARS if most <= HANDFUL else TWO_YEARS if most <= FEW else HALF_YEAR
        ways = list(self._windows(needs, at, months=months))
        if not ways:
            return []
        live, values = live_where(at)
        bounds, edges = _bounds(needs)
        windows = ", ".join(["(%s::tsquery)"] * len(ways))
        # The windows are a list of values, read in its order, and only as far as rows are wanted.
        # Among some thousand stories the planner would read the table for every window: it does not know how many words
        # a question can have. Both statements are one message, and one transaction where there is none.
        sql = f"""SET LOCAL enable_seqscan = off;
            SELECT found.* FROM (VALUES {windows}) AS asked(words) CROSS JOIN LATERAL (
            SELECT {COLUMNS[shape]} FROM {DOCUMENT} WHERE {DOCUMENT}.words @@ asked.words AND {bounds} {live}
            ORDER BY published_at DESC, public_id DESC LIMIT %s) AS found LIMIT %s"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [*ways, *edges, *values, most, most])
            cursor.nextset()
            return [shape(*row) for row in cursor.fetchall()]

    def _windows(self, needs, at, *, months):
        """The question for one window of time after the other, newest first (text, as tsquery)."""
        oldest = SearchDocument.objects.order_by("place").values_list("published_at", flat=True).first()
        if not oldest:
            return
        last = min(at, needs.until) if needs.until else at
        first = max(oldest, needs.since) if needs.since else oldest
        asked = expression(needs)
        for start, end in windows(first.astimezone(UTC).date(), last.astimezone(UTC).date(), months=months):
            yield f"{asked} & ({' | '.join(_cover(start, end))})"

    def having(self, places, phrase, needs):
        """As of StoredIndex."""
        sql = f"SELECT place FROM {DOCUMENT} WHERE place = ANY(%s) AND words @@ %s::tsquery"
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(places), _phrase(phrase)])
            return {row[0] for row in cursor.fetchall()}


def _row(place, document):
    edition = document.edition
    day = edition.published_at.astimezone(UTC)
    marks = [*document.marks, f"_d{day:%Y%m%d}", f"_m{day:%Y%m}", f"_y{day:%Y}"]
    places = {}
    for number, form in enumerate(document.forms, start=1):
        places.setdefault(form, []).append(number)
    places.pop(GAP, None)
    words = [*marks, *(f"{form}:{','.join(map(str, numbers))}" for form, numbers in places.items())]
    times = (edition.public_id, edition.published_at, edition.live_from, edition.live_until)
    return (place, edition.pk, *times, document.facets, document.gist, document.names, " ".join(words))


def _bounds(needs):
    sql = ("published_at >= %s AND " if needs.since else "") + ("published_at < %s AND " if needs.until else "")
    return sql, [each for each in (needs.since, needs.until) if each]


def windows(first, last, *, months):
    """Pairs of days (dates, both included) that together cover `first` to `last`, the newest pair first.

    All but the first three are of that many `months`.
    """
    end = last
    for start in _starts(last, months):
        if end < first:
            return
        yield max(start, first), end
        if start == date.min:
            return
        end = start - _DAY


def _starts(last, months):
    """Where each window begins: the day before, 15 days before, the first of the third month before, and so on."""
    for days in (1, 15):
        yield date.fromordinal(max(last.toordinal() - days, 1))
    month = max(last.toordinal() - 15, 1)
    year, number = divmod(date.fromordinal(month).year * 12 + date.fromordinal(month).month - 1 - 3, 12)
    while year >= 1:
        yield date(year, number + 1, 1)
        year, number = divmod(year * 12 + number - months, 12)
    yield date.min


def _cover(first, last):
    """The marks (list) of the years, months and days that together are `first` to `last` (dates, included)."""
    found, day = [], first
    while day <= last:
        year, month = _end_of_year(day), _end_of_month(day)
        if day.month == day.day == 1 and year <= last:
            found, end = [*found, f"_y{day:%Y}"], year
        elif day.day == 1 and month <= last:
            found, end = [*found, f"_m{day:%Y%m}"], month
        else:
            found, end = [*found, f"_d{day:%Y%m%d}"], day
        if end == date.max:
            break
        day = end + _DAY
    return found


def _end_of_year(day):
    return date(day.year, 12, 31)


def _end_of_month(day):
    return date.max if (day.year, day.month) == (9999, 12) else (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def expression(needs):
    """The single forms that are needed, as tsquery writes them (text); every one quoted."""
    found = [f"({' | '.join(map(_quoted, group))})" for group in needs.groups]
    return " & ".join([*found, *(f"!({' | '.join(map(_quoted, group))})" for group in needs.without)])


def _quoted(form):
    return f"'{form[:-1]}':*" if form.endswith("*") else f"'{form}'"


def _phrase(phrase):
    return " | ".join(f"({' <-> '.join(map(_quoted, sequence))})" for sequence in phrase)
