"""Fronts for readers: what was launched, its gaps filled by rule, at one moment.

Three questions whatever the size of the front: which front is live, which keys its slots and rules could show
(one union of short index ranges), and the rows of those that were taken.
"""

from dataclasses import dataclass, field
from itertools import takewhile

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from ..models import Edition, EditionSection, EditionTopic, FrontEdition, StoryReads, Topic, layout
from ..vocabulary import ContainerKind, Kind
from .pictures import hang

LOOKED_AT = 200  # the newest of a section or topic, where only some of them are wanted
MOST_CANDIDATES = 60
URGENT_AMONG = 12  # the lead is the most urgent of so many of the newest
_JOURNALISM_ONLY = (ContainerKind.LEAD, ContainerKind.SECONDARY, ContainerKind.OPINION, ContainerKind.LIVE)
_CHOSEN = -1  # the part of the union that looks up what was chosen by hand


_HEADINGS = {
    ContainerKind.LEAD: gettext_lazy("Top stories"),
    ContainerKind.SECONDARY: gettext_lazy("Top stories"),
    ContainerKind.RIVER: gettext_lazy("Latest"),
    ContainerKind.MOST_READ: gettext_lazy("Most read"),
    ContainerKind.OPINION: gettext_lazy("Opinion"),
    ContainerKind.LIVE: pgettext_lazy("kind of container", "Live"),
    ContainerKind.WORTH_KNOWING: gettext_lazy("Worth knowing"),
}


@dataclass
class Filled:
    """A container as readers see it: its stories in order, and in which of its places (numbers) each stands."""

    container: layout.Container
    editions: list = field(default_factory=list)
    places: list = field(default_factory=list)
    section: object = None
    topic: object = None

    @property
    def kind(self):
        """Its kind (ContainerKind)."""
        return self.container.kind

    @property
    def heading(self):
        """What it is called where the desk gave it no title (text)."""
        return _HEADINGS.get(self.kind, gettext("More"))


def launched(section, at):
    """The containers (tuple) of the front of `section` (Section; None: home) that is live; None where none is."""
    rows = FrontEdition.objects.live(at).filter(front__section=section).values_list("containers", flat=True)
    stored = rows.first()
    return None if stored is None else layout.read(stored)


def usual_home(shell):
    """The front page where nobody launched one: lead, second stories, the newest, a strip for each section."""
    strips = [layout.container(f"section{each.pk}", ContainerKind.STRIP, section=each.pk) for each in shell.top_level]
    top = (ContainerKind.LEAD, ContainerKind.SECONDARY, ContainerKind.RIVER)
    return (*(layout.container(kind.value, kind) for kind in top), *strips[: layout.MOST_CONTAINERS - 3])


def usual_section():
    """What the front of a section starts from, when somebody begins to edit it."""
    return tuple(layout.container(kind.value, kind) for kind in (ContainerKind.LEAD, ContainerKind.SECONDARY))


def fill(containers, at, *, shell, section=None):
    """The `containers` with the stories readers see in them `at` a moment (list of Filled), no story twice.

    `section` (None: home) is where a rule looks that names neither section nor topic.
    """
    chosen = _chosen(containers, at)
    found = _candidates(containers, set(chosen.values()), at, section)
    taken = _take(containers, chosen, found)
    keys = [row.key for rows in taken for _place, row, _slot in rows]
    live = Edition.objects.live(at).for_river(at)
    editions = {each.pk: each for each in hang(live.filter(pk__in=keys) if keys else (), at)}
    topics = _topics(containers)
    filled = []
    for container, rows in zip(containers, taken, strict=True):
        shown = [(_as_placed(editions[row.key], slot), place) for place, row, slot in rows if row.key in editions]
        where = next((each for each in shell.sections if each.pk == container.section), None)
        listed, places = [each[0] for each in shown], [each[1] for each in shown]
        filled.append(Filled(container, listed, places, section=where, topic=topics.get(container.topic)))
    return filled


def _chosen(containers, at):
    """The public ids chosen by hand that hold now, by place (dict); each once, where it comes first."""
    chosen = {}
    for number, container in enumerate(containers):
        for place, slot in enumerate(container.slots):
            if slot.holds(at) and slot.story not in chosen.values():
                chosen[number, place] = slot.story
    return chosen


@dataclass(frozen=True)
class _Row:
    """What choosing needs to know of an edition."""

    key: int
    public_id: str
    published_at: object
    kind: str
    urgency: int
    pictured: bool


def _candidates(containers, chosen, at, section):
    """For each container (by number), and for what was chosen (_CHOSEN), its candidates newest first (dict of lists).

    One query: a union of keys, each part a short range of an index.
    """
    parts = [_listed(Edition.objects.live(at).filter(public_id__in=chosen), _CHOSEN)] if chosen else []
    wanted, ranks = len(chosen), {}
    for number, container in enumerate(containers):
        wanted += len(container.slots)
        if container.kind == ContainerKind.MOST_READ:
            ids = StoryReads.objects.most_read(min(wanted, MOST_CANDIDATES), at=at)
            ranks[number] = {public_id: -rank for rank, public_id in enumerate(ids)}
            parts += [_listed(Edition.objects.live(at).filter(public_id__in=ids), number)] if ids else []
            continue
        count = min(wanted, MOST_CANDIDATES) + (URGENT_AMONG if container.kind == ContainerKind.LEAD else 0)
        parts += (_listed(rows, number) for rows in _by_rule(container, at, section, count))
    found = {number: {} for number in (_CHOSEN, *range(len(containers)))}
    for number, *row in parts[0].union(*parts[1:], all=True) if parts else ():
        found[number][row[0]] = _Row(*row)
    return {
        number: sorted(rows.values(), key=_order(ranks.get(number)), reverse=True) for number, rows in found.items()
    }


def _order(ranks):
    """By what candidates are sorted, the last first: their `ranks` (dict) where there are any, else the newest."""
    if ranks:
        return lambda row: ranks[row.public_id]
    return lambda row: (row.published_at, row.public_id)


def _by_rule(container, at, section, count):
    """The newest `count` editions or places a container's rule allows (list of QuerySets of limited length)."""
    if container.topic:
        merged_into = Subquery(Topic.objects.filter(pk=container.topic).values("merged_into")[:1])
        rows = EditionTopic.objects.live(at).filter(topic=Coalesce(merged_into, container.topic))
        return [_of_kinds(rows, container.wanted_kinds, count, within=container.section)]
    where = container.section or (section and section.pk)
    if where:
        rows = EditionSection.objects.live(at).filter(section=where)
        return [_of_kinds(rows, container.wanted_kinds, count)]
    rows = Edition.objects.live(at).filter(language=settings.LANGUAGE_CODE)
    if container.wanted_kinds:
        return [rows.filter(kind=kind).newest_first()[:count] for kind in container.wanted_kinds]
    return [rows.newest_first()[:count]]


def _of_kinds(rows, kinds, count, *, within=None):
    """The newest `count` of `rows` that are of `kinds` (empty: any) and stand in the section `within` (key or None)."""
    if not kinds and not within:
        return rows.newest_first()[:count]
    found = rows.model.objects.filter(pk__in=rows.newest_first().values("pk")[:LOOKED_AT])
    if kinds:
        found = found.filter(edition__kind__in=kinds)
    if within:
        found = found.filter(Exists(EditionSection.objects.filter(edition=OuterRef("edition"), section=within)))
    return found.newest_first()[:count]


def _listed(rows, number):
    """What `_Row` holds of limited `rows`, as a part of a union (SQLite allows no order and no limit in one)."""
    prefix = "" if rows.model is Edition else "edition__"
    within = rows.model.objects.filter(
        pk__in=rows.values("pk") if rows.query.is_sliced else rows.order_by().values("pk")
    )
    names = ("pk" if rows.model is Edition else "edition_id", "public_id", "published_at")
    pictured = Case(When(Q(**{f"{prefix}picture__isnull": True}), then=Value(False)), default=Value(True))
    values = (Value(number), *names, f"{prefix}kind", f"{prefix}urgency", pictured)
    return within.order_by().values_list(*values)


def _take(containers, chosen, found):
    """For each container what stands in its places (list of lists): place, row, and slot (None: filled by rule)."""
    by_id = {row.public_id: row for row in found[_CHOSEN]}
    used = {public_id for public_id in chosen.values() if public_id in by_id}
    taken = []
    for number, container in enumerate(containers):
        rows = _fillers(container, found[number], used)
        places = []
        for place, slot in enumerate(container.slots):
            row = by_id.get(chosen.get((number, place)))
            if row:
                places.append((place, row, slot))
            elif rows:
                places.append((place, rows.pop(0), None))
        used |= {row.public_id for _place, row, _slot in places}
        taken.append(places)
    return taken


def _fillers(container, rows, used):
    """The rows that may fill a container, in the order in which they do."""
    fresh = [row for row in rows if row.public_id not in used]
    if container.kind in _JOURNALISM_ONLY:
        fresh = [row for row in fresh if row.kind != Kind.SPONSORED]
    if container.kind == ContainerKind.LEAD:
        urgent = sorted(fresh[:URGENT_AMONG], key=lambda row: (row.urgency, not row.pictured))
        return [*urgent, *fresh[URGENT_AMONG:]]
    return fresh


@dataclass
class Arranged:
    """A front as its page prints it: the top, the rest in order, and other languages in bands of their own."""

    lead: list = field(default_factory=list)
    second: list = field(default_factory=list)
    river: list = field(default_factory=list)
    river_title: str = ""
    rest: list = field(default_factory=list)
    tongues: list = field(default_factory=list)

    @property
    def shown(self):
        """The public ids of all stories on it (set)."""
        tongues = [each for _language, found in self.tongues for each in found]
        rows = (self.lead, self.second, self.river, *(each.editions for each in (*self.rest, *tongues)))
        return {edition.public_id for row in rows for edition in row}


def arrange(filled, language):
    """What `fill` found, as a page in `language` prints it (Arranged); containers without a story are left out."""
    filled, arranged = [each for each in filled if each.editions], Arranged()
    at_top = list(takewhile(lambda each: each.kind in _TOP, filled))
    for each in at_top:
        getattr(arranged, _TOP[each.kind]).extend(each.editions)
    titles = (each.container.title for each in at_top if each.kind == ContainerKind.RIVER)
    arranged.river_title = next(filter(None, titles), "")
    bands = {}
    for each in filled[len(at_top) :]:
        foreign = each.section and each.section.language != language
        (bands.setdefault(each.section.language, []) if foreign else arranged.rest).append(each)
    arranged.tongues = list(bands.items())
    return arranged


_TOP = {ContainerKind.LEAD: "lead", ContainerKind.SECONDARY: "second", ContainerKind.RIVER: "river"}


def _topics(containers):
    """The topics containers name, or what they were merged into since, by the key they are named by (dict)."""
    keys = {each.topic for each in containers if each.topic}
    named = Topic.objects.select_related("merged_into").in_bulk(keys) if keys else {}
    return {key: topic.merged_into or topic for key, topic in named.items()}


def _as_placed(edition, slot):
    """The edition as its slot wants it printed: with a headline, kicker, crop and size of its own."""
    edition.headline = (slot and slot.headline) or edition.headline
    edition.kicker = (slot and slot.kicker) or edition.kicker
    edition.front_ratio, edition.front_size = (slot.ratio, slot.size) if slot else ("", "")
    return edition
