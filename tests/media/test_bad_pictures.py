"""Bad files, after the kinds that Pillow keeps of what once brought it down: a sentence each, in no time."""

import contextlib
import ctypes
import gc
import gzip
import io
import resource
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from negatives import HEIC, file_of, gif, moving_webp, photo, png, png_chunk, scene, with_segment
from PIL import Image

from articles.media import UnusablePicture, rendition, rendition_set, take_in
from articles.models import Picture

pytestmark = pytest.mark.django_db
NO_PICTURE, PIXELS = "not a picture we can use", "too many pixels"
SIDE, MOVING = "too long on one side", "send a still"


def lying_gif(width, height):
    return gif(1, (width, height))


def lying_webp(width, height):
    body = (
        b"VP8X"
        + struct.pack("<I", 10)
        + b"\0" * 4
        + struct.pack("<I", width - 1)[:3]
        + struct.pack("<I", height - 1)[:3]
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def lying_jpeg(width, height):
    raw = photo()
    at = raw.index(b"\xff\xc0") + 5
    return raw[:at] + struct.pack(">HH", height, width) + raw[at + 4 :]


def animated_png(frames):
    images = [Image.new("RGB", (8, 8), (each % 256, 0, 0)) for each in range(frames)]
    return file_of(images[0], "PNG", save_all=True, append_images=images[1:])


def moving_avif():
    return file_of(scene(1, (64, 64)), "AVIF", save_all=True, append_images=[scene(2, (64, 64))])


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 10_000_000)
    return out.getvalue()


def tiff_with_gzip():
    head = struct.pack("<2sHIH", b"II", 42, 8, 3)
    for tag, value in ((256, 50_000), (257, 50_000), (259, 8)):
        head += struct.pack("<HHII", tag, 4, 1, value)
    return head + b"\0" * 4 + gzip.compress(b"0" * 1_000_000)


BOMB = zlib.compress(b"\0" * 30_000_000, 9)
BAD = {
    "zero bytes": (b"", NO_PICTURE),
    "one byte": (b"\xff", NO_PICTURE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", NO_PICTURE),
    "html": (b"<!doctype html><script>x()</script>", NO_PICTURE),
    "pdf": (b"%PDF-1.4\n", NO_PICTURE),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NO_PICTURE),
    "zip": (zipped(), NO_PICTURE),
    "bmp": (file_of(scene(1, (8, 8)), "BMP"), NO_PICTURE),
    "icon": (file_of(scene(1, (16, 16)), "ICO"), NO_PICTURE),
    "photoshop": (b"8BPS\x00\x01" + b"\0" * 6 + struct.pack(">HIIHH", 3, 9, 9, 8, 3) + b"\0" * 40, NO_PICTURE),
    "tiff": (file_of(scene(1, (8, 8)), "TIFF"), NO_PICTURE),
    "tiff with gzip": (tiff_with_gzip(), NO_PICTURE),
    "jpeg 2000": (b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\0" * 40, NO_PICTURE),
    "mp4": (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + b"\0" * 40, NO_PICTURE),
    "box that never ends": (b"\xff\xff\xff\xffftypmif1" + b"\0" * 52, NO_PICTURE),
    "gif head only": (b"GIF89a", NO_PICTURE),
    "gif of size 0": (gif(1, (0, 0))[:13] + b";", NO_PICTURE),
    "gif without a frame": (gif(0), NO_PICTURE),
    "png head only": (b"\x89PNG\r\n\x1a\n", NO_PICTURE),
    "png of size 0": (png(0, 0), NO_PICTURE),
    "png without pixels": (png(10, 10), NO_PICTURE),
    "png with too few pixels": (png(100, 100, data=zlib.compress(b"\0" * 200)), NO_PICTURE),
    "png with a wrong check sum": (png(10, 10, data=BOMB).replace(b"IHDR", b"IHDR\0"), NO_PICTURE),
    "png with no packed data": (png(10, 10, data=b"not packed"), NO_PICTURE),
    "png with an impossible depth": (png(10, 10, depth=3, data=BOMB), NO_PICTURE),
    "png with a text that is a bomb": (
        png(10, 10, png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"0" * 60_000_000, 9))),
        NO_PICTURE,
    ),
    "png with a chunk longer than itself": (photo(form="PNG")[:33] + b"\x7f\xff\xff\xffIDATx", NO_PICTURE),
    "half a jpeg": (photo()[: len(photo()) // 2], NO_PICTURE),
    "jpeg head only": (photo()[:200], NO_PICTURE),
    "jpeg of three bytes": (b"\xff\xd8\xff", NO_PICTURE),
    "jpeg of a thousand scans": (photo() + b"\xff\xda" * 1000, NO_PICTURE),
    "half a webp": (photo(form="WEBP")[:2000], NO_PICTURE),
    "webp of lies": (lying_webp(7000, 7000), NO_PICTURE),
    "half an avif": (photo(form="AVIF")[:800], NO_PICTURE),
    "half a heic": (HEIC[: len(HEIC) - 60], NO_PICTURE),
    "heic head only": (HEIC[:40], NO_PICTURE),
    "half a gif": (photo(form="GIF")[:3000], NO_PICTURE),
    "png of 50,000 by 50,000": (png(50_000, 50_000, depth=1, data=BOMB), PIXELS),
    "png of 2,147,483,647 by 1": (png(2**31 - 1, 1, data=BOMB), PIXELS),
    "png just over the limit": (png(7746, 7747, depth=1, data=BOMB), PIXELS),
    "gif of 65,535 by 65,535": (lying_gif(65_535, 65_535), PIXELS),
    "jpeg of 60,000 by 60,000": (lying_jpeg(60_000, 60_000), PIXELS),
    "jpeg that lies just within the limit": (lying_jpeg(7_700, 7_700), NO_PICTURE),
    "webp of 16 million by 16 million": (lying_webp(2**24, 2**24), PIXELS),
    "png of 17,000 by 20": (file_of(Image.new("L", (17_000, 20)), "PNG"), SIDE),
    "gif of 10,000 frames": (gif(10_000), MOVING),
    "webp of 10,000 frames": (moving_webp(10_000), MOVING),
    "png that moves": (animated_png(30), MOVING),
    "avif that moves": (moving_avif(), MOVING),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_leaves_nothing(name, settings):
    raw, sentence = BAD[name]
    before, began = _processor_time(), time.perf_counter()
    with pytest.raises(UnusablePicture, match=sentence):
        take_in(raw)
    spent, took = _processor_time() - before, time.perf_counter() - began
    assert (Picture.objects.count(), [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == (0, [])
    assert (spent < 1, took < 3) == (True, True), (spent, took)


def _processor_time():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_control_the_pictures_that_bad_ones_are_made_of_are_good():
    good = [
        png(10, 10, data=zlib.compress(b"\0" * 110)),
        gif(1),
        photo(),
        moving_webp(1),
        HEIC,
    ]
    assert [take_in(raw, keep_similar=True)[1] for raw in good] == [True] * 5


PAYLOAD = b"<script>alert('GEHEIM')</script>"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_of_what_hangs_on_a_picture_nothing_reaches_readers(form):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("GEHEIM.class", PAYLOAD)
    raw = photo(form=form) + PAYLOAD + archive.getvalue()
    if form == "JPEG":
        raw = with_segment(raw, 0xFE, PAYLOAD)
    if form == "PNG":
        raw = raw[:33] + png_chunk(b"tEXt", b"Comment\0" + PAYLOAD) + raw[33:]
    picture, _is_new = take_in(raw)
    key = rendition_set(picture).key
    for suffix in ("avif", "webp", "jpg"):
        shown = rendition(key, f"16x9-320.{suffix}").read_bytes()
        assert [word for word in (b"GEHEIM", b"script", b"PK\x03\x04") if word in shown] == []
        assert Image.open(io.BytesIO(shown)).size == (320, 180)


def test_a_long_text_in_a_png_is_no_reason_to_refuse_it():
    raw = photo(form="PNG")
    text = png_chunk(b"tEXt", b"Comment\0" + b"x" * 10_000_000)
    packed = png_chunk(b"zTXt", b"Other\0\0" + zlib.compress(b"x" * 10_000_000))
    assert take_in(raw[:33] + text + packed + raw[33:])[1] is True


def _most_in_use(*, forget=False):
    """The most memory (MB) this process has had in use since it was told to forget."""
    if forget:
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)  # what is free already must not hide what is taken
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def test_whatever_is_sent_this_process_stays_small(tmp_path, record_property):
    packer, row = zlib.compressobj(1), b"\0" * 7701
    rows = b"".join(packer.compress(row) for _each in range(7700)) + packer.flush()
    uploads = [raw for raw, sentence in BAD.values() if sentence != NO_PICTURE]
    uploads += [png(7700, 7700, data=rows), photo() + b"x" * 20_000_000]
    path, before = tmp_path / "upload", _most_in_use(forget=True)
    for raw in uploads:
        path.write_bytes(raw)
        with path.open("rb") as file, contextlib.suppress(UnusablePicture):
            take_in(file, keep_similar=True)
    grown = _most_in_use() - before
    assert (Picture.objects.count(), grown < 100) == (2, True), grown
    record_property("MB this process grew by at most while it took in bombs", grown)


def test_control_memory_that_is_taken_is_seen():
    before = _most_in_use(forget=True)
    taken = b"x" * 100_000_000
    assert (len(taken), _most_in_use() - before >= 90) == (100_000_000, True)
