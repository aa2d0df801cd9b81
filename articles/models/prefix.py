"""Search by the beginning of a word, in the form for which each database has an index."""

from django.db import connection
from django.db.models import Q


def begins_with(column, key):
    """That `column` (of ASCII keys, a field with an index) begins with `key` (a Q)."""
    if connection.vendor == "sqlite":
        return Q(**{f"{column}__gte": key, f"{column}__lt": f"{key}~"})
    return Q(**{f"{column}__startswith": key})
