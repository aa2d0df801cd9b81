"""What a story lacks: topics, a dek, what has to be said about its pictures."""

import re

from django.utils.translation import gettext as _

from ..readiness import no_credit
from .finding import Finding

_FILE_NAME = re.compile(
    r"^\s*(?:\S+\.(?:jpe?g|png|gif|webp|tiff?|heic|avif)|(?:IMG|DSC|DSCF|DSCN|PXL|P)[_-]?\d{3,}\S*)\s*$", re.I
)
FRONT_LONGEST, WORD_LONGEST = 90, 30
_UNBROKEN = re.compile(r"[^\s/–—-]+")


def alternative_text(copy):
    """Pictures nobody described, or described by the name of their file."""
    for picture in copy.pictures:
        if not picture.alt.strip():
            lead = _("The lead picture has no alternative text: describe what it shows.")
            other = _("Picture %(number)d in the text has no alternative text: describe what it shows.")
            yield _about(picture, lead, other, picture.title)
        elif _FILE_NAME.match(picture.alt):
            lead = _("The alternative text of the lead picture is the name of a file: describe what it shows.")
            other = _("The alternative text of picture %(number)d is the name of a file: describe what it shows.")
            yield _about(picture, lead, other, picture.alt)


def alternative_repeats(copy):
    """An alternative text that says what the caption says: readers who listen hear it twice."""
    for picture in copy.pictures:
        alt, caption = (" ".join(text.lower().split()) for text in (picture.alt, picture.caption))
        if alt and alt == caption:
            lead = _("Caption and alternative text are the same: let the second say what the picture shows.")
            other = _(
                "Caption and alternative text of picture %(number)d are the same: let the second say what it shows."
            )
            yield _about(picture, lead, other, picture.alt)


def picture_credit(copy):
    """Pictures without the name of who made them."""
    for picture in copy.pictures:
        if not picture.credit.strip():
            field = "body" if picture.number else "picture_credit"
            yield Finding(no_credit(picture.number, picture.title), field, picture.title if picture.number else "")


def _about(picture, lead, other, excerpt):
    """A Finding on a picture: the sentence `lead`, or `other` with its number where it stands in the text."""
    sentence = other % {"number": picture.number} if picture.number else lead
    return Finding(sentence, picture.field, excerpt[:80] if picture.number or picture.alt.strip() else "")


def topics(copy):
    """A story that stands under no topic."""
    if not copy.topics:
        yield Finding(_("The story has no topic: choose at least one."), "topics")


def dek(copy):
    """A story without the sentence under its headline."""
    if not copy.dek.strip():
        yield Finding(_("The story has no dek: say in one or two sentences what it is about."), "dek")


def headline_length(copy):
    """A headline that breaks the front: too long, or with a word no column can hold."""
    length = len(copy.headline)
    if length > FRONT_LONGEST:
        sentence = _("The headline has %(length)d characters, the front has room for %(most)d: shorten it.")
        yield Finding(sentence % {"length": length, "most": FRONT_LONGEST}, "headline", copy.headline[:80])
    for word in _UNBROKEN.findall(copy.headline):
        if len(word) > WORD_LONGEST:
            sentence = _("“%(word)s” is too long for a narrow column: use a shorter word or a hyphen in the headline.")
            yield Finding(sentence % {"word": word[:60]}, "headline", word[:60])
