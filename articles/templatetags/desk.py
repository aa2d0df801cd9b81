"""What the desk's screens say about a story: `{% load desk %}`."""

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import Byline, RelatedStory, Story
from ..rules import readiness
from ..vocabulary import Change, CheckKind, Stage, WithdrawalReason, role_label

register = template.Library()
register.filter(role_label)


@register.filter
def desk_time(moment):
    """A moment by the newsroom's clock, with its offset from UTC."""
    return readiness.desk_time(moment)


@register.filter
def to_the_second(moment):
    """A moment by the newsroom's clock, always with its seconds and its offset from UTC (text)."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    offset = local.strftime("%z")
    return f"{local:%d.%m.%Y %H:%M:%S} {offset[:3]}:{offset[3:5]}"


@register.filter
def day_as(day, form):
    """A day (date) by one of Django's date formats, in German with comma and point: `Montag, 23. November 2026`."""
    if (get_language() or "").startswith("de"):
        form = form.replace("l ", "l, ").replace("j ", "j. ")
    return date_format(day, form)


@register.filter
def name_of(user):
    """What the desk calls a user."""
    return readiness.name_of(user) if user else "–"


@register.filter
def field_label(name):
    """The name of a story's field as the form says it."""
    if name in _ROWS:
        return str(capfirst(_ROWS[name]._meta.verbose_name_plural))
    try:
        return str(capfirst(Story._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return capfirst(name)


_ROWS = {"bylines": Byline, "related": RelatedStory}


@register.filter
def form_place(name):
    """The id of the part of the story's form that a field (by name) is in."""
    return _PLACES.get(name, f"id_{name}")


_PLACES = {"bylines": "bylines-group", "picture_alt": "id_lead_picture"}


@register.simple_tag
def readers_state(line):
    """What readers have of a story (Timeline), as marked words."""
    return format_html_join(" ", '<span class="badge badge-{}">{}</span>', _state(line)) or _("Nothing yet")


def _state(line):
    if line.withdrawal:
        yield "withdrawn", _("Withdrawn since %(time)s") % {"time": desk_time(line.withdrawal.withdrawn_at)}
    if line.live:
        yield "live", _("Live since %(time)s") % {"time": desk_time(line.live.live_from)}
        if line.live.story_version != line.story.version:
            yield "changed", _("The working copy has changes they do not have")
    elif line.last and not line.withdrawal:
        yield "ended", _("Ended %(time)s") % {"time": desk_time(line.last.live_until)}
    if line.coming:
        yield "scheduled", _("Next edition %(time)s") % {"time": desk_time(line.coming.live_from)}
        if line.coming.story_version != line.story.version:
            yield "changed", _("The scheduled edition was printed from an older text")
    if line.story.ends_at and line.story.ends_at > line.now:
        yield "ends", _("Ends %(time)s") % {"time": desk_time(line.story.ends_at)}


@register.simple_tag
def event_text(event):
    """One line of a story's log, as a sentence's end: what was done, from where to where, for when, why."""
    details, parts = event.details, [capfirst(event.get_act_display())]
    if "start" in details:
        parts.append(f"{Stage(details['start']).label} → {Stage(details['end']).label}")
    if event.edition:
        parts.append(_("edition %(number)d") % {"number": event.edition.number})
    if details.get("change"):
        parts.append(str(Change(details["change"]).label))
    if details.get("at"):
        times = [desk_time(parse_datetime(details[name])) for name in ("was", "at") if details.get(name)]
        parts.append(" → ".join(times))
    if "reason" in details:
        parts += [str(WithdrawalReason(details["reason"]).label), *filter(None, [details.get("notice")])]
    parts += [f"+ {name}" for name in details.get("added", [])] + [f"− {name}" for name in details.get("removed", [])]
    parts += details.get("sentences", [])  # of the rules it was printed against
    if details.get("checks"):
        parts.append(", ".join(str(CheckKind(kind).label) for kind in details["checks"]))
    if details.get("reopened"):
        parts.append(_("opened again"))
    if details.get("changed"):
        parts.append(", ".join(sorted(field_label(name) for name in details["changed"])))
    if details.get("merged"):
        names = ", ".join(sorted(field_label(name) for name in details["merged"]))
        parts.append(_("kept from a newer save: %(names)s") % {"names": names})
    return " · ".join([*parts, event.note] if event.note else parts)
