"""Follow-up work that failed for good: what, since when, why, and a button to try again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ... import outbox
from ...models import Effect
from ...outbox.retrying import parked
from ...rules.policy import scoped
from ...vocabulary import MailKind
from ..scoped import NothingDeleted, is_key
from ..story.list import BoundedPaginator

PER_PAGE = 50


@admin.register(Effect)
class EffectAdmin(NothingDeleted, admin.ModelAdmin):
    """A list of what is parked, and nothing else: effects are written by acts, not by hand."""

    def has_view_permission(self, request, obj=None):
        """Those who may let them be tried again."""
        return request.user.has_perm("articles.change_effect")

    has_module_permission = has_change_permission = has_view_permission

    def has_add_permission(self, request):
        """Nobody."""
        return False

    def get_urls(self):
        """The list, and trying again; none of Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.list_view), name="articles_effect_changelist"),
            path("again/", view(require_POST(self.again_view)), name="articles_effect_again"),
        ]

    def list_view(self, request):
        """How the work is getting on, and what is parked."""
        self._only_those_who_may(request)
        page = BoundedPaginator(parked(), PER_PAGE).get_page(request.GET.get("p"))
        effects = list(page)
        keys = [key for each in effects if is_key(key := each.payload.get("story", ""))]
        stories = scoped(request.user, "read").in_bulk(keys) if keys else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Follow-up work that failed"),
            "health": outbox.health(),
            "page": page,
            "rows": [(each, effect_in_words(each), stories.get(each.payload.get("story"))) for each in effects],
        }
        return TemplateResponse(request, "admin/articles/effect/parked.html", context)

    def again_view(self, request):
        """Try one again (`effect`, its key), or all that are parked."""
        self._only_those_who_may(request)
        key = request.POST.get("effect", "")
        if key and not is_key(key):
            raise PermissionDenied
        count = outbox.try_again(parked().order_by().filter(pk=key) if key else parked().order_by())
        said = ngettext("%(count)d effect will be tried again.", "%(count)d effects will be tried again.", count)
        messages.success(request, said % {"count": count})
        return redirect("admin:articles_effect_changelist")

    def _only_those_who_may(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied


_WORDS = {
    "live": gettext_lazy("Telling authors that an edition is live"),
    "renditions": gettext_lazy("Making the files of a picture"),
    "rights": gettext_lazy("Telling that the rights to a picture end"),
    "rights mail": gettext_lazy("Mail: the rights to a picture end"),
}


def effect_in_words(effect):
    """What the effect is (text); its own kind where the desk has no word for it."""
    if effect.kind == "mail" and effect.payload.get("mail") in MailKind.values:
        return _("Mail: %(occasion)s") % {"occasion": MailKind(effect.payload["mail"]).label}
    return str(_WORDS.get(effect.kind, effect.kind))
