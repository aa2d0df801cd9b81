"""Pieces that several scenes share: sky, sun, clouds, ridges, water, trees.

Most of them print on the canvas at once; the trees only draw on a stencil, so
that a whole row of them can be printed and lit together.
"""

import itertools
import math
import random

from PIL import Image, ImageChops

from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .palettes import Colour, mix


def thirds(c: Canvas) -> float:
    """A horizontal place near one of the two vertical thirds."""
    return c.rng.choice((533, 1067)) + c.rng.uniform(-60, 60)


def sky(c: Canvas, horizon: float) -> None:
    pal = c.pal
    c.fill(None, pal.sky, pal.haze, (-40, horizon))
    c.stipple(None, mix(pal.sky, pal.ink, 0.25), c.ramp(0, horizon * 0.6, 70, 0))


def sun(c: Canvas, x: float, y: float, r: float) -> None:
    pal = c.pal
    bright = mix(pal.sun, pal.paper, 0.35)
    c.veil(c.glow(x, y, r * 6, r * 6), bright, 0.55)
    c.stipple(None, bright, c.glow(x, y, r * 4.2, r * 4.2, 150))
    st = c.stencil()
    st.disc(x, y, r)
    mask = st.mask()
    c.fill(mask, pal.sun)
    c.lit(mask, mix(pal.sun, pal.accent, 0.35), 0, -r * 0.7, r * 0.7, 0.5)


def beside(c: Canvas, sun_x: float) -> float:
    """A place for a cloud that leaves most of the sun free."""
    x = c.rng.uniform(50, 1550)
    return x if abs(x - sun_x) > 230 else sun_x + math.copysign(c.rng.uniform(230, 420), x - sun_x)


def bars(c: Canvas, sun_x: float, y0: float, y1: float, count: int) -> None:
    """Clouds as stacks of rounded bars."""
    st = c.stencil()
    for _ in range(count):
        x, y = beside(c, sun_x), c.rng.uniform(y0, y1)
        length = c.rng.uniform(150, 330)
        for row in range(c.rng.choice((2, 3, 3))):
            shift = c.rng.uniform(-90, 90)
            half = length * c.rng.uniform(0.4, 0.75)
            st.pill(x + shift - half, y + row * 17, x + shift + half, y + row * 17 + 19)
    mask = st.mask()
    c.veil(mask, mix(c.pal.haze, c.pal.paper, 0.6), 0.55)
    c.lit(mask, c.pal.paper, 0, 14, 14, 0.8)


def puffs(c: Canvas, sun_x: float, y0: float, y1: float, count: int) -> None:
    """Clouds with round heads and flat feet."""
    st = c.stencil()
    for _ in range(count):
        x, y = beside(c, sun_x), c.rng.uniform(y0, y1)
        reach = c.rng.uniform(90, 190)
        for _ in range(8):
            off = c.rng.uniform(-1, 1)
            size = reach * (0.55 - 0.36 * abs(off)) * c.rng.uniform(0.75, 1.2)
            st.dome(x + off * reach, y, size, size * 1.15)
        st.pill(x - reach * 1.25, y - 12, x + reach * 1.25, y + 6)
    mask = st.mask()
    c.veil(mask, mix(c.pal.haze, c.pal.paper, 0.5), 0.8)
    c.lit(mask, c.pal.paper, 18, 34, 26, 0.9)
    c.lit(mask, mix(c.pal.sky, c.pal.far, 0.4), -10, -44, 26, 0.5)


def clouds(c: Canvas, sun_x: float, y0: float, y1: float) -> None:
    kind = c.rng.choice((bars, puffs))
    kind(c, sun_x, y0, y1, c.rng.randint(3, 5))


def rain(c: Canvas) -> None:
    st = c.stencil()
    for _ in range(230):
        x, y = c.rng.uniform(-60, 1660), c.rng.uniform(-60, HEIGHT)
        size = c.rng.uniform(30, 90)
        st.line([(x, y), (x - size * 0.28, y + size)], 1.4)
    c.veil(st.mask(), c.pal.paper, 0.3)


def mist(c: Canvas, y: float, thickness: float, strength: float = 0.6, colour: Colour | None = None) -> None:
    """A bank of fog, densest at height y."""
    upper, lower = c.ramp(y - thickness, y, 0, 255), c.ramp(y, y + thickness, 255, 0)
    c.veil(ImageChops.multiply(upper, lower), colour or c.pal.haze, strength)


def rolling(rng: random.Random, base: float, swell: float, waves: float = 2.0) -> list[Point]:
    """A smooth ridge across the sheet."""
    parts = [(swell / n, waves * n * rng.uniform(0.7, 1.3), rng.uniform(0, math.tau)) for n in (1, 2, 4)]
    return [
        (x, base - sum(a * math.sin(math.tau * f * x / WIDTH + p) for a, f, p in parts) * 0.6)
        for x in range(-20, WIDTH + 40, 10)
    ]


def peaks(rng: random.Random, base: float, height: float) -> list[Point]:
    """A jagged ridge across the sheet, by halving segments."""
    line = [(-20.0, base), (WIDTH * rng.uniform(0.25, 0.75), base - height), (WIDTH + 20.0, base)]
    spread = height * 0.5
    for _ in range(6):
        finer = [line[0]]
        for (x0, y0), (x1, y1) in itertools.pairwise(line):
            t = rng.uniform(0.4, 0.6)
            middle = y0 + (y1 - y0) * t + rng.uniform(-1, 1) * spread
            finer += [(x0 + (x1 - x0) * t, min(middle, base + 30)), (x1, y1)]
        line, spread = finer, spread * 0.52
    return line


def ground(
    c: Canvas,
    ridge: list[Point],
    top: Colour,
    bottom: Colour,
    glow: Colour,
    lean: float = 0,
    strength: float = 0.55,
) -> Image.Image:
    """Land below a ridge, with light raking over its edge."""
    st = c.stencil()
    st.poly([*ridge, (WIDTH + 40, HEIGHT + 10), (-40, HEIGHT + 10)])
    mask = st.mask()
    high = min(y for _, y in ridge)
    c.fill(mask, top, bottom, (high, high + 300))
    c.lit(mask, glow, lean, 40, 34, strength)
    return mask


def height_at(ridge: list[Point], x: float) -> float:
    return min(ridge, key=lambda point: abs(point[0] - x))[1]


def birds(c: Canvas, x: float, y: float, count: int) -> None:
    st = c.stencil()
    for _ in range(count):
        bx, by = x + c.rng.gauss(0, 90), y + c.rng.gauss(0, 34)
        s, tilt = c.rng.uniform(8, 17), c.rng.uniform(-0.3, 0.3)
        for side in (-1, 1):
            rise = s * (0.55 + side * tilt)
            tip, elbow = (bx + side * s * 1.5, by - rise * 0.6), (bx + side * s * 0.7, by - rise)
            st.poly([(bx, by), elbow, tip, (bx + side * s * 0.7, by - rise * 0.55), (bx, by + s * 0.22)])
    c.fill(st.mask(), mix(c.pal.ink, c.pal.mid, 0.2))


def water(c: Canvas, shore: float, tint: Colour, deep: Colour, shine_x: float, shine: Colour | None = None) -> None:
    """Mirror what stands above the shore line, then lay ripples over it."""
    k, (w, h) = c.scale, c.size
    top = round(shore * k)
    depth = h - top
    source = c.image.crop((0, max(0, top - depth), w, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    strip, y = max(2, round(4 * k)), 0
    while y < min(depth, source.height):
        sway = round(math.sin(y / k * 0.21) * (1 + y / k * 0.022) * 2.4 * k * c.rng.uniform(0.4, 1.6))
        row = source.crop((0, y, w, min(source.height, y + strip)))
        c.image.paste(ImageChops.offset(row, sway, 0), (0, top + y))
        y += strip
    st = c.stencil()
    st.box(0, shore, WIDTH, HEIGHT)
    body = st.mask()
    c.veil(ImageChops.multiply(body, c.ramp(shore, HEIGHT, 95, 235)), tint, 1)
    c.veil(ImageChops.multiply(body, c.ramp(shore + 60, HEIGHT, 0, 255)), deep, 0.6)
    _ripples(c, shore, shine_x, shine or mix(c.pal.sun, c.pal.paper, 0.3), deep)


def _ripples(c: Canvas, shore: float, shine_x: float, shine: Colour, deep: Colour) -> None:
    light, dark = c.stencil(), c.stencil()
    for _ in range(150):
        p = c.rng.random() ** 1.5
        y = shore + 4 + p * (HEIGHT - shore)
        half, thick = c.rng.uniform(12, 40) * (0.5 + p * 1.6), 1 + p * 4.5
        x = c.rng.gauss(shine_x, 34 + p * 100)
        light.pill(x - half, y, x + half, y + thick, c.rng.choice((120, 190, 240)))
        x = c.rng.uniform(0, WIDTH)
        dark.pill(x - half * 2, y, x + half * 2, y + thick, c.rng.choice((50, 90, 130)))
    c.veil(dark.mask(), deep, 0.7)
    c.veil(light.mask(), shine, 0.85)


def conifer(st: Stencil, rng: random.Random, x: float, foot: float, tall: float) -> None:
    """A ragged fir: one zigzag outline from tip to skirt and back."""
    half, tiers = tall * rng.uniform(0.17, 0.23), 7
    left, right = [], []
    for n in range(1, tiers + 1):
        y, out = foot - tall + tall * 0.94 * n / tiers, half * (n / tiers) ** 0.85
        for side, edge in ((-1, left), (1, right)):
            reach = out * rng.uniform(0.8, 1.12)
            edge += [(x + side * reach, y), (x + side * reach * 0.5, y - tall * 0.012)]
    st.poly([(x, foot - tall), *right, *reversed(left)])
    st.box(x - tall * 0.018, foot - tall * 0.1, x + tall * 0.018, foot + 6)


def broadleaf(st: Stencil, rng: random.Random, x: float, foot: float, tall: float) -> None:
    st.box(x - tall * 0.03, foot - tall * 0.5, x + tall * 0.03, foot + 5)
    for _ in range(7):
        r = tall * rng.uniform(0.15, 0.25)
        st.disc(x + rng.uniform(-0.2, 0.2) * tall, foot - tall * rng.uniform(0.45, 0.8), r)


def poplar(st: Stencil, rng: random.Random, x: float, foot: float, tall: float) -> None:
    lean = rng.uniform(-0.02, 0.02) * tall
    st.oval(x + lean, foot - tall * 0.55, tall * 0.11, tall * 0.45)
    st.box(x - tall * 0.015, foot - tall * 0.2, x + tall * 0.015, foot + 4)
