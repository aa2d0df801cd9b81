"""What may be asked: the parameters of every list, with their bounds. The OpenAPI description is made of this."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from django.conf import settings
from django.utils import timezone
from ninja import Schema
from pydantic import Field, field_validator

from ..models import Edition
from ..vocabulary import Kind
from .telling import BODIES, LISTED, TOLD

SLUG = r"^[-a-zA-Z0-9_]{1,100}$"
SECTION_PATH = r"^[a-z0-9][a-z0-9-]{0,39}(?:/[a-z0-9][a-z0-9-]{0,39}){0,2}$"
_DAY = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_MOMENT = re.compile(rf"({_DAY})(?:({_CLOCK})(Z|[+ -][0-9]{{2}}:[0-9]{{2}}))?")
_YEARS = range(1900, 2200)
Language = StrEnum("Language", {code: code for code, _name in settings.LANGUAGES})
KindOfStory = StrEnum("KindOfStory", {each.name.lower(): each.value for each in Kind})
Renditions = StrEnum("Renditions", ["few", "all"])


class Body(StrEnum):
    """In which form the text of a story is wanted."""

    html = "html"
    text = "text"
    both = "both"
    none = "none"


_BODY = Field(None, description="The text of the story: as HTML, as plain text, both, or none.")


class Paging(Schema):
    """One page of a list."""

    limit: Annotated[int, Field(ge=1, le=100, description="How many at most.")] = 20
    before: Annotated[
        str,
        Field(
            max_length=60,
            pattern=r"^[-_A-Za-z0-9]+$",
            description="Where the page before ended. Take it, with everything else, from `next` of that page.",
        ),
    ] = None


class Wanted(Paging):
    """A list of stories, newest first, of those that fit every filter."""

    section: Annotated[
        str,
        Field(
            pattern=SECTION_PATH,
            max_length=130,
            description="Path of a section, its own or a former one; with all below it.",
        ),
    ] = None
    topic: Annotated[str, Field(pattern=SLUG, description="Slug of a topic, or of one that was merged into it.")] = None
    contributor: Annotated[
        str, Field(pattern=SLUG, description="Slug of somebody named in the byline, or a former one.")
    ] = None
    language: Annotated[Language, Field(description="Language of the story.")] = None
    kind: Annotated[KindOfStory, Field(description="Kind of journalism.")] = None
    from_: Annotated[
        str,
        Field(
            alias="from",
            max_length=35,
            description="First published from this day on (`2026-11-23`, the newsroom's calendar) or from this "
            "moment on (`2026-11-23T06:00:00+01:00`; the zone is required).",
        ),
    ] = None
    to: Annotated[
        str,
        Field(
            max_length=35,
            description="First published until the end of this day, or before this moment; written like `from`.",
        ),
    ] = None

    @field_validator("from_", "to")
    @classmethod
    def _is_moment(cls, text):
        read_moment(text)
        return text

    @property
    def starts(self):
        """From when on (aware datetime, or None)."""
        return self.from_ and read_moment(self.from_)[0]

    @property
    def ends(self):
        """Until when, not included (aware datetime, or None)."""
        return self.to and read_moment(self.to)[1]


def read_moment(text):
    """The first moment that `text` names, and the end of it: of a day the first of the next (aware datetimes, UTC).

    Raises ValueError with a sentence for anything that is neither a day nor a moment with its zone.
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        raise ValueError("Write a day (2026-11-23) or a moment with its zone (2026-11-23T06:00:00+01:00).")
    day, clock, zone = found.groups()
    try:
        if clock:  # a plus that was not escaped arrives as a space
            moment = datetime.fromisoformat(day + clock + zone.replace(" ", "+"))
            _check_year(moment.year)
            return moment.astimezone(UTC), moment.astimezone(UTC)
        _check_year(int(day[:4]))
        return Edition.objects.all().day_bounds(date.fromisoformat(day), timezone.get_default_timezone())
    except ValueError as error:
        raise ValueError("There is no such day or time between 1900 and 2199.") from error


def _check_year(year):
    if year not in _YEARS:
        raise ValueError


class _Telling(Schema):
    body: Annotated[Body, _BODY] = None

    @property
    def bodies(self):
        """The names of the bodies asked for (set), None where nothing was said."""
        return None if self.body is None else BODIES[self.body]


def _fields(names):
    return Field(
        max_length=1_000,
        description=f"Only these fields, separated by commas; `id` always comes. There are: {', '.join(names)}.",
    )


def _read_fields(text, names):
    asked = [name.strip() for name in text.split(",") if name.strip()]
    for name in asked:
        if name not in names:
            shown = re.sub(r"[^\w.-]", "?", name[:40])
            raise ValueError(f"There is no field “{shown}”. There are: {', '.join(names)}.")
    return text


class WantedStories(Wanted, _Telling):
    """What `/stories/` takes."""

    fields: Annotated[str, _fields(LISTED)] = None
    renditions: Annotated[
        Renditions, Field(description="Files of pictures: a JPEG of each width of two crops, or all.")
    ] = Renditions.few

    @field_validator("fields")
    @classmethod
    def _are_fields(cls, text):
        return _read_fields(text, LISTED)


class WantedStory(_Telling):
    """What one story takes."""

    fields: Annotated[str, _fields(TOLD)] = None
    renditions: Annotated[
        Renditions, Field(description="Files of pictures: a JPEG of each width of two crops, or all.")
    ] = Renditions.all

    @field_validator("fields")
    @classmethod
    def _are_fields(cls, text):
        return _read_fields(text, TOLD)


class WantedItems(Wanted, _Telling):
    """What `/ninjs/` takes."""


def names_in(text):
    """The fields a checked list of names asks for (set); None where nothing was said."""
    return None if text is None else {name.strip() for name in text.split(",") if name.strip()}
