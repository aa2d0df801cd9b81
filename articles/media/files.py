"""Where a picture's files lie and what they are called."""

from pathlib import Path

from django.conf import settings

WIDTHS = (480, 960, 1600)
SHARE_WIDTH = 1200  # the JPEG for link previews and readers without WebP


def shown_widths(width):
    """The widths (pixels) in which a picture of `width` is kept for readers: never enlarged."""
    return sorted({min(each, width) for each in WIDTHS})


def path_of(key, name):
    """The file called `name` (such as `480.webp`) of the picture `key`, under MEDIA_ROOT."""
    return Path(settings.MEDIA_ROOT) / "pictures" / key[:2] / f"{key}-{name}"


def original_of(key, suffix):
    """The private original of the picture `key`."""
    return Path(settings.MEDIA_ROOT) / "originals" / key[:2] / f"{key}.{suffix}"
