"""From value to value down an index: which days, or ranges of keys, have any row, whatever the number of rows.

Each step is one look-up in an index (a "loose index scan"), so the work grows with the days and not with the stories.
"""

from django.db import connections, models
from django.db.models import Func


class Day(Func):
    """The day (UTC, text such as 2026-11-23) of a moment."""

    output_field = models.CharField()
    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD')"

    def as_sqlite(self, compiler, connection, **extra):
        """SQLite keeps times in UTC, as text."""
        return self.as_sql(compiler, connection, template="date(%(expressions)s)", **extra)


class _StartOfDay(Func):
    """The first moment (UTC) of the day of the step before."""

    output_field = models.DateTimeField()
    template = "date_trunc('day', step.value, 'UTC')"

    def as_sqlite(self, compiler, connection, **extra):
        # As text, a day sorts before all of its moments.
        return self.as_sql(compiler, connection, template="date(step.value)", **extra)


class _StartOfRange(Func):
    """The first key of the range of so many keys in which the step before lies."""

    output_field = models.BigIntegerField()
    template = "step.value / %(size)s * %(size)s"


def days_of(rows):
    """The days (UTC; text as of `Day`, newest first) on which any of `rows`, a queryset, was first published."""
    return [str(value)[:10] for value in _steps(rows, "published_at", _StartOfDay())]


def ranges_of(rows, name, size):
    """The ranges (numbers from 0, largest first) of `size` keys of the foreign key `name` that any of `rows` has."""
    return [value // size for value in _steps(rows, name, _StartOfRange(size=int(size)))]


def _steps(rows, name, below):
    """The greatest value of `name`, then the greatest `below` that, and so on: one query.

    What is asked of the rows is asked in the queryset (`live()` as ever); this only repeats it.
    """
    ordered = rows.order_by(f"-{name}")
    first, following = (_sql(each[:1], name) for each in (ordered, ordered.filter(**{f"{name}__lt": below})))
    sql = (
        f"WITH RECURSIVE step(value) AS (SELECT ({first[0]}) UNION ALL "  # noqa: S608 (compiled from querysets)
        f"SELECT ({following[0]}) FROM step WHERE step.value IS NOT NULL) "
        "SELECT value FROM step WHERE value IS NOT NULL"
    )
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, [*first[1], *following[1]])
        return [value for (value,) in cursor.fetchall()]


def _sql(rows, name):
    return rows.values(name).query.get_compiler(rows.db).as_sql()
