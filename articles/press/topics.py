"""The editions' side of merging topics: what was printed under one topic is also listed under another.

Nothing printed is changed and no place is taken away: an edition keeps its places under the topic it was printed
with, and gets one more. So a merge is undone by taking the added places back.
"""

from django.db import connection

from ..models import EditionTopic

_COPIED = ("edition_id", "public_id", "published_at", "live_from", "live_until")


def shared_places(gone, kept):
    """The editions (QuerySet of ids) that stand under both topics."""
    return _places(gone).filter(edition__in=_places(kept).values("edition")).values_list("edition", flat=True)


def list_also(gone, kept):
    """Give every edition under `gone`, past and scheduled ones included, a place under `kept`; says how many were new.

    One statement, however many there are. Call it inside a transaction.
    """
    quote = connection.ops.quote_name
    table, topic = quote(EditionTopic._meta.db_table), quote("topic_id")
    columns = ", ".join(map(quote, _COPIED))
    under = f"SELECT {quote('edition_id')} FROM {table} WHERE {topic} = %s"  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}, {topic}) SELECT {columns}, %s FROM {table} "  # noqa: S608
            f"WHERE {topic} = %s AND {quote('edition_id')} NOT IN ({under})",
            [kept.pk, gone.pk, kept.pk],
        )
        return cursor.rowcount


def list_no_longer(gone, kept, *, but):
    """Take back what `list_also` gave: places under `kept` of editions under `gone`, but those of editions `but` (ids).

    Says how many.
    """
    added = _places(kept).filter(edition__in=_places(gone).values("edition"))
    ids = set(added.values_list("edition", flat=True)).difference(but)
    taken = 0
    for some in in_batches(sorted(ids)):
        taken += _places(kept).filter(edition__in=some).delete()[0]
    return taken


def in_batches(ids, size=5_000):
    """Slices of a list, none longer than what a database takes in one question."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _places(topic):
    return EditionTopic.objects.filter(topic=topic)
