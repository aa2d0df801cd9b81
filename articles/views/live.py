"""The entries of a live blog: below its story on the same page, and alone, for pages that ask what is new."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from ..models import Edition, LiveEntry
from ..vocabulary import Kind
from .paging import PAGE_SIZE, read_cursor, write_cursor
from .shell import moment, with_constant_lifetime

TOLD = 25  # of the newest, machines are told (schema.org LiveBlogPosting)
KEY_EVENTS = 12
ON_PAPER = 200


@dataclass(frozen=True)
class Coverage:
    """What readers have of a live blog's entries: one page of them, and what stands above it.

    `older` is the cursor of the next page; `is_first` whether this is the newest page, which alone has the pinned
    entry, the key events (pairs of entry and address) and the `told`, the newest entries for machines.
    """

    entries: list
    older: str
    is_first: bool = True
    pinned: LiveEntry | None = None
    key_events: tuple = ()
    told: tuple = ()


def coverage(request, edition):
    """The Coverage of `edition`, None where it is no live blog. Raises Http404 for a malformed `?before=`."""
    if edition.kind != Kind.LIVE:
        return None
    before = request.GET.get("before")
    return _first(edition, moment(request)) if before is None else _older(edition, moment(request), before)


@require_safe
def entries(request, section_path, slug, public_id):
    """The first page of a live blog's entries as a fragment of HTML; 404 for any other story, and for no story."""
    at = moment(request)
    live = Edition.objects.live(at).for_river(at).filter(public_id=public_id, kind=Kind.LIVE)
    edition = live.first()
    if not edition:
        raise Http404
    address = entries_url(edition)
    if request.path != address:
        return with_constant_lifetime(HttpResponsePermanentRedirect(address))
    with translation.override(edition.language):
        context = {"edition": edition, "live": _first(edition, at), "language": edition.language}
        html = render_to_string("site/story/_live_entries.html", context)
    headers = {"Content-Language": edition.language, "X-Robots-Tag": "noindex"}
    return with_constant_lifetime(HttpResponse(html, headers=headers))


def entries_url(edition):
    """Where the entries of a live blog are to be had alone; `section` has to be loaded."""
    return f"{edition.get_absolute_url()}live/"


def _first(edition, at):
    """The newest page, in one query."""
    rows = LiveEntry.objects.live(at).of_story(edition.public_id)
    newest = rows.newest_first()
    parts = (newest.filter(pinned=True)[:1], newest.filter(key_event=True)[:KEY_EVENTS])
    keys = [
        LiveEntry.objects.order_by().filter(pk__in=part.values("pk")).values("pk")
        for part in (newest[: TOLD + 1], *parts)
    ]
    found = list(LiveEntry.objects.filter(pk__in=keys[0].union(*keys[1:])).newest_first())
    pinned = next((entry for entry in found if entry.pinned), None)
    row, told = [entry for entry in found if entry is not pinned], found[:TOLD]
    _no_longer_pinned(row)
    # Beyond the newest, only what is pinned or a key event was read: no page is cut from that.
    shown = row[:PAGE_SIZE]
    older = write_cursor(shown[-1]) if len(row) > PAGE_SIZE else ""
    on_page = {pinned, *shown}
    key_events = [
        (entry, _anchor(entry) if entry in on_page else edition.get_absolute_url() + _place(entry))
        for entry in found
        if entry.key_event
    ]
    return Coverage(shown, older, pinned=pinned, key_events=tuple(key_events[:KEY_EVENTS]), told=tuple(told))


def _no_longer_pinned(entries):
    """An entry that was pinned for a time to come has taken the place of these."""
    for entry in entries:
        entry.pinned = False


def printed_coverage(edition, at):
    """The newest entries of `edition`, a live blog, `at` a moment (aware datetime), as one page to print; else None."""
    if edition.kind != Kind.LIVE:
        return None
    found = list(LiveEntry.objects.live(at).of_story(edition.public_id).newest_first()[: ON_PAPER + 1])
    _no_longer_pinned(found)
    return Coverage(found[:ON_PAPER], write_cursor(found[ON_PAPER - 1]) if len(found) > ON_PAPER else "")


def _anchor(entry):
    return f"#e-{entry.public_id}"


def _place(entry):
    """The page that begins with an entry which is not among the newest (text, to follow the story's address)."""
    just_after = SimpleNamespace(published_at=entry.published_at + timedelta(microseconds=1), public_id=entry.public_id)
    return f"?before={write_cursor(just_after)}{_anchor(entry)}"


def _older(edition, at, before):
    rows = LiveEntry.objects.live(at).of_story(edition.public_id)
    above = rows.filter(pinned=True).newest_first()[:1].values("pk")  # stands on the newest page, above the others
    found = list(rows.exclude(pk__in=above).older_than(*read_cursor(before)).newest_first()[: PAGE_SIZE + 1])
    if not found:
        raise Http404
    _no_longer_pinned(found)
    older = write_cursor(found[PAGE_SIZE - 1]) if len(found) > PAGE_SIZE else ""
    return Coverage(found[:PAGE_SIZE], older, is_first=False)
