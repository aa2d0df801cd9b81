"""What the desk's screens say about a story: `{% load desk %}`."""

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import Story
from ..rules import readiness
from ..vocabulary import Change, Stage, WithdrawalReason

register = template.Library()


@register.filter
def desk_time(moment):
    """A moment by the newsroom's clock, with its offset from UTC."""
    return readiness.desk_time(moment)


@register.filter
def name_of(user):
    """What the desk calls a user."""
    return readiness.name_of(user) if user else "–"


@register.filter
def field_label(name):
    """The name of a story's field as the form says it."""
    try:
        return str(capfirst(Story._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return capfirst(name)


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
        parts.append(desk_time(parse_datetime(details["at"])))
    if "reason" in details:
        parts += [str(WithdrawalReason(details["reason"]).label), *filter(None, [details.get("notice")])]
    parts += [f"+ {name}" for name in details.get("added", [])] + [f"− {name}" for name in details.get("removed", [])]
    if "before" in details:
        parts.append(", ".join(sorted(field_label(name) for name in details["before"])))
    return " · ".join([*parts, event.note] if event.note else parts)
