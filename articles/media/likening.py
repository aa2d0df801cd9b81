"""Finds pictures of the library that look the same, by their likeness of four times 16 bits."""

from django.db.models import Q

from ..models import Picture

NEAR = 7  # bits of 64 that may differ; unrelated pictures differ in 18 and more, a trimmed or re-encoded one in 6
MOST = 5  # pictures shown
_LOOKED_AT = 2_000  # rows; so many have a band in common only where a library is one picture many times
_BITS = 16


def similar_to(bands):
    """Pictures (list, the most alike first, at most five) whose likeness is near these four numbers.

    Where at most 7 bits differ over four bands, one band differs in at most one: 17 values, which its index answers.
    """
    if not any(bands):  # nothing is drawn in it
        return []
    names = [f"likeness_{place}" for place in range(1, len(bands) + 1)]
    near = Q()
    for name, band in zip(names, bands, strict=True):
        near |= Q(**{f"{name}__in": [band, *(band ^ (1 << bit) for bit in range(_BITS))]})
    rows = Picture.objects.filter(near).order_by().values_list("pk", *names)[:_LOOKED_AT]
    found = sorted((_apart(bands, theirs), -pk) for pk, *theirs in rows if any(theirs))
    keys = [-pk for apart, pk in found if apart <= NEAR][:MOST]
    pictures = Picture.objects.in_bulk(keys)
    return [pictures[pk] for pk in keys if pk in pictures]


def _apart(bands, theirs):
    return sum((one ^ other).bit_count() for one, other in zip(bands, theirs, strict=True))
