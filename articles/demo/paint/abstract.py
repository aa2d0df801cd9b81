"""Shapes without a subject: tiles, stacked arches, and orbits.

All three layouts share one set of six tones mixed from the palette, and print
every shape flat before a grain of shadow gives it some roundness.
"""

import math
import random
from collections.abc import Callable

from .canvas import HEIGHT, WIDTH, Canvas, Stencil
from .palettes import Colour, mix


def abstract(c: Canvas) -> None:
    """A mid-century poster; the seed picks one of three layouts."""
    pal = c.pal
    c.fill(None, pal.paper, mix(pal.paper, pal.haze, 0.8))
    (_tiles, _arches, _orbits)[c.seed % 3](c)


def _tones(c: Canvas) -> list[Colour]:
    pal = c.pal
    return [
        pal.mid,
        pal.ink,
        pal.accent,
        mix(pal.sky, pal.far, 0.4),
        mix(pal.haze, pal.sky, 0.3),
        mix(pal.accent, pal.haze, 0.55),
    ]


def _tiles(c: Canvas) -> None:
    """Quarter circles, halves and dots on a grid of squares."""
    rng, tones = c.rng, _tones(c)
    side = rng.choice((150, 180, 225))
    margin = (math.ceil(WIDTH / side) * side - WIDTH) / 2
    grounds, shapes = [c.stencil() for _ in tones], [c.stencil() for _ in tones]
    for row in range(math.ceil(HEIGHT / side)):
        for column in range(math.ceil(WIDTH / side)):
            x, y = column * side - margin, row * side
            under, over = rng.sample(range(len(tones)), 2)
            if rng.random() < 0.75:
                grounds[under].box(x, y, x + side, y + side)
            _glyph(shapes[over], rng, x, y, side)
    for sheets, strength in ((grounds, 0.28), (shapes, 0.5)):
        for sheet, tone in zip(sheets, tones, strict=True):
            mask = sheet.mask()
            c.fill(mask, tone)
            c.lit(mask, mix(tone, c.pal.ink, 0.55), -36, -36, 34, strength)


def _glyph(st: Stencil, rng: random.Random, x: float, y: float, side: float) -> None:
    kind, corner = rng.randint(0, 5), (rng.choice((0, 1)), rng.choice((0, 1)))
    cx, cy = x + corner[0] * side, y + corner[1] * side
    box = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    if kind <= 2:
        inner = rng.choice((0, 0, 0.5))
        sweep = [n * math.pi / 48 for n in range(25)]
        sx, sy = (-1 if corner[0] else 1), (-1 if corner[1] else 1)
        outline = [(cx + sx * side * math.cos(a), cy + sy * side * math.sin(a)) for a in sweep]
        hollow = [(cx + sx * side * inner * math.cos(a), cy + sy * side * inner * math.sin(a)) for a in reversed(sweep)]
        st.poly(outline + hollow)
    elif kind == 3:
        st.disc(x + side / 2, y + side / 2, side * rng.choice((0.2, 0.34, 0.5)))
    elif kind == 4:
        st.poly([p for n, p in enumerate(box) if n != corner[0] * 2 + corner[1]])
    else:
        for n in range(4):
            st.box(x, y + (n + 0.25) * side / 4, x + side, y + (n + 0.75) * side / 4)


def _arches(c: Canvas) -> None:
    """Rainbows of arches standing before a large sun."""
    rng, pal, tones = c.rng, c.pal, _tones(c)
    sun_x = rng.choice((533, 1067)) + rng.uniform(-60, 60)
    _form(c, lambda st: st.disc(sun_x, rng.uniform(240, 360), rng.uniform(130, 200)), pal.accent)
    places = [x + rng.uniform(-90, 90) for x in (110, 455, 800, 1145, 1490)]
    rng.shuffle(places)
    for n, x in enumerate(places):
        foot, radius = HEIGHT + 20, rng.uniform(180, 300)
        spring = rng.uniform(600, 830)
        rings, start = rng.randint(3, 5), n + rng.randint(0, 3)
        for ring in range(rings):
            r = radius * (1 - ring / rings)

            def arch(st: Stencil, x=x, r=r, spring=spring, foot=foot) -> None:
                st.disc(x, spring, r)
                st.box(x - r, spring, x + r, foot)

            _form(c, arch, tones[(start + ring) % len(tones)])


def _orbits(c: Canvas) -> None:
    """Large overlapping discs, a cut half-moon, fine arcs and a few dots."""
    rng, pal, tones = c.rng, c.pal, _tones(c)
    x, y = rng.uniform(600, 1000), rng.uniform(400, 520)
    turn = rng.uniform(0, math.tau)
    for n in range(7):
        r = rng.uniform(270, 330) if n == 0 else rng.uniform(70, 230)
        angle, away = turn + n * 2.4, 0 if n == 0 else rng.uniform(200, 400)
        dx, dy = away * 1.5 * math.cos(angle), away * 0.8 * math.sin(angle)
        cut = n > 0 and rng.random() < 0.4

        def orb(st: Stencil, px=x + dx, py=y + dy, r=r, cut=cut) -> None:
            st.disc(px, py, r)
            if cut:
                st.box(px - r, py, px + r, py + r, 0)

        _form(c, orb, tones[(n + c.seed) % len(tones)])
    st, fine = c.stencil(), c.stencil()
    for n in range(9):
        r = 140 + n * 46
        arc = [(x + r * math.cos(a / 40), y + r * math.sin(a / 40)) for a in range(-150, -20)]
        fine.line(arc, 2)
    for _ in range(6):
        st.disc(rng.uniform(300, 1300), rng.uniform(80, 820), rng.uniform(8, 26))
    c.veil(fine.mask(), pal.ink, 0.6)
    c.fill(st.mask(), pal.ink)


def _form(c: Canvas, draw: Callable[[Stencil], None], tone: Colour) -> None:
    st = c.stencil()
    draw(st)
    mask = st.mask()
    c.fill(mask, tone)
    c.lit(mask, mix(tone, c.pal.ink, 0.5), -40, -50, 60, 0.5)
    c.lit(mask, mix(tone, c.pal.paper, 0.5), 26, 30, 40, 0.4)
