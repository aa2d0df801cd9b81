"""The chooser: pictures of the library as pieces of HTML, for the dialog on a story's form."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...media import finding
from ...models import Picture
from ...rules.pictures import rights_refusals
from ...text.figures import is_picture_key
from ..scoped import is_key
from .cards import FORM, card, look_url
from .rights import may_view

PAGE = 24
MOST_NAMED = 50  # pictures asked for by name in one question
LONGEST = 200  # characters of a search that are read


def urls(admin):
    """The pages of this part (list), below `/admin/articles/picture/`."""
    return [path("choose/", admin.admin_site.admin_view(choose), name="articles_picture_choose")]


@require_safe
def choose(request):
    """Cards of pictures: those that `q` finds, newest first and on from `before`, or those that `picture` names.

    `picture` may be there several times, each a picture's key or primary key; names of no picture give no card.
    Raises PermissionDenied, and SuspiciousOperation (400) for what no chooser asks.
    """
    if not may_view(request.user):
        raise PermissionDenied
    if any("\x00" in text for _name, texts in request.GET.lists() for text in texts):
        raise SuspiciousOperation("A question with NUL in it.")
    named = request.GET.getlist("picture")
    found, more = (_named(named), "") if named else _found(request.GET.get("q", ""), request.GET.get("before", ""))
    now = timezone.now()
    context = {"cards": [choice(picture, now) for picture in found], "more": more, "asked": not named}
    return TemplateResponse(
        request,
        "admin/articles/picture/chooser_cards.html",
        context,
        headers={"Cache-Control": "private, no-store"},
    )


def choice(picture, at):
    """A picture as the chooser and the story's form show it (dict): its card, and why it could not be printed `at`."""
    return card(picture, at) | {
        "large": look_url(picture, FORM),
        "warning": next(iter(rights_refusals([picture], at)), ""),
    }


def _named(names):
    keys = [name for name in names[:MOST_NAMED] if is_picture_key(name)]
    numbers = [int(name) for name in names[:MOST_NAMED] if is_key(name)]
    return finding.newest_first(Picture.objects.filter(Q(key__in=keys) | Q(pk__in=numbers)))


def _found(text, before):
    """A page of pictures (list), and the cursor (text) where the next one begins."""
    rows = finding.matching(Picture.objects.all(), text[:LONGEST])
    place = finding.read_cursor(before)
    if before and not place:
        raise SuspiciousOperation("A place that is none.")
    found = list((finding.older_than(rows, *place) if place else finding.newest_first(rows))[: PAGE + 1])
    return found[:PAGE], finding.cursor(found[PAGE - 1]) if len(found) > PAGE else ""
