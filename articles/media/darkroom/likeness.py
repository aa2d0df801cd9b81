"""What a picture looks like in 64 bits, the same after it was re-encoded, made smaller or a little brighter.

A perceptual hash: the 64 lowest frequencies of the picture's shades (a discrete cosine transform of 32 by 32 points),
each a bit that says whether it is stronger than the middle one. See C. Zauner, "Implementation and Benchmarking of
Perceptual Image Hash Functions" (2010), for why these outlast changes that nobody sees.
"""

import math

from PIL import Image

_SIDE, _KEPT, _BAND = 32, 8, 16
_COLOURS = 6  # a picture is reduced to, to see which of them is its main one
_PLAIN = 12  # a picture whose strongest frequency is weaker than this has nothing in it to be known by
_WAVES = [[math.cos(math.pi * (2 * at + 1) * wave / (2 * _SIDE)) for at in range(_SIDE)] for wave in range(_KEPT + 1)]


def likeness(image):
    """Four numbers of 16 bits; all 0 for a picture without any drawing, which is like no other."""
    shades = _shades(image)
    rows = [[sum(map(float.__mul__, wave, row)) for wave in _WAVES] for row in shades]
    found = [sum(wave[y] * rows[y][x] for y in range(_SIDE)) for wave in _WAVES[: _KEPT + 1] for x in range(_KEPT + 1)]
    return _bits(found)


def _bits(found):
    # The lowest frequency is the brightness of the whole: it says nothing about what is to be seen.
    kept = [found[y * (_KEPT + 1) + x] for y in range(_KEPT) for x in range(_KEPT)]
    kept[0] = found[_KEPT * (_KEPT + 1)]
    if max(map(abs, kept)) < _PLAIN * _SIDE:
        return [0, 0, 0, 0]
    middle = sorted(kept)[len(kept) // 2]
    bits = "".join("1" if each > middle else "0" for each in kept)
    return [int(bits[at : at + _BAND], 2) for at in range(0, len(bits), _BAND)]


def _shades(image):
    small = image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    flat = [float(shade) for shade in small.tobytes()]
    return [flat[at : at + _SIDE] for at in range(0, len(flat), _SIDE)]


def main_colour(image):
    """The colour (`#rrggbb`) that holds the picture's place until it is there: of a few, the one most of it has."""
    few = image.resize((64, 64), Image.Resampling.BOX).quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    _count, place = max(few.getcolors())
    red, green, blue = few.getpalette()[3 * place : 3 * place + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
