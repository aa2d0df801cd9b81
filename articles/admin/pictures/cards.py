"""What the library shows of a picture: its look, and what has to be known before it is used."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...media.finding import RIGHTS_STATES, rights_state_of
from ..story.list import short_time

LIST, FORM = 320, 960  # the widths (pixels) in which the desk looks at pictures
_TONES = {"uncleared": "changed", "none": "withdrawn", "later": "scheduled", "soon": "ends", "ended": "withdrawn"}


def look_url(picture, width=LIST):
    """Where staff see a picture, `width` pixels wide."""
    return reverse("admin:articles_picture_look", args=[picture.key, width])


def page_url(picture):
    """The form of a picture."""
    return reverse("admin:articles_picture_change", args=[picture.pk])


def badges(picture, at=None):
    """What is wrong or has to be known (list of (tone, sentence)); nothing where all is well."""
    state = rights_state_of(picture, at or timezone.now())
    said = []
    if state == "soon":
        said.append((_TONES[state], _("Rights end %(time)s") % {"time": short_time(picture.allowed_until)}))
    elif state == "ended":
        said.append((_TONES[state], _("Rights ended %(time)s") % {"time": short_time(picture.allowed_until)}))
    elif state == "later":
        said.append((_TONES[state], _("Allowed from %(time)s") % {"time": short_time(picture.allowed_from)}))
    elif state != "usable":
        said.append((_TONES[state], RIGHTS_STATES[state]))
    if not picture.alt:
        said.append(("changed", _("No alternative text")))
    if not picture.credit:
        said.append(("changed", _("No credit")))
    if picture.symbol_photo:
        said.append(("plain", _("Symbol photo")))
    return said


def card(picture, at=None):
    """A picture as the library's templates want it (dict)."""
    width = min(LIST, picture.width)
    return {
        "picture": picture,
        "look": look_url(picture),
        "url": page_url(picture),
        "badges": badges(picture, at),
        "by": " / ".join(dict.fromkeys(filter(None, (picture.credit or picture.creator, picture.agency)))),
        "width": width,
        "height": max(1, round(picture.height * width / picture.width)),
    }
