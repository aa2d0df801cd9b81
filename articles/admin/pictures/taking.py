"""Taking one uploaded file in, and what became of it."""

from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import PurePath

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import media
from ...media.refusing import CannotStore, SimilarPictures, too_large
from ...models import Picture
from ...text.html import one_line, shorten
from .cards import card

MOST_FILES = 50  # in one go
MOST_AT_ONCE = 20  # times the largest file; more bytes are not even read in one request
READ = (
    *("alt", "caption", "credit", "creator", "agency"),
    *("copyright_notice", "usage_terms", "place", "taken_at"),
)
_LONGEST_NAME = 80


@dataclass
class Outcome:
    """What became of a file called `name`: "new", "known", "similar" or "refused" (`state`), in a sentence (`said`).

    `shown` are cards: of the picture itself, or of those that look like it. `read` is what the file said of itself,
    as (label, text) pairs. `status` is the HTTP status for a request about this file alone.
    """

    name: str
    state: str
    said: str
    shown: list = field(default_factory=list)
    read: list = field(default_factory=list)
    picture: Picture | None = None
    status: HTTPStatus = HTTPStatus.OK


def take(file, *, by, fields, keep_similar=False):
    """Take an uploaded file in with `fields` (dict, those that hold for all). Returns the Outcome."""
    name = shorten(one_line(PurePath(file.name).name), limit=_LONGEST_NAME) or _("File without a name")
    if file.size > settings.PICTURE_MAX_BYTES:
        return Outcome(name, "refused", str(too_large()), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        picture, is_new = media.take_in(file, by=by, keep_similar=keep_similar, **fields)
    except SimilarPictures as similar:
        said = _("The library has pictures that look the same.")
        return Outcome(name, "similar", said, [card(each) for each in similar.pictures], status=HTTPStatus.CONFLICT)
    except media.UnusablePicture as error:
        return Outcome(name, "refused", str(error), status=HTTPStatus.BAD_REQUEST)
    except CannotStore as error:
        return Outcome(name, "refused", str(error), status=HTTPStatus.SERVICE_UNAVAILABLE)
    if not is_new:
        return Outcome(name, "known", _("This picture is in the library already."), [card(picture)], picture=picture)
    read = [(_label(each), getattr(picture, each)) for each in READ if each not in fields and getattr(picture, each)]
    return Outcome(name, "new", _("Taken in."), [card(picture)], read, picture)


def _label(name):
    return capfirst(Picture._meta.get_field(name).verbose_name)


TOO_MANY = gettext_lazy("Choose at most %(most)d files at a time.")
TOO_MUCH = gettext_lazy("These files are too large together; send fewer at a time.")


def most_bytes():
    """How many bytes one request with files may have."""
    return MOST_AT_ONCE * settings.PICTURE_MAX_BYTES
