"""Scenes at sea: a working harbour and the open waves.

Ships and cranes are drawn from the foot upwards around a middle point, in the
units of the sheet, and may be mirrored to face the other way.
"""

import math
from collections.abc import Callable

from . import scenery as s
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .palettes import Colour, mix


def harbour(c: Canvas) -> None:
    """Gantry cranes on the quay and a container ship in the light."""
    rng, pal = c.rng, c.pal
    quay, x = rng.uniform(530, 640), s.thirds(c)
    s.sky(c, quay)
    s.sun(c, x, quay - rng.uniform(110, 330), rng.uniform(52, 92))
    s.clouds(c, x, 70, 300)
    far = s.rolling(rng, quay - 40, 46, 1.4)
    s.ground(c, far, mix(pal.far, pal.haze, 0.25), pal.haze, pal.paper, 20, 0.4)
    _sheds(c, quay)
    _cranes(c, quay, 0.62, pal.depth(0.34), rng.randint(2, 3))
    s.mist(c, quay - 20, 120, 0.45)
    _cranes(c, quay, 1.0, pal.depth(0.8), rng.randint(1, 3))
    _ship(c, rng.uniform(680, 940), quay + 22, rng.choice((-1, 1)) * rng.uniform(0.78, 1.12))
    s.water(c, quay + 22, pal.mid, pal.ink, x)
    if rng.random() < 0.6:
        _tug(c, rng.uniform(480, 1120), quay + 150)
    s.birds(c, 1600 - x, rng.uniform(170, 300), rng.randint(4, 9))
    if c.seed % 4 == 3:
        s.rain(c)


def _sheds(c: Canvas, quay: float) -> None:
    rng, st = c.rng, c.stencil()
    x = -30.0
    while x < WIDTH:
        w, h = rng.uniform(60, 150), rng.uniform(26, 78)
        kind = rng.randint(0, 3)
        if kind == 0:
            st.box(x, quay - h, x + w, quay)
        elif kind == 1:
            st.poly(
                [
                    (x, quay),
                    (x, quay - h),
                    (x + w / 2, quay - h - 24),
                    (x + w, quay - h),
                    (x + w, quay),
                ]
            )
        elif kind == 2:
            for n in range(3):
                st.box(x + n * 34, quay - h * 1.2, x + n * 34 + 28, quay)
                st.oval(x + n * 34 + 14, quay - h * 1.2, 14, 9)
        else:
            st.box(x + 20, quay - h * 2.4, x + 31, quay)
            st.box(x, quay - h * 0.7, x + w, quay)
        x += w + rng.uniform(-10, 40)
    mask = st.mask()
    tone = c.pal.depth(0.2)
    c.fill(mask, tone, mix(tone, c.pal.haze, 0.4), (quay - 110, quay))
    c.lit(mask, c.pal.haze, 8, 10, 8, 0.5)


def _cranes(c: Canvas, quay: float, size: float, tone: Colour, count: int) -> None:
    rng, st = c.rng, c.stencil()
    first, way = rng.uniform(330, 520), rng.choice((-1, 1))
    step = rng.uniform(250, 330) * (0.5 + size / 2)
    for n in range(count):
        _crane(st, first + n * step, quay, size * rng.uniform(0.92, 1.05), way, rng.random() < 0.35)
    if size == 1:
        st.box(-10, quay - 4, WIDTH + 10, quay + 24)
    mask = st.mask()
    c.fill(mask, tone, mix(tone, c.pal.ink, 0.4), (quay - 380 * size, quay))
    c.lit(mask, mix(tone, c.pal.sun, 0.5), 4, 3, 3, 0.4)


def _crane(st: Stencil, x: float, foot: float, k: float, way: int, raised: bool) -> None:
    def at(dx: float, dy: float) -> Point:
        return x + way * dx * k, foot - dy * k

    for leg in (0, 86):
        st.line([at(leg, 0), at(leg, 236)], 10 * k)
        st.line([at(leg - 9, 5), at(leg + 9, 5)], 9 * k)
    for height in (84, 232):
        st.line([at(0, height), at(86, height)], 9 * k)
    st.line([at(0, 84), at(86, 232)], 4.5 * k)
    apex, tip = at(70, 338), at(205, 390) if raised else at(300, 236)
    st.line([at(86, 232), apex, at(0, 232)], 7 * k)
    st.line([at(-92, 236), at(86, 236), tip], 11 * k)
    st.line([at(-84, 240), apex, tip], 2.6 * k)
    st.line([apex, at(140, 308) if raised else at(180, 240)], 2.6 * k)
    st.poly([at(-92, 262), at(-46, 262), at(-46, 234), at(-92, 234)])
    if not raised:
        st.poly([at(196, 234), at(222, 234), at(218, 212), at(200, 212)])
        st.line([at(209, 212), at(209, 150)], 2 * k)
        st.poly([at(184, 150), at(236, 150), at(236, 132), at(184, 132)])


def _ship(c: Canvas, middle: float, sea: float, heading: float) -> None:
    """A container ship 680 wide times heading; below 0 it points left."""
    pal, size = c.pal, abs(heading)

    def at(dx: float, dy: float) -> Point:
        return middle + heading * (dx - 340), sea - dy * size

    def block(st: Stencil, x0: float, y0: float, x1: float, y1: float) -> None:
        st.poly([at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1)])

    hull, stripe, house, panes = (c.stencil() for _ in range(4))
    hull.poly([at(14, 0), at(0, 66), at(560, 62), at(610, 88), at(684, 92), at(648, 0)])
    stripe.poly([at(14, 0), at(10, 15), at(652, 15), at(648, 0)])
    block(house, 44, 60, 112, 178)
    block(house, 32, 164, 124, 180)
    block(hull, 62, 178, 84, 216)
    house.line([at(100, 178), at(100, 222)], 3)
    for deck in (88, 114, 140):
        block(panes, 52, deck, 104, deck + 8)
    _stack(c, block)
    c.fill(house.mask(), pal.paper, mix(pal.paper, pal.far, 0.35), (sea - 180 * size, sea - 60 * size))
    c.fill(panes.mask(), pal.mid)
    mask = hull.mask()
    c.fill(mask, pal.ink)
    c.lit(mask, mix(pal.ink, pal.mid, 0.8), 6, 22, 16, 0.6)
    c.fill(stripe.mask(), pal.accent)


def _stack(c: Canvas, block: Callable[[Stencil, float, float, float, float], None]) -> None:
    """Containers on deck, tallest amidships."""
    rng, pal = c.rng, c.pal
    tones = (
        pal.accent,
        pal.mid,
        mix(pal.sun, pal.accent, 0.25),
        pal.paper,
        mix(pal.mid, pal.ink, 0.5),
    )
    sheets = [c.stencil() for _ in tones]
    for bay in range(7):
        x, rows = 134 + bay * 62, rng.randint(2, 5) - (bay == 6)
        for row in range(rows):
            block(rng.choice(sheets), x, 62 + row * 21, x + 57, 81 + row * 21)
    for tone, sheet in zip(tones, sheets, strict=True):
        mask = sheet.mask()
        c.fill(mask, tone)
        c.lit(mask, mix(tone, pal.ink, 0.5), 0, -8, 5, 0.4)


def _tug(c: Canvas, x: float, sea: float) -> None:
    pal = c.pal
    hull, cabin, red = (c.stencil() for _ in range(3))
    hull.poly([(x - 70, sea), (x - 82, sea - 26), (x + 40, sea - 26), (x + 92, sea - 42), (x + 74, sea)])
    hull.pill(x - 130, sea - 2, x + 150, sea + 6)
    cabin.box(x - 24, sea - 56, x + 34, sea - 24)
    cabin.box(x - 6, sea - 82, x + 28, sea - 54)
    red.box(x - 30, sea - 88, x - 14, sea - 54)
    red.box(x - 82, sea - 30, x + 44, sea - 25)
    c.fill(red.mask(), pal.accent)
    c.fill(cabin.mask(), pal.paper)
    c.fill(hull.mask(), pal.ink)


def waves(c: Canvas) -> None:
    """Rows of swell rolling in under a large sun, and one sail."""
    rng = c.rng
    horizon, x = rng.uniform(300, 460), s.thirds(c)
    s.sky(c, horizon + 30)
    s.sun(c, x, horizon - rng.uniform(-30, 130), rng.uniform(90, 150))
    s.clouds(c, x, 50, horizon - 130)
    rows, boat_row = rng.randint(6, 8), rng.randint(2, 3)
    boat_x = 1600 - x + rng.uniform(-80, 80)
    _offing(c, horizon)
    for n in range(rows):
        t = n / (rows - 1)
        base = horizon + 34 + (HEIGHT - horizon - 30) * t**1.25
        crest = _swell(c, base, t)
        if n == 1 and c.seed % 3 == 0:
            _lighthouse(c, 1600 - x, base)
            boat_x = 800 + (x - 800) * 0.4
        if n == boat_row:
            _sail(c, boat_x, base + 2, 0.75 + t)
        _roll(c, crest, t)
    s.birds(c, 1600 - x, horizon - 120, rng.randint(3, 7))
    if c.seed % 4 == 1:
        s.rain(c)


def _offing(c: Canvas, horizon: float) -> None:
    """The flat line of the sea, far out."""
    st, tone = c.stencil(), c.pal.depth(0.05)
    st.box(-10, horizon, WIDTH + 10, HEIGHT + 10)
    mask = st.mask()
    c.fill(mask, tone, mix(tone, c.pal.haze, 0.3), (horizon, horizon + 90))
    c.lit(mask, mix(tone, c.pal.paper, 0.6), 0, 14, 12, 0.5)


def _swell(c: Canvas, base: float, t: float) -> list[Point]:
    """A trochoid crest line: pointed tops, broad troughs."""
    rng = c.rng
    length, tall, phase = (
        (150 + 380 * t) * rng.uniform(0.8, 1.2),
        16 + 96 * t,
        rng.uniform(0, math.tau),
    )
    wobble = rng.uniform(0, math.tau)
    line = []
    for n in range(48 * math.ceil(WIDTH / length + 3)):
        a = n * math.tau / 48
        swell = 0.66 + 0.34 * math.sin(a * 0.37 + wobble)
        line.append(
            (
                (a + phase) / math.tau * length - 0.15 * length * math.sin(a) * swell - length,
                base - tall * swell * (0.5 + 0.5 * math.cos(a)) ** 1.35,
            )
        )
    return [p for p in line if -60 < p[0] < WIDTH + 60]


def _roll(c: Canvas, crest: list[Point], t: float) -> None:
    pal = c.pal
    tone = pal.depth(0.12 + 0.8 * t)
    st, lines = c.stencil(), c.stencil()
    st.poly([*crest, (WIDTH + 60, HEIGHT + 10), (-60, HEIGHT + 10)])
    mask = st.mask()
    high = min(y for _, y in crest)
    c.fill(mask, mix(tone, pal.haze, 0.25), mix(tone, pal.ink, 0.3), (high, high + 90 + 150 * t))
    c.lit(mask, mix(tone, pal.paper, 0.65), 16, 20 + 16 * t, 14 + 14 * t, 0.6)
    low = max(y for _, y in crest)
    for n, ink in ((0, 255), (1, 150), (2, 110), (3, 70)):
        drop = n * (7 + 15 * t)
        line = [(x + drop * 0.5, y + drop + (low - y) * 0.12 * n) for x, y in crest]
        lines.line(line, (1.6 + 4.2 * t) if n == 0 else (1 + 1.8 * t), ink)
    c.veil(lines.mask(), pal.paper, 0.85)


def _sail(c: Canvas, x: float, sea: float, k: float) -> None:
    pal = c.pal
    hull, main, jib = (c.stencil() for _ in range(3))
    hull.poly(
        [
            (x - 58 * k, sea - 14 * k),
            (x + 66 * k, sea - 18 * k),
            (x + 44 * k, sea + 14 * k),
            (x - 46 * k, sea + 14 * k),
        ]
    )
    hull.line([(x, sea - 10 * k), (x + 4 * k, sea - 164 * k)], 3.4 * k)
    main.poly(
        [
            (x + 7 * k, sea - 158 * k),
            (x + 30 * k, sea - 90 * k),
            (x + 62 * k, sea - 26 * k),
            (x + 5 * k, sea - 24 * k),
        ]
    )
    jib.poly(
        [
            (x - 1 * k, sea - 146 * k),
            (x - 26 * k, sea - 76 * k),
            (x - 54 * k, sea - 22 * k),
            (x - 3 * k, sea - 28 * k),
        ]
    )
    for sheet, tone in ((main, pal.paper), (jib, pal.accent)):
        mask = sheet.mask()
        c.fill(mask, tone)
        c.lit(mask, mix(tone, pal.mid, 0.6), -14 * k, -8 * k, 14 * k, 0.5)
    c.fill(hull.mask(), pal.ink)


def _lighthouse(c: Canvas, x: float, sea: float) -> None:
    pal = c.pal
    rock, tower, bands, lamp = (c.stencil() for _ in range(4))
    rock.poly(
        [
            (x - 150, sea + 20),
            (x - 96, sea - 22),
            (x - 30, sea - 44),
            (x + 44, sea - 40),
            (x + 90, sea - 16),
            (x + 170, sea + 20),
        ]
    )
    tower.poly([(x - 24, sea - 36), (x - 15, sea - 190), (x + 15, sea - 190), (x + 24, sea - 36)])
    for low in (70, 132):
        bands.poly(
            [
                (x - 22 + low * 0.055, sea - low),
                (x - 20 + low * 0.055, sea - low - 30),
                (x + 20 - low * 0.055, sea - low - 30),
                (x + 22 - low * 0.055, sea - low),
            ]
        )
    rock.box(x - 20, sea - 197, x + 20, sea - 189)
    rock.poly([(x - 15, sea - 218), (x, sea - 240), (x + 15, sea - 218)])
    lamp.box(x - 10, sea - 219, x + 10, sea - 196)
    mask = tower.mask()
    c.fill(mask, pal.paper)
    c.fill(bands.mask(), pal.accent)
    c.lit(mask, mix(pal.paper, pal.mid, 0.7), -14, 0, 12, 0.6)
    c.fill(lamp.mask(), pal.sun)
    c.fill(rock.mask(), pal.depth(0.75))
