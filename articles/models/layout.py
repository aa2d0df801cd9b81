"""What a front consists of: containers with slots, read from and written as JSON.

The same form stands in the working copy and in the printed edition of a front. A slot
names a story by its public id; whether readers can have it is asked when the page is read.
"""

import re
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from ..text.ids import PUBLIC_ID
from ..vocabulary import ContainerKind, Kind, Ratio, SlotSize

MOST_CONTAINERS = 24
HEADLINE, KICKER, TITLE = 200, 60, 60  # characters
_KEY = re.compile(r"[a-z0-9]{1,12}")
_STORY = re.compile(PUBLIC_ID)


@dataclass(frozen=True)
class Form:
    """A kind of container: the most places it may have, how many are usual, which kinds of story fill it."""

    most: int
    usual: int
    kinds: tuple = ()


FORMS = {
    ContainerKind.LEAD: Form(most=1, usual=1),
    ContainerKind.SECONDARY: Form(most=8, usual=4),
    ContainerKind.RIVER: Form(most=20, usual=6),
    ContainerKind.STRIP: Form(most=8, usual=4),
    ContainerKind.MOST_READ: Form(most=10, usual=5),
    ContainerKind.OPINION: Form(most=8, usual=4, kinds=(Kind.OPINION,)),
    ContainerKind.LIVE: Form(most=4, usual=1, kinds=(Kind.LIVE,)),
    ContainerKind.WORTH_KNOWING: Form(most=8, usual=4, kinds=(Kind.ANALYSIS, Kind.INTERVIEW)),
}


class LayoutError(ValueError):
    """A part of a layout that is none; says which."""


@dataclass(frozen=True)
class Slot:
    """A place in a container. Without a `story` (public id) the rule of the container fills it.

    `starts` and `ends` (aware datetimes or None) say from and until when the choice holds; outside, the rule fills.
    """

    story: str = ""
    headline: str = ""
    kicker: str = ""
    ratio: str = ""
    size: str = ""
    starts: datetime | None = None
    ends: datetime | None = None

    def holds(self, at):
        """Whether the choice holds `at` a moment (aware datetime)."""
        begun = self.starts is None or self.starts <= at
        return bool(self.story) and begun and (self.ends is None or at < self.ends)


@dataclass(frozen=True)
class Container:
    """A row of slots, one for each place, and the rule that fills the empty ones: section, topic, kinds, newest."""

    key: str
    kind: str
    title: str = ""
    section: int | None = None
    topic: int | None = None
    kinds: tuple = ()
    slots: tuple = field(default_factory=tuple)

    @property
    def form(self):
        """What containers of this kind are like."""
        return FORMS[self.kind]

    @property
    def wanted_kinds(self):
        """The kinds of story that fill it (tuple); empty: any."""
        return self.kinds or self.form.kinds

    def with_slot(self, place, slot):
        """The same with another slot at `place` (number)."""
        slots = list(self.slots)
        slots[place] = slot
        return replace(self, slots=tuple(slots))

    def with_places(self, count):
        """The same with `count` places; what stood in places beyond is gone."""
        count = max(1, min(count, self.form.most))
        return replace(self, slots=(*self.slots, *([Slot()] * count))[:count])


def container(key, kind, *, places=None, **rule):
    """A container of a kind (ContainerKind) with empty slots, as many as is usual."""
    return Container(key=key, kind=kind, **rule).with_places(places or FORMS[kind].usual)


def read(stored):
    """The containers (tuple of Container) of a layout in JSON (list). Raises LayoutError where it is none."""
    if not isinstance(stored, list) or len(stored) > MOST_CONTAINERS:
        raise LayoutError("containers")
    containers = tuple(_container(each) for each in stored)
    if len({each.key for each in containers}) < len(containers):
        raise LayoutError("key")
    return containers


def write(containers):
    """A layout as JSON (list) of what differs from an empty container."""
    return [_plain(each) for each in containers]


def _plain(each):
    slots = [_filled(asdict(slot)) for slot in each.slots]
    return _filled(asdict(each) | {"slots": []}) | {"slots": slots}


def _filled(values):
    told = {name: value for name, value in values.items() if value not in ("", None, (), [])}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in told.items()}


def _container(stored):
    values = _known(stored, Container)
    if values.get("kind") not in FORMS or not _KEY.fullmatch(str(values.get("key", ""))):
        raise LayoutError("kind")
    kinds = values.get("kinds", ())
    if not isinstance(kinds, list | tuple) or not set(kinds) <= set(Kind.values):
        raise LayoutError("kinds")
    for name in ("section", "topic"):
        if not isinstance(values.get(name), int | None) or isinstance(values.get(name), bool):
            raise LayoutError(name)
    slots = values.get("slots", [])
    if not isinstance(slots, list) or not 1 <= len(slots) <= FORMS[values["kind"]].most:
        raise LayoutError("slots")
    values |= {"kinds": tuple(kinds), "slots": tuple(_slot(each) for each in slots)}
    return Container(**values | {"title": _text(values, "title", TITLE)})


def _slot(stored):
    values = _known(stored, Slot)
    story = values.get("story", "")
    if story and not (isinstance(story, str) and _STORY.fullmatch(story)):
        raise LayoutError("story")
    if values.get("ratio", "") not in ("", *Ratio.values) or values.get("size", "") not in SlotSize.values:
        raise LayoutError("size")
    values |= {"headline": _text(values, "headline", HEADLINE), "kicker": _text(values, "kicker", KICKER)}
    return Slot(**values | {name: _moment(values.get(name)) for name in ("starts", "ends")})


def _known(stored, kind):
    if not isinstance(stored, dict) or not set(stored) <= set(kind.__dataclass_fields__):
        raise LayoutError(kind.__name__)
    return dict(stored)


def _text(values, name, most):
    text = values.get(name, "")
    if not isinstance(text, str) or len(text) > most:
        raise LayoutError(name)
    return text


def _moment(text):
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise LayoutError("time") from error
    if moment.tzinfo is None:
        raise LayoutError("time")
    return moment
