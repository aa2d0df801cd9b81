"""Which editions a feed carries."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from ..models import Contributor, Edition, EditionContributor, EditionSection, EditionTopic, Section, Topic
from ..text.html import printable
from ..views.moved import lead_on, section_once_at
from ..views.pictures import hang
from ..views.shell import moment, with_constant_lifetime
from .formats import Atom, Rss, write_xml
from .items import item_of
from .json_feed import JSON_FEED, write_json

SIZE = 30
KINDS = {"feed.xml": Rss, "atom.xml": Atom}


@require_safe
def site_feed(request, name):
    """Everything, newest first."""
    return _feed(request, name, _newest(request, Edition.objects), title=settings.SITE_NAME, **_whole_site())


@require_safe
def language_feed(request, language, name):
    """Everything in one of the site's languages, newest first."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    editions = _newest(request, Edition.objects.filter(language=language))
    about = _whole_site() | {"language": language, "guid": f"{reverse('latest')}{language}/"}
    own_name = get_language_info(language)["name_local"]
    return _feed(request, name, editions, title=f"{settings.SITE_NAME} – {own_name}", **about)


@require_safe
def section_feed(request, section_path, name):
    """A section with everything below it; 301 from where it was before."""
    here = Section.objects.filter(path=section_path).first()
    if not here:
        return lead_on(request, "section_feed", section_once_at(section_path).path, name)
    return _list_feed(request, name, here, EditionSection.objects.filter(section=here), language=here.language)


@require_safe
def topic_feed(request, slug, name):
    """A topic; none for a topic that no live edition is about. 301 from an alias or a merged one."""
    here = Topic.objects.at_address(slug)
    if not here:
        raise Http404
    response = _list_feed(request, name, here, EditionTopic.objects.filter(topic=here))
    if here.slug != slug:
        return lead_on(request, "topic_feed", here.slug, name)
    return response


@require_safe
def contributor_feed(request, slug, name):
    """What somebody with a page is named in; 301 from where it was before."""
    here = Contributor.objects.at_address(slug)
    if not here:
        raise Http404
    response = _list_feed(request, name, here, EditionContributor.objects.filter(contributor=here))
    if here.slug != slug:
        return lead_on(request, "contributor_feed", here.slug, name)
    return response


def _newest(request, rows):
    at = moment(request)
    return hang(rows.live(at).newest_first().for_feed(at)[:SIZE], at)


def _whole_site():
    claim = settings.SITE_CLAIM.strip() or settings.SITE_NAME
    return {"path": reverse("home"), "language": settings.LANGUAGE_CODE, "description": claim}


def _list_feed(request, name, here, rows, *, language=None):
    editions = _newest(request, rows)
    if not (editions or language):
        raise Http404
    return _feed(
        request,
        name,
        editions,
        path=here.get_absolute_url(),
        language=language or editions[0].language,
        title=f"{here.name} – {settings.SITE_NAME}",
        description=getattr(here, "description", "") or getattr(here, "bio", "") or here.name,
    )


def _feed(request, name, editions, **about):
    items = [item_of(edition) for edition in editions]
    return feed_response(request, name, items, **about)


def feed_response(request, name, items, *, title, description, path, language, guid=""):
    """The feed called `name` of `items` (dicts as of items.item_of).

    A reader who asks again is told "not modified" on the way out, by the middleware, and by ETag alone. So the answer
    is always worked out from what is live now, also where it then need not be sent. It has no Last-Modified: without a
    story that was withdrawn its items would be older than before, and who asked by date would keep that story.
    """
    about = {"title": printable(title), "description": printable(description), "path": path, "language": language}
    about |= {"guid": guid or path, "feed_path": request.path, "items": list(items)}
    if name in KINDS:
        text, content_type = write_xml(KINDS[name], **about), KINDS[name].content_type
    else:
        text, content_type = write_json(**about), JSON_FEED
    response = with_constant_lifetime(HttpResponse(text, content_type=content_type))
    if settings.WEBSUB_HUB:
        response["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{settings.SITE_URL}{request.path}>; rel="self"'
    return response
