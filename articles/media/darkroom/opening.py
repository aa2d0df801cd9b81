"""Opens a picture by its content: six formats, their size known before anything is decoded, no moving pictures."""

import os
import warnings
from contextlib import contextmanager

from PIL import AvifImagePlugin, GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

_PLUGINS = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)  # imports register them
# What Pillow calls them -> how we name the private original. Phones write JPEG files of several pictures (MPO).
SUFFIXES = {
    "JPEG": "jpg",
    "MPO": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "GIF": "gif",
    "AVIF": "avif",
    "HEIF": "heic",
}
# Further pictures in these are previews, depth maps and bursts, not movement: the first or main one is taken.
_ALBUMS = ("MPO", "HEIF")
# A JPEG spends a bit at least on each block of 8 by 8: with fewer bytes its size is a lie, and the rest would be grey.
_MOST_PIXELS_IN_A_BYTE = 512
_MOST_SCANS = 200  # of a progressive JPEG; each is a walk over all pixels, and real ones have about ten
_AVIF_BRANDS, _HEIF_BRANDS = (
    (b"avif", b"avis"),
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
)

AvifImagePlugin.DEFAULT_MAX_THREADS = 1
# A long text in a PNG is no reason to refuse it; what unpacks to more than this is.
PngImagePlugin.MAX_TEXT_CHUNK = 16 * 2**20


class Refused(Exception):
    """A file that is not taken; `reason` is a word that the newsroom knows a sentence for."""

    def __init__(self, reason, why=""):
        super().__init__(why)
        self.reason = reason


def opened(path, *, max_pixels, longest_side):
    """The picture in the file, whole but for the pixels of a JPEG, which `read` gives smaller. Raises Refused."""
    # The error begins at twice this number; decoders that reserve their memory early look at it themselves.
    Image.MAX_IMAGE_PIXELS = max_pixels // 2
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    kind = _kind_of(path)
    with refusing():
        image = Image.open(path, formats=[kind])
        moves = image.format not in _ALBUMS and getattr(image, "is_animated", False)
    _check_size(*image.size, max_pixels=max_pixels, longest_side=longest_side)
    if moves:
        raise Refused("moving")
    if kind == "JPEG":
        if image.width * image.height > _MOST_PIXELS_IN_A_BYTE * os.path.getsize(path):
            raise Refused("unreadable", "fewer bytes than so many pixels need")
        return image
    # Now, before anybody asks for EXIF: a PNG reads its pixels then, and only the first time says what is wrong.
    with refusing():
        image.load()
    _check_size(*image.size, max_pixels=max_pixels, longest_side=longest_side)  # some tell the truth only now
    return image


def read(image, *, at_least):
    """Reads the pixels of a JPEG: at a half, a quarter or an eighth where that is still `at_least` so large."""
    if image.format in ("JPEG", "MPO"):
        with refusing():
            image.draft(image.mode, at_least)
            image.load()


@contextmanager
def refusing():
    """Whatever a decoder raises is a refusal: given rubbish, that is anything at all."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise Refused("pixels") from error
    except (MemoryError, Refused):
        raise
    except Exception as error:
        raise Refused("unreadable", repr(error)) from error


def _check_size(width, height, *, max_pixels, longest_side):
    if width * height > max_pixels:
        raise Refused("pixels")
    if max(width, height) > longest_side:
        raise Refused("side")
    if min(width, height) < 1:
        raise Refused("unreadable", "no pixels")


def _kind_of(path):
    with open(path, "rb") as file:
        head = file.read(64)
        if head.startswith(b"\xff\xd8\xff"):
            file.seek(0)
            if file.read().count(b"\xff\xda") > _MOST_SCANS:
                raise Refused("unreadable", "too many scans")
            return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _kind_of_box(head)
    raise Refused("unreadable", "none of our formats")


def _kind_of_box(head):
    length = int.from_bytes(head[:4])
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))]
    # The general brand mif1 says only that there are pictures; which kind they are is said by the others.
    if any(brand in _AVIF_BRANDS for brand in brands):
        return "AVIF"
    if any(brand in _HEIF_BRANDS for brand in brands):
        import pi_heif  # late: few files are, and it takes a tenth of the time this process needs to start

        pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
        return "HEIF"
    raise Refused("unreadable", "none of our formats")
