"""From what a file says about itself, and what the darkroom says about the file, to fields of a Picture.

Both are strangers' words: only what has the right type and fits is taken.
"""

import re
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Picture
from ..text.html import one_line, shorten
from .ordering import LONGEST_SIDE
from .refusing import unusable

_TEXTS = ("title", "alt", "caption", "credit", "creator", "agency", "copyright_notice", "place", "usage_terms")
_SUFFIXES = ("jpg", "png", "webp", "gif", "avif", "heic")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FIRST, _LAST = 1826, 2100  # years; the first photograph, and what nobody means


def facts(answer):
    """Fields of the file itself, out of the darkroom's answer. Raises UnusablePicture where it makes no sense."""
    width, height, likeness = answer.get("width"), answer.get("height"), answer.get("likeness")
    colour = answer.get("colour")
    sound = (
        answer.get("suffix") in _SUFFIXES
        and _is_number(width, 1, LONGEST_SIDE)
        and _is_number(height, 1, LONGEST_SIDE)
        and isinstance(colour, str)
        and _COLOUR.fullmatch(colour)
        and isinstance(likeness, list)
        and len(likeness) == 4
        and all(_is_number(band, 0, 0xFFFF) for band in likeness)
    )
    if not sound:
        raise unusable("crash")
    bands = {f"likeness_{place}": band for place, band in enumerate(likeness, start=1)}
    return {"suffix": answer["suffix"], "width": width, "height": height, "colour": colour} | bands


def _is_number(value, least, most):
    return type(value) is int and least <= value <= most


def texts(answer):
    """Fields that describe the picture, as the file does; a title is always among them."""
    said = answer.get("said")
    said = {name: text for name, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}
    found = {name: _fitting(said.get(name, ""), name) for name in _TEXTS}
    found["source_url"] = _address(said.get("source_url", "").strip())
    found["taken_at"] = _moment(said.get("taken_at", ""))
    found["title"] = found["title"] or _neutral_title(found["taken_at"])
    return found


def _fitting(text, name):
    most = Picture._meta.get_field(name).max_length
    # Also without what has no width, or is half a letter: that cannot even be stored.
    letters = (letter for letter in text[: 8 * most] if letter.isprintable() or letter.isspace())
    return shorten(one_line("".join(letters)), limit=most)


def _address(text):
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return ""
    return text if len(text) <= Picture._meta.get_field("source_url").max_length else ""


def _moment(text):
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not _FIRST <= moment.year <= _LAST:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment, timezone.get_default_timezone())


def _neutral_title(taken_at):
    """A title that tells nothing but the day, in the language of the newsroom: file names tell too much."""
    day = timezone.localtime(taken_at or timezone.now(), timezone.get_default_timezone()).date()
    with translation.override(settings.LANGUAGE_CODE):
        return _("Picture of %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}
