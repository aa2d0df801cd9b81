"""The sheet a scene is printed on, and the stencils that cut its shapes.

Coordinates are those of a 1600 x 900 sheet whatever the size of the picture.
Shapes are drawn on a Stencil at twice the resolution; its mask then takes a
colour, a gradient, or a stippled light that fades away from the lit side.
"""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .palettes import PALETTES, Colour, mix

WIDTH, HEIGHT = 1600, 900
Point = tuple[float, float]


class Stencil:
    """A mask under construction: white where the shape will be printed."""

    def __init__(self, size: tuple[int, int], scale: float) -> None:
        self._k = scale * 2
        self._image = Image.new("L", (size[0] * 2, size[1] * 2))
        self._draw = ImageDraw.Draw(self._image)

    def poly(self, points: Sequence[Point], ink: int = 255) -> None:
        self._draw.polygon([(x * self._k, y * self._k) for x, y in points], fill=ink)

    def box(self, x0: float, y0: float, x1: float, y1: float, ink: int = 255) -> None:
        if x1 > x0 and y1 > y0:
            k = self._k
            self._draw.rectangle((x0 * k, y0 * k, x1 * k, y1 * k), fill=ink)

    def pill(self, x0: float, y0: float, x1: float, y1: float, ink: int = 255) -> None:
        k = self._k
        box = (x0 * k, y0 * k, x1 * k, y1 * k)
        self._draw.rounded_rectangle(box, radius=(y1 - y0) * k / 2, fill=ink)

    def oval(self, x: float, y: float, rx: float, ry: float, ink: int = 255) -> None:
        k = self._k
        self._draw.ellipse(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), fill=ink)

    def disc(self, x: float, y: float, r: float, ink: int = 255) -> None:
        self.oval(x, y, r, r, ink)

    def dome(self, x: float, y: float, rx: float, ry: float, ink: int = 255) -> None:
        k = self._k
        box = ((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k)
        self._draw.chord(box, 180, 360, fill=ink)

    def line(self, points: Sequence[Point], width: float, ink: int = 255) -> None:
        scaled = [(x * self._k, y * self._k) for x, y in points]
        self._draw.line(scaled, fill=ink, width=max(1, round(width * self._k)), joint="curve")

    def mask(self) -> Image.Image:
        return self._image.reduce(2)


class Canvas:
    """The picture in progress, with the palette and chance of its seed."""

    def __init__(self, motif: str, seed: int, size: tuple[int, int]) -> None:
        self.rng = random.Random(f"{motif}-{seed}")
        self.seed = seed
        self.pal = PALETTES[motif][seed % len(PALETTES[motif])]
        self.wanted = size
        self.scale = max(size[0] / WIDTH, size[1] / HEIGHT)
        self.size = (math.ceil(WIDTH * self.scale), math.ceil(HEIGHT * self.scale))
        self.image = Image.new("RGB", self.size, self.pal.haze)
        self._grains = random.Random(f"{motif}-{seed}")
        self.noise = self._static(1.4)

    def _static(self, grain: float) -> Image.Image:
        """Random greys over the whole sheet, in specks of `grain` pixels."""
        w, h = (max(2, math.ceil(n / grain)) for n in self.size)
        specks = Image.frombytes("L", (w, h), self._grains.randbytes(w * h))
        return specks.resize(self.size, Image.Resampling.BICUBIC)

    def stencil(self) -> Stencil:
        return Stencil(self.size, self.scale)

    def ramp(self, y0: float, y1: float, start: int, end: int) -> Image.Image:
        """Greys that run from start above y0 to end below y1."""
        span = max(1.0, y1 - y0)
        steps = ((y / self.scale - y0) / span for y in range(self.size[1]))
        column = bytes(round(start + (end - start) * min(1.0, max(0.0, t))) for t in steps)
        return Image.frombytes("L", (1, self.size[1]), column).resize(self.size)

    def glow(self, x: float, y: float, rx: float, ry: float, level: int = 255) -> Image.Image:
        """A soft spot of light on black, level at its centre."""
        falloff = [round(level * max(0.0, 1 - v / 176) ** 1.7) for v in range(256)]
        spot = Image.radial_gradient("L").point(falloff)
        k = self.scale
        spot = spot.resize((max(1, round(2 * rx * k)), max(1, round(2 * ry * k))))
        sheet = Image.new("L", self.size)
        sheet.paste(spot, (round((x - rx) * k), round((y - ry) * k)))
        return sheet

    def fill(
        self,
        mask: Image.Image | None,
        top: Colour,
        bottom: Colour | None = None,
        span: tuple[float, float] = (0, HEIGHT),
    ) -> None:
        """Print a colour, or a gradient between two heights, through a mask."""
        box = mask.getbbox() if mask else (0, 0, *self.size)
        if box is None:
            return
        part = mask and mask.crop(box)
        if bottom is None:
            self.image.paste(top, box, part)
            return
        length = max(1.0, span[1] - span[0])
        steps = ((y / self.scale - span[0]) / length for y in range(box[1], box[3]))
        column = b"".join(bytes(mix(top, bottom, min(1.0, max(0.0, t)))) for t in steps)
        sheet = Image.frombytes("RGB", (1, box[3] - box[1]), column)
        self.image.paste(sheet.resize((box[2] - box[0], box[3] - box[1])), box, part)

    def veil(self, mask: Image.Image, colour: Colour, strength: float) -> None:
        """Print a transparent colour; strength 0.0 to 1.0."""
        self.fill(mask.point([round(v * strength) for v in range(256)]), colour)

    def stipple(self, mask: Image.Image | None, colour: Colour, ramp: Image.Image) -> None:
        """Print dots through a mask, as dense as the ramp is bright."""
        box = ramp.getbbox()
        if box:
            self._dots(mask, colour, ramp.crop(box), box)

    def _dots(
        self,
        mask: Image.Image | None,
        colour: Colour,
        ramp: Image.Image,
        box: tuple[int, int, int, int],
    ) -> None:
        dots = ImageChops.add(ramp, self.noise.crop(box), 1, -255)
        dots = dots.point([min(255, v * 5) for v in range(256)])
        if mask:
            dots = ImageChops.multiply(mask.crop(box), dots)
        self.image.paste(colour, box, dots)

    def lit(
        self,
        mask: Image.Image,
        colour: Colour,
        dx: float,
        dy: float,
        soft: float = 40,
        strength: float = 0.7,
    ) -> None:
        """Stipple the side of a shape that faces (-dx, -dy)."""
        box = mask.getbbox()
        if box is None:
            return
        k = self.scale / 4
        small = ImageChops.offset(mask.reduce(4), round(dx * k), round(dy * k))
        small = small.filter(ImageFilter.GaussianBlur(soft * k))
        small = small.point([round((255 - v) * strength) for v in range(256)])
        inner = (box[2] - box[0], box[3] - box[1])
        ramp = small.resize(inner, Image.Resampling.BILINEAR, tuple(v / 4 for v in box))
        self._dots(mask, colour, ramp, box)

    def finished(self) -> Image.Image:
        """The print on its paper, cut to the size that was asked for."""
        fibre = self._static(2.6)
        blotch = self._static(150 * self.scale)
        tooth = Image.blend(Image.blend(self.noise, fibre, 0.5), blotch, 0.3)
        tooth = tooth.point([round(128 + (v - 128) * 0.24) for v in range(256)])
        printed = ImageChops.soft_light(self.image, Image.merge("RGB", (tooth,) * 3))
        edge = ImageChops.invert(self.glow(800, 420, 1500, 1050))
        edge = edge.point([round(max(0, v - 90) * 0.2) for v in range(256)])
        printed.paste(self.pal.ink, (0, 0, *self.size), edge)
        left, top = ((a - b) // 2 for a, b in zip(self.size, self.wanted, strict=True))
        return printed.crop((left, top, left + self.wanted[0], top + self.wanted[1]))
