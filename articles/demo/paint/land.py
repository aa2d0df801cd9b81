"""Open country: rolling hills, a clear night, and the forest.

Each scene prints its ridges from the haze at the back to the dark foreground,
setting farms, houses and trees on a ridge before the next one covers its foot.
"""

import math

from PIL import ImageChops, ImageFilter

from . import scenery as s
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .palettes import Colour, mix


def hills(c: Canvas) -> None:
    """Ridges in the haze, with trees, a lane and a farm."""
    rng, pal = c.rng, c.pal
    horizon, x = rng.uniform(390, 500), s.thirds(c)
    lean = 26 if x < 800 else -26
    s.sky(c, horizon + 60)
    s.sun(c, x, horizon - rng.uniform(40, 230), rng.uniform(44, 88))
    s.clouds(c, x, 70, horizon - 170)
    if rng.random() < 0.6:
        peaks = s.peaks(rng, horizon + 40, rng.uniform(150, 260))
        s.ground(c, peaks, mix(pal.far, pal.sky, 0.35), pal.haze, pal.paper, lean * 2, 0.5)
    layers = rng.randint(4, 6)
    depths = [n / (layers - 1) for n in range(layers)]
    bases = [horizon + 30 + (HEIGHT - 90 - horizon) * t**1.15 for t in depths]
    ridges = [s.rolling(rng, base, 46 + 34 * t, rng.uniform(0.8, 1.6)) for base, t in zip(bases, depths, strict=True)]
    for n, (t, ridge) in enumerate(zip(depths, ridges, strict=True)):
        tone = pal.depth(0.1 + 0.75 * t)
        s.ground(
            c,
            ridge,
            tone,
            mix(tone, pal.haze, 0.34 - 0.3 * t),
            mix(tone, pal.sun, 0.62 - 0.3 * t),
            lean,
        )
        if n >= layers - 2 and rng.random() < 0.7:
            _terraces(c, ridge, tone)
        if n == layers - 3:
            _farm(c, ridge, _open_slope(ridge, ridges[n + 1 :]), tone)
        elif n:
            _copse(c, ridge, t, tone)
    s.birds(c, 1600 - x, horizon - 150, rng.randint(3, 8))


def _open_slope(ridge: list[Point], nearer: list[list[Point]]) -> float:
    """Where a farm on this ridge is hidden least by the nearer ones."""

    def exposure(x: float) -> float:
        return min(s.height_at(other, x) for other in nearer) - s.height_at(ridge, x)

    return max(range(420, 1010, 10), key=lambda x: min(exposure(x), exposure(x + 160)))


def _terraces(c: Canvas, ridge: list[Point], tone: Colour) -> None:
    """Planted rows that follow the slope between two edges."""
    st, start = c.stencil(), c.rng.choice((-20, 500, 900)) + c.rng.uniform(-80, 80)
    wide, slant = c.rng.uniform(380, 700), c.rng.choice((-1, 1)) * c.rng.uniform(10, 26)
    for n in range(1, 9):
        drop, shift = 12 * n + n * n * 1.3, n * slant
        row = [(x, y + drop) for x, y in ridge if start + shift < x < start + shift + wide]
        if len(row) > 1:
            st.line(row, 2.5 + n * 0.8)
    mask = st.mask()
    c.fill(mask, mix(tone, c.pal.ink, 0.4))
    c.lit(mask, mix(tone, c.pal.sun, 0.4), 0, 3, 4, 0.5)


def _copse(c: Canvas, ridge: list[Point], t: float, tone: Colour) -> None:
    rng, st = c.rng, c.stencil()
    kind = rng.choice((s.poplar, s.broadleaf, s.conifer))
    for _ in range(rng.randint(1, 3)):
        middle = rng.uniform(60, 1540)
        for _ in range(rng.randint(2, 7)):
            x = middle + rng.gauss(0, 50 + 40 * t)
            kind(st, rng, x, s.height_at(ridge, x) + 8, rng.uniform(50, 95) * (0.5 + t))
    mask = st.mask()
    c.fill(mask, mix(tone, c.pal.ink, 0.45))
    c.lit(mask, mix(tone, c.pal.sun, 0.35), 9, 9, 9, 0.6)


def _farm(c: Canvas, ridge: list[Point], x: float, tone: Colour) -> None:
    rng, pal = c.rng, c.pal
    walls, roofs, trees, panes = (c.stencil() for _ in range(4))
    for n in range(rng.randint(1, 3)):
        w, h = rng.uniform(46, 74), rng.uniform(28, 38)
        left, foot = x + n * 78, s.height_at(ridge, x + n * 78 + 30) + 12
        walls.box(left, foot - h, left + w, foot)
        roofs.poly(
            [
                (left - 6, foot - h),
                (left + w * 0.28, foot - h * 1.8),
                (left + w * 0.82, foot - h * 1.8),
                (left + w + 6, foot - h),
            ]
        )
        for pane in (0.2, 0.6):
            panes.box(left + w * pane, foot - h * 0.68, left + w * (pane + 0.16), foot - h * 0.3)
    for _ in range(rng.randint(3, 6)):
        tx = x + rng.choice((-1, 1)) * rng.uniform(20, 160) - 10
        s.poplar(trees, rng, tx, s.height_at(ridge, tx) + 8, rng.uniform(70, 120))
    c.fill(trees.mask(), mix(tone, pal.ink, 0.6))
    c.fill(walls.mask(), pal.paper)
    c.fill(roofs.mask(), pal.accent)
    c.fill(panes.mask(), mix(pal.ink, pal.mid, 0.3))


def night(c: Canvas) -> None:
    """Stars over a mountain valley; a lake, a village or a lonely cabin."""
    rng, pal = c.rng, c.pal
    horizon, x = rng.uniform(540, 640), s.thirds(c)
    place = c.seed % 3
    s.sky(c, horizon + 60)
    _milky_way(c, 1600 - x)
    _stars(c, horizon)
    _moon(c, x, rng.uniform(150, 290), rng.uniform(48, 84))
    lean = 40 if x < 800 else -40
    far = s.peaks(rng, horizon, rng.uniform(130, 230))
    s.ground(c, far, pal.far, mix(pal.far, pal.haze, 0.6), mix(pal.haze, pal.sun, 0.55), lean, 0.55)
    near = s.rolling(rng, horizon + 10, 34, 1.6)
    s.ground(c, near, pal.mid, mix(pal.mid, pal.far, 0.3), pal.far, lean)
    s.mist(c, horizon + 10, 70, 0.4)
    if place == 0:
        s.water(c, horizon + 34, pal.mid, pal.ink, x)
    elif place == 1:
        _village(c, horizon)
    shore = s.rolling(rng, HEIGHT - rng.uniform(70, 110), 42, 0.9)
    s.ground(c, shore, mix(pal.ink, pal.mid, 0.25), pal.ink, pal.mid, lean, 0.4)
    if place != 1:
        _cabin(c, 1600 - x, s.height_at(shore, 1600 - x))
    _firs(c, shore, x)


def _milky_way(c: Canvas, x: float) -> None:
    st = c.stencil()
    tilt = c.rng.choice((-1, 1)) * c.rng.uniform(260, 420)
    st.poly([(x - tilt - 70, -20), (x - tilt + 130, -20), (x + tilt + 90, 760), (x + tilt - 110, 760)])
    band = st.mask().reduce(8).filter(ImageFilter.GaussianBlur(9 * c.scale)).resize(c.size)
    c.veil(band, c.pal.haze, 0.35)
    c.stipple(None, mix(c.pal.haze, c.pal.paper, 0.5), band.point([round(v * 0.3) for v in range(256)]))


def _stars(c: Canvas, horizon: float) -> None:
    st = c.stencil()
    for _ in range(420):
        x, y = c.rng.uniform(0, WIDTH), c.rng.random() ** 1.3 * horizon
        st.disc(x, y, c.rng.choice((0.7, 0.8, 1, 1, 1.3, 2)), c.rng.randint(110, 255))
    for _ in range(9):
        x, y, r = c.rng.uniform(40, 1560), c.rng.uniform(30, horizon * 0.7), c.rng.uniform(7, 13)
        st.poly([(x, y - r), (x + r * 0.16, y), (x, y + r), (x - r * 0.16, y)])
        st.poly([(x - r, y), (x, y - r * 0.16), (x + r, y), (x, y + r * 0.16)])
    c.fill(st.mask(), c.pal.paper)


def _moon(c: Canvas, x: float, y: float, r: float) -> None:
    pal, st = c.pal, c.stencil()
    c.veil(c.glow(x, y, r * 6, r * 6), pal.haze, 0.75)
    c.stipple(None, mix(pal.haze, pal.sun, 0.5), c.glow(x, y, r * 3.4, r * 3.4, 170))
    st.disc(x, y, r)
    if c.rng.random() < 0.45:
        side = c.rng.choice((-1, 1))
        st.disc(x + side * r * 0.42, y - r * 0.12, r * 0.86, 0)
    mask = st.mask()
    c.fill(mask, pal.sun)
    c.lit(mask, mix(pal.sun, pal.far, 0.45), -r * 0.5, -r * 0.5, r * 0.5, 0.45)


def _firs(c: Canvas, ridge: list[Point], x: float) -> None:
    rng, st = c.rng, c.stencil()
    for _ in range(rng.randint(9, 16)):
        tx = rng.choice((rng.gauss(x, 130), rng.uniform(-20, 300), rng.uniform(1300, 1620)))
        s.conifer(st, rng, tx, s.height_at(ridge, tx) + 14, rng.uniform(110, 290))
    mask = st.mask()
    c.fill(mask, c.pal.ink)
    c.lit(mask, mix(c.pal.ink, c.pal.far, 0.5), 8, 12, 10, 0.45)


def _cabin(c: Canvas, x: float, foot: float) -> None:
    pal = c.pal
    wall, roof, pane = (c.stencil() for _ in range(3))
    wall.box(x - 62, foot - 62, x + 62, foot + 14)
    wall.poly([(x - 62, foot - 60), (x, foot - 122), (x + 62, foot - 60)])
    roof.line([(x - 84, foot - 44), (x, foot - 128), (x + 84, foot - 44)], 13)
    roof.box(x + 32, foot - 138, x + 48, foot - 84)
    for left in (-38, 12):
        pane.box(x + left, foot - 44, x + left + 11, foot - 14)
        pane.box(x + left + 14, foot - 44, x + left + 25, foot - 14)
    c.fill(wall.mask(), mix(pal.ink, pal.mid, 0.55))
    c.fill(roof.mask(), mix(pal.ink, pal.mid, 0.12))
    c.veil(c.glow(x, foot - 20, 260, 170), pal.accent, 0.5)
    c.fill(pane.mask(), mix(pal.accent, pal.paper, 0.35))


def _village(c: Canvas, horizon: float) -> None:
    """Three rows of houses on the valley floor around a church."""
    pal, middle = c.pal, c.rng.uniform(640, 960)
    c.veil(c.glow(middle, horizon + 80, 620, 190), pal.accent, 0.5)
    for row in range(3):
        t = row / 2
        tone = mix(pal.mid, pal.ink, 0.3 + 0.6 * t)
        ridge = s.rolling(c.rng, horizon + 78 + 74 * t, 22, 1.1)
        _houses(c, ridge, middle, t, tone)
        s.ground(c, ridge, tone, mix(tone, pal.ink, 0.3), mix(tone, pal.far, 0.6), 0, 0.4)


def _houses(c: Canvas, ridge: list[Point], middle: float, t: float, tone: Colour) -> None:
    rng, walls, panes = c.rng, c.stencil(), c.stencil()
    x, reach, church = middle - 330, 330, middle + rng.uniform(-60, 60)
    while x < middle + reach:
        y, w, h = (
            s.height_at(ridge, x) + 8,
            rng.uniform(36, 62) * (0.75 + 0.4 * t),
            rng.uniform(26, 46),
        )
        walls.poly(
            [
                (x, y + 12),
                (x, y - h),
                (x + w / 2, y - h - w * 0.42),
                (x + w, y - h),
                (x + w, y + 12),
            ]
        )
        for dx in (0.2, 0.58):
            if rng.random() < 0.7:
                panes.box(x + dx * w, y - h * 0.85, x + (dx + 0.2) * w, y - h * 0.45)
        x += w + rng.choice((-4, 2, 10, 34, 60))
    if t == 0.5:
        y = s.height_at(ridge, church)
        walls.box(church - 17, y - 120, church + 17, y + 12)
        walls.poly([(church - 21, y - 118), (church, y - 215), (church + 21, y - 118)])
        panes.box(church - 4, y - 104, church + 4, y - 80)
    mask = walls.mask()
    c.fill(mask, mix(tone, c.pal.ink, 0.45))
    c.lit(mask, mix(tone, c.pal.far, 0.6), 4, 8, 5, 0.5)
    c.fill(panes.mask(), mix(c.pal.accent, c.pal.paper, 0.25))


def forest(c: Canvas) -> None:
    """Fog among tall trunks, firs on the slopes, or firs around a lake."""
    if c.seed % 3 == 0:
        _trunks(c)
    else:
        _slopes(c, lake=c.seed % 3 == 2)


def _slopes(c: Canvas, lake: bool) -> None:
    rng, pal = c.rng, c.pal
    horizon, x = rng.uniform(250, 360), s.thirds(c)
    s.sky(c, horizon + 200)
    s.sun(c, x, horizon - rng.uniform(20, 100), rng.uniform(50, 95))
    layers = rng.randint(5, 6)
    for n in range(layers):
        t = n / (layers - 1)
        base = horizon + 70 + ((540 if lake else HEIGHT + 20) - horizon) * t**1.2 * 0.9
        ridge = s.rolling(rng, base, 60 + 60 * t * (not lake), rng.uniform(0.6, 1.2))
        st, tone = c.stencil(), pal.depth(0.06 + 0.9 * t)
        tx = -30.0
        while tx < WIDTH + 30:
            tall = (46 + (60 if lake else 190) * t**1.4) * rng.uniform(0.6, 1.25)
            s.conifer(st, rng, tx, s.height_at(ridge, tx) + 12, tall)
            tx += (13 + 42 * t) * rng.uniform(0.5, 1.5)
        st.poly([*ridge, (WIDTH + 40, HEIGHT + 10), (-40, HEIGHT + 10)])
        mask = st.mask()
        c.fill(mask, tone, mix(tone, pal.haze, 0.75 - 0.6 * t), (base - 130, base + 150))
        c.lit(mask, mix(tone, pal.sun, 0.5), 14 if x < 800 else -14, 12, 12, 0.5)
    s.birds(c, 1600 - x, horizon - 60, rng.randint(4, 9))
    if lake:
        s.mist(c, 640, 70, 0.5)
        s.water(c, 650, pal.mid, pal.ink, x)
        shore = s.rolling(rng, HEIGHT - 40, 40, 0.8)
        s.ground(c, shore, mix(pal.ink, pal.mid, 0.2), pal.ink, pal.mid, 0, 0.4)
        _firs(c, shore, 1600 - x)


def _trunks(c: Canvas) -> None:
    rng, pal = c.rng, c.pal
    x, floor = s.thirds(c), rng.uniform(690, 770)
    c.fill(None, mix(pal.sky, pal.haze, 0.35), pal.haze, (0, floor))
    s.sun(c, x, rng.uniform(230, 400), rng.uniform(60, 100))
    for t in (0.08, 0.3, 0.55, 0.98):
        tone = pal.depth(t)
        ridge = s.rolling(rng, floor - 90 + 190 * t, 24, 1.2)
        _stand(c, ridge, t, x)
        s.ground(c, ridge, tone, mix(tone, pal.haze, 0.25 * (1 - t)), mix(tone, pal.sun, 0.5), 0, 0.5)
        if t < 0.5:
            s.mist(c, floor - 70, 210, 0.5)
            _shafts(c, x)
        elif t < 0.6:
            _walker(c, x + rng.uniform(-40, 60), s.height_at(ridge, x) + 26)


def _stand(c: Canvas, ridge: list[Point], t: float, gap: float) -> None:
    """One row of trunks, leaving the light free to fall near `gap`."""
    rng, st = c.rng, c.stencil()
    tx, wide = -20.0, 9 + 44 * t
    while tx < WIDTH + 20:
        if abs(tx - gap) > 70 + 210 * t:
            w, lean = wide * rng.uniform(0.6, 1.3), rng.uniform(-26, 26)
            foot = s.height_at(ridge, tx) + 20
            st.poly(
                [
                    (tx - w * 0.32 + lean, -10),
                    (tx + w * 0.32 + lean, -10),
                    (tx + w * 0.5, foot - 50),
                    (tx + w * 0.95, foot),
                    (tx - w * 0.95, foot),
                    (tx - w * 0.5, foot - 50),
                ]
            )
            for _ in range(rng.randint(1, 4)):
                y, side = rng.uniform(20, 420), rng.choice((-1, 1))
                root = tx + lean * (1 - y / foot)
                reach = rng.uniform(30, 80) * (0.6 + t)
                st.line(
                    [
                        (root, y),
                        (root + side * reach * 0.6, y - reach * 0.4),
                        (root + side * reach, y - reach),
                    ],
                    max(2.0, w * 0.14),
                )
        tx += (34 + 150 * t) * rng.uniform(0.5, 1.5)
    _canopy(c, st, t, gap)
    mask, tone = st.mask(), c.pal.depth(t)
    c.fill(mask, tone, mix(tone, c.pal.haze, 0.5 * (1 - t)), (0, HEIGHT))
    c.lit(mask, mix(tone, c.pal.sun, 0.55), 10, 4, 7, 0.6)


def _canopy(c: Canvas, st: Stencil, t: float, gap: float) -> None:
    for _ in range(26):
        x, r = c.rng.uniform(-20, 1620), c.rng.uniform(26, 70) * (0.7 + t * 0.7)
        if abs(x - gap) > 260:
            st.oval(x, c.rng.uniform(-40, 20) + 60 * (1 - t), r * 1.7, r)


def _shafts(c: Canvas, x: float) -> None:
    st = c.stencil()
    for _ in range(5):
        start, reach = x + c.rng.uniform(-60, 60), c.rng.uniform(-700, 700)
        w = c.rng.uniform(30, 110)
        st.poly([(start, 150), (start + 16, 150), (x + reach + w, HEIGHT), (x + reach - w, HEIGHT)], 150)
    beam = st.mask().reduce(4).filter(ImageFilter.GaussianBlur(3 * c.scale)).resize(c.size)
    c.veil(ImageChops.multiply(beam, c.ramp(250, 860, 255, 0)), c.pal.sun, 0.35)


def _walker(c: Canvas, x: float, foot: float) -> None:
    body, coat = c.stencil(), c.stencil()
    body.disc(x + 1, foot - 72, 8.5)
    for step in (-1, 1):
        body.line([(x, foot - 30), (x + step * 7, foot - 14), (x + step * 11 - 2, foot)], 6.5)
    coat.poly([(x - 9, foot - 62), (x + 9, foot - 62), (x + 14, foot - 24), (x - 14, foot - 24)])
    coat.disc(x, foot - 60, 9.5)
    shadow = c.stencil()
    shadow.oval(x + math.copysign(22, 800 - x), foot, 40, 4, 150)
    c.fill(shadow.mask(), c.pal.ink)
    c.fill(body.mask(), c.pal.ink)
    c.fill(coat.mask(), c.pal.accent)
