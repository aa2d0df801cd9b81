"""What every screen of the desk inherits: rights reach exactly as far as `rules.policy` says.

Django's `get_queryset` alone leaks: titles through foreign-key selects, raw ids
and prefilled add pages, and foreign keys out of scope are accepted. Here every
queryset a form, an autocomplete, a prefill or a lookup can touch is cut first.
"""

from datetime import MAXYEAR

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError
from django.db.models import ManyToManyField
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from js_asset import Media

from ..models import Story
from ..rules.policy import scoped
from ..text.html import printable


def visible(model, user):
    """All rows (QuerySet) of `model` that `user` may see or choose."""
    return scoped(user, "read") if model is Story else model._default_manager.all()


class NothingDeleted:
    """An admin in which nobody deletes: stories are spiked or withdrawn, nouns stand in editions, people in the log."""

    def get_actions(self, request):
        """Without Django's bulk deletion."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request, obj=None):
        """Nobody."""
        return False


class OwnFiltersOnly:
    """An admin whose list can be asked nothing but its own filters: any other lookup would be a way to guess."""

    def lookup_allowed(self, lookup, value, request=None):
        """The list's filters by their exact names, and the parts of its date hierarchy."""
        own = [each if isinstance(each, str) else each.parameter_name for each in self.get_list_filter(request)]
        allowed = {f"{name}{suffix}" for name in own for suffix in ("", "__exact", "__id__exact", "__isnull")}
        parts = ("year", "month", "day", "gte", "lt") if self.date_hierarchy else ()
        if lookup == f"{self.date_hierarchy}__year" and not (is_key(value) and 1 <= int(value) < MAXYEAR):
            return False  # Django asks for the year after it, and there is none
        return lookup in allowed | {f"{self.date_hierarchy}__{part}" for part in parts}


def is_key(value):
    """Whether a typed value (anything) could be a primary key: decimal digits, no more than a database takes."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= 18


class PlainTextForm(forms.ModelForm):
    """A form in whose texts no control character survives: XML forbids them, and feeds are XML."""

    def clean(self):
        """The cleaned values, printable."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = printable(value)
        return cleaned


class _KeysOnly:
    """What a browser sends for a choice is looked up again when the form is shown again: only what can be a key is."""

    def optgroups(self, name, value, attr=None):
        """Django's, for keys."""
        return super().optgroups(name, [each for each in value if is_key(each)], attr)


class KeySelect(_KeysOnly, AutocompleteSelect):
    """A choice found by typing."""


class KeySelectMultiple(_KeysOnly, AutocompleteSelectMultiple):
    """Choices found by typing."""


class ScopedModelAdmin(OwnFiltersOnly, NothingDeleted, admin.ModelAdmin):
    """A ModelAdmin that shows, offers and accepts only what its user may read."""

    form = PlainTextForm
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request):
        """Django's, cut to the user's scope; autocomplete, history and actions start from here too."""
        rows = super().get_queryset(request)
        return scoped(request.user, "read", rows) if self.model is Story else rows

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offers, and accepts, only rows in scope."""
        kwargs.setdefault("queryset", visible(db_field.remote_field.model, request.user))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeySelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Offers, and accepts, only rows in scope."""
        kwargs.setdefault("queryset", visible(db_field.remote_field.model, request.user))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """A prefilled add page (`?section=3`): plain fields, and relations to rows in scope."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if self._may_prefill(request, name, value)}

    def _may_prefill(self, request, name, value):
        field = next((each for each in self.opts.get_fields() if each.name == name and each.concrete), None)
        if field is None or isinstance(field, ManyToManyField):
            return False
        if not field.is_relation:
            return True
        return is_key(value) and visible(field.remote_field.model, request.user).filter(pk=value).exists()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's; whoever loses a race for the same name or address is told so by the form's own check."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            messages.error(request, _("Somebody else saved the same at the same moment."))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:  # no check of the form's own sees what is wrong
            return HttpResponseRedirect(request.get_full_path())

    def changelist_view(self, request, extra_context=None):
        """Django's; of the rows that were ticked, those whose keys could be keys. NUL is in no row: 400."""
        if any("\x00" in text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
            raise SuspiciousOperation("A question with NUL in it.")
        if ACTION_CHECKBOX_NAME in request.POST:
            request.POST = request.POST.copy()
            request.POST.setlist(ACTION_CHECKBOX_NAME, filter(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME)))
        return super().changelist_view(request, extra_context)

    def view_on_site(self, obj):
        """The public address; Django's own detour over the model's key would tell it for any row."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def render_change_form(self, request, context, *args, **kwargs):
        """Gives the form's own import map the nonce that the Content-Security-Policy asks for."""
        # Django 6 keeps it there too (django.middleware.csp.get_nonce); str() is what makes it.
        context["media"] = Media.from_media(context["media"], nonce=str(request._csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_or_deny(self, request, pk, may):
        """The row `pk` in the user's scope. Raises PermissionDenied where there is none or `may(row)` is false."""
        found = self.get_queryset(request).filter(pk=pk).first() if is_key(pk) else None
        if found is None or not may(found):
            raise PermissionDenied
        return found
