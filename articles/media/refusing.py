"""How this room says no."""

from django.conf import settings
from django.utils.translation import gettext as _


class UnusablePicture(ValueError):
    """An upload that cannot be used; the message is a sentence for whoever sent it."""


class SimilarPictures(ValueError):
    """An upload that looks like pictures of the library (`pictures`, list of Picture, the most alike first)."""

    def __init__(self, pictures):
        super().__init__(_("The library has a picture that looks the same. Use that one, or keep both."))
        self.pictures = pictures


class CannotStore(OSError):
    """A picture that is good but could not be kept; the message is a sentence. Nothing of it was kept."""

    def __init__(self):
        super().__init__(_("The picture could not be stored. Try again in a few minutes, or tell the administrator."))


class NotReady(Exception):
    """A rendition that cannot be had now but perhaps in a moment."""


def too_large():
    """UnusablePicture for a file of too many bytes."""
    limit = settings.PICTURE_MAX_BYTES / 10**6
    return UnusablePicture(_("The file is larger than %(limit)g MB; send a smaller one.") % {"limit": limit})


def unusable(reason):
    """UnusablePicture for the word by which the darkroom refused; anything it does not say properly is one, too."""
    sentences = {
        "pixels": _("The picture has too many pixels; send a smaller one."),
        "side": _("The picture is too long on one side; crop it first."),
        "moving": _("Moving pictures are not taken; send a still."),
        "memory": _("The picture needs more memory than one may have; save it as JPEG and send that."),
        "time": _("The picture takes too long to open; save it as JPEG and send that."),
        "crash": _("The picture could not be opened; save it as JPEG and send that."),
    }
    unreadable = _("This is not a picture we can use. Send a whole JPEG, PNG, WebP, GIF, AVIF or HEIC file.")
    return UnusablePicture(sentences.get(reason, unreadable))
