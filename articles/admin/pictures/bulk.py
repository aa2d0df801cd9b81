"""One thing for many pictures: saying the same of all, or deleting those nothing uses."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ... import desk
from ...desk import picturing
from ...models import Picture
from ...rules.refusal import Refused
from ..fields import WallTimeField
from ..scoped import PlainTextForm, is_key
from .cards import card
from .questions import section_field
from .rights import may_change, may_drop

MOST_DROPPED = 50  # at a time: for each it is asked where it is used
SAID = (
    *("credit", "creator", "agency", "copyright_notice", "place", "section", "symbol_photo"),
    *("rights", "allowed_from", "allowed_until", "usage_terms"),
)


class SameForAllForm(PlainTextForm):
    """The fields that can be set for many; only those are set that are ticked."""

    section = section_field(empty_label="—")
    allowed_from = WallTimeField(label=gettext_lazy("Allowed from"), required=False)
    allowed_until = WallTimeField(label=gettext_lazy("Allowed until"), required=False)
    which = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in SAID])

    class Meta:
        model = Picture
        fields = SAID

    def _post_clean(self):
        """Nothing: whether it fits each picture is for the desk's verb to say."""

    def rows(self):
        """(name, whether it is to be set, bound field) of each field."""
        ticked = self["which"].value() or []
        return [(name, name in ticked, self[name]) for name in SAID]

    def clean(self):
        """The cleaned values; errors in fields that are not to be set do not count."""
        cleaned = super().clean()
        ticked = cleaned.get("which") or []
        for name in set(self.errors) - {*ticked, "which", "__all__"}:
            del self.errors[name]
        if not ticked and not self.errors:
            self.add_error(None, _("Tick what is to be set."))
        return cleaned

    def values(self):
        """What is to be set (dict)."""
        return {name: self.cleaned_data[name] for name in self.cleaned_data["which"]}


def bulk_page(admin, request):
    """Say the same of many pictures: asks first, with `confirmed` does it. Raises PermissionDenied."""
    if not may_change(request.user):
        raise PermissionDenied
    pictures, answer = _ticked(request, picturing.MOST)
    if answer:
        return answer
    confirmed = "confirmed" in request.POST
    form, reasons = SameForAllForm(request.POST if confirmed else None), []
    if confirmed and form.is_valid():
        try:
            changed = len(desk.describe_many(pictures, by=request.user, values=form.values()))
        except Refused as refused:
            reasons = refused.reasons
        else:
            said = ngettext("%(count)d picture was changed.", "%(count)d pictures were changed.", changed)
            messages.success(request, said % {"count": changed})
            if same := len(pictures) - changed:
                said = ngettext("%(count)d had this already.", "%(count)d had this already.", same)
                messages.info(request, said % {"count": same})
            return redirect(_back(request))
    context = _context(admin, request, pictures) | {"title": _("Change pictures"), "form": form, "reasons": reasons}
    status = 409 if reasons else 200
    return TemplateResponse(request, "admin/articles/picture/bulk.html", context, status=status)


def drop_many_page(admin, request):
    """Delete the ticked pictures nothing uses: asks first, with `confirmed` does it. Raises PermissionDenied."""
    if not may_drop(request.user):
        raise PermissionDenied
    pictures, answer = _ticked(request, MOST_DROPPED)
    if answer:
        return answer
    if "confirmed" in request.POST:
        _drop_all(request, pictures)
        return redirect(_back(request))
    rows = [(each, list(picturing.drop_refusals(each, by=request.user))) for each in pictures]
    context = _context(admin, request, pictures) | {
        "title": _("Delete pictures"),
        "rows": [(card(each), reasons) for each, reasons in rows],
        "possible": sum(not reasons for _each, reasons in rows),
    }
    return TemplateResponse(request, "admin/articles/picture/drop_many.html", context)


def _drop_all(request, pictures):
    done = 0
    for picture in pictures:
        try:
            picturing.drop(picture, by=request.user)
            done += 1
        except Refused as refused:
            said = {"picture": picture, "why": " ".join(refused.reasons)}
            messages.warning(request, _("Not deleted: “%(picture)s”. %(why)s") % said)
    if done:
        said = ngettext("%(count)d picture was deleted.", "%(count)d pictures were deleted.", done)
        messages.success(request, said % {"count": done})


def _ticked(request, most):
    """The ticked pictures (list), or the answer where there are none or too many."""
    keys = {int(key) for key in request.POST.getlist("picture") if is_key(key)}
    if len(keys) > most:
        messages.error(request, _("Choose at most %(most)d pictures at a time.") % {"most": most})
        return [], redirect(_back(request))
    pictures = list(Picture.objects.filter(pk__in=keys).order_by("-uploaded_at", "-pk"))
    if not pictures:
        messages.warning(request, _("Tick the pictures first."))
        return [], redirect(_back(request))
    return pictures, None


def _back(request):
    """The list as it was asked: its own questions only, whatever was sent."""
    asked = QueryDict(request.POST.get("back", "")[:2_000].replace("\x00", "")).urlencode()
    return f"{reverse('admin:articles_picture_changelist')}{'?' if asked else ''}{asked}"


def _context(admin, request, pictures):
    return admin.admin_site.each_context(request) | {
        "opts": admin.opts,
        "pictures": pictures,
        "cards": [card(each) for each in pictures[:24]],
        "more": max(0, len(pictures) - 24),
        "back": request.POST.get("back", ""),
        "back_url": _back(request),
    }
