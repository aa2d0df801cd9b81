"""Which mails somebody wants: a page of one's own for every member of staff."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models import Preferences
from ...models.preferences import all_mails
from ...vocabulary import MailKind


class MailsForm(forms.Form):
    """A box for each kind of mail."""

    mails = forms.MultipleChoiceField(
        label=gettext_lazy("Send me a mail when"),
        choices=MailKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self):
        """The kinds that were ticked, in the order of the list (list of text)."""
        return [kind for kind in MailKind.values if kind in self.cleaned_data["mails"]]


@admin.register(Preferences)
class PreferencesAdmin(admin.ModelAdmin):
    """One page, about oneself; nobody sees or changes what somebody else chose."""

    def has_module_permission(self, request):
        """Not a list on the first page: the link stands beside one's name."""
        return False

    has_view_permission = has_change_permission = has_delete_permission = lambda self, request, obj=None: False
    has_add_permission = has_module_permission

    def get_urls(self):
        """The one page."""
        view = self.admin_site.admin_view(self.mine_view)
        return [path("", view, name="articles_preferences_changelist")]

    def mine_view(self, request):
        """See and change which mails one gets."""
        mine = Preferences.objects.filter(user=request.user).first()
        typed = request.POST if request.method == "POST" else None  # nothing ticked is a choice as well
        form = MailsForm(typed, initial={"mails": mine.mails if mine else all_mails()})
        if form.is_bound and form.is_valid():
            Preferences.objects.update_or_create(user=request.user, defaults={"mails": form.chosen()})
            messages.success(request, _("Your choice of mails was saved."))
            return redirect("admin:articles_preferences_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("My mails"),
            "form": form,
            "address": request.user.email,
            "sends": "dummy" not in settings.EMAIL_BACKEND,
        }
        return TemplateResponse(request, "admin/articles/preferences/mine.html", context)
