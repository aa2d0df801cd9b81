"""Colour schemes of the demo illustrations.

A palette has eight colours: the sky from top to horizon, the sun or moon, three
depths of land from distant to closest, one accent and a paper white. Each motif
lists the four palettes that its seeds rotate through.
"""

from typing import NamedTuple

Colour = tuple[int, int, int]


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """The colour a share t of the way from a to b."""
    return tuple(round(p + (q - p) * t) for p, q in zip(a, b, strict=True))


class Palette(NamedTuple):
    sky: Colour
    haze: Colour
    sun: Colour
    far: Colour
    mid: Colour
    ink: Colour
    accent: Colour
    paper: Colour

    def depth(self, t: float) -> Colour:
        """Colour of land at depth t, from 0.0 (distant) to 1.0 (closest)."""
        if t < 0.5:
            return mix(self.far, self.mid, t * 2)
        return mix(self.mid, self.ink, t * 2 - 1)


def _palette(hexes: str) -> Palette:
    return Palette(*(tuple(bytes.fromhex(code)) for code in hexes.split()))


_DAWN = _palette("6f9aa6 f5dcc0 fff3dc a9bdb8 4b7583 17323f d95d39 f7ead2")
_CORAL = _palette("4a5a86 f4a988 ffe3b5 a78fa3 56507d 1f2342 e4572e fbe3c4")
_OCHRE = _palette("e6bd6e f8e9c8 d9502e d2b985 7f8058 2b3a35 b8432f fbf1da")
_MINT = _palette("9dc6bf f5ecd4 e9704f 9fc0b5 3f7d80 12363c e05a3c f8f1dd")
_STORM = _palette("5d6c77 d3d5cb f3ecd8 9ba8a8 50636d 1d2b34 dd9f3a f0ebdc")
_ROSE = _palette("c98590 f8dcc8 fff1df c79ea6 775a78 2d2442 e0a640 fbeadb")
_MIDNIGHT = _palette("0d1936 44658f f6e8c2 36547e 1c3159 091126 f2b24e ece5cd")
_AURORA = _palette("0b2231 47897f f3ecd2 34696d 1a424d 071720 f3b45e e6eddb")
_PLUM = _palette("1a1434 85507a ffdfb5 5b3d6c 332550 110c22 f4a861 f3dfcb")
_COBALT = _palette("14275e 6f8fc4 fbf3df 4a69a6 263f7d 0c1738 ef8354 eef0ea")
_SAGE = _palette("b7c9b1 f5efd9 fdf7e2 adc0a3 557d66 15302a d9643a f5f0dd")
_PINE = _palette("5f8f8c e8e2c4 fff4d6 9bb8a4 3d6f66 0f2a2c e08a3c f3ecd5")
_AUTUMN = _palette("d9b79a f9ead0 fff6e0 dcae7c a8583a 33222a d9822b fbf0dc")
_WHEAT = _palette("82b0bd f8e9c9 fff5d9 bcbf94 a3873f 37361f c9472f faf0d6")
_CLAY = _palette("e9cfae f8ead6 d4492a d9a888 8f5a4c 30262e 2f6f73 fbf2e2")

PALETTES: dict[str, tuple[Palette, ...]] = {
    "harbour": (_DAWN, _CORAL, _MINT, _STORM),
    "skyline": (_CORAL, _OCHRE, _COBALT, _DAWN),
    "hills": (_SAGE, _ROSE, _OCHRE, _PINE),
    "waves": (_MINT, _DAWN, _COBALT, _CLAY),
    "night": (_MIDNIGHT, _AURORA, _PLUM, _COBALT),
    "forest": (_PINE, _AUTUMN, _SAGE, _STORM),
    "field": (_WHEAT, _OCHRE, _ROSE, _SAGE),
    "bridge": (_CLAY, _STORM, _CORAL, _MINT),
    "abstract": (_MINT, _CLAY, _CORAL, _OCHRE),
    "rails": (_ROSE, _DAWN, _OCHRE, _CORAL),
}
