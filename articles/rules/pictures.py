"""Which pictures a working copy shows, with what is said of each, and whether they may be printed."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Picture
from ..text.figures import figures
from ..vocabulary import PRINTABLE_RIGHTS, Place
from .readiness import desk_time, no_credit


@dataclass(frozen=True)
class Use:
    """A picture as it stands in one story: `caption` and `credit` are what readers are told here.

    `number` is 0 for the lead picture, else its number in the text (from 1).
    """

    picture: Picture
    place: str
    number: int
    caption: str
    credit: str


def uses_of(story):
    """The pictures of a working copy as they are used there (list of Use): the lead, then those in the text."""
    lead = story.lead_picture
    first = [lead_use(lead, story.picture_caption, story.picture_credit)] if lead else []
    return [*first, *uses_in(story.body)]


def lead_use(picture, caption, credit):
    """A picture as the lead of a story that has this caption and credit (text; empty or None: the picture's own)."""
    return _use(picture, Place.LEAD, 0, caption, credit)


def uses_in(body):
    """The pictures in a cleaned body (list of Use), without those the library does not have (any more)."""
    found = figures(body) if "<figure" in body else ()
    known = {each.key: each for each in Picture.objects.filter(key__in={each.key for each in found})} if found else {}
    return [
        _use(known[each.key], Place.GALLERY if each.in_gallery else Place.BODY, number, each.caption, each.credit)
        for number, each in enumerate(found, start=1)
        if each.key in known
    ]


def _use(picture, place, number, caption, credit):
    return Use(picture, place, number, caption or picture.caption, credit or picture.credit)


def picture_blockers(story):
    """What keeps a working copy from being printed at any time because of its pictures (list of text)."""
    now = timezone.now()
    uses = uses_of(story)
    pictures = dict.fromkeys(use.picture for use in uses)
    return [
        *(no_credit(use.number, use.picture.title) for use in uses if not use.credit),
        *(_no_rights(each, now) for each in pictures if not ever_printable(each, now)),
    ]


def rights_refusals(pictures, at):
    """A sentence for each of `pictures` (Picture) that may not be printed for readers `at` a moment (aware)."""
    for picture in dict.fromkeys(pictures):
        if not picture.is_printable(at):
            yield _no_rights(picture, at)


def ever_printable(picture, now):
    """Whether the newsroom has rights to it that are not over `now` (aware datetime), if only from later on."""
    over = picture.allowed_until is not None and picture.allowed_until <= now
    return picture.rights in PRINTABLE_RIGHTS and not over


def _no_rights(picture, at):
    names = {"title": picture.title}
    if picture.rights == "uncleared":
        return _("The rights to the picture “%(title)s” are not cleared: say in the library what they are.") % names
    if picture.rights == "none":
        return _("The newsroom has no rights to the picture “%(title)s”: choose another one.") % names
    if picture.allowed_from and picture.allowed_from > at:
        names["time"] = desk_time(picture.allowed_from)
        return _("The picture “%(title)s” may be printed from %(time)s only.") % names
    names["time"] = desk_time(picture.allowed_until)
    return _("The rights to the picture “%(title)s” end at %(time)s: choose another one, or extend them.") % names
