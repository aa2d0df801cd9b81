"""Picture files, each only as long as a live edition shows it."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from ..media import path_of
from ..models import Edition
from .shell import moment

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


@require_safe
def picture(request, key, name, suffix):
    """One file of a picture: for readers if a live edition shows it, else for staff who may see pictures."""
    public = Edition.objects.live(moment(request)).filter(lead_picture__key=key).exists()
    if not public and not _may_look(request.user):
        raise Http404
    try:
        file = path_of(key, f"{name}.{suffix}").open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=TYPES[suffix])
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _may_look(user):
    return user.is_active and user.is_staff and user.has_perm("articles.view_picture")
