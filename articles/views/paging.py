"""Lists by keyset: a page goes on after the last row shown, however deep, at the same cost."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime, timedelta

from django.http import Http404

from ..text.ids import PUBLIC_ID

PAGE_SIZE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(rf"(-?\d{{1,17}})\.({PUBLIC_ID})")


def write_cursor(row):
    """The place of `row` in its list (text for `?before=`): its time to the microsecond and its public id."""
    micros = (row.published_at - _EPOCH) // timedelta(microseconds=1)
    return urlsafe_b64encode(f"{micros}.{row.public_id}".encode()).decode().rstrip("=")


def read_cursor(text):
    """The time (UTC) and public id a cursor names. Raises Http404 for anything `write_cursor` did not write."""
    try:
        plain = (
            urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)).decode("ascii") if len(text) < 60 else ""
        )
        micros, public_id = _CURSOR.fullmatch(plain).groups()
        return _EPOCH + timedelta(microseconds=int(micros)), public_id
    except (Error, ValueError, AttributeError, OverflowError) as error:
        raise Http404 from error


def page(request, rows, *, size=PAGE_SIZE):
    """One page of `rows` (a queryset that can be asked `newest_first`): its rows (list) and the cursor of the next.

    The cursor is empty on the last page. Raises Http404 for a malformed `?before=`, and for one after the end.
    """
    rows = rows.newest_first()
    before = request.GET.get("before", "")
    if before or "before" in request.GET:
        rows = rows.older_than(*read_cursor(before))
    found = list(rows[: size + 1])
    if "before" in request.GET and not found:
        raise Http404
    more = len(found) > size
    return found[:size], write_cursor(found[size - 1]) if more else ""
