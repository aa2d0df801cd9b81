"""The secret address of one's own calendar: made, renewed, revoked."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ...models import Preferences
from ...rules.policy import can
from ...text.ids import new_file_key


def address_page(model_admin, request):
    """Shows the address; POST makes another one (`do=renew`), which ends the old, or none (`do=revoke`)."""
    if not can(request.user, "read"):
        raise PermissionDenied
    here = reverse("admin:articles_story_calendar_address")
    if request.method == "POST":
        _act(request, request.POST.get("do", ""))
        return HttpResponseRedirect(here)
    key = Preferences.objects.filter(user=request.user).values_list("calendar_key", flat=True).first()
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Calendar address"),
        "address": settings.SITE_URL + reverse("account_calendar", args=[key]) if key else "",
    }
    return TemplateResponse(request, "admin/articles/calendar/address.html", context)


def _act(request, name):
    if name == "renew":
        _set_key(request.user, new_file_key())
        messages.success(request, _("Your calendar has a new address. Any earlier one no longer works."))
    elif name == "revoke":
        _set_key(request.user, "")
        messages.success(request, _("Your calendar's address no longer works."))


def _set_key(user, key):
    Preferences.objects.update_or_create(user=user, defaults={"calendar_key": key})
