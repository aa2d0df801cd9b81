"""What a story lacks: topics, a dek, what has to be said about its picture."""

import re

from django.utils.translation import gettext as _

from .finding import Finding

_FILE_NAME = re.compile(
    r"^\s*(?:\S+\.(?:jpe?g|png|gif|webp|tiff?|heic|avif)|(?:IMG|DSC|DSCF|DSCN|PXL|P)[_-]?\d{3,}\S*)\s*$", re.I
)
FRONT_LONGEST, WORD_LONGEST = 90, 30
_UNBROKEN = re.compile(r"[^\s/–—-]+")


def alternative_text(copy):
    """A picture nobody described, or described by the name of its file."""
    if not copy.has_picture:
        return
    if not copy.picture_alt.strip():
        yield Finding(_("The lead picture has no alternative text: describe what it shows."), "lead_picture")
    elif _FILE_NAME.match(copy.picture_alt):
        sentence = _("The alternative text of the lead picture is the name of a file: describe what it shows.")
        yield Finding(sentence, "lead_picture", copy.picture_alt)


def alternative_repeats(copy):
    """An alternative text that says what the caption says: readers who listen hear it twice."""
    alt, caption = (" ".join(text.lower().split()) for text in (copy.picture_alt, copy.picture_caption))
    if copy.has_picture and alt and alt == caption:
        sentence = _("Caption and alternative text are the same: let the second say what the picture shows.")
        yield Finding(sentence, "lead_picture", copy.picture_alt[:80])


def picture_credit(copy):
    """A picture without the name of who made it."""
    if copy.has_picture and not copy.picture_credit.strip():
        yield Finding(_("The lead picture has no credit."), "picture_credit")


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
