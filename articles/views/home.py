"""The front page: the most urgent of the newest, then every section's own newest."""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.views.decorators.http import require_safe

from ..models import Edition, EditionSection, Section
from ..vocabulary import Kind
from .pictures import hang
from .shell import Shell, moment, show

HERO = 5
CANDIDATES = 12
STRIP = 4
NEWEST = 8


@require_safe
def home(request):
    """The front page."""
    at = moment(request)
    sections = list(Section.objects.annotate(**_newest_in_section(at)))
    shell = Shell(sections=sections)
    live = Edition.objects.live(at).for_river(at)
    newest = hang(live.filter(language=settings.LANGUAGE_CODE).newest_first()[:CANDIDATES], at)
    hero = _hero(newest)
    strips = _strips(shell, at, shown={edition.public_id for edition in hero})
    context = {"hero": hero, "strips": strips, "newest": newest[:NEWEST]}
    return show(request, "site/home.html", context, shell=shell)


def _hero(newest):
    """The lead and its neighbours: the most urgent of the newest; with equal urgency, the later one. No advertising."""
    journalism = [edition for edition in newest if edition.kind != Kind.SPONSORED]
    if not journalism:
        return []
    lead = min(journalism, key=lambda edition: (edition.urgency, edition.shown_picture is None))
    return [lead, *(edition for edition in journalism if edition is not lead)][:HERO]


def _newest_in_section(at):
    """For a query of sections: the keys of each one's newest editions, one small index lookup each."""
    rows = EditionSection.objects.live(at).filter(section=OuterRef("pk")).newest_first().values("edition_id")
    return {f"newest_{place}": Subquery(rows[place : place + 1]) for place in range(HERO + STRIP)}


def _strips(shell, at, *, shown):
    """For each top-level section: the section and its newest editions that are not shown yet (list of pairs)."""
    wanted = {section.pk: _keys(section) for section in shell.top_level}
    keys = [key for found in wanted.values() for key in found]
    live = Edition.objects.live(at).for_river(at)
    editions = {each.pk: each for each in hang(live.filter(pk__in=keys) if keys else (), at)}
    strips = []
    for section in shell.top_level:
        found = [editions[key] for key in wanted[section.pk] if key in editions]
        fresh = [edition for edition in found if edition.public_id not in shown][:STRIP]
        shown |= {edition.public_id for edition in fresh}
        if fresh:
            strips.append((section, sorted(fresh, key=lambda edition: edition.kind == Kind.SPONSORED)))
    return strips


def _keys(section):
    found = (getattr(section, f"newest_{place}") for place in range(HERO + STRIP))
    return [key for key in found if key is not None]
