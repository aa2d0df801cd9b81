"""Pages that are one list: a section, a topic, a contributor, the latest."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.views.decorators.http import require_safe

from ..models import (
    Contributor,
    Edition,
    EditionContributor,
    EditionSection,
    EditionTopic,
    Topic,
    TopicPin,
)
from ..vocabulary import TopicKind
from .archive import by_hour
from .front import arrange, fill, launched
from .moved import lead_on, section_once_at
from .paging import page
from .pictures import hang
from .series import parts_page
from .shell import Shell, moment, show

PINNED, PINS = 5, 100  # stories that stand first, and pins among which they are looked for


@require_safe
def section(request, section_path):
    """A section with everything below it: its front, if there is one, then the newest; 301 from where it was before."""
    shell = Shell()
    here = shell.by_path.get(section_path)
    if not here:
        return lead_on(request, "section", section_once_at(section_path).path)
    containers = None if "before" in request.GET else launched(here, moment(request))
    return show_section(request, here, containers, shell=shell)


def show_section(request, here, containers, *, shell):
    """The page of the section `here` with a front (None: without); the desk's preview comes through here too."""
    shell.section, shell.language = here, here.language
    at = moment(request)
    rows = EditionSection.objects.live(at).filter(section=here).for_river(at)
    front = arrange(fill(containers, at, shell=shell, section=here), here.language) if containers else None
    if front:
        rows = rows.exclude(public_id__in=front.shown)
    found, older = page(request, rows)
    context = {"section": here, "children": shell.children(here), "lineage": shell.lineage(here)[:-1], "front": front}
    return show(request, "site/section.html", context | _river(hang(found, at), older), shell=shell)


@require_safe
def topic(request, slug):
    """A topic, its pinned stories first; 301 from an alias or a merged one. Without a live edition there is none."""
    here = Topic.objects.annotate(has_pins=_has_pins()).at_address(slug)
    if not here:
        raise Http404
    at = moment(request)
    pinned = _pinned(here, at) if getattr(here, "has_pins", True) else []
    rows = EditionTopic.objects.live(at).filter(topic=here).for_river(at)
    if here and here.kind == TopicKind.SERIES and here.slug == slug:
        return _series(request, here, rows, at)
    if pinned:
        rows = rows.exclude(public_id__in=[edition.public_id for edition in pinned])
    found, older = page(request, rows)
    editions = hang(found, at)
    pinned = [] if "before" in request.GET else pinned
    if not editions and not pinned:
        raise Http404
    if here.slug != slug:
        return lead_on(request, "topic", here.slug)
    shell = Shell(language=[*pinned, *editions][0].language)
    context = {"topic": here, "is_timeline": here.kind == TopicKind.EVENT, "pinned": pinned}
    editions = editions if context["is_timeline"] else [*pinned, *editions]
    return show(request, "site/topic.html", context | _river(editions, older), shell=shell)


def _series(request, topic, rows, at):
    """A series: its parts in their order."""
    found, start, further = parts_page(request, rows)
    if not found:
        raise Http404
    context = {"topic": topic, "parts": list(enumerate(hang(found, at), start)), "further": further}
    return show(request, "site/topic.html", context, shell=Shell(language=found[0].edition.language))


def _has_pins():
    return Exists(TopicPin.objects.filter(topic=OuterRef("pk")))


def _pinned(topic, at):
    """The live editions (list) of the first stories a librarian pinned; what readers have not takes no place."""
    ids = list(TopicPin.objects.filter(topic=topic).values_list("public_id", flat=True)[:PINS])
    live = {each.public_id: each for each in Edition.objects.live(at).for_river(at).filter(public_id__in=ids)}
    return hang([live[public_id] for public_id in ids if public_id in live][:PINNED], at)


@require_safe
def contributor(request, slug):
    """Somebody's page, if they have one and any live edition names them; 301 from where it was before."""
    here = Contributor.objects.at_address(slug)
    if not here:
        raise Http404
    at = moment(request)
    rows = EditionContributor.objects.live(at).filter(contributor=here).for_river(at)
    found, older = page(request, rows)
    if not found:
        raise Http404
    if here.slug != slug:
        return lead_on(request, "contributor", here.slug)
    context = {"contributor": here} | _river(hang(found, at), older)
    return show(request, "site/contributor.html", context, shell=Shell())


@require_safe
def latest(request):
    """Everything, newest first; today by the hour."""
    at = moment(request)
    editions, older = page(request, Edition.objects.live(at).for_river(at), size=40)
    context = _river(hang(editions, at), older) | {"days": by_hour(editions, at)}
    return show(request, "site/latest.html", context, shell=Shell())


def _river(editions, older):
    return {"editions": editions, "older": older}
