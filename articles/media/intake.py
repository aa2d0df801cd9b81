"""Takes in an upload: by content, not by name; no row without its files, no files without their row."""

import hashlib
import io
import warnings
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ..models import Picture
from ..text.ids import new_file_key
from .files import SHARE_WIDTH, original_of, path_of, shown_widths

LONGEST_SIDE = 16_383  # pixels; WebP knows no larger
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}


class UnusablePicture(ValueError):
    """An upload that cannot be used; the message is a sentence for whoever sent it."""


def take_in(raw, *, by=None, **fields):
    """The Picture made of `raw` (bytes of a JPEG, PNG, WebP, GIF or AVIF file) with `fields`; and whether it is new.

    The same bytes again give the picture that is there already, as it is. Raises UnusablePicture, and OSError where
    the files cannot be written; neither leaves a row or a file behind.
    """
    if len(raw) > settings.PICTURE_MAX_BYTES:
        raise UnusablePicture(
            _("The file is larger than %(limit)d MB; send a smaller one.")
            % {"limit": settings.PICTURE_MAX_BYTES // 10**6}
        )
    digest = hashlib.sha256(raw).hexdigest()
    if known := Picture.objects.filter(digest=digest).first():
        return known, False
    image, suffix = open_picture(raw)
    key, widths = new_file_key(), shown_widths(image.width)
    picture = Picture(
        key=key,
        digest=digest,
        suffix=suffix,
        width=image.width,
        height=image.height,
        widths=widths,
        uploaded_by=by,
        **fields,
    )
    with _all_or_nothing() as write:
        for width in widths:
            write(path_of(key, f"{width}.webp"), _encode(image, width, "WEBP", quality=80, method=3))
        write(path_of(key, "share.jpg"), _encode(image, SHARE_WIDTH, "JPEG", quality=82, progressive=True))
        write(original_of(key, suffix), raw)
        try:
            with transaction.atomic():
                picture.save()
        except IntegrityError as error:
            raise UnusablePicture(_("Somebody uploaded the same picture at the same moment.")) from error
    return picture, True


def open_picture(raw):
    """The picture in `raw`, upright and in RGB, and its suffix. Raises UnusablePicture."""
    unreadable = _("This is not a picture we can use. Send a whole JPEG, PNG, WebP, GIF or AVIF file.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=list(FORMATS))
            if image.width * image.height > settings.PICTURE_MAX_PIXELS:
                raise UnusablePicture(_("The picture has too many pixels; send a smaller one."))
            if max(image.size) > LONGEST_SIDE:
                raise UnusablePicture(_("The picture is too long on one side; crop it first."))
            image.load()
            suffix = FORMATS[image.format]
            return ImageOps.exif_transpose(image).convert("RGB"), suffix
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnusablePicture(_("The picture has too many pixels; send a smaller one.")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, UnusablePicture):
            raise
        raise UnusablePicture(unreadable) from error


def _encode(image, width, form, **options):
    height = max(1, round(image.height * width / image.width))
    scaled = image if width >= image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # A new image without `info`: nothing of the original's metadata can come along.
    bare = Image.new("RGB", scaled.size)
    bare.paste(scaled)
    bare.save(out, form, **options)
    return out.getvalue()


@contextmanager
def _all_or_nothing():
    written = []

    def write(path, data):
        path.parent.mkdir(parents=True, exist_ok=True)
        written.append(path)
        path.write_bytes(data)

    try:
        yield write
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
