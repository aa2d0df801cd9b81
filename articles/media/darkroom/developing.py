"""From a stranger's picture to files of ours: upright, sRGB, without anything the original said about itself.

Memory decides the order here. Nothing is done at full size that can be done smaller: a JPEG is decoded at a half, a
quarter or an eighth where that is enough, everything else is reduced before colours are converted and it is turned.
"""

import io
import os
from dataclasses import dataclass

from opening import Refused, read, refusing
from PIL import Image, ImageCms
from stamping import packet

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)  # orientations that swap width and height
_GAP = 2  # a rendition is made of at least twice its width, where there is so much: no visible loss
_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}


@dataclass
class Negative:
    """A picture ready for making renditions: RGB, upright, perhaps smaller than the original.

    `full_size` is the upright original's, in whose pixels boxes are given.
    """

    image: Image.Image
    full_size: tuple


def orientation(image):
    """How the picture lies, 1 to 8 as EXIF counts; 1 where it says nothing or nonsense."""
    try:
        turn = image.getexif().get(0x0112, 1)
    except Exception:
        return 1
    return turn if turn in _TURNS else 1


def upright_size(image):
    """Width and height of the picture when it stands upright."""
    return image.size[::-1] if orientation(image) in _LYING else image.size


def negative(image, jobs):
    """Reads the pixels, as small as the `jobs` allow, and makes them ours. Raises Refused."""
    turn, told = orientation(image), image.size
    shrink = min((job["box"][2] / job["width"] for job in jobs), default=1) / _GAP
    read(image, at_least=(max(1, int(told[0] / shrink)), max(1, int(told[1] / shrink))) if shrink > 1 else told)
    with refusing():
        image = _in_rgb(_smaller(image, int(shrink * image.width / told[0])))
    if turn in _TURNS:
        image = image.transpose(_TURNS[turn])
    return Negative(image, told[::-1] if turn in _LYING else told)


def _smaller(image, factor):
    """The picture reduced by a whole number, with a mode that has shades to average."""
    profile = image.info.get("icc_profile")
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode in ("P", "PA") or (image.mode in ("L", "RGB") and "transparency" in image.info):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode.startswith("I"):
        image = image.convert("I").point(lambda shade: shade * (1 / 257) + 0.5).convert("L")
    if factor > 1:
        image = image.reduce(factor)
    image.info = {"icc_profile": profile} if isinstance(profile, bytes) else {}
    return image


def _in_rgb(image):
    profile = image.info.get("icc_profile")
    if image.mode in ("LA", "RGBA", "La", "RGBa"):
        image = _on_white(image)
    if profile and image.mode in _SPACES:
        image = _in_srgb(image, profile)
    image = image if image.mode == "RGB" else image.convert("RGB")
    image.info = {}  # nothing of the original can come along when this is saved
    return image


def _on_white(image):
    image = image.convert({"La": "LA", "RGBa": "RGBA"}.get(image.mode, image.mode))
    opaque = image.mode[:-1]
    paper = Image.new(opaque, image.size, "white")
    paper.paste(image.convert(opaque), mask=image.getchannel("A"))
    return paper


def _in_srgb(image, profile):
    """Converts to sRGB by the picture's own profile; a profile that is broken or does not fit is passed over."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if own.profile.xcolor_space != _SPACES[image.mode]:
            return image
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def develop(picture, job):
    """Writes one rendition to the path `to`: the box cut out, scaled to `width`, encoded as `form` with `options`.

    `stamp` has the credit and the copyright notice that go into the file. Raises Refused where it cannot be written.
    """
    left, top, width, height = job["box"]
    across, down = (mine / full for mine, full in zip(picture.image.size, picture.full_size, strict=True))
    box = (left * across, top * down, (left + width) * across, (top + height) * down)
    high = max(1, round(height * job["width"] / width))
    scaled = picture.image.resize((job["width"], high), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    scaled.info = {}
    options = dict(job["options"])
    if stamp := packet(**job.get("stamp", {})):
        options["xmp"] = stamp
    try:
        _write(scaled, job["to"], job["form"], options)
    except OSError as error:
        raise Refused("disk", repr(error)) from error


def _write(image, path, form, options):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        image.save(file, form, **options)
        file.flush()
        os.fsync(descriptor)
    if log := os.environ.get("DARKROOM_LOG"):  # tests and the benchmark count what was really encoded
        with open(log, "a") as file:
            file.write(f"{path}\n")
