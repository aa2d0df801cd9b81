"""The addresses of the fronts' screens, and the board itself."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ...models import Front, FrontEdition
from ...models.front import HOME
from ...rules.fronts import may_edit_front, may_launch_front, may_see_fronts
from ...rules.refusal import Refused
from ..scoped import ScopedModelAdmin
from .board import chosen_stories, containers_or_usual, findable, rows, sections_with_fronts
from .deeds import Unfit, do
from .forms import AddForm
from .history import history_page
from .launching import board_url, cancel, launch_page
from .preview import preview_page
from .remarks import remarks


@admin.register(Front)
class FrontAdmin(ScopedModelAdmin):
    """Fronts: the list, and a board for each."""

    def get_urls(self):
        """The list and what belongs to each front; Django's own forms for rows are not among them."""
        board = self._of_front(board_page)
        of_key = "<slug:key>/"
        return [
            path("", self._page(require_safe(self._list)), name="articles_front_changelist"),
            path("launched/<int:pk>/cancel/", self._page(require_POST(self._cancel)), name="articles_front_cancel"),
            path(of_key, board, name="articles_front_board"),
            path(f"{of_key}launch/", self._of_front(launch_page), name="articles_front_launch"),
            path(f"{of_key}history/", self._of_front(require_safe_page(history_page)), name="articles_front_history"),
            path(f"{of_key}preview/", self._of_front(_preview), name="articles_front_preview"),
        ]

    def has_module_permission(self, request):
        """Whoever may look at fronts."""
        return may_see_fronts(request.user)

    def has_view_permission(self, request, obj=None):
        """Whoever may look at fronts."""
        return may_see_fronts(request.user)

    def has_add_permission(self, request):
        """Nobody: each section has one."""
        return False

    def _page(self, view):
        def asked(request, **kwargs):
            if not may_see_fronts(request.user):
                raise PermissionDenied
            return view(request, **kwargs)

        return self.admin_site.admin_view(asked)

    def _of_front(self, view):
        def asked(request, key):
            front = Front.objects.at_key(key)
            if not front:
                raise Http404
            return view(self, request, front)

        return self._page(asked)

    def _list(self, request):
        return list_page(self, request)

    def _cancel(self, request, pk):
        return cancel(self, request, pk)


def require_safe_page(view):
    """A page (a function of admin, request and front) that answers GET and HEAD only."""

    def asked(admin, request, front):
        return require_safe(lambda request: view(admin, request, front))(request)

    return asked


@require_safe_page
def _preview(admin, request, front):
    return preview_page(request, front)


def list_page(admin, request):
    """Every front: since when it is live, what is planned, and whether the working copy differs."""
    now = timezone.now()
    fronts = [Front.objects.at_key(HOME)]
    for section in sections_with_fronts():
        fronts.append(getattr(section, "front", None) or Front(key=f"section-{section.pk}", section=section))
    keys = [front.pk for front in fronts if front.pk]
    live = {each.front_id: each for each in FrontEdition.objects.live(now).filter(front__in=keys)}
    coming = {}
    for each in FrontEdition.objects.filter(front__in=keys, live_from__gt=now).order_by("-live_from"):
        coming[each.front_id] = each
    for front in fronts:
        front.live, front.coming = live.get(front.pk), coming.get(front.pk)
        front.changed = bool(front.version) and (not front.live or front.live.containers != front.containers)
        front.may_edit = may_edit_front(request.user, front)
    context = admin.admin_site.each_context(request) | {
        "title": _("Fronts"),
        "opts": admin.opts,
        "fronts": fronts,
        "media": admin.media,
    }
    return TemplateResponse(request, "admin/articles/front/list.html", context)


def board_page(admin, request, front):
    """The board: its containers and places, the finder beside it; a deed is sent here too."""
    if request.method == "POST":
        return _deed(admin, request, front)
    return TemplateResponse(request, "admin/articles/front/board.html", _context(admin, request, front))


def _deed(admin, request, front):
    if not may_edit_front(request.user, front):
        raise PermissionDenied
    wrong, reasons = None, []
    try:
        front = do(front, request)
    except Unfit as unfit:
        wrong = unfit.wrong
    except Refused as refused:
        reasons = refused.reasons
    if request.headers.get("X-Requested-With") == "fetch" or wrong:
        fragment = request.headers.get("X-Requested-With") == "fetch"
        front = Front.objects.at_key(front.key)
        context = _context(admin, request, front, wrong=wrong) | {"reasons": reasons}
        template = "admin/articles/front/_board.html" if fragment else "admin/articles/front/board.html"
        return TemplateResponse(request, template, context, status=409 if reasons or wrong else 200)
    for reason in reasons:
        messages.error(request, reason)
    return HttpResponseRedirect(board_url(front))


def _context(admin, request, front, *, wrong=None):
    now = timezone.now()
    launches = front.editions.all() if front.pk else FrontEdition.objects.none()
    live = launches.live(now).select_related("launched_by").first()
    add = wrong["form"] if wrong and wrong["key"] == "add" else AddForm(prefix="add")
    board = rows(front, request.user, now, wrong=wrong)
    stories = chosen_stories(containers_or_usual(front), request.user)
    may_edit = may_edit_front(request.user, front)
    return admin.admin_site.each_context(request) | {
        "title": front,
        "front": front,
        "opts": admin.opts,
        "rows": board,
        "remarks": remarks(front, board, stories, now),
        "live": live,
        "coming": launches.filter(live_from__gt=now).select_related("launched_by").order_by("live_from"),
        "changed": bool(front.version) and (not live or live.containers != front.containers),
        "found": findable(request.user, request.GET.get("q", "")) if may_edit else [],
        "asked": request.GET.get("q", ""),
        "add": add,
        "may_edit": may_edit,
        "may_launch": may_launch_front(request.user, front),
        "now": now,
        "media": admin.media + add.media,
    }
