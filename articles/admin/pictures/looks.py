"""The files of the library that only staff may have: looks at pictures, and the originals."""

from http import HTTPStatus

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from ... import media
from ...models import Picture
from ...text.slugs import slugify
from ..scoped import is_key
from .rights import may_change, may_view

TYPES = {"jpg": "image/jpeg"} | {suffix: f"image/{suffix}" for suffix in ("png", "webp", "gif", "avif", "heic")}
DAY = 24 * 60 * 60  # seconds; what lies under a key never changes


@require_safe
def look(request, key, width):
    """A picture as the desk sees it, `width` pixels wide. Raises Http404 also for whoever may see no pictures."""
    picture = Picture.objects.filter(key=key).first() if may_view(request.user) and width in media.LOOKS else None
    if picture is None:
        raise Http404
    try:
        path = media.desk_look(picture, width)
    except media.NotReady:
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})
    return _serve(path, "image/webp", f"private, max-age={DAY}, immutable")


@require_safe
def original(request, pk):
    """The file as it was uploaded, to be kept. Raises Http404 also for whoever may not change pictures."""
    picture = Picture.objects.filter(pk=pk).first() if may_change(request.user) and is_key(pk) else None
    if picture is None:
        raise Http404
    name = f"{slugify(picture.title) or picture.key}.{picture.suffix}"
    content_type = TYPES.get(picture.suffix, "application/octet-stream")
    return _serve(media.original(picture), content_type, "private, no-store", name)


def _serve(path, content_type, keep, name=None):
    if path is None:  # the disk lost it
        raise Http404
    try:
        file = path.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=content_type, as_attachment=name is not None, filename=name or "")
    response["Cache-Control"] = keep
    response["X-Content-Type-Options"] = "nosniff"
    # Nothing in it is run, whatever its bytes are taken for.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
