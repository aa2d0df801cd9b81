"""Sections, topics, contributors, corrections, and the index of it all."""

import re
from http import HTTPStatus

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse
from ninja import Query, Router

from ..models import (
    Contributor,
    Correction,
    Edition,
    EditionContributor,
    EditionTopic,
    Topic,
    TopicPin,
)
from ..templatetags.newspaper import absolute
from ..views.lists import PINNED, PINS
from ..views.moved import section_once_at
from ..views.paging import page
from ..views.shell import moment
from . import answers
from .asking import SECTION_PATH, SLUG, Paging
from .finding import sections_by_path
from .refusing import Refusal, write
from .stories import in_language, paged, problems
from .telling import tell_briefly, tell_correction, tell_section

router = Router()
VERSION = "1.0"


@router.get("/", response={200: answers.Index} | problems(), summary="What there is", tags=["Index"])
def index(request):
    """Where everything is."""
    told = {"name": settings.SITE_NAME, "version": VERSION, "site": absolute(reverse("home"))}
    names = {"stories": "stories", "ninjs": "ninjs_list", "sections": "sections", "corrections": "corrections"}
    told |= {key: absolute(reverse(f"api:{name}")) for key, name in names.items()}
    return write(told | {"description": absolute(reverse("api:description"))})


@router.get("/sections/", response={200: answers.SectionList} | problems(), summary="All sections", tags=["Sections"])
def sections(request):
    """All sections, in the order of the site; `parent` makes a tree of them."""
    by_path = sections_by_path()
    return write({"sections": [_section(each, by_path) for each in by_path.values()]})


@router.get(
    "/sections/{path:section_path}/",
    response={200: answers.WholeSection, 301: answers.Moved} | problems(404),
    summary="One section",
    tags=["Sections"],
)
def section(request, section_path: str):
    """A section with what is above and below it; `stories_url` has its stories. 301 from where it was before."""
    by_path = sections_by_path() if re.fullmatch(SECTION_PATH, section_path) else {}
    here = by_path.get(section_path)
    if not here:
        return _moved("section", section_once_at(section_path).path)
    children = [tell_section(each, by_path) for each in by_path.values() if each.parent_id == here.pk]
    told = _section(here, by_path) | {"lineage": tell_section(here, by_path)["lineage"]}
    told["children"] = [{key: each[key] for key in ("path", "name", "url", "api_url")} for each in children]
    return in_language(write(told), here.language)


def _section(here, by_path):
    told = {name: value for name, value in tell_section(here, by_path).items() if name != "lineage"}
    return told | {
        "language": here.language,
        "description": here.description,
        "parent": here.lineage[-2] if len(here.lineage) > 1 else None,
        "feed_url": absolute(reverse("section_feed", args=[here.path, "feed.xml"])),
        "stories_url": _stories(section=here.path),
    }


def _stories(**asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())  # paths and slugs: nothing to escape
    return absolute(f"{reverse('api:stories')}?{query}")


@router.get(
    "/topics/{slug}/",
    response={200: answers.Topic, 301: answers.Moved} | problems(404),
    summary="One topic",
    tags=["Topics"],
)
def topic(request, slug: str):
    """A topic that some live story is about; 301 from an alias or a topic that was merged into another."""
    here = Topic.objects.at_address(slug) if re.fullmatch(SLUG, slug) else None
    at = moment(request)
    pinned = _pinned(here, at) if here else []
    if not here or not (pinned or EditionTopic.objects.live(at).filter(topic=here).exists()):
        raise Http404
    if here.slug != slug:
        return _moved("topic", here.slug)
    address = absolute(reverse("api:topic", args=[here.slug]))
    told = {"name": here.name, "slug": here.slug, "kind": here.kind, "description": here.description}
    told |= {"pinned": [tell_briefly(edition) for edition in pinned], "url": absolute(here.get_absolute_url())}
    told |= {"api_url": address, "feed_url": absolute(reverse("topic_feed", args=[here.slug, "feed.xml"]))}
    return write(told | {"stories_url": _stories(topic=here.slug)})


def _moved(name, now):
    """301 to the address of a section, topic or contributor (`name`) that is called `now` (text)."""
    address = absolute(reverse(f"api:{name}", args=[now]))
    told = {"error": f"This {name} has another name now.", "moved_to": address}
    response = write(told, status=HTTPStatus.MOVED_PERMANENTLY)
    response["Location"] = address
    return response


def _pinned(topic, at):
    """The live editions (list) of the stories a librarian put first, as on the topic's page."""
    ids = list(TopicPin.objects.filter(topic=topic).values_list("public_id", flat=True)[:PINS])
    found = Edition.objects.live(at).for_link().filter(public_id__in=ids) if ids else ()
    live = {edition.public_id: edition for edition in found}
    return [live[public_id] for public_id in ids if public_id in live][:PINNED]


@router.get(
    "/contributors/{slug}/",
    response={200: answers.Contributor, 301: answers.Moved} | problems(404),
    summary="One contributor",
    tags=["Contributors"],
)
def contributor(request, slug: str):
    """Somebody who has a page and whom some live story names; 301 from a former name."""
    here = Contributor.objects.at_address(slug) if re.fullmatch(SLUG, slug) else None
    if not here or not EditionContributor.objects.live(moment(request)).filter(contributor=here).exists():
        raise Http404
    if here.slug != slug:
        return _moved("contributor", here.slug)
    told = {"name": here.name, "slug": here.slug, "kind": here.kind, "job": here.job, "bio": here.bio}
    told |= {"url": absolute(here.get_absolute_url()), "api_url": absolute(request.path)}
    told["feed_url"] = absolute(reverse("contributor_feed", args=[here.slug, "feed.xml"]))
    return write(told | {"stories_url": _stories(contributor=here.slug)})


@router.get(
    "/corrections/",
    response={200: answers.CorrectionList} | problems(),
    summary="Corrections, newest first",
    tags=["Corrections"],
)
def corrections(request, asked: Query[Paging]):
    """What stories got wrong, as long as readers can read the story."""
    at = moment(request)
    live = Edition.objects.live(at)
    readable = Exists(live.filter(public_id=OuterRef("story_public_id")))
    try:
        rows, cursor = page(request, Correction.objects.shown(at).filter(readable), size=asked.limit)
    except Http404:
        raise Refusal("“before” is not a place in a list; take it from “next” of the page before.") from None
    found = live.for_link().filter(public_id__in={row.story_public_id for row in rows})
    stories = {edition.public_id: edition for edition in found}
    told = [_correction(row, stories[row.story_public_id]) for row in rows if row.story_public_id in stories]
    return paged(request, {"corrections": told}, cursor)


def _correction(row, edition):
    return tell_correction(row.printed(), edition.get_absolute_url()) | {"story": tell_briefly(edition)}
