"""Saying what the pictures just uploaded show, all on one page, in one save."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import desk
from ...models import Picture
from ...rules.refusal import Refused
from ..scoped import PlainTextForm, is_key
from .cards import card
from .form import PictureVersionField
from .rights import may_add, may_change, may_describe
from .taking import MOST_FILES


class DescribeForm(PlainTextForm):
    """What readers are told of one picture among others."""

    version = PictureVersionField()

    class Meta:
        model = Picture
        fields = ("title", "alt", "caption", "credit")
        widgets = {"alt": forms.Textarea(attrs={"rows": 2}), "caption": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        picture = kwargs["instance"]
        kwargs |= {"prefix": f"p{picture.pk}", "initial": {"version": PictureVersionField.token(picture)}}
        super().__init__(*args, **kwargs)

    def card(self):
        """The picture's look and badges."""
        return card(self.instance)

    def save_by(self, user):
        """Saves through the desk's verb. Raises Refused."""
        pk, version = self.cleaned_data["version"]
        if pk != self.instance.pk:
            raise Refused(_("This form is not complete. Open the picture again."))
        values = {name: self.cleaned_data[name] for name in self._meta.fields}
        return desk.describe(self.instance, by=user, values=values, version=version)


def describe_page(admin, request):
    """The page for `?of=1&of=2`: at most MOST_FILES pictures. Raises PermissionDenied."""
    if not (may_add(request.user) or may_change(request.user)):
        raise PermissionDenied
    keys = dict.fromkeys(int(key) for key in request.GET.getlist("of")[:MOST_FILES] if is_key(key))
    known = Picture.objects.in_bulk(list(keys))
    pictures = [known[key] for key in keys if key in known]
    if not all(may_describe(request.user, picture) for picture in pictures):
        raise PermissionDenied
    if not pictures:
        messages.info(request, _("There is nothing to describe: no picture was taken in."))
        return redirect("admin:articles_picture_changelist")
    typed = request.POST if request.method == "POST" else None
    all_forms = [DescribeForm(typed, instance=picture) for picture in pictures]
    refused = False
    # Not stopping at the first: each says what is wrong with it.
    if typed is not None and [each for each in all_forms if not each.is_valid()] == []:
        refused = not _save_all(request, all_forms)
        if not refused:
            return redirect("admin:articles_picture_changelist")
    context = admin.admin_site.each_context(request) | {
        "title": _("Describe pictures"),
        "opts": admin.opts,
        "forms": all_forms,
        "errors": refused or any(each.errors for each in all_forms if each.is_bound),
    }
    return TemplateResponse(request, "admin/articles/picture/describe.html", context, status=409 if refused else 200)


def _save_all(request, all_forms):
    """Whether all were saved; else none was, and each form says why."""
    with transaction.atomic():
        for each in all_forms:
            try:
                each.save_by(request.user)
            except Refused as refused:
                each.add_error(None, refused.reasons)
        if any(each.errors for each in all_forms):
            transaction.set_rollback(True)
            return False
    said = ngettext("%(count)d picture was saved.", "%(count)d pictures were saved.", len(all_forms))
    messages.success(request, said % {"count": len(all_forms)})
    return True
