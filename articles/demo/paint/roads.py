"""Lines that run to a vanishing point: furrows and railway tracks.

Nearness p goes from 0.0 at the horizon to 1.0 at the lower edge of the sheet;
widths grow in proportion to it, so the masts and sleepers keep perspective.
"""

import itertools
import math
from collections.abc import Callable

from . import scenery as s
from .canvas import HEIGHT, WIDTH, Canvas, Stencil
from .palettes import mix


def field(c: Canvas) -> None:
    """Rows of crops below a wide sky, with turbines, bales or a barn."""
    rng, pal = c.rng, c.pal
    horizon, x = rng.uniform(400, 540), s.thirds(c)
    s.sky(c, horizon + 20)
    s.sun(c, x, horizon - rng.uniform(10, 240), rng.uniform(60, 115))
    s.puffs(c, x, 90, horizon - 130, rng.randint(3, 6))
    tone = pal.depth(0.15)
    ridge = s.rolling(rng, horizon - 12, 38, 1.5)
    s.ground(c, ridge, tone, mix(tone, pal.haze, 0.5), mix(tone, pal.sun, 0.6), 20)
    kind = c.seed % 3
    if kind == 0:
        _turbines(c, horizon)
    _hedge(c, horizon)
    _furrows(c, horizon, x if rng.random() < 0.5 else rng.uniform(650, 950))
    if kind == 1:
        _bales(c, horizon)
    if kind != 0:
        _barn(c, min(1600 - x, 1000), horizon + 10)
    s.birds(c, 1600 - x, horizon - 190, rng.randint(4, 10))


def _furrows(c: Canvas, horizon: float, vx: float) -> None:
    rng, pal = c.rng, c.pal
    crop = mix(pal.depth(0.45), pal.accent, 0.08)
    plain, dark, light = (c.stencil() for _ in range(3))
    plain.box(-10, horizon, WIDTH + 10, HEIGHT + 10)
    steps, bend = [n / 26 for n in range(27)], rng.uniform(-260, 260)

    def edge(k: float) -> list[tuple[float, float]]:
        return [
            (
                vx + k * (16 + 170 * p**1.5) + bend * p * (1 - p),
                horizon + (HEIGHT + 8 - horizon) * p**1.5,
            )
            for p in steps
        ]

    for k in range(-50, 50):
        dark.poly(edge(k) + edge(k + 0.5)[::-1])
        light.poly(edge(k + 0.5) + edge(k + 0.68)[::-1])
    c.fill(plain.mask(), mix(crop, pal.haze, 0.55), crop, (horizon, HEIGHT - 120))
    mask = dark.mask()
    c.fill(mask, mix(crop, pal.haze, 0.3), mix(crop, pal.ink, 0.55), (horizon, HEIGHT - 60))
    c.lit(mask, mix(crop, pal.sun, 0.3), 10, 5, 9, 0.55)
    c.veil(light.mask(), mix(crop, mix(pal.sun, pal.paper, 0.5), 0.7), 0.5)
    s.mist(c, horizon, 60, 0.5)


def _hedge(c: Canvas, horizon: float) -> None:
    rng, st = c.rng, c.stencil()
    kind = rng.choice((s.poplar, s.broadleaf, s.broadleaf))
    for _ in range(rng.randint(3, 5)):
        middle = rng.uniform(0, 1600)
        for _ in range(rng.randint(4, 10)):
            kind(st, rng, middle + rng.gauss(0, 80), horizon + 8, rng.uniform(46, 118))
    mask, tone = st.mask(), c.pal.depth(0.62)
    c.fill(mask, tone)
    c.lit(mask, mix(tone, c.pal.sun, 0.5), 9, 12, 10, 0.6)


def _turbines(c: Canvas, horizon: float) -> None:
    rng, st = c.rng, c.stencil()
    for n in range(rng.randint(3, 5)):
        x, k = 420 + n * 190 + rng.uniform(-50, 50), rng.uniform(0.7, 1.35)
        hub, turn = horizon - 190 * k, rng.uniform(0, 2)
        st.poly([(x - 5 * k, horizon + 9), (x - 2 * k, hub), (x + 2 * k, hub), (x + 5 * k, horizon + 9)])
        st.disc(x, hub, 5 * k)
        for blade in range(3):
            a = turn + blade * math.tau / 3
            tip = (x + math.cos(a) * 92 * k, hub + math.sin(a) * 92 * k)
            side = (x + math.cos(a + 0.3) * 22 * k, hub + math.sin(a + 0.3) * 22 * k)
            st.poly([(x, hub), side, tip])
    mask = st.mask()
    c.fill(mask, c.pal.depth(0.72))
    c.lit(mask, c.pal.paper, 3, 2, 3, 0.5)


def _bales(c: Canvas, horizon: float) -> None:
    rng, pal = c.rng, c.pal
    shade, round_, swirl = (c.stencil() for _ in range(3))
    for _ in range(rng.randint(4, 7)):
        p = rng.uniform(0.12, 0.85)
        x, y, r = rng.uniform(250, 1350), horizon + (HEIGHT - horizon) * p, 14 + 66 * p
        shade.oval(x + r * 0.5, y, r * 1.7, r * 0.2, 170)
        round_.pill(x - r, y - r * 1.8, x + r * 1.6, y)
        swirl.oval(x - r * 0.2, y - r * 0.9, r * 0.78, r * 0.88, 120)
        for k, ink in ((0.68, 0), (0.54, 120), (0.42, 0), (0.28, 120)):
            swirl.oval(x - r * 0.2, y - r * 0.9, r * k, r * (k + 0.08), ink)
    c.veil(shade.mask(), pal.ink, 0.7)
    mask, tone = round_.mask(), mix(mix(pal.sun, pal.paper, 0.7), pal.mid, 0.35)
    c.fill(mask, tone)
    c.lit(mask, mix(tone, pal.paper, 0.6), 12, 20, 16, 0.6)
    c.veil(swirl.mask(), pal.ink, 0.55)


def _barn(c: Canvas, x: float, foot: float) -> None:
    pal = c.pal
    wall, roof, door, silo = (c.stencil() for _ in range(4))
    wall.poly([(x - 70, foot), (x - 70, foot - 62), (x, foot - 112), (x + 70, foot - 62), (x + 70, foot)])
    wall.box(x + 60, foot - 64, x + 230, foot)
    roof.poly([(x, foot - 118), (x + 170, foot - 118), (x + 240, foot - 58), (x + 76, foot - 58)])
    roof.line([(x - 78, foot - 57), (x, foot - 115), (x + 78, foot - 57)], 8)
    door.box(x - 22, foot - 46, x + 22, foot)
    door.box(x - 9, foot - 84, x + 9, foot - 66)
    for left in (100, 142, 184):
        door.box(x + left, foot - 40, x + left + 18, foot - 20)
    silo.box(x - 128, foot - 128, x - 88, foot)
    silo.oval(x - 108, foot - 128, 20, 20)
    for sheet, tone in (
        (silo, mix(pal.far, pal.paper, 0.4)),
        (wall, pal.accent),
        (roof, mix(pal.ink, pal.mid, 0.3)),
    ):
        mask = sheet.mask()
        c.fill(mask, tone)
        c.lit(mask, mix(tone, pal.ink, 0.45), -20, -16, 22, 0.5)
    c.fill(door.mask(), pal.paper)


def rails(c: Canvas) -> None:
    """Tracks to the horizon, overhead wires, signals, perhaps a train."""
    rng, pal = c.rng, c.pal
    horizon, vx = rng.uniform(430, 530), s.thirds(c)
    s.sky(c, horizon + 20)
    s.sun(c, vx + rng.uniform(-90, 90), horizon - rng.uniform(10, 160), rng.uniform(70, 125))
    s.clouds(c, vx, 70, horizon - 140)
    for t in (0.0, 0.28):
        ridge = s.rolling(rng, horizon - 44 + 120 * t, 80 - 150 * t, 1.4)
        tone = pal.depth(t + 0.05)
        s.ground(c, ridge, tone, mix(tone, pal.haze, 0.5), mix(tone, pal.sun, 0.6), 20)
    _verge(c, horizon)
    tracks = rng.choice(((0.0,), (-0.5, 0.5), (-0.5, 0.5), (-1.0, 0.0, 1.0)))
    foot, bend = rng.uniform(620, 980), rng.choice((-1, 0, 1)) * rng.uniform(150, 320)

    def at(k: float, p: float) -> tuple[float, float]:
        """Point k track widths off the centre line at nearness p."""
        middle = vx + (foot - vx) * p + bend * p * (1 - p) ** 2
        return middle + k * (7 + 640 * p), horizon + (HEIGHT + 20 - horizon) * p

    _bed(c, at, tracks, horizon)
    _masts(c, at, tracks[-1] + 0.72, tracks[0] - 0.72)
    if rng.random() < 0.7:
        _train(c, at, rng.choice(tracks))
    s.birds(c, 1600 - vx, 190, rng.randint(3, 7))


def _verge(c: Canvas, horizon: float) -> None:
    rng, pal = c.rng, c.pal
    st, trees = c.stencil(), c.stencil()
    st.box(-10, horizon, WIDTH + 10, HEIGHT + 10)
    for _ in range(30):
        x = rng.choice((rng.gauss(150, 190), rng.gauss(1450, 190)))
        rng.choice((s.broadleaf, s.conifer))(trees, rng, x, horizon + 10, rng.uniform(50, 130))
    tone = pal.depth(0.5)
    mask = trees.mask()
    c.fill(mask, pal.depth(0.55))
    c.lit(mask, mix(tone, pal.sun, 0.5), 8, 12, 10, 0.6)
    mask = st.mask()
    c.fill(mask, mix(tone, pal.haze, 0.55), mix(tone, pal.ink, 0.55), (horizon, HEIGHT))
    c.stipple(mask, mix(tone, pal.ink, 0.8), c.ramp(horizon, HEIGHT, 0, 120))
    s.mist(c, horizon, 70, 0.5)


def _bed(c: Canvas, at: Callable, tracks: tuple[float, ...], horizon: float) -> None:
    pal = c.pal
    gravel, ties, iron, gleam = (c.stencil() for _ in range(4))
    steps = [(n / 40) ** 2 for n in range(41)]
    left, right = tracks[0] - 0.52, tracks[-1] + 0.52
    gravel.poly([at(left, p) for p in steps] + [at(right, p) for p in reversed(steps)])
    for k in tracks:
        for n in range(70):
            p, q = 1 / (0.95 + n * 0.24), 1 / (0.95 + n * 0.24 + 0.1)
            ties.poly([at(k - 0.37, p), at(k + 0.37, p), at(k + 0.37, q), at(k - 0.37, q)])
        for rail in (k - 0.25, k + 0.25):
            for sheet, half, shift in ((iron, 0.02, 0), (gleam, 0.009, -0.004)):
                sheet.poly(
                    [at(rail + shift - half, p) for p in steps] + [at(rail + shift + half, p) for p in reversed(steps)]
                )
    mask, stone = gravel.mask(), mix(pal.far, pal.mid, 0.5)
    c.fill(mask, mix(stone, pal.haze, 0.5), mix(stone, pal.ink, 0.4), (horizon, HEIGHT))
    c.stipple(mask, mix(stone, pal.paper, 0.4), c.ramp(horizon, HEIGHT, 40, 70))
    c.fill(ties.mask(), mix(pal.mid, pal.haze, 0.45), pal.ink, (horizon, HEIGHT - 200))
    c.fill(iron.mask(), mix(pal.ink, pal.mid, 0.2))
    c.fill(gleam.mask(), mix(pal.sun, pal.paper, 0.4))


def _train(c: Canvas, at: Callable, k: float) -> None:
    rng, pal = c.rng, c.pal
    p = rng.uniform(0.13, 0.3)
    (x, foot), u = at(k, p), 7 + 640 * p
    body, nose, glass, lamps = (c.stencil() for _ in range(4))
    for n in range(40):
        q = p * (1 - n / 60)
        (bx, by), v = at(k, q), 7 + 640 * q
        body.box(bx - v * 0.33, by - v * 0.95, bx + v * 0.33, by - v * 0.04)
    nose.poly(
        [
            (x - u * 0.36, foot - u * 0.06),
            (x - u * 0.36, foot - u * 0.62),
            (x - u * 0.25, foot - u),
            (x + u * 0.25, foot - u),
            (x + u * 0.36, foot - u * 0.62),
            (x + u * 0.36, foot - u * 0.06),
        ]
    )
    glass.poly(
        [
            (x - u * 0.29, foot - u * 0.58),
            (x - u * 0.21, foot - u * 0.88),
            (x + u * 0.21, foot - u * 0.88),
            (x + u * 0.29, foot - u * 0.58),
        ]
    )
    glass.box(x - u * 0.36, foot - u * 0.14, x + u * 0.36, foot - u * 0.02)
    for dx in (-0.24, 0.24):
        lamps.disc(x + dx * u, foot - u * 0.34, u * 0.05)
    c.fill(body.mask(), mix(pal.ink, pal.mid, 0.35))
    mask = nose.mask()
    c.fill(mask, pal.accent)
    c.lit(mask, mix(pal.accent, pal.paper, 0.5), u * 0.1, u * 0.12, u * 0.1, 0.5)
    c.fill(glass.mask(), pal.ink)
    c.veil(c.glow(x, foot - u * 0.34, u * 0.8, u * 0.5), pal.paper, 0.4)
    c.fill(lamps.mask(), pal.paper)


def _masts(c: Canvas, at: Callable, right: float, left: float) -> None:
    """Catenary masts that shrink towards the horizon, wires between them."""
    st = c.stencil()
    sides = ((right, -1), (left, 1)) if c.rng.random() < 0.6 else ((right, -1),)
    for k, way in sides:
        heads = []
        for z in (0.8, 1.35, 2.2, 3.4, 5, 7.4, 11, 17):
            (x, foot), u = at(k, 1 / z), 640 / z
            if z > 1:
                _mast(st, x, foot, u, way)
            heads.append((x + way * u * 0.34, foot - u * 1.32, u))
        for (x0, y0, u), (x1, y1, _) in itertools.pairwise(heads):
            wire = [
                (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + u * 0.16 * t * (1 - t)) for t in (n / 12 for n in range(13))
            ]
            st.line(wire, max(1.2, u * 0.007))
    c.fill(st.mask(), mix(c.pal.ink, c.pal.mid, 0.12))


def _mast(st: Stencil, x: float, foot: float, u: float, way: int) -> None:
    st.poly(
        [
            (x - u * 0.024, foot),
            (x - u * 0.016, foot - u * 1.6),
            (x + u * 0.016, foot - u * 1.6),
            (x + u * 0.024, foot),
        ]
    )
    st.line([(x, foot - u * 1.46), (x + way * u * 0.42, foot - u * 1.46)], max(1.2, u * 0.018))
    st.line([(x, foot - u * 1.58), (x + way * u * 0.38, foot - u * 1.46)], max(1.0, u * 0.009))
    st.line(
        [(x + way * u * 0.34, foot - u * 1.46), (x + way * u * 0.34, foot - u * 1.32)],
        max(1.0, u * 0.012),
    )
