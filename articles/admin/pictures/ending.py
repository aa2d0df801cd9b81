"""The page of rights that end: every picture readers see, with every place it stands."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.picture_endings import MOST, ending_pictures, endings, lost_pictures


def ending_page(admin, request):
    """Pictures in use whose rights were taken away, or end within a week, or ended in the last; soonest first."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    pictures = [*lost_pictures(now)[: MOST + 1], *ending_pictures(now)[: MOST + 1]]
    pictures = list(dict.fromkeys(pictures))
    context = admin.admin_site.each_context(request) | {
        "opts": admin.opts,
        "title": _("Rights that end"),
        "endings": endings(pictures[:MOST], by=request.user, now=now),
        "more": len(pictures) > MOST,
        "now": now,
        "may_change": admin.has_change_permission(request),
    }
    return TemplateResponse(request, "admin/articles/picture/ending.html", context)
