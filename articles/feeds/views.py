"""Which editions a feed carries."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Contributor, Edition, EditionContributor, EditionSection, EditionTopic, Section, Topic
from ..views.moved import lead_on, section_once_at
from ..views.pictures import hang
from ..views.shell import moment, with_constant_lifetime
from .formats import Atom, Rss, write

SIZE = 30
KINDS = {"feed.xml": Rss, "atom.xml": Atom}


@require_safe
def site_feed(request, name):
    """Everything, newest first."""
    at = moment(request)
    editions = hang(Edition.objects.live(at).newest_first().for_feed(at)[:SIZE], at)
    about = {"title": settings.SITE_NAME, "description": settings.SITE_CLAIM.strip() or settings.SITE_NAME}
    return _feed(request, name, editions, path=reverse("home"), language=settings.LANGUAGE_CODE, **about)


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


def _list_feed(request, name, here, rows, *, language=None):
    at = moment(request)
    editions = hang(rows.live(at).newest_first().for_feed(at)[:SIZE], at)
    if not (editions or language):
        raise Http404
    about = getattr(here, "description", "") or getattr(here, "bio", "") or here.name
    return _feed(
        request,
        name,
        editions,
        path=here.get_absolute_url(),
        language=language or editions[0].language,
        title=f"{here.name} – {settings.SITE_NAME}",
        description=about,
    )


def _feed(request, name, editions, **about):
    kind = KINDS[name]
    text = write(kind, feed_path=request.path, editions=editions, **about)
    return with_constant_lifetime(HttpResponse(text, content_type=kind.content_type))
