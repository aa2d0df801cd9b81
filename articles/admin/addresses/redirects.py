"""Redirects made by hand: list, form, and the doors to import and export."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models import Redirect
from ...models.redirect import Circle
from ...views.moved import present_address
from ..scoped import ScopedModelAdmin
from ..story.list import BoundedPaginator
from .importing import export_view, import_page


@admin.register(Redirect)
class RedirectAdmin(ScopedModelAdmin):
    """Where old addresses lead. Unlike what readers read, a redirect may be deleted."""

    list_display = ("old_path", "leads_to", "note", "made_at", "made_by")
    list_filter = ("answer",)
    list_select_related = ("made_by",)
    search_fields = ("old_path", "target", "note")
    ordering = ("old_path",)
    paginator = BoundedPaginator
    fields = ("old_path", "answer", "target", "note")

    def get_readonly_fields(self, request, obj=None):
        """The old address of a redirect there is: another one is another redirect."""
        return ("old_path", "made_at", "made_by") if obj else ()

    def get_fields(self, request, obj=None):
        """With who made it, and when."""
        return (*self.fields, "made_at", "made_by") if obj else self.fields

    def has_delete_permission(self, request, obj=None):
        """Who has the right."""
        return request.user.has_perm("articles.delete_redirect")

    def get_actions(self, request):
        """With Django's deletion of what is ticked."""
        return admin.ModelAdmin.get_actions(self, request)

    def save_model(self, request, obj, form, change):
        """Saves, and says where a page stands before it."""
        obj.made_by, obj.made_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)
        if any(present_address(each, timezone.now()) == each for each in (obj.old_path, f"{obj.old_path}/")):
            said = _("Readers find a page at %(path)s. The redirect is used once that page is gone.")
            messages.warning(request, said % {"path": obj.old_path})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's; whoever closes a circle with somebody else's redirect of the same moment is told so."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Circle as error:
            messages.error(request, error.messages[0])
            return HttpResponseRedirect(request.get_full_path())

    def get_urls(self):
        """With import and export."""
        view = self.admin_site.admin_view
        own = [
            path("import/", view(lambda request: import_page(self, request)), name="articles_redirect_import"),
            path("export/", view(lambda request: export_view(self, request)), name="articles_redirect_export"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=gettext_lazy("Leads to"), ordering="target")
    def leads_to(self, redirect):
        """The target, or that the page is gone."""
        if not redirect.target:
            return redirect.get_answer_display()
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', redirect.target)
