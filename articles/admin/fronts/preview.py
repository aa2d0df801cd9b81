"""A front's working copy as readers would see it, at any moment the user may look at."""

from copy import copy

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...rules.readiness import desk_time
from ...views.home import show_home
from ...views.lists import show_section
from ...views.shell import Shell
from ..fields import WallTimeField
from ..planning.site_at import may_see
from .board import containers_or_usual
from .launching import board_url


class MomentForm(forms.Form):
    """Which moment."""

    at = WallTimeField(required=False)


def preview_page(request, front):
    """The page with the working copy on it, `at` a moment by the newsroom's clock (empty: now)."""
    form = MomentForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest(" ".join(form.errors["at"]))
    moment = form.cleaned_data["at"] or timezone.now()
    if not may_see(request.user, moment):
        raise PermissionDenied(_("Your role sees the site as it was, not as it will be."))
    asked = copy(request)
    asked.moment, asked.user, asked.GET = moment, AnonymousUser(), {}
    board = board_url(front)
    asked.elsewhen = {"time": desk_time(moment), "leave": board, "other": f"{board}#preview"}
    response = _page(asked, front)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(asked, front):
    containers = containers_or_usual(front)
    if not front.section:
        asked.path = asked.path_info = reverse("home")
        return show_home(asked, containers)
    shell = Shell()
    here = shell.by_path[front.section.path]
    asked.path = asked.path_info = here.get_absolute_url()
    return show_section(asked, here, containers, shell=shell)
