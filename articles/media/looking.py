"""What the desk sees of a picture: whole, upright, small. For staff only; readers get renditions."""

from . import files, ordering
from .encoding import job
from .queueing import a_place_at_the_encoder, deadline, patiently
from .refusing import CannotStore, NotReady, UnusablePicture


def original(picture):
    """The Path of the picture's private original; None where it is lost."""
    path = files.settle(files.original_of(picture.key, picture.suffix))
    return path if path.is_file() else None


def desk_look(picture, width):
    """The Path of the whole picture as WebP, `width` (one of files.LOOKS) pixels wide or as wide as it is.

    Made at the upload, and again where it is lost. None for another width or where the original is lost, too. Raises
    NotReady where it cannot be made now.
    """
    if width not in files.LOOKS:
        return None
    path = files.settle(files.looks_of(picture.key)) / f"{width}.webp"
    if path.is_file():
        return path
    if not (source := original(picture)):
        return None
    until = deadline()
    with patiently(f"{picture.key}-{width}", until=until, unless=path.is_file) as lock:
        if lock and not path.is_file():
            _make(picture, source, path, width, until=until)
    return path


def _make(picture, source, path, width, *, until):
    part = files.waiting(path)
    box = [0, 0, picture.width, picture.height]
    try:
        files.make_folder(path.parent)
        with a_place_at_the_encoder(until=until):
            ordering.develop(source, [job(box, width=min(width, picture.width), suffix="webp", to=part)])
        part.rename(path)
    except (UnusablePicture, CannotStore, OSError) as error:
        raise NotReady from error
