"""Planning a story anew: by dropping it on a day of the calendar, or on a plain form."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import desk, press
from ...desk.planning import plan, plan_refusals, wall_time_on
from ...press.timeline import Timeline
from ...rules.policy import can
from ...rules.readiness import desk_time
from ...rules.refusal import Refused
from ..fields import VersionField, WallTimeField
from ..preflight.warning import warn_of_moving
from ..workflow.forms import assignee_field


class PlanForm(forms.Form):
    """When a story is due, and whose it is."""

    version_token = VersionField(required=False)
    due_at = WallTimeField(label=gettext_lazy("Due"), required=False)

    def __init__(self, *args, story, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"] = assignee_field(story.assignee_id)
        token = VersionField.token(story)
        self.initial = {"version_token": token, "due_at": story.due_at, "assignee": story.assignee_id} | self.initial


def plan_page(model_admin, request, pk):
    """A story's date: a form, and where a story is dropped on a `day` of the calendar."""
    story = model_admin.get_or_deny(request, pk, lambda story: can(request.user, "plan", story))
    if request.method == "POST" and "day" in request.POST:
        return _drop(request, lambda day: _plan_on(story, request, day))
    form = PlanForm(request.POST or None, story=story)
    reasons = plan_refusals(story)
    if form.is_bound and form.is_valid():
        reasons = _refusals(_plan, story, request, form.cleaned_data)
        if not reasons:
            messages.success(request, planned(story))
            return HttpResponseRedirect(back(request))
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Plan"),
        "story": story,
        "form": form,
        "reasons": reasons,
        "back": back(request),
        "media": model_admin.media + form.media,
    }
    status = 409 if form.is_bound and reasons else 200
    return TemplateResponse(request, "admin/articles/calendar/plan.html", context, status=status)


def _plan(story, request, said):
    pk, version = said["version_token"] or (story.pk, None)
    if pk != story.pk:
        raise PermissionDenied
    if said["assignee"] != story.assignee:
        asked = {"assignee": said["assignee"], "due_at": said["due_at"]}
        desk.assign(story, by=request.user, version=version, **asked)
    else:
        plan(story, by=request.user, due_at=said["due_at"], version=version)


def _plan_on(story, request, day):
    plan(story, by=request.user, due_at=_moment_on(day, story.due_at))
    messages.success(request, planned(story))


def planned(story):
    """What is said once a story has its date (text)."""
    if not story.due_at:
        return _("“%(story)s” has no date any more.") % {"story": story}
    return _("“%(story)s” is due %(time)s.") % {"story": story, "time": desk_time(story.due_at)}


def retime_drop(model_admin, request, pk):
    """Where the scheduled edition of a story is dropped on a `day`; `was` is when it would have gone out."""
    story = model_admin.get_or_deny(request, pk, lambda story: can(request.user, "publish", story))
    return _drop(request, lambda day: _retime_on(story, request, day))


def _retime_on(story, request, day):
    coming = Timeline.read(story).coming
    if not coming:
        raise Refused(_("No edition is scheduled."))
    was = _moment(request.POST.get("was", ""))
    edition = press.retime(story, by=request.user, at=_moment_on(day, coming.live_from), was=was)
    said = {"story": edition.headline, "time": desk_time(edition.live_from)}
    messages.success(request, _("The edition of “%(story)s” goes out %(time)s.") % said)
    warn_of_moving(request, edition, was=coming.live_from)


def _moment(text):
    """The moment an ISO text names, None for anything else."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _drop(request, move):
    """Tries the move, which says what it did; why not is said on the calendar one comes back to."""
    try:
        move(_dropped_on(request))
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, _("Nothing was moved. %(reason)s") % {"reason": reason})
    return HttpResponseRedirect(back(request))


def _dropped_on(request):
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:
        day = None
    if not day or not 1900 <= day.year <= 2199:
        raise Refused(_("The calendar has no such day."))
    return day


def _moment_on(day, like):
    """The same time of day on `day` (aware datetime). Raises Refused where that hour does not exist or exists twice."""
    naive = wall_time_on(day, like)
    try:
        return WallTimeField().clean(datetime.isoformat(naive, sep=" "))
    except ValidationError as error:
        raise Refused(*error.messages) from error


def _refusals(move, *args):
    try:
        move(*args)
    except Refused as refused:
        return refused.reasons
    return []


def back(request):
    """The page of the calendar to go back to (text): the one `next` names, if it is one of the calendar's."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    calendar = reverse("admin:articles_story_calendar")
    own = asked == calendar or asked.startswith((f"{calendar}?", f"{calendar}#"))
    return asked if own and asked.isprintable() else calendar
