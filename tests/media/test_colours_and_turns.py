"""Whatever colours a picture has and however it lies: readers get it upright, in sRGB, on white."""

import io

import pytest
from negatives import file_of, png, scene
from PIL import Image, ImageCms, ImageOps

from articles.media import desk_look, ordering, rendition, rendition_set, take_in
from articles.media.encoding import job

pytestmark = pytest.mark.django_db
ALMOST = 6  # of 255: what encoding changes in a plain colour


def looked_at(raw):
    """The desk's look at the picture."""
    return Image.open(desk_look(take_in(raw, keep_similar=True)[0], 320)).convert("RGB")


def is_about(pixel, colour, *, most=ALMOST):
    return all(abs(one - other) <= most for one, other in zip(pixel, colour, strict=True))


def corners():
    """A picture whose four corners differ, 80 by 60."""
    image = Image.new("RGB", (80, 60), "white")
    for place, colour in (((0, 0), "red"), ((40, 0), "lime"), ((0, 30), "blue")):
        image.paste(colour, (*place, place[0] + 40, place[1] + 30))
    return image


LYING = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("turn", LYING)
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_stands_upright_however_the_camera_was_held(turn, form):
    exif = Image.Exif()
    exif[0x0112] = turn
    lying = corners().transpose(LYING[turn]) if LYING[turn] is not None else corners()
    raw = file_of(lying, form, exif=exif, **({"quality": 95, "subsampling": 0} if form == "JPEG" else {}))
    assert ImageOps.exif_transpose(Image.open(io.BytesIO(raw))).size == (80, 60)  # a control of the test
    shown = looked_at(raw)
    assert shown.size == (80, 60)
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    places = [(20, 15), (60, 15), (20, 45), (60, 45)]
    assert [
        is_about(shown.getpixel(place), colour, most=12) for place, colour in zip(places, colours, strict=True)
    ] == [True] * 4


@pytest.mark.parametrize("turn", [0, 9, 65_535])
def test_a_turn_that_does_not_exist_is_none(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    assert looked_at(file_of(corners(), exif=exif)).size == (80, 60)


def test_a_crop_is_cut_from_the_upright_picture_and_at_full_sharpness(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    image = corners().resize((1600, 1200), Image.Resampling.NEAREST)
    path, to = tmp_path / "lying.jpg", tmp_path / "crop.jpg"
    path.write_bytes(file_of(image.transpose(Image.Transpose.ROTATE_90), exif=exif))
    ordering.develop(path, [job([900, 100, 600, 400], width=300, suffix="jpg", to=to)])
    shown = Image.open(to)
    assert (shown.size, is_about(shown.getpixel((150, 100)), (0, 255, 0))) == ((300, 200), True)


def profile_of(name):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


@pytest.mark.parametrize(
    ("image", "options", "colour"),
    [
        (Image.new("CMYK", (60, 60), (0, 255, 255, 0)), {"form": "JPEG"}, (255, 0, 0)),
        (Image.new("L", (60, 60), 100), {"form": "JPEG"}, (100, 100, 100)),
        (Image.new("1", (60, 60), 1), {"form": "PNG"}, (255, 255, 255)),
        (Image.new("I;16", (60, 60), 100 * 257), {"form": "PNG"}, (100, 100, 100)),
        (Image.new("LA", (60, 60), (100, 0)), {"form": "PNG"}, (255, 255, 255)),
        (Image.new("LA", (60, 60), (100, 255)), {"form": "PNG"}, (100, 100, 100)),
        (Image.new("RGBA", (60, 60), (255, 0, 0, 128)), {"form": "PNG"}, (255, 127, 127)),
        (Image.new("RGBA", (60, 60), (0, 0, 0, 0)), {"form": "WEBP", "lossless": True}, (255, 255, 255)),
        (Image.new("RGBA", (60, 60), (0, 0, 0, 0)), {"form": "AVIF"}, (255, 255, 255)),
        (Image.new("RGB", (60, 60), (0, 128, 0)), {"form": "PNG", "transparency": (0, 128, 0)}, (255, 255, 255)),
        (Image.new("L", (60, 60), 7), {"form": "PNG", "transparency": 7}, (255, 255, 255)),
    ],
    ids=[
        "CMYK", "grey", "one bit", "16 bit", "grey, clear", "grey, opaque", "half clear", "WebP, clear", "AVIF, clear",
        "one colour clear", "one grey clear",
    ],
)  # fmt: skip
def test_colours_come_out_as_they_look(image, options, colour):
    shown = looked_at(file_of(image, **options))
    assert is_about(shown.getpixel((30, 30)), colour), shown.getpixel((30, 30))


def test_sixteen_bits_for_each_colour_become_eight():
    import zlib

    row = b"\0" + (b"\x80\x00" + b"\x40\x00" + b"\xff\xff") * 60
    shown = looked_at(png(60, 60, depth=16, colour=2, data=zlib.compress(row * 60)))
    assert is_about(shown.getpixel((30, 30)), (128, 64, 255), most=12), shown.getpixel((30, 30))


@pytest.mark.parametrize("form", ["PNG", "GIF"])
def test_what_is_clear_in_a_palette_becomes_white(form):
    image = Image.new("P", (60, 60), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.paste(1, (0, 0, 30, 60))
    shown = looked_at(file_of(image, form, transparency=0))
    assert is_about(shown.getpixel((50, 30)), (255, 255, 255))
    assert is_about(shown.getpixel((10, 30)), (255, 0, 0), most=12)


def test_a_profile_is_used_and_not_handed_on():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    plain = Image.new("RGB", (60, 60), (180, 60, 60))
    swapped = swapped_profile()
    shown = looked_at(file_of(plain, "PNG", icc_profile=swapped))
    assert is_about(shown.getpixel((30, 30)), (60, 180, 60), most=40), shown.getpixel((30, 30))
    assert "icc_profile" not in shown.info
    for useless in (lab.tobytes(), swapped[:300], b"no profile", profile_of("sRGB")):
        shown = looked_at(file_of(plain, "PNG", icc_profile=useless))
        assert is_about(shown.getpixel((30, 30)), (180, 60, 60))


def swapped_profile():
    """sRGB with red and green exchanged: a profile whose use one can see."""
    raw = bytearray(profile_of("sRGB"))
    count = int.from_bytes(raw[128:132])
    for place in range(count):
        at = 132 + 12 * place
        names = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
        raw[at : at + 4] = names.get(bytes(raw[at : at + 4]), raw[at : at + 4])
    return bytes(raw)


def test_a_grey_picture_with_a_profile_for_colours_is_still_grey():
    shown = looked_at(file_of(Image.new("L", (60, 60), 90), "JPEG", icc_profile=swapped_profile()))
    assert is_about(shown.getpixel((30, 30)), (90, 90, 90))


def test_every_format_shows_the_same_picture():
    picture, _is_new = take_in(file_of(scene(1, (800, 450))))
    key = rendition_set(picture).key
    small = [Image.open(rendition(key, f"16x9-320.{suffix}")).resize((8, 5)) for suffix in ("avif", "webp", "jpg")]
    pixels = [image.convert("RGB").tobytes() for image in small]
    apart = max(abs(one - other) for other in pixels[1:] for one, other in zip(pixels[0], other, strict=True))
    assert apart <= ALMOST
