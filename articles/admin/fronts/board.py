"""What the board shows: every container with its places, what was chosen, and what readers would see there."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ...desk.fronts import containers_of
from ...models import Section, Topic, layout
from ...rules.policy import scoped
from ...text.html import printable
from ...text.ids import is_public_id
from ...views import front as site_front
from ...views.shell import Shell
from ...vocabulary import ContainerKind, Kind, Stage
from ..story.list import readers_have
from .forms import ContainerForm, SlotForm

FOUND = 30
LOOKED_AT = 5_000


@dataclass
class Place:
    """A place of a container on the board."""

    number: int
    slot: layout.Slot
    story: object = None  # the chosen Story, where the user may read it
    hidden: bool = False  # a story was chosen that the user may not read and no reader has
    shown: object = None  # the Edition readers would see here
    form: SlotForm | None = None
    before: tuple = ()  # container and place before this one, and after it
    after: tuple = ()

    @property
    def headline(self):
        """What stands here (text)."""
        if self.story:
            return self.slot.headline or self.story.headline
        return self.shown.headline if self.shown else ""


@dataclass
class Row:
    """A container on the board."""

    container: layout.Container
    rule: str
    of: object = None  # the topic or section its rule names
    places: list = field(default_factory=list)
    form: ContainerForm | None = None
    number: int = 0

    @property
    def title(self):
        """What the container is called (text)."""
        return self.container.title or str(self.of or self.label)

    @property
    def label(self):
        """What kind of container it is (text)."""
        return ContainerKind(self.container.kind).label

    @property
    def up(self):
        """The position (from 0) it moves to upwards."""
        return max(0, self.number - 1)

    @property
    def down(self):
        """The position it moves to downwards."""
        return self.number + 1


def containers_or_usual(front):
    """The containers (tuple) of a front's working copy; those it starts from, where nobody edited it."""
    if front.version:
        return containers_of(front)
    return site_front.usual_section() if front.section else site_front.usual_home(Shell())


def rows(front, user, at, *, wrong=None):
    """The board of `front` with what readers would see `at` a moment (list of Row); `wrong` (dict) has a bound form."""
    containers = containers_or_usual(front)
    shell = Shell()
    filled = site_front.fill(containers, at, shell=shell, section=front.section)
    stories = chosen_stories(containers, user)
    topics = Topic.objects.in_bulk({each.topic for each in containers if each.topic})
    names = {"sections": {each.pk: each for each in shell.sections}, "topics": topics}
    board = []
    for number, (container, each) in enumerate(zip(containers, filled, strict=True)):
        named = [each for each in (topics.get(container.topic), names["sections"].get(container.section)) if each]
        row = Row(container, rule_of(container, named), of=named[0] if named else None, number=number)
        row.form = _container_form(container, names, wrong)
        shown = dict(zip(each.places, each.editions, strict=True))
        row.places = [_place(container, n, stories, shown.get(n), wrong) for n in range(len(container.slots))]
        board.append(row)
    _link(board)
    return board


def chosen_stories(containers, user):
    """The stories chosen in any place that `user` may read, by public id (dict), with what readers have of each."""
    ids = {slot.story for each in containers for slot in each.slots if slot.story}
    found = scoped(user, "read").filter(public_id__in=ids).select_related("section").defer("body")
    found = {story.public_id: story for story in found.with_readers_state()}
    for story in found.values():
        story.readers_have = readers_have(story)
    return found


def rule_of(container, named):
    """By what rule the empty places of a container are filled (text); `named`: its topic and section (list)."""
    of = ", ".join(map(str, named))
    kinds = [str(Kind(each).label) for each in container.wanted_kinds]
    if container.kind == ContainerKind.MOST_READ:
        return _("most read")
    if of and kinds:
        return _("newest of %(what)s: %(kinds)s") % {"what": of, "kinds": ", ".join(kinds)}
    if of:
        return _("newest of %(what)s") % {"what": of}
    return _("newest: %(kinds)s") % {"kinds": ", ".join(kinds)} if kinds else _("newest")


def _container_form(container, names, wrong):
    if wrong and (wrong["key"], wrong["place"]) == (container.key, None):
        return wrong["form"]
    topic = names["topics"].get(container.topic)
    initial = {"title": container.title, "section": container.section, "topic": topic.name if topic else ""}
    initial |= {"kinds": container.kinds, "places": len(container.slots)}
    return ContainerForm(initial=initial, auto_id=f"id_{container.key}_%s")


def _place(container, number, stories, shown, wrong):
    slot = container.slots[number]
    place = Place(number, slot, story=stories.get(slot.story), shown=shown)
    place.hidden = bool(slot.story) and not place.story
    if wrong and (wrong["key"], wrong["place"]) == (container.key, number):
        place.form = wrong["form"]
    elif slot.story:
        said = {name: getattr(slot, name) for name in SlotForm.base_fields}
        place.form = SlotForm(initial=said, auto_id=f"id_{container.key}_{number}_%s")
    return place


def _link(board):
    """Tell each place which comes before and after it, also in the next container."""
    flat = [(row.container.key, place) for row in board for place in row.places]
    for number, (_key, place) in enumerate(flat):
        place.before = (flat[number - 1][0], flat[number - 1][1].number) if number else ()
        following = flat[number + 1] if number + 1 < len(flat) else None
        place.after = (following[0], following[1].number) if following else ()


def sections_with_fronts():
    """All sections in the order of the tree, each with its front (or None) (QuerySet)."""
    return Section.objects.select_related("front__saved_by").order_by("path")


def findable(user, text):
    """Stories (list of up to FOUND) to place, the newest saved first; only what `user` may read.

    `text` is looked for in the headlines of the LOOKED_AT newest, or is a story's public id.
    """
    stories = scoped(user, "read").exclude(stage=Stage.SPIKED).order_by("-saved_at", "-pk")
    text = printable(text).strip()[:100]
    if is_public_id(text):
        stories = stories.filter(public_id=text)
    elif text:
        stories = stories.filter(pk__in=_headed(stories, text.casefold()))
    found = list(stories.select_related("section").defer("body").with_readers_state()[:FOUND])
    for story in found:
        story.readers_have = readers_have(story)
    return found


def _headed(stories, text):
    """The keys (list, up to FOUND) of those among the newest with `text` in the headline, both without case.

    Compared here: SQLite takes “ö” and “Ö” for different letters.
    """
    newest = stories.values_list("pk", "headline")[:LOOKED_AT]
    return [key for key, headline in newest if text in headline.casefold()][:FOUND]
