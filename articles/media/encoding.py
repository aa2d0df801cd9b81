"""How each format is encoded: the one table of qualities, chosen by what bench/quality.py measured.

It is no part of a rendition set's digest. A new table is for renditions that are made from then on; the addresses of
what was printed, and the files that lie there, stay as they are.
"""

# Suffix of the file -> what Pillow calls the format, and its options for saving.
ENCODINGS = {
    "avif": ("AVIF", {"quality": 66, "speed": 6, "subsampling": "4:2:0", "max_threads": 1}),
    "webp": ("WEBP", {"quality": 84, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True, "subsampling": "4:2:0"}),
}


def job(box, *, width, suffix, to, credit="", copyright_notice=""):
    """An order for one rendition: a box (pixels) of the upright picture, `width` pixels wide, written to `to`."""
    form, options = ENCODINGS[suffix]
    stamp = {"credit": credit, "copyright_notice": copyright_notice}
    return {"box": box, "width": width, "form": form, "options": options, "to": str(to), "stamp": stamp}
