"""The library: pictures as a grid or a list, newest first, page by page, cut down by words and conditions."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst

from ...media import finding
from ...models import Picture
from .cards import card
from .questions import VIEWS, LibraryForm
from .rights import may_add, may_change, may_drop, may_view

PAGE = 50
# Where in the list one is, and what links to Django's lists carry along, which says nothing here.
_WHERE = ("before", "after")
_BESIDE = {"view", *_WHERE, "_changelist_filters", "_facets", "_popup", "_to_field", "all", "e", "o", "p"}


def library_page(admin, request):
    """The list. Raises PermissionDenied, and SuspiciousOperation (400) for a question it does not have."""
    if not may_view(request.user):
        raise PermissionDenied
    form = LibraryForm(request.GET)
    _refuse_foreign(request, form)
    form.is_valid()  # what is wrong is said at its field, and not asked
    rows = form.narrow(Picture.objects.select_related("section", "uploaded_by"), request.user)
    found, newer, older = _page(request, rows)
    now = timezone.now()
    view = request.GET.get("view", "grid")
    context = admin.admin_site.each_context(request) | {
        "title": capfirst(admin.opts.verbose_name_plural),
        "opts": admin.opts,
        "form": form,
        "view": view if view in VIEWS else "grid",
        "views": [(name, label, _address(request, view=name, keep=_WHERE)) for name, label in VIEWS.items()],
        "cards": [card(picture, now) for picture in found],
        "newer": newer and _address(request, after=newer),
        "older": older and _address(request, before=older),
        "newest": _address(request),
        "asked": any(form.cleaned_data.values()) or bool(form.errors),
        "clear": _address(request, only=("view",)),
        "may_add": may_add(request.user),
        "may_change": may_change(request.user),
        "may_drop": may_drop(request.user),
        "may_tick": may_change(request.user) or may_drop(request.user),
        "preserved": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/articles/picture/library.html", context)


def _refuse_foreign(request, form):
    """Only the form's own questions are asked: any other lookup would be a way to guess."""
    if set(request.GET) - set(form.fields) - _BESIDE:
        raise SuspiciousOperation("A question the library does not have.")
    if any("\x00" in text for _name, texts in request.GET.lists() for text in texts):
        raise SuspiciousOperation("A question with NUL in it.")


def _page(request, rows):
    """A page of `rows`: its pictures (list), and the cursors (text) of what is newer and of what is older."""
    before = finding.read_cursor(request.GET.get("before", ""))
    after = finding.read_cursor(request.GET.get("after", ""))
    if after and not before:
        found = list(finding.newer_than(rows, *after)[: PAGE + 1])
        shown = found[:PAGE][::-1]
        return shown, finding.cursor(shown[0]) if len(found) > PAGE else "", finding.cursor(shown[-1]) if shown else ""
    found = list((finding.older_than(rows, *before) if before else finding.newest_first(rows))[: PAGE + 1])
    shown = found[:PAGE]
    newer = finding.cursor(shown[0]) if before and shown else ""
    return shown, newer, finding.cursor(shown[-1]) if len(found) > PAGE else ""


def _address(request, *, only=None, keep=(), **changes):
    """The list's address with the same questions (or `only` some of them), from its beginning unless told to `keep`."""
    asked = request.GET.copy()
    for name in list(asked):
        drop = name not in only if only is not None else name in (*_WHERE, "e") and name not in keep
        if drop or not asked[name]:
            del asked[name]
    for name, value in changes.items():
        asked[name] = value
    return f"?{asked.urlencode()}"
