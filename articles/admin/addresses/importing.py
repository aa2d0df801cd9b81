"""Redirects by the file: bring a table in, after a look at what it would do, and take them all out."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...desk.redirecting import MOST_BYTES, MOST_LINES, export_redirects, import_redirects
from ...rules.refusal import Refused


class ImportForm(forms.Form):
    """A file, and whether it is only tried."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Three columns: old address, where it leads or the word “gone”, a note if you like."),
    )
    dry_run = forms.BooleanField(label=gettext_lazy("Only check the file, write nothing"), required=False)

    def clean_file(self):
        """The bytes. Raises ValidationError for more than are taken."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            raise forms.ValidationError(_("The file is larger than %(most)s MB. Split it.") % {"most": most})
        return file.read()


def import_page(admin, request):
    """The form, and what is wrong with the file line by line. Raises PermissionDenied."""
    if not (admin.has_add_permission(request) and admin.has_change_permission(request)):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None) if request.method == "POST" else ImportForm()
    reasons, status = [], 200
    if form.is_valid():
        try:
            return _take_in(request, form.cleaned_data)
        except Refused as refused:
            reasons, status = refused.reasons, 409
    context = admin.admin_site.each_context(request) | {
        "title": _("Import redirects"),
        "opts": admin.opts,
        "form": form,
        "reasons": reasons,
        "most_lines": MOST_LINES,
        "media": admin.media,
    }
    return TemplateResponse(request, "admin/articles/redirect/import.html", context, status=status)


def _take_in(request, values):
    done = import_redirects(values["file"], by=request.user, dry_run=values["dry_run"])
    count = done.new + done.replaced
    if values["dry_run"]:
        said = ngettext(
            "The file is sound: %(count)s redirect would be written, %(new)s new. Nothing was written.",
            "The file is sound: %(count)s redirects would be written, %(new)s new. Nothing was written.",
            count,
        )
        messages.info(request, said % {"count": count, "new": done.new})
        return redirect("admin:articles_redirect_import")
    said = ngettext(
        "%(count)s redirect was written, %(new)s new.", "%(count)s redirects were written, %(new)s new.", count
    )
    messages.success(request, said % {"count": count, "new": done.new})
    return redirect("admin:articles_redirect_changelist")


def export_view(admin, request):
    """All redirects as a CSV file that the import takes. Raises PermissionDenied."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    headers = {"Content-Disposition": 'attachment; filename="redirects.csv"'}
    return StreamingHttpResponse(export_redirects(), content_type="text/csv; charset=utf-8", headers=headers)
