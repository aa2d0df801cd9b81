"""One picture: its form, what its file is, where it is used, and how it is deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ... import desk
from ...desk import picturing
from ...desk.picture_uses import uses
from ...media.framing import SHAPES, crop_boxes
from ...models import Picture
from ...models.picture import WHOLE
from ...rules.refusal import Refused
from ...templatetags.desk import desk_time, name_of
from ...vocabulary import Ratio
from ..scoped import is_key
from .cards import FORM, badges, look_url
from .form import SIDES, PictureForm
from .rights import may_change, may_drop, may_view


def picture_or_deny(request, pk):
    """The picture `pk` for who may see the library. Raises PermissionDenied, Http404."""
    if not may_view(request.user):
        raise PermissionDenied
    rows = Picture.objects.select_related("section", "uploaded_by").prefetch_related("crops")
    picture = rows.filter(pk=pk).first() if is_key(pk) else None
    if picture is None:
        raise Http404
    return picture


def picture_page(admin, request, pk):
    """The form; who may not change pictures reads it. POST saves what was typed, or says why not (409)."""
    picture = picture_or_deny(request, pk)
    if request.method == "POST" and not may_change(request.user):
        raise PermissionDenied
    form = PictureForm(request.POST if request.method == "POST" else None, instance=picture)
    reasons, stored = [], Picture.objects.select_related("section").prefetch_related("crops").get(pk=picture.pk)
    if form.is_bound and form.is_valid():
        try:
            return _save(admin, request, stored, form)
        except Refused as refused:
            reasons = refused.reasons
            stored.refresh_from_db()
    context = _context(admin, request, stored, form) | {"reasons": reasons, "stored": []}
    if reasons and form.cleaned_data["version"][1] != stored.version:
        context["stored"] = _differences(form, stored)
        # What is typed now was compared with what is stored now: sent again, it is meant.
        form.data = form.data.copy()
        form.data["version"] = form.fields["version"].token(stored)
    return TemplateResponse(request, "admin/articles/picture/picture.html", context, status=409 if reasons else 200)


def _save(admin, request, picture, form):
    """Saves all of the form or nothing. Raises Refused."""
    pk, version = form.cleaned_data["version"]
    if pk != picture.pk:
        raise Refused(_("This form is not complete. Open the picture again."))
    focal = (form.cleaned_data["focal_x"], form.cleaned_data["focal_y"])
    with transaction.atomic():
        changed = desk.describe(picture, by=request.user, values=form.values(), version=version)
        changed += desk.frame(picture, by=request.user, focal=focal, crops=form.crops())
        if not changed:
            admin.log_change(request, picture, [])
    messages.success(request, _("“%(picture)s” was saved.") % {"picture": picture})
    if "_continue" in request.POST:
        return redirect("admin:articles_picture_change", picture.pk)
    return redirect("admin:articles_picture_changelist")


def _differences(form, stored):
    """The fields that are stored otherwise than typed (list of (label, stored text))."""
    found = []
    for name, typed in form.values().items():
        value = getattr(stored, name)
        if value != typed:
            display = getattr(stored, f"get_{name}_display", None)
            text = display() if display else desk_time(value) if hasattr(value, "tzinfo") else value
            found.append((capfirst(form[name].label), {True: _("Yes"), False: _("No")}.get(text, text) or "–"))
    return [*found, *_frame_differences(form, stored)]


def _frame_differences(form, stored):
    """The same for the focal point and the crops."""
    if (form.cleaned_data["focal_x"], form.cleaned_data["focal_y"]) != (stored.focal_x, stored.focal_y):
        yield _("Focal point"), f"{stored.focal_x} / {stored.focal_y} ‰"
    crops = {crop.ratio: (crop.left, crop.top, crop.width) for crop in stored.crops.all()}
    for ratio, place in form.crops().items():
        if place != crops.get(ratio):
            there = " / ".join(map(str, crops[ratio])) + " ‰" if ratio in crops else _("around the focal point")
            yield Ratio(ratio).label, there


def _context(admin, request, picture, form):
    return admin.admin_site.each_context(request) | {
        "title": _("Picture"),
        "opts": admin.opts,
        "media": admin.media,
        "picture": picture,
        "original": picture,
        "form": form,
        "look": look_url(picture, FORM),
        "point": _point(picture),
        "badges": badges(picture),
        "focal": [form["focal_x"], form["focal_y"]],
        "crops": _crops(picture, form),
        "facts": _facts(picture),
        "uses": uses(picture, by=request.user),
        "may_change": may_change(request.user),
        "may_drop": may_drop(request.user),
        "original_url": may_change(request.user) and reverse("admin:articles_picture_original", args=[picture.pk]),
    }


def _crops(picture, form):
    """The crops as they are stored (list of dicts), each with its box in pixels and its fields."""
    by_hand = {crop.ratio: (crop.left, crop.top, crop.width) for crop in picture.crops.all()}
    focal = (picture.focal_x, picture.focal_y)
    boxes = crop_boxes(picture.width, picture.height, focal=focal, by_hand=by_hand)
    return [
        {
            "ratio": str(ratio),
            "label": Ratio(ratio).label,
            "shape": SHAPES[ratio],
            "box": boxes[str(ratio)],
            "by_hand": ratio in by_hand,
            "fields": [form[f"crop_{ratio}_{side}"] for side in SIDES],
            "errors": any(form.errors.get(f"crop_{ratio}_{side}") for side in SIDES) if form.is_bound else False,
        }
        for ratio in SHAPES
    ]


def _point(picture):
    """The focal point and the size of its mark (dict), in pixels of the picture."""
    ring = max(picture.width, picture.height) / 40
    x, y = picture.width * picture.focal_x / WHOLE, picture.height * picture.focal_y / WHOLE
    return {"x": round(x), "y": round(y), "ring": round(ring, 1), "dot": round(ring / 4, 1)}


def _facts(picture):
    yield _("File"), f"{picture.suffix.upper()}, {filesizeformat(picture.size)}"
    yield _("Size"), _("%(width)d × %(height)d pixels") % {"width": picture.width, "height": picture.height}
    yield _("Uploaded"), f"{desk_time(picture.uploaded_at)}, {name_of(picture.uploaded_by)}"


def drop_page(admin, request, pk):
    """Delete one picture: GET asks, or says where it is used; POST does it. Raises PermissionDenied."""
    picture = picture_or_deny(request, pk)
    if not may_drop(request.user):
        raise PermissionDenied
    reasons = list(picturing.drop_refusals(picture, by=request.user))
    if request.method == "POST" and not reasons:
        try:
            picturing.drop(picture, by=request.user)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("“%(picture)s” was deleted.") % {"picture": picture})
            return redirect("admin:articles_picture_changelist")
    context = admin.admin_site.each_context(request) | {
        "title": _("Delete picture"),
        "opts": admin.opts,
        "picture": picture,
        "look": look_url(picture),
        "reasons": reasons,
    }
    status = 409 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/articles/picture/drop.html", context, status=status)
