"""What the desk does to the working copy of a front: place, move, clear, arrange, undo. Readers see it once launched.

Every verb says what it wants by container and place, so two people can work on one front at the same time; each
leaves a revision that says who placed what where.
"""

import secrets
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Front, FrontRevision, layout
from ..models.layout import Slot
from ..rules.refusal import act, refuse_if
from ..text.ids import ALPHABET


def new_key():
    """A name for a container that no other of its front has (text)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def containers_of(front):
    """The containers (tuple of layout.Container) of a front's working copy, or of a launched one."""
    return layout.read(front.containers)


@act
def begin(front, *, containers):
    """Give a front that was never edited the `containers` (tuple) it starts from. Returns the Front."""
    locked = Front.objects.lock(front)
    if not locked.version:
        _keep(locked, containers, by=None, changes=[{"did": "begun"}])
    return locked


@act
def place(front, *, by, story, key, at_place):
    """Put `story` (public id) into a place (number) of container `key`.

    A story that stands elsewhere on the front moves; what stood there goes to where it came from. Raises Refused.
    """
    locked = Front.objects.lock(front)
    containers = _by_key(locked)
    target = _slot(containers, key, at_place)
    if target.story == story:
        return locked
    moved = Slot(story=story)
    for other, number, slot in _slots(containers):
        if slot.story == story:
            moved = slot
            containers[other] = containers[other].with_slot(number, target)
    containers[key] = containers[key].with_slot(at_place, moved)
    return _keep(locked, containers.values(), by=by, changes=[_said("placed", containers[key], at_place, story)])


@act
def clear(front, *, by, key, at_place):
    """Leave a place of container `key` to its rule. Raises Refused."""
    locked = Front.objects.lock(front)
    containers = _by_key(locked)
    gone = _slot(containers, key, at_place).story
    containers[key] = containers[key].with_slot(at_place, Slot())
    return _keep(locked, containers.values(), by=by, changes=[_said("cleared", containers[key], at_place, gone)])


@act
def tell(front, *, by, key, at_place, **said):
    """Give the story in a place its own `headline`, `kicker`, `ratio`, `size`, `starts` and `ends`. Raises Refused."""
    locked = Front.objects.lock(front)
    containers = _by_key(locked)
    slot = _slot(containers, key, at_place)
    refuse_if([] if slot.story else [_("There is no chosen story in this place.")])
    starts, ends = said.get("starts"), said.get("ends")
    refuse_if([_("“Until” lies before “from”.")] if starts and ends and ends <= starts else [])
    containers[key] = containers[key].with_slot(at_place, replace(slot, **said))
    return _keep(locked, containers.values(), by=by, changes=[_said("told", containers[key], at_place, slot.story)])


@act
def add(front, *, by, kind, **rule):
    """Add a container of `kind` (ContainerKind) at the end; `rule` may have `title`, `section`, `topic`, `kinds`."""
    locked = Front.objects.lock(front)
    containers = _by_key(locked)
    full = len(containers) >= layout.MOST_CONTAINERS
    refuse_if([_("A front has at most %(most)d containers.") % {"most": layout.MOST_CONTAINERS}] if full else [])
    made = layout.container(new_key(), kind, **rule)
    return _keep(locked, [*containers.values(), made], by=by, changes=[_said("added", made)])


@act
def arrange(front, *, by, key, places=None, **rule):
    """Change a container's `title`, `section`, `topic`, `kinds` or number of places. Raises Refused."""
    locked = Front.objects.lock(front)
    containers = _by_key(locked)
    changed = replace(_container(containers, key), **rule)
    containers[key] = changed.with_places(places) if places else changed
    return _keep(locked, containers.values(), by=by, changes=[_said("arranged", containers[key])])


@act
def remove(front, *, by, key):
    """Take a container away. Raises Refused."""
    locked = Front.objects.lock(front)
    containers = _by_key(locked)
    gone = _container(containers, key)
    del containers[key]
    return _keep(locked, containers.values(), by=by, changes=[_said("removed", gone)])


@act
def shift(front, *, by, key, to):
    """Move a container to place `to` (number, from 0) among the others. Raises Refused."""
    locked = Front.objects.lock(front)
    containers = _by_key(locked)
    moved = _container(containers, key)
    others = [each for each in containers.values() if each.key != key]
    to = max(0, min(to, len(others)))
    arranged = [*others[:to], moved, *others[to:]]
    if [each.key for each in arranged] == list(containers):
        return locked
    return _keep(locked, arranged, by=by, changes=[_said("shifted", moved) | {"to": to + 1}])


@act
def set_lead_hours(front, *, by, hours):
    """Let the desk be told that the lead is stale after `hours` (number; 0: never). Raises Refused."""
    locked = Front.objects.lock(front)
    refuse_if([] if 0 <= hours <= 1000 else [_("Give the hours as a number from 0 to 1000.")])
    locked.lead_hours = hours
    locked.save(update_fields=["lead_hours"])
    return locked


@act
def bring_back(front, *, by, number, version=None, undoes=False):
    """Make the working copy what it was at revision `number`; with the current `version` given, only if it still is.

    `undoes` marks it as a step back, from which the next one goes on. Raises Refused.
    """
    locked = Front.objects.lock(front)
    refuse_if(version_refusals(locked, version))
    earlier = FrontRevision.objects.filter(front=locked, number=number).first()
    refuse_if([] if earlier else [_("This revision is not kept any more.")])
    containers = layout.read(earlier.containers)
    change = {"did": "brought_back", "number": number} | ({"undoes": True} if undoes else {})
    return _keep(locked, containers, by=by, changes=[change])


def undo(front, *, by, version):
    """Take back the last change of the working copy, if it is still `version`. Raises Refused where there is none."""
    last = FrontRevision.objects.filter(front=front, number=version).first()
    stepped_back = last and last.changes and last.changes[0].get("undoes")
    number = last.changes[0]["number"] if stepped_back else version
    before = FrontRevision.objects.filter(front=front, number__lt=number).order_by("-number").first()
    refuse_if([] if before else [_("There is nothing to undo.")])
    return bring_back(front, by=by, number=before.number, version=version, undoes=True)


def version_refusals(front, version):
    """A sentence where the working copy is not `version` (number; None: whichever) any more."""
    if version is not None and version != front.version:
        yield _("Somebody changed this front meanwhile; it is shown as it stands now. Look at it, then try again.")


def _keep(front, containers, *, by, changes):
    front.containers, front.version = layout.write(containers), front.version + 1
    front.saved_at, front.saved_by = timezone.now(), by
    front.save(update_fields=["containers", "version", "saved_at", "saved_by"])
    FrontRevision.objects.create(
        front=front, number=front.version, containers=front.containers, changes=changes, by=by, at=front.saved_at
    )
    FrontRevision.objects.filter(front=front, number__lte=front.version - Front.KEPT).delete()
    return front


def _by_key(front):
    return {each.key: each for each in layout.read(front.containers)}


def _slots(containers):
    return [(key, n, slot) for key, each in containers.items() for n, slot in enumerate(each.slots)]


def _container(containers, key):
    refuse_if([] if key in containers else [_("This container is gone; somebody removed it.")])
    return containers[key]


def _slot(containers, key, at_place):
    slots = _container(containers, key).slots
    refuse_if([] if 0 <= at_place < len(slots) else [_("This place is gone; the container has fewer now.")])
    return slots[at_place]


def _said(did, container, at_place=None, story=""):
    """What the history says of a change (JSON object); read by admin/fronts/history.py."""
    told = {"did": did, "kind": container.kind, "title": container.title, "story": story}
    return told | ({} if at_place is None else {"place": at_place + 1})
