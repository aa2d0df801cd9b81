"""What the house itself needs: pictures without credit, follow-up work that fails, accounts that cannot work."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ... import outbox
from ...desk.picture_endings import ending_pictures, lost_pictures
from ...models import Picture, SectionAssignment
from ...outbox.retrying import parked
from ...rules.readiness import name_of
from ...vocabulary import PRINTABLE_RIGHTS
from ..planning.outgoing import health_says
from ..story.list import short_time
from ..workflow.effects import effect_in_words
from .row import Row


def pictures(user, now, most):
    """Pictures nobody is credited for, the latest first."""
    bare = Picture.objects.filter(credit="").select_related("uploaded_by").order_by("-uploaded_at")[:most]
    return {
        "title": _("Pictures without credit"),
        "rows": [
            Row(
                title=picture.title,
                url=reverse("admin:articles_picture_change", args=[picture.pk]),
                time=short_time(picture.uploaded_at),
                facts=[_("uploaded by %(who)s") % {"who": name_of(picture.uploaded_by)}],
            )
            for picture in bare
        ],
        "url": f"{reverse('admin:articles_picture_changelist')}?credit=none",
        "empty": _("Every picture has its credit."),
    }


def rights(user, now, most):
    """Pictures readers see whose rights end within a week, or ended in the last, the soonest first."""
    found = list(dict.fromkeys([*lost_pictures(now)[:most], *ending_pictures(now)[:most]]))[:most]
    return {
        "title": _("Rights to pictures that end"),
        "rows": [
            Row(
                title=picture.title,
                url=reverse("admin:articles_picture_change", args=[picture.pk]),
                time=short_time(picture.allowed_until) if picture.allowed_until else "",
                facts=[_how_it_ends(picture, now), picture.credit],
            )
            for picture in found
        ],
        "url": reverse("admin:articles_picture_ending"),
        "empty": _("No picture readers see loses its rights within a week."),
    }


def _how_it_ends(picture, now):
    if picture.rights not in PRINTABLE_RIGHTS:
        return _("taken away")
    return _("ended") if picture.allowed_until <= now else ""


def effects(user, now, most):
    """Follow-up work that was given up, and how the rest is doing; names no story, since none may be in scope."""
    health = outbox.health(now)
    given_up = parked().only("kind", "payload", "parked_at", "last_error")[:most]
    rows = [
        Row(title=effect_in_words(each), time=short_time(each.parked_at), facts=[each.last_error]) for each in given_up
    ]
    says = health_says(health, now)
    return {
        "title": _("Follow-up work"),
        "rows": rows,
        "says": says if rows or not health.well else "",
        "url": reverse("admin:articles_effect_changelist"),
        "empty": _("All follow-up work is done: %(health)s.") % {"health": says},
    }


def accounts(user, now, most):
    """Active members of staff who can do nothing: without a role, or editing without a section."""
    people = get_user_model().objects.filter(is_active=True, is_staff=True, is_superuser=False)
    roles = Group.objects.filter(user=OuterRef("pk"))
    clears = Exists(roles.filter(permissions__codename="clear_story"))
    everywhere = Exists(roles.filter(permissions__codename="all_sections"))
    assigned = Exists(SectionAssignment.objects.filter(user=OuterRef("pk")))
    people = people.annotate(has_role=Exists(roles)).filter(Q(has_role=False) | (clears & ~everywhere & ~assigned))
    people = people.exclude(user_permissions__content_type__app_label="articles").order_by("username")
    return {
        "title": _("Accounts that cannot work"),
        "rows": [
            Row(
                title=name_of(each),
                url=reverse("admin:auth_user_change", args=[each.pk]),
                facts=[_("edits no section yet") if each.has_role else _("has no role yet")],
            )
            for each in people[:most]
        ],
        "url": reverse("admin:auth_user_changelist"),
        "empty": _("Every account has what it needs."),
    }
