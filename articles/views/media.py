"""Picture files, each only as long as a live edition shows it."""

from http import HTTPStatus

from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from .. import media
from ..models import EditionPicture, SectionPicture
from .shell import moment, with_constant_lifetime

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@require_safe
def picture(request, key, name):
    """One rendition: for readers while a live edition shows it, else for staff who may see pictures; else 404."""
    public = _is_public(key, moment(request))
    if not public and not _may_look(request.user):
        raise Http404
    if not public:
        response = rendition_response(key, name)
        response["Cache-Control"] = "private, no-store"
        return response
    # What bears a name never changes; but whether it may be had is asked each time: withdrawn means gone.
    etag = quote_etag(f"{key}-{name}")
    response = rendition_response(key, name, instead=lambda: get_conditional_response(request, etag=etag))
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Cache-Control"] = "private, no-store"
        return response
    response["ETag"] = etag
    return with_constant_lifetime(response)


def _is_public(key, at):
    shown = EditionPicture.objects.live(at).filter(key=key)
    return shown.exists() or SectionPicture.objects.live(at).filter(key=key).exists()


def _may_look(user):
    return user.is_active and user.is_staff and user.has_perm("articles.view_picture")


def rendition_response(key, name, *, instead=lambda: None):
    """The file `name` of the set `key` for whoever may have it; 503 where it cannot be made just now.

    `instead` gives the answer (or None) to whoever has the file already. Raises Http404 for a name in no table.
    """
    try:
        path = media.rendition(key, name)
        if path is None:
            raise Http404
        response = instead() or FileResponse(path.open("rb"), content_type=TYPES[path.suffix[1:]])
    except media.NotReady:
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})
    except OSError as error:
        raise Http404 from error
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
