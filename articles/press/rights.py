"""Rights acts: when the rights to a picture begin or end, readers see it from and until exactly then.

Nothing that is over is changed: readers had what they had. What runs gets another end; what ended and is allowed
again gets a second row from then on.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..models import EditionPicture, Picture, Section, SectionPicture
from ..rules.pictures import Use, rights_refusals
from ..rules.refusal import act, refuse_if
from ..vocabulary import PRINTABLE_RIGHTS, Place
from .picturing import announce_end, announce_loss, shown

_BATCH = 1000


@transaction.atomic
def settle_rights(picture):
    """Give the places of `picture` (saved, its row locked) in editions and as a stand-in the times of its rights."""
    now = timezone.now()
    editions = EditionPicture.objects.filter(picture=picture, live_from__isnull=False).exclude(live_until__lte=now)
    stand_ins = SectionPicture.objects.filter(picture=picture).exclude(live_until__lte=now)
    ended = [_settle(places, picture, now) for places in (editions, stand_ins)]
    if any(ended):
        announce_loss(picture, now)
    elif editions.exists() or stand_ins.exists():
        announce_end(picture, because=f"version-{picture.version}")


def _settle(places, picture, now):
    """The same for places that are not over; whether any lost its picture for want of rights."""
    granted = picture.rights in PRINTABLE_RIGHTS
    starts, ends = picture.allowed_from, picture.allowed_until if granted else now
    lasts = ends is None or ends > now
    later = lasts and starts is not None and starts > now
    ends = ends if lasts else now
    valid = places.exclude(allowed_until__lte=now)
    begun = Q(live_from__lte=now) & (Q(allowed_from=None) | Q(allowed_from__lte=now))
    again = _without_valid(places, now) if lasts else []
    again += valid.filter(begun).values_list("pk", flat=True) if later else []
    waiting = valid.exclude(begun)
    # What readers of a live edition did not see until now, they did not see.
    waiting.filter(live_from__lte=now).update(allowed_from=starts if later else now, allowed_until=ends)
    waiting.filter(live_from__gt=now).update(allowed_from=starts, allowed_until=ends)
    changed = valid.filter(begun).update(allowed_until=now if later else ends)
    _begin_again(places.model, again, starts=starts if later else now, ends=ends)
    return bool(changed and not granted)


def _without_valid(places, now):
    """The keys (list) of one row of each place whose rights have ended."""
    valid = {_place(row) for row in places.exclude(allowed_until__lte=now).iterator()}
    ended = {_place(row): row.pk for row in places.filter(allowed_until__lte=now).order_by("pk").iterator()}
    return [key for place, key in ended.items() if place not in valid]


def _place(row):
    return (row.edition_id, row.position) if isinstance(row, EditionPicture) else (row.section_id, row.live_from)


def _begin_again(model, keys, *, starts, ends):
    for first in range(0, len(keys), _BATCH):
        rows = list(model.objects.filter(pk__in=keys[first : first + _BATCH]))
        for row in rows:
            row.pk, row._state.adding = None, True
            row.allowed_from, row.allowed_until = starts, ends
        model.objects.bulk_create(rows)


@act
def set_stand_in(section, *, picture, by):
    """From now on, let `picture` (None: nothing) stand in where the rights to a lead picture of `section` end.

    It holds for the sections below as well, as long as those have none of their own. What stood in until now
    stays on record. `by` is who did it. Returns the SectionPicture, or None. Raises Refused.
    """
    now = timezone.now()
    section = Section.objects.select_for_update().get(pk=section.pk)
    picture = picture and Picture.objects.select_for_update().get(pk=picture.pk)
    current = SectionPicture.objects.filter(section=section, live_until=None)
    # Its caption would speak of another event.
    printed = shown(Use(picture, Place.LEAD, 0, "", picture.credit)) if picture else None
    same = current.live(now).filter(picture=picture).first() if picture else None
    if same and same.shown == printed:
        return same
    refuse_if(rights_refusals([picture] if picture else [], now))
    current.update(live_until=now)
    if not picture:
        return None
    announce_end(picture, because=f"section-{section.pk}-{now.timestamp()}")
    return SectionPicture.objects.create(
        section=section,
        picture=picture,
        shown=printed,
        key=printed["key"],
        live_from=now,
        allowed_from=picture.allowed_from,
        allowed_until=picture.allowed_until,
        set_by=by,
    )
