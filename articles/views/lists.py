"""Pages that are one list: a section, a topic, a contributor, the latest, a day, the corrections."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import (
    Contributor,
    Correction,
    Edition,
    EditionContributor,
    EditionSection,
    EditionTopic,
    Topic,
    TopicPin,
)
from ..vocabulary import TopicKind
from .paging import page
from .pictures import hang
from .series import parts_page
from .shell import Shell, moment, show, with_constant_lifetime

PINNED = 5


@require_safe
def section(request, section_path):
    """A section with everything below it."""
    shell = Shell()
    here = shell.by_path.get(section_path)
    if not here:
        raise Http404
    shell.section, shell.language = here, here.language
    at = moment(request)
    rows, older = page(request, EditionSection.objects.live(at).filter(section=here).for_river(at))
    context = {"section": here, "children": shell.children(here), "lineage": shell.lineage(here)[:-1]}
    return show(request, "site/section.html", context | _river(hang(rows, at), older), shell=shell)


@require_safe
def topic(request, slug):
    """A topic, its pinned stories first; 301 from an alias or a merged one. Without a live edition there is none."""
    here = Topic.objects.annotate(has_pins=_has_pins()).at_address(slug)
    at = moment(request)
    pinned = _pinned(here, at) if here and getattr(here, "has_pins", True) else []
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
        return with_constant_lifetime(HttpResponsePermanentRedirect(here.get_absolute_url()))
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
    """The live editions (list) of the stories a librarian put first."""
    ids = list(TopicPin.objects.filter(topic=topic).values_list("public_id", flat=True)[:PINNED])
    found = hang(Edition.objects.live(at).for_river(at).filter(public_id__in=ids), at)
    live = {each.public_id: each for each in found}
    return [live[public_id] for public_id in ids if public_id in live]


@require_safe
def contributor(request, slug):
    """Somebody's page, if they have one and any live edition names them."""
    here = Contributor.objects.filter(slug=slug, has_page=True).first()
    at = moment(request)
    rows = EditionContributor.objects.live(at).filter(contributor=here).for_river(at)
    found, older = page(request, rows)
    if not found:
        raise Http404
    context = {"contributor": here} | _river(hang(found, at), older)
    return show(request, "site/contributor.html", context, shell=Shell())


@require_safe
def latest(request):
    """Everything, newest first."""
    at = moment(request)
    editions, older = page(request, Edition.objects.live(at).for_river(at), size=40)
    return show(request, "site/latest.html", _river(hang(editions, at), older), shell=Shell())


@require_safe
def archive(request, year, month, day):
    """What was first published on one day of the newsroom's calendar."""
    try:
        here = date(year, month, day)
        here - timedelta(days=2), here + timedelta(days=2)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    at, zone = moment(request), timezone.get_default_timezone()
    live = Edition.objects.live(at)
    editions, older = page(request, live.published_on(here, zone).for_river(at), size=40)
    if not editions:
        raise Http404
    earlier, later = _neighbours(live, here, zone)
    context = {"day": here, "earlier": earlier, "later": later}
    return show(request, "site/archive.html", context | _river(hang(editions, at), older), shell=Shell())


def _neighbours(live, day, zone):
    """The days (dates or None) before and after `day` on which anything was published."""
    start, end = live.day_bounds(day, zone)
    before = live.filter(published_at__lt=start).newest_first().values_list("published_at", flat=True).first()
    after = live.filter(published_at__gte=end).order_by("published_at").values_list("published_at", flat=True).first()
    return [found and timezone.localdate(found, zone) for found in (before, after)]


@require_safe
def corrections(request):
    """What stories got wrong, newest first, as long as readers can read the story."""
    at = moment(request)
    live = Edition.objects.live(at)
    readable = Exists(live.filter(public_id=OuterRef("public_id")))
    rows, older = page(request, Correction.objects.shown(at).filter(readable))
    found = live.for_river(at).filter(public_id__in={row.public_id for row in rows})
    stories = {each.public_id: each for each in hang(found, at)}
    context = {
        "corrections": [(row, stories[row.public_id]) for row in rows if row.public_id in stories],
        "older": older,
    }
    return show(request, "site/corrections.html", context, shell=Shell())


def _river(editions, older):
    return {"editions": editions, "older": older}
