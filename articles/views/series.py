"""Series: a topic whose stories are parts in order, the first part first; where a story stands in one."""

from dataclasses import dataclass

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from ..models import Edition, EditionTopic, Topic
from ..vocabulary import TopicKind
from .paging import PAGE_SIZE, read_cursor, write_cursor

COUNTED = 500  # parts; one that comes later in its series has no number


@dataclass(frozen=True)
class Part:
    """A story's place in a series: the series as printed, its `number` (None: too far on), its neighbours (or None)."""

    series: dict
    number: int | None
    previous: Edition | None
    next: Edition | None


def part_of(edition, at):
    """The Part that an edition is of the first series among its topics `at` a moment (UTC); None without a series.

    Asks the database only where there is one, and then once.
    """
    series = next((topic for topic in edition.topics if topic.get("kind") == TopicKind.SERIES), None)
    if not series:
        return None
    merged_into = Subquery(Topic.objects.filter(pk=series["id"]).values("merged_into")[:1])
    rows = EditionTopic.objects.live(at).filter(topic=Coalesce(merged_into, series["id"]))
    here = (edition.published_at, edition.public_id)
    before, after = rows.older_than(*here).newest_first()[:COUNTED], rows.newer_than(*here).oldest_first()[:1]
    parts = EditionTopic.objects.order_by()
    keys = [parts.filter(pk__in=each.values("pk")).values("pk") for each in (before, after)]
    found = parts.filter(pk__in=keys[0].union(keys[1])).select_related("edition__section").only(*_SHOWN)
    found = sorted(found, key=lambda row: (row.published_at, row.public_id))
    earlier = [row.edition for row in found if (row.published_at, row.public_id) < here]
    later = [row.edition for row in found if (row.published_at, row.public_id) > here]
    number = len(earlier) + 1 if len(earlier) < COUNTED else None
    return Part(series, number, earlier[-1] if earlier else None, later[0] if later else None)


_SHOWN = (
    *("published_at", "public_id", "edition__headline", "edition__slug", "edition__public_id"),
    *("edition__language", "edition__section__path"),
)


def parts_page(request, rows):
    """One page of a series, the first part first: its rows (list), the number of the first of them, the next cursor.

    The page after a part begins at `?after=`. Raises Http404 for a malformed one, and for one after the end.
    """
    after, start = request.GET.get("after"), 1
    if after is not None:
        published_at, public_id = read_cursor(after)
        until = rows.older_than(published_at, public_id).order_by().values("pk")[:COUNTED]
        start = EditionTopic.objects.filter(pk__in=until).count() + 2
        rows = rows.newer_than(published_at, public_id)
    found = list(rows.oldest_first()[: PAGE_SIZE + 1])
    if after is not None and not found:
        raise Http404
    more = len(found) > PAGE_SIZE
    return found[:PAGE_SIZE], start, write_cursor(found[PAGE_SIZE - 1]) if more else ""
