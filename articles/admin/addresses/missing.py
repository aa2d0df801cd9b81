"""Missing pages: what readers looked for and did not find, and a way to lead them on."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import MissingPage, Redirect
from ...text.addresses import key
from ..scoped import NothingDeleted

SHOWN = 100


@admin.register(MissingPage)
class MissingPageAdmin(NothingDeleted, admin.ModelAdmin):
    """A report, and nothing else: the counts come from readers."""

    def has_add_permission(self, request):
        """Nobody."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody."""
        return False

    def get_urls(self):
        """The report; none of Django's own pages."""
        return [path("", self.admin_site.admin_view(self.report_view), name="articles_missingpage_changelist")]

    def report_view(self, request):
        """Paths with their hits of 7 and 30 days, most hit first, each with a redirect or the button to make one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        today = timezone.localdate(timezone.now(), timezone.get_default_timezone())
        rows = MissingPage.objects.report(today, limit=SHOWN)
        redirects = Redirect.objects.filter(old_path__in=[key(row["path"]) for row in rows])
        known = {each.old_path: each for each in redirects}
        context = self.admin_site.each_context(request) | {
            "title": _("Missing pages"),
            "rows": [row | {"redirect": known.get(key(row["path"]))} for row in rows],
            "shown": SHOWN,
            "may_redirect": request.user.has_perm("articles.add_redirect"),
        }
        return TemplateResponse(request, "admin/articles/missingpage/report.html", context)
