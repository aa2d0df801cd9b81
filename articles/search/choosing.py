"""Which index is in use."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.utils.module_loading import import_string

from ..models import SearchDocument
from .interface import SearchIndex

_OF_DATABASE = {
    "sqlite": "articles.search.sqlite.SQLiteIndex",
    "postgresql": "articles.search.postgres.PostgresIndex",
}


def the_index():
    """The SearchIndex that `NEWSROOM_SEARCH` names: a class by its dotted path, or `database` for the database's own.

    Raises ImproperlyConfigured for a name that is no index, and for a database that has none.
    """
    name = settings.NEWSROOM_SEARCH
    return _made(_OF_DATABASE.get(connection.vendor, "") if name == "database" else name)


@lru_cache(8)
def _made(name):
    try:
        found = import_string(name)
    except ImportError as error:
        raise ImproperlyConfigured(f"NEWSROOM_SEARCH: {name!r} cannot be imported ({error}).") from error
    if not (isinstance(found, type) and issubclass(found, SearchIndex)):
        raise ImproperlyConfigured(f"NEWSROOM_SEARCH: {name!r} is no articles.search.SearchIndex.")
    return found()


def prepare(*, using, **_kwargs):
    """After every migrate of database `using` (alias): make what the index needs there, once its tables are."""
    if SearchDocument._meta.db_table in connections[using].introspection.table_names():
        the_index().prepare(connections[using])
