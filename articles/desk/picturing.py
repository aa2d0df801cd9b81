"""Verbs on pictures of the library: say what one shows and who made it, say what to look at, drop one nobody uses.

What readers have was printed before and stays as it is, but for the rights: those count from the moment they are saved.
"""

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CharField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import media, press
from ..media.finding import index_all
from ..media.framing import SHAPES
from ..models import Picture, PictureCrop
from ..models.picture import WHOLE
from ..rules.refusal import act, refuse_if
from ..text.html import one_line
from ..vocabulary import Ratio
from .picture_uses import drop_refusals

MOST = 500  # pictures described at a time
RIGHTS = ("rights", "allowed_from", "allowed_until")
DESCRIBED = (
    *("title", "alt", "caption", "credit", "symbol_photo"),
    *("creator", "agency", "copyright_notice", "source_url", "place", "taken_at", "section", "usage_terms"),
    *RIGHTS,
)


@act
def describe(picture, *, by, values, version=None):
    """Save what is said of a picture: `values` (dict) for some of DESCRIBED. Returns the changed names (list).

    `version` is the one the values were written on (number; None: whatever is stored). Raises Refused.
    """
    stored = lock([picture])[0]
    refuse_if(stale(stored, version))
    changed = _describe([stored], by=by, values=values)[stored.pk]
    _tell(picture, stored)
    return changed


@act
def describe_many(pictures, *, by, values):
    """Say the same of many pictures (list, at most MOST), or of none of them. Returns those that changed (list).

    Raises Refused with every reason, each naming its picture.
    """
    if len(pictures) > MOST:
        refuse_if([_("Choose at most %(most)d pictures at a time.") % {"most": MOST}])
    stored = lock(pictures)
    changed = _describe(stored, by=by, values=values)
    return [each for each in stored if changed[each.pk]]


@act
def frame(picture, *, by, focal=None, crops=None, version=None):
    """Say where to look: `focal` (pair of thousandths from the left and from above) and crops set by hand.

    `crops` has for some Ratios the left, top and width (thousandths), or None for the crop around the focal point.
    Returns the changed names (list): "focal" and ratios. Raises Refused.
    """
    stored = lock([picture])[0]
    refuse_if([*stale(stored, version), *frame_refusals(stored, focal=focal, crops=crops)])
    changed = [*_move_focal(stored, focal), *_set_crops(stored, crops or {})]
    if changed:
        stored.version += 1
        stored.save(update_fields=["focal_x", "focal_y", "version"])
        _log(by, [stored], CHANGE, [_("focal point") if name == "focal" else Ratio(name).label for name in changed])
    _tell(picture, stored)
    return changed


@act
def drop(picture, *, by):
    """Delete a picture nothing uses, its files too. Raises Refused with where it is used."""
    stored = lock([picture])[0]
    refuse_if(drop_refusals(stored, by=by))
    _log(by, [stored], DELETION)
    media.drop(stored)


def lock(pictures):
    """The pictures (list) as stored now, their rows held, in the order given. Raises Refused where one is gone."""
    rows = Picture.objects.select_for_update(of=("self",)).select_related("section").order_by("pk")
    found = {each.pk: each for each in rows.filter(pk__in=[each.pk for each in pictures])}
    refuse_if(
        _("The picture “%(picture)s” is not there any more.") % {"picture": each}
        for each in pictures
        if each.pk not in found
    )
    return [found[each.pk] for each in pictures]


def stale(stored, version):
    """Why what was written on `version` of a picture cannot be saved (iterable of text)."""
    if version is not None and version != stored.version:
        yield _("Somebody saved this picture meanwhile. Compare what you typed with what is stored, then save again.")


def frame_refusals(picture, *, focal=None, crops=None):
    """Why these cannot be the focal point and crops of a picture (iterable of text)."""
    if focal is not None and not all(0 <= each <= WHOLE for each in focal):
        yield _("The focal point lies inside the picture: use numbers from 0 to %(most)d.") % {"most": WHOLE}
    for ratio, crop in (crops or {}).items():
        if crop is not None and not _lies_inside(picture, SHAPES[Ratio(ratio)], crop):
            yield _("The crop %(ratio)s does not lie inside the picture.") % {"ratio": Ratio(ratio).label}


def _lies_inside(picture, shape, crop):
    left, top, width = crop
    height = width * picture.width * shape[1] / (shape[0] * picture.height)
    # Numbers are whole thousandths: a crop at the very edge may be out by a rounding.
    return width > 0 and left >= 0 and 0 <= top < WHOLE and left + width <= WHOLE and top + height <= WHOLE + 1


def _describe(stored, *, by, values):
    """Set `values` on locked pictures; the changed names (list) by key (dict)."""
    values = {name: _tidy(name, value) for name, value in values.items() if name in DESCRIBED}
    changed, reasons = {}, []
    for picture in stored:
        changed[picture.pk] = [name for name, value in values.items() if getattr(picture, name) != value]
        for name in changed[picture.pk]:
            setattr(picture, name, values[name])
        said = list(_faults(picture, changed[picture.pk]))
        reasons += said if len(stored) == 1 else [f"“{picture}”: {reason}" for reason in said]
    refuse_if(reasons)
    touched = [picture for picture in stored if changed[picture.pk]]
    for picture in touched:
        picture.version += 1
        picture.save(update_fields=[*changed[picture.pk], "version"])
    index_all(touched)
    for picture in touched:
        if set(RIGHTS).intersection(changed[picture.pk]):
            press.settle_rights(picture)
    names = {name for each in changed.values() for name in each}
    _log(by, touched, CHANGE, [_label(name) for name in DESCRIBED if name in names])
    return changed


def _tidy(name, value):
    text = isinstance(Picture._meta.get_field(name), CharField) and name != "rights"
    return one_line(str(value or "")) if text else value


def _faults(picture, names):
    """What is wrong with these fields of a picture (iterable of text), each sentence beginning with the field."""
    # A rule for several fields is asked of all of them, though only one was changed.
    ruled = {*names, *RIGHTS} if set(RIGHTS).intersection(names) else set(names)
    for check, looked_at in ((picture.clean_fields, set(names)), (picture.validate_constraints, ruled)):
        try:
            check(exclude={field.name for field in picture._meta.fields} - looked_at)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                yield from sentences if name == NON_FIELD_ERRORS else (f"{_label(name)}: {each}" for each in sentences)


def _label(name):
    return str(capfirst(Picture._meta.get_field(name).verbose_name))


def _move_focal(stored, focal):
    if focal is None or tuple(focal) == (stored.focal_x, stored.focal_y):
        return []
    stored.focal_x, stored.focal_y = focal
    return ["focal"]


def _set_crops(stored, crops):
    known = {each.ratio: each for each in stored.crops.all()}
    places = {ratio: (each.left, each.top, each.width) for ratio, each in known.items()}
    wanted = {str(ratio): crop and tuple(crop) for ratio, crop in crops.items()}
    changed = [ratio for ratio, crop in wanted.items() if places.get(ratio) != crop]
    for ratio in changed:
        if wanted[ratio] is None:
            known[ratio].delete()
        else:
            place = dict(zip(("left", "top", "width"), wanted[ratio], strict=True))
            PictureCrop.objects.update_or_create(picture=stored, ratio=ratio, defaults=place)
    return changed


def _tell(picture, stored):
    """What the caller holds is what is stored now."""
    for name in (*DESCRIBED, "focal_x", "focal_y", "version"):
        setattr(picture, name, getattr(stored, name))


def _log(by, pictures, flag, labels=()):
    """Into the log that the desk shows as a picture's history; what nobody in particular did is not in it."""
    if by is not None and pictures:
        message = [{"changed": {"fields": list(labels)}}] if labels else ""
        LogEntry.objects.log_actions(by.pk, pictures, flag, change_message=message)
