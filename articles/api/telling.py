"""A live edition as JSON: every field the interface has of a story, by its name."""

import re
from dataclasses import dataclass, field

from django.urls import reverse

from ..templatetags.newspaper import absolute, correction_time, iso
from ..templatetags.pictures import feed_html
from ..text.figures import without_captions
from ..text.html import plain_text
from ..vocabulary import CorrectionKind
from .pictures import shown_in_text, tell_picture

_OWN_LINK = re.compile(r'(<a [^<>]*?href=")(?=/(?!/))')


@dataclass
class Around:
    """What a story is told with: all sections by path, how many files of pictures, and the stories beside it."""

    sections: dict
    few: bool = False
    related: list = field(default_factory=list)
    translations: list = field(default_factory=list)


def story_address(public_id, name="story"):
    """The address, with its host, of a story in this interface; `name`: `story` or `story_ninjs`."""
    return absolute(reverse(f"api:{name}", args=[public_id]))


def own_html(edition):
    """The text as HTML that stands alone: pictures and links to our own pages with their host."""
    return _OWN_LINK.sub(rf"\g<1>{absolute('')}", feed_html(edition))


def own_text(edition):
    """The text alone, one paragraph a line."""
    return plain_text(without_captions(edition.body))


def tell(edition, names, around):
    """What `names` (set) ask for of a hung edition (dict), in the order in which fields are listed."""
    told = {"id": edition.public_id}
    told |= {name: say(edition, around) for name, say in _FIELDS.items() if name in names}
    return told


def tell_briefly(edition):
    """A story as another one names it (dict)."""
    return {
        "id": edition.public_id,
        "headline": edition.headline,
        "language": edition.language,
        "url": absolute(edition.get_absolute_url()),
        "api_url": story_address(edition.public_id),
    }


def tell_section(section, sections):
    """A section with the path that leads to it (dict)."""
    lineage = [sections[path] for path in section.lineage if path in sections]
    return _brief_section(section) | {"lineage": [_brief_section(each) for each in lineage]}


def _brief_section(section):
    return {
        "path": section.path,
        "name": section.name,
        "url": absolute(section.get_absolute_url()),
        "api_url": absolute(reverse("api:section", args=[section.path])),
    }


def _byline(line):
    told = {"name": line["name"], "role": line["credit"], "kind": line["kind"], "job": line["job"]}
    slug = line["slug"]
    return told | {
        "slug": slug or None,
        "url": absolute(reverse("contributor", args=[slug])) if slug else None,
        "api_url": absolute(reverse("api:contributor", args=[slug])) if slug else None,
    }


def _topic(topic):
    return {
        "name": topic["name"],
        "slug": topic["slug"],
        "url": absolute(reverse("topic", args=[topic["slug"]])),
        "api_url": absolute(reverse("api:topic", args=[topic["slug"]])),
    }


def tell_correction(note, page):
    """A correction as editions carry it (dict), and where it stands on the story's `page` (path)."""
    name = note.get("id")
    return {
        "id": name,
        "kind": note.get("kind") or str(CorrectionKind.CORRECTION),
        "text": note["text"],
        "at": iso(correction_time(note)),
        "url": absolute(f"{page}#correction-{name}" if name else page),
    }


def _corrections(edition, around):
    return [tell_correction(note, edition.get_absolute_url()) for note in edition.corrections]


def _pictures(edition, around):
    return [tell_picture(picture, few=around.few) for picture in shown_in_text(edition)]


def _picture(edition, around):
    return tell_picture(edition.shown_picture, few=around.few) if edition.shown_picture else None


# Of each field: how it is told of an edition and what is around it.
_FIELDS = {
    "url": lambda edition, around: absolute(edition.get_absolute_url()),
    "api_url": lambda edition, around: story_address(edition.public_id),
    "ninjs_url": lambda edition, around: story_address(edition.public_id, "story_ninjs"),
    "language": lambda edition, around: edition.language,
    "kind": lambda edition, around: edition.kind,
    "headline": lambda edition, around: edition.headline,
    "kicker": lambda edition, around: edition.kicker,
    "dek": lambda edition, around: edition.dek,
    "lede": lambda edition, around: edition.lede,
    "bylines": lambda edition, around: [_byline(line) for line in edition.bylines],
    "dateline": lambda edition, around: edition.dateline,
    "source": lambda edition, around: edition.source,
    "published_at": lambda edition, around: iso(edition.published_at),
    "updated_at": lambda edition, around: iso(edition.updated_at),
    "section": lambda edition, around: tell_section(edition.section, around.sections),
    "topics": lambda edition, around: [_topic(topic) for topic in edition.topics],
    "word_count": lambda edition, around: edition.word_count,
    "reading_minutes": lambda edition, around: edition.reading_minutes,
    "picture": _picture,
    "pictures": _pictures,
    "corrections": _corrections,
    "translations": lambda edition, around: [tell_briefly(other) for other in around.translations],
    "related": lambda edition, around: [tell_briefly(other) for other in around.related],
    "body_html": lambda edition, around: own_html(edition),
    "body_text": lambda edition, around: own_text(edition),
}
TOLD = ("id", *_FIELDS)
BODIES = {
    "html": {"body_html"},
    "text": {"body_text"},
    "both": {"body_html", "body_text"},
    "none": set(),
}
_BESIDE = {"translations", "related"}  # asked of the database for one story, not for a hundred
LISTED = tuple(name for name in TOLD if name not in _BESIDE)
LARGE = {"pictures", "corrections", "body_html", "body_text"}  # columns that a list leaves alone unless asked
