"""Pictures to measure with: photographs of a folder, or paintings that are as hard to encode as photographs.

A painting has what makes photographs large: soft shades, textures of every size, hard edges, and the grain of a
sensor over all of it. The same seed paints the same picture.
"""

import io
import math
import random
import sys

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}
MEGAPIXELS = {12: (4000, 3000), 60: (9480, 6320)}  # both are usual sizes of cameras
GRAIN = 14  # shades by which the grain changes a point at most, either way


def pictures(folder, count):
    """So many pictures (list of bytes, JPEG as cameras write it) and what they are (text)."""
    if folder is None:
        return [camera_file(painting(seed)) for seed in range(count)], "painted to be like photographs of 12 MP"
    found = photographs(folder)
    chosen = found[:: max(1, len(found) // count)][:count]
    return [camera_file(upright(each)) for each in chosen], f"{len(chosen)} of the {len(found)} photographs given"


def alike(folder, megapixels, count):
    """So many files (bytes, one after the other) of one picture of that size, a key of MEGAPIXELS.

    A photograph is cut and enlarged to it. Each is stored a little worse, so that none is the same file.
    """
    size = MEGAPIXELS[megapixels]
    image = ImageOps.fit(upright(photographs(folder)[0]), size) if folder else painting(1, size)
    for worse in range(count):
        yield camera_file(image, quality=95 - worse)


def glass(size):
    """A transparent picture of that size (bytes, PNG)."""
    shade, file = Image.linear_gradient("L").resize(size), io.BytesIO()
    Image.merge("RGBA", (shade, shade, shade, shade)).save(file, "PNG", compress_level=1)
    return file.getvalue()


def photographs(folder):
    """The photographs in a folder (list of Path), by name. Ends the program with a sentence where there is none."""
    found = sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES)
    if not found:
        sys.exit(f"There is no photograph in {folder}.")
    return found


def camera_file(image, *, quality=95):
    """The picture as a camera's JPEG (bytes)."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, subsampling="4:2:2")
    return file.getvalue()


def jpeg(file, *, width, quality):
    """The picture in a file at that width as a usual JPEG (bytes)."""
    out = io.BytesIO()
    narrowed(upright(file), width).save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def upright(file):
    """The picture in a file, turned as its camera was held, in RGB and without anything but pixels."""
    with Image.open(file) as stored:
        image = ImageOps.exif_transpose(stored).convert("RGB")
    image.info = {}  # a colour profile would be written into every encoding
    return image


def narrowed(image, width):
    """The picture at `width` pixels, without loss beyond that."""
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def painting(seed, size=MEGAPIXELS[12]):
    """A painted picture of that size (pixels)."""
    rng = random.Random(seed)  # noqa: S311 (paints, keeps no secret)
    picture, (wide, high) = _sky(rng, size), size
    picture.paste(_surface(rng, (wide, high // 2)), (0, int(high * rng.uniform(0.5, 0.8))))
    for _each in range(rng.randint(25, 40)):
        box = tuple(max(60, int(side * rng.uniform(0.04, 0.4))) for side in size)
        place = (rng.randint(-box[0] // 2, wide - box[0] // 2), rng.randint(-box[1] // 2, high - box[1] // 2))
        picture.paste(_surface(rng, box), place, mask=_shape(rng, box))
    return _with_grain(rng, picture)


def _sky(rng, size):
    """Soft shades from above to below."""
    shade = Image.linear_gradient("L").resize(size, Image.Resampling.BICUBIC)
    return ImageOps.colorize(shade, _colour(rng, 120, 250), _colour(rng, 20, 160))


def _colour(rng, least, most):
    """Between grey and colourful, as most things are."""
    grey = rng.randint(least, most)
    return tuple(max(0, min(255, grey + rng.randint(-35, 35))) for _channel in "RGB")


def _surface(rng, size):
    """A texture: clouds of every size, of which the small ones are the fainter."""
    cloud, strength = Image.new("L", size, 128), rng.uniform(0.3, 0.6)
    for step in (200, 60, 20, 8, 4):
        cloud = Image.blend(cloud, _noise(rng, size, step), strength)
        strength *= 0.62
    return ImageOps.colorize(ImageOps.autocontrast(cloud, cutoff=2), _colour(rng, 0, 110), _colour(rng, 90, 255))


def _noise(rng, size, step):
    """Shades by lot, one every `step` pixels, and between them smooth."""
    small = (size[0] // step + 2, size[1] // step + 2)
    return Image.frombytes("L", small, rng.randbytes(small[0] * small[1])).resize(size, Image.Resampling.BICUBIC)


def _shape(rng, size):
    """The outline of a thing that fills a box of that size: sharp, or out of focus."""
    mask, (wide, high) = Image.new("L", size, 0), size
    blur = rng.choice((0, 0, 1, 4, 15))
    edge = 2 * blur + 1
    draw = ImageDraw.Draw(mask)
    if rng.random() < 0.4:
        draw.ellipse((edge, edge, wide - edge, high - edge), fill=255)
    else:
        turns = sorted((rng.uniform(0, math.tau), rng.uniform(0.5, 1)) for _corner in range(rng.randint(4, 8)))
        across, down = wide / 2 - edge, high / 2 - edge
        corners = [
            (wide / 2 + across * far * math.cos(turn), high / 2 + down * far * math.sin(turn)) for turn, far in turns
        ]
        draw.polygon(corners, fill=255)
    return mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask


def _with_grain(rng, picture):
    """With a little noise of its own in each colour, as a sensor has."""
    channels = []
    for channel in picture.split():
        grain = Image.frombytes("L", picture.size, rng.randbytes(picture.width * picture.height))
        grain = grain.filter(ImageFilter.BoxBlur(1)).point(lambda shade: 128 + (shade - 128) * GRAIN // 128)
        channels.append(ImageChops.add(channel, grain, scale=1, offset=-128))
    return Image.merge("RGB", channels)
