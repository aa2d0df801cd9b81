"""Launching a front, now or at a time, with the stories it shows; and taking a planned launch back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import press
from ...models import FrontEdition, Story
from ...press.fronts import publishable
from ...rules.fronts import may_launch_front
from ...rules.policy import scoped
from ...rules.readiness import desk_time
from ...rules.refusal import Refused
from .board import chosen_stories, containers_or_usual, rows
from .forms import LaunchForm
from .remarks import remarks


def launch_page(admin, request, front):
    """When the front goes out, what goes with it, and what there is to know before."""
    if not may_launch_front(request.user, front):
        raise PermissionDenied
    stories = scoped(request.user, "publish", Story.objects.filter(pk__in=[each.pk for each in _ready(front)]))
    form = LaunchForm(request.POST or None, stories=stories, initial={"version": front.version})
    reasons = []
    if form.is_bound and form.is_valid():
        reasons = _launch(front, request, form.cleaned_data)
        if not reasons:
            return HttpResponseRedirect(board_url(front))
    context = admin.admin_site.each_context(request) | {
        "title": _("Launch: %(front)s") % {"front": front},
        "front": front,
        "opts": admin.opts,
        "form": form,
        "reasons": reasons,
        "remarks": remarks_now(front, request.user, _asked_time(form)),
        "media": admin.media + form.media,
    }
    return TemplateResponse(request, "admin/articles/front/launch.html", context, status=409 if reasons else 200)


def _ready(front):
    return publishable(front) if front.pk else []


def _asked_time(form):
    said = getattr(form, "cleaned_data", {}).get("at") if form.is_bound else None
    return max(said or timezone.now(), timezone.now())


def remarks_now(front, user, at):
    """What the desk is warned of about the front's working copy `at` a moment (list of text)."""
    stories = chosen_stories(containers_or_usual(front), user)
    return remarks(front, rows(front, user, at), stories, at)


def _launch(front, request, said):
    """Launches; why not (list of text) where it was refused."""
    try:
        edition = press.launch(
            front, by=request.user, at=said["at"], version=said["version"], stories=said.get("stories", ())
        )
    except Refused as refused:
        return refused.reasons
    names = {"front": front, "time": desk_time(edition.live_from)}
    told = _("%(front)s will be launched %(time)s.") if said["at"] else _("%(front)s is launched.")
    messages.success(request, told % names)
    return []


def cancel(admin, request, pk):
    """Takes a planned launch back (POST)."""
    edition = FrontEdition.objects.select_related("front__section").filter(pk=pk).first()
    if not edition or not may_launch_front(request.user, edition.front):
        raise PermissionDenied
    try:
        press.cancel_launch(edition, by=request.user)
        messages.success(request, _("The planned launch is cancelled."))
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    return HttpResponseRedirect(board_url(edition.front))


def board_url(front):
    """The board of a front (text, an address)."""
    return reverse("admin:articles_front_board", args=[front.key])
