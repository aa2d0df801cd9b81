"""The calendar as iCalendar (RFC 5545), under a secret address each member of staff can have.

No session and no cookie: whoever knows the key is its owner, and sees what they may read at that moment.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vDuration

from ...desk import agenda as agendas
from ...desk.agenda import SCHEDULED, Filters
from ...models import Preferences
from ...rules.policy import can
from ...rules.readiness import desk_time, name_of
from ...text.ids import ALPHABET

REACH = timedelta(days=90)
MOST = 1000
LENGTH = timedelta(minutes=30)
REFRESH = timedelta(minutes=15)
_KEY = re.compile(f"[{ALPHABET}]{{26}}")


@require_safe
def calendar_feed(request, key):
    """The calendar of whoever has that key; `?whose=mine` has only their own stories. Else 404."""
    owner = _owner(key)
    filters = Filters(person=owner) if request.GET.get("whose") == "mine" else Filters()
    with translation.override(settings.LANGUAGE_CODE):
        text = calendar_of(owner, filters)
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _owner(key):
    chosen = Preferences.objects.select_related("user").filter(calendar_key=key) if _KEY.fullmatch(key) else ()
    for row in chosen:
        if can(row.user, "read"):
            return row.user
    raise Http404


def calendar_of(user, filters):
    """What `user` may know of the days around now, as a whole iCalendar file (bytes)."""
    now, calendar = timezone.now(), _empty()
    today = timezone.localdate(now)
    notes = agendas.day_notes(filters, first=today - REACH, last=today + REACH)
    for note in (each for day in notes.values() for each in day if user.has_perm("articles.view_daynote")):
        calendar.add_component(_note(note))
    room = MOST - len(calendar.subcomponents)
    for entry in agendas.ahead_and_behind(user, filters, at=now, reach=REACH, most=room):
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _empty():
    calendar, name = Calendar(), _("%(newspaper)s: desk") % {"newspaper": settings.SITE_NAME}
    calendar.add("prodid", "-//Newsroom//Desk calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH).to_ical().decode())
    return calendar


def _event(entry):
    """A due story or a scheduled edition: half an hour that blocks nobody's time, the same one however it is moved."""
    story, edition = entry.story, entry.edition
    going = entry.kind == SCHEDULED
    say = _("Goes out: %(headline)s") if going else _("Due: %(headline)s")
    event = _component(
        f"{'edition' if going else 'due'}-{story.public_id}",
        summary=say % {"headline": entry.headline},
        stamp=edition.printed_at if going else story.saved_at,
    )
    event.add("dtstart", entry.at)
    event.add("dtend", entry.at + LENGTH)
    event.add("description", "\n".join(_details(story)))
    event.add("categories", [story.section.name])
    event.add("url", settings.SITE_URL + reverse("admin:articles_story_change", args=[story.pk]))
    return event


def _details(story):
    yield f"{story.get_stage_display()} · {story.section.name}"
    if story.assignee:
        yield _("Assigned to %(name)s") % {"name": name_of(story.assignee)}
    if story.embargo_until:
        yield _("Embargo until %(time)s") % {"time": desk_time(story.embargo_until)}


def _note(note):
    event = _component(f"note-{note.pk}", summary=note.text, stamp=note.at)
    event.add("dtstart", note.day)
    event.add("dtend", note.day + timedelta(days=1))
    return event


def _component(name, *, summary, stamp):
    event = Event()
    event.add("uid", f"{name}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", stamp)
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
