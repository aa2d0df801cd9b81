"""What stories need around them: sections, topics and people, made where they are missing."""

from dataclasses import dataclass
from itertools import accumulate, product

from ...models import Contributor, Section, Topic, TopicAlias
from ...text.slugs import slugify
from ...text.topics import likeness
from ...vocabulary import ContributorKind, TopicKind
from .words import FIRST_NAMES, LAST_NAMES, SECTIONS, TOPIC_HEADS, TOPIC_STEMS

LEAST_SECTIONS = 8
PEOPLE = 200


@dataclass(frozen=True)
class Furniture:
    """What a story may be given: sections, topics (a few are everywhere, most are rare) and people (lists)."""

    sections: list
    topics: list
    topic_weights: list
    people: list


def furnish():
    """The newsroom's sections and the archive's own topics and people, in an order that is always the same."""
    if Section.objects.count() < LEAST_SECTIONS:
        _make_sections()
    topics = _make_topics()
    weights = list(accumulate(1 / rank for rank in range(1, len(topics) + 1)))
    return Furniture(list(Section.objects.order_by("path")), topics, weights, _make_people())


def _make_sections():
    for position, (path, (name, language)) in enumerate(SECTIONS.items(), start=1):
        above, _slash, slug = path.rpartition("/")
        facts = {"name": name, "slug": slug, "language": language, "position": position}
        facts["parent"] = Section.objects.get(path=above) if above else None
        Section.objects.get_or_create(path=path, defaults=facts)


def _make_topics():
    names = [stem + head for head, stem in product(TOPIC_HEADS, TOPIC_STEMS)]
    taken = set(TopicAlias.objects.values_list("key", flat=True))
    slugs = {slugify(name): name for name in names if slugify(name) not in taken}
    rows = (
        Topic(name=name, slug=slug, kind=TopicKind.SUBJECT, likeness=likeness(name)) for slug, name in slugs.items()
    )
    Topic.objects.bulk_create(rows, ignore_conflicts=True)
    return sorted(Topic.objects.filter(slug__in=slugs), key=lambda topic: list(slugs).index(topic.slug))


def _make_people():
    names = [f"{first} {last}" for last, first in product(LAST_NAMES, FIRST_NAMES)][:PEOPLE]
    slugs = {f"{slugify(name)}-archiv": name for name in names}
    rows = []
    for place, (slug, name) in enumerate(slugs.items()):
        kind = ContributorKind.PHOTOGRAPHER if place % 10 == 9 else ContributorKind.WRITER
        rows.append(Contributor(name=name, slug=slug, kind=kind, has_page=place % 2 == 0))
    Contributor.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Contributor.objects.filter(slug__in=slugs).order_by("slug"))
