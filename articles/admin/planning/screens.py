"""The calendar, what goes out when, and the site as it stands at a moment."""

from django.urls import path
from django.views.decorators.http import require_POST

from . import address as calendar_address
from . import moving as moving_entries
from . import outgoing, site_at
from .calendar import calendar_page
from .day_notes import DayNoteAdmin  # noqa: F401  (registers itself)


def urls(admin):
    """The pages of this part (list)."""

    def page(route, view, name, only=None):
        def asked(request, **kwargs):
            return view(admin, request, **kwargs)

        return path(route, admin.admin_site.admin_view(only(asked) if only else asked), name=f"articles_story_{name}")

    return [
        page("calendar/", calendar_page, "calendar"),
        page("calendar/address/", calendar_address.address_page, "calendar_address"),
        page("outgoing/", outgoing.outgoing_page, "outgoing"),
        page("at/", site_at.moment_page, "at"),
        page("<int:pk>/plan/", moving_entries.plan_page, "plan"),
        page("<int:pk>/retime/", moving_entries.retime_drop, "retime", only=require_POST),
    ]


def panels(request, story, line):
    """What this part shows on the form (list of Panel)."""
    return []
