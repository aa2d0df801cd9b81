"""Takes pictures that nobody uses out of the library, with all their files; and finds what was left over."""

from django.db import transaction

from ..models import RenditionSet
from . import files


def drop(picture):
    """Deletes the picture, its rendition sets and all their files.

    Raises Django's ProtectedError, and changes nothing, where a story, an edition or a section uses it.
    """
    sets = list(RenditionSet.objects.filter(picture=picture).values_list("key", flat=True))
    paths = [files.original_of(picture.key, picture.suffix), files.looks_of(picture.key)]
    paths += [files.renditions_of(key) for key in sets]
    # First out of the way: should this be cut short, temporary files are left at most, or put back when asked for.
    for path in paths:
        files.unsettle(path)
    try:
        with transaction.atomic():
            RenditionSet.objects.filter(picture=picture).delete()
            picture.delete()
            transaction.on_commit(lambda: _clear(paths), robust=True)
    except BaseException:
        for path in paths:
            files.settle(path)
        raise


def _clear(paths):
    for path in paths:
        files.clear(files.waiting(path))
        # Again under its own name: a rendition that was being made meanwhile lies there, see renditions._make.
        files.clear(path)
