"""Deterministic lead pictures for the demo stories.

Every motif is a small scene in the manner of a screen print: flat shapes in a
restrained palette, shaded with stippled grain and finished on paper texture.
The scenes are laid out on a 1600 x 900 sheet with the subject near the middle,
so that crops to 4:3 or 1:1 around the centre keep it.
"""

from collections.abc import Callable

from PIL import Image

from . import abstract, land, roads, town, water
from .canvas import Canvas

_SCENES: dict[str, Callable[[Canvas], None]] = {
    "harbour": water.harbour,
    "skyline": town.skyline,
    "hills": land.hills,
    "waves": water.waves,
    "night": land.night,
    "forest": land.forest,
    "field": roads.field,
    "bridge": town.bridge,
    "abstract": abstract.abstract,
    "rails": roads.rails,
}

MOTIFS: tuple[str, ...] = tuple(_SCENES)


def paint(motif: str, seed: int, size: tuple[int, int] = (1600, 900)) -> Image.Image:
    """Paint one illustration; the same arguments always give the same pixels.

    motif: str, one of MOTIFS; any other name raises ValueError.
    seed: int, picks palette, composition and weather.
    size: tuple[int, int], width and height in pixels; shapes other than 16:9
        are cut from the middle of the scene.
    Returns a new PIL image of that size in mode RGB.
    """
    if motif not in _SCENES:
        raise ValueError(f"Unknown motif {motif!r}; choose one of: {', '.join(MOTIFS)}.")
    canvas = Canvas(motif, seed, size)
    _SCENES[motif](canvas)
    return canvas.finished()
