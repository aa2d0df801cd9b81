"""The built city: its skyline and its bridges.

Buildings stand on the street line and bridges above the shore line, and both
are mirrored in the water by scenery.water once they have been printed.
"""

import math
import random

from PIL import ImageChops

from . import scenery as s
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .palettes import mix


def skyline(c: Canvas) -> None:
    """Towers in three depths behind a river, old roofs or a park."""
    rng, pal = c.rng, c.pal
    front, x = c.seed % 3, s.thirds(c)
    street = rng.uniform(620, 690) + 60 * (front == 2)
    s.sky(c, street)
    s.sun(c, x, rng.uniform(200, 380), rng.uniform(60, 110))
    s.clouds(c, x, 60, 330)
    for t, tall in ((0.1, 330), (0.4, 300), (0.72, 210)):
        _block(c, street, t, tall * rng.uniform(0.85, 1.2), 1600 - x)
        if t == 0.1:
            _landmark(c, 1600 - x, street)
            s.mist(c, street - 60, 190, 0.5)
    if front == 2:
        s.mist(c, street - 30, 150, 0.45)
        _roofs(c, street - 40)
    else:
        s.water(c, street, pal.mid, pal.ink, x)
    if front == 1:
        _park(c, street + 100)
    s.birds(c, (x + 2400) / 4, rng.uniform(90, 200), rng.randint(3, 7))


def _block(c: Canvas, street: float, t: float, tall: float, peak: float) -> None:
    """One row of buildings, tallest around `peak`."""
    rng, pal = c.rng, c.pal
    walls, shade, panes = (c.stencil() for _ in range(3))
    x = -30.0
    while x < WIDTH:
        w = rng.uniform(44, 92) * (0.8 + t * 0.5)
        bulge = math.exp(-(((x - peak) / 420) ** 2))
        h = tall * (0.35 + 0.65 * bulge) * rng.uniform(0.55, 1.15)
        _tower(walls, rng, x, street, w, h)
        shade.box(x + w * 0.64, street - h, x + w, street)
        _panes(panes, rng, x, street, w, h, t)
        x += w + rng.choice((0, 0, 3, 14))
    mask, tone = walls.mask(), pal.depth(t)
    c.fill(mask, tone, mix(tone, pal.haze, 0.62 - 0.5 * t), (street - tall, street))
    c.veil(ImageChops.multiply(shade.mask(), mask), mix(tone, pal.ink, 0.5), 0.38)
    c.lit(mask, mix(tone, pal.sun, 0.6), 12, 14, 12, 0.45)
    if t > 0.2:
        c.veil(panes.mask(), mix(pal.sun, pal.paper, 0.4), 0.8)


def _tower(st: Stencil, rng: random.Random, x: float, foot: float, w: float, h: float) -> None:
    top, kind = foot - h, rng.randint(0, 5)
    st.box(x, top, x + w, foot + 4)
    if kind == 0:
        st.box(x + w * 0.2, top - h * 0.12, x + w * 0.8, top)
        st.box(x + w * 0.47, top - h * 0.3, x + w * 0.53, top)
    elif kind == 1:
        st.poly([(x, top + 1), (x + w, top + 1), (x + w, top - w * 0.45)])
    elif kind == 2:
        st.poly([(x, top + 1), (x + w / 2, top - w * 0.5), (x + w, top + 1)])
    elif kind == 3:
        st.box(x + w * 0.15, top - 14, x + w * 0.42, top)
        st.box(x + w * 0.6, top - 8, x + w * 0.85, top)
    elif kind == 4:
        st.oval(x + w / 2, top, w / 2, w * 0.3)


def _panes(st: Stencil, rng: random.Random, x: float, foot: float, w: float, h: float, t: float) -> None:
    columns, size = max(2, int(w / 17)), 4.4 + 2.4 * t
    gap = w / (columns + 0.6)
    odds = rng.choice((0.12, 0.3, 0.5))
    for row in range(int((h - 24) / (size * 3.2))):
        y = foot - h + 16 + row * size * 3.2
        for n in range(columns):
            if rng.random() < odds:
                left = x + gap * (n + 0.45)
                st.box(left, y, left + size, y + size * 1.5, rng.choice((150, 255)))


def _landmark(c: Canvas, x: float, street: float) -> None:
    rng, st = c.rng, c.stencil()
    kind = rng.randint(0, 2)
    if kind == 0:
        st.poly([(x - 14, street), (x - 5, street - 420), (x + 5, street - 420), (x + 14, street)])
        st.oval(x, street - 360, 30, 24)
        st.oval(x, street - 300, 18, 8)
        st.line([(x, street - 400), (x, street - 500)], 4)
    elif kind == 1:
        for dx in (-34, 34):
            st.box(x + dx - 24, street - 330, x + dx + 24, street)
            st.poly([(x + dx - 27, street - 328), (x + dx, street - 480), (x + dx + 27, street - 328)])
    else:
        st.oval(x, street - 270, 92, 108)
        st.box(x - 110, street - 270, x + 110, street)
        st.box(x - 14, street - 410, x + 14, street - 350)
        st.poly([(x - 17, street - 408), (x, street - 470), (x + 17, street - 408)])
    mask, tone = st.mask(), mix(c.pal.depth(0.3), c.pal.accent, 0.25)
    c.fill(mask, tone, mix(tone, c.pal.haze, 0.5), (street - 480, street))
    c.lit(mask, mix(tone, c.pal.sun, 0.6), 12, 10, 12, 0.6)


def _park(c: Canvas, y: float) -> None:
    rng, pal = c.rng, c.pal
    for t in (0.7, 0.92):
        ridge = s.rolling(rng, y + 130 * (t - 0.2), 20, 1.3)
        st = c.stencil()
        for _ in range(34):
            x = rng.uniform(-20, 1620)
            s.broadleaf(st, rng, x, s.height_at(ridge, x) + 10, rng.uniform(70, 150) * t)
        st.poly([*ridge, (WIDTH + 40, HEIGHT + 9), (-40, HEIGHT + 9)])
        mask, tone = st.mask(), mix(pal.depth(t), pal.accent, 0.1)
        c.fill(mask, tone, pal.ink, (y - 60, HEIGHT))
        c.lit(mask, mix(tone, pal.sun, 0.5), 12, 16, 14, 0.6)


def _roofs(c: Canvas, y: float) -> None:
    """Gabled roofs in the foreground, chimneys and attic windows."""
    rng, pal = c.rng, c.pal
    for t in (0.0, 1.0):
        walls, roofs, panes = (c.stencil() for _ in range(3))
        x, foot = -60.0 - 40 * t, y + 70 + 100 * t
        walls.box(-10, foot - 32, WIDTH + 10, HEIGHT + 10)
        while x < WIDTH + 40:
            w, h = rng.uniform(130, 210), rng.uniform(50, 90)
            walls.poly([(x, HEIGHT + 9), (x, foot - h * 0.3), (x + w, foot - h * 0.3), (x + w, HEIGHT + 9)])
            slope = rng.choice((0.1, 0.25, 0.5))
            ridge = foot - h * (0.8 + slope)
            roofs.poly(
                [
                    (x - 9, foot),
                    (x + w * slope, ridge),
                    (x + w * (1 - slope), ridge),
                    (x + w + 9, foot),
                ]
            )
            cx = x + w * rng.uniform(0.25, 0.65)
            walls.box(cx, foot - h - 34, cx + 20, foot - h + 12)
            for n in (0.2, 0.5, 0.8):
                panes.box(
                    x + w * n - 9,
                    foot + 22,
                    x + w * n + 9,
                    foot + 54,
                    255 if rng.random() < 0.55 else 60,
                )
            x += w * rng.uniform(0.95, 1.15)
        tone = mix(pal.mid, pal.ink, 0.35 + 0.4 * t)
        c.fill(walls.mask(), tone, pal.ink, (y, HEIGHT))
        mask = roofs.mask()
        roof = mix(pal.accent, pal.ink, 0.28 + 0.34 * t)
        c.fill(mask, roof)
        c.lit(mask, mix(roof, pal.sun, 0.5), 10, 22, 18, 0.6)
        c.fill(panes.mask(), mix(pal.sun, pal.paper, 0.3))


def bridge(c: Canvas) -> None:
    """A suspension, cable-stayed or stone arch bridge over a calm river."""
    rng, pal = c.rng, c.pal
    shore, x = rng.uniform(610, 680), s.thirds(c)
    s.sky(c, shore)
    s.sun(c, x, shore - rng.uniform(190, 400), rng.uniform(60, 105))
    s.clouds(c, x, 60, 300)
    for t in (0.0, 0.3):
        ridge = s.rolling(rng, shore - 70 + 150 * t, 90 - 110 * t, rng.uniform(1, 1.7))
        tone = mix(pal.depth(t), pal.haze, 0.25)
        s.ground(c, ridge, tone, mix(tone, pal.haze, 0.6), mix(tone, pal.sun, 0.5), 24)
    s.mist(c, shore - 20, 130, 0.55)
    deck = shore - rng.uniform(96, 150)
    (_suspension, _arches, _stays)[c.seed % 3](c, deck, shore)
    s.water(c, shore, pal.mid, pal.ink, x)
    if rng.random() < 0.6:
        _barge(c, 1600 - x, shore + rng.uniform(70, 120))
    s.birds(c, 1600 - x, 200, rng.randint(3, 8))


def _print(c: Canvas, st: Stencil, shore: float) -> None:
    mask, tone = st.mask(), mix(c.pal.accent, c.pal.ink, 0.12)
    c.fill(mask, tone, mix(tone, c.pal.ink, 0.6), (shore - 430, shore))
    c.lit(mask, mix(tone, c.pal.sun, 0.5), 5, 5, 5, 0.55)


def _suspension(c: Canvas, deck: float, shore: float) -> None:
    rng, st = c.rng, c.stencil()
    left, right = rng.uniform(330, 470), rng.uniform(1130, 1270)
    top, span = deck - rng.uniform(270, 330), right - left

    def cable(x: float) -> float:
        if left <= x <= right:
            t = (x - left) / span
            return top + (deck - 34 - top) * (1 - (2 * t - 1) ** 2)
        t = min(1.0, (left - x if x < left else x - right) / (span * 0.52))
        return top + (deck - 10 - top) * t**0.9

    for offset in (0, 6):
        st.line([(x, cable(x) + offset) for x in range(-20, WIDTH + 30, 10)], 3)
    for x in range(-10, WIDTH + 10, 26):
        st.line([(x, cable(x)), (x, deck)], 1.5)
    st.box(-10, deck, WIDTH + 10, deck + 13)
    for n in range(-10, WIDTH, 26):
        st.line([(n, deck + 12), (n + 13, deck + 27), (n + 26, deck + 12)], 2)
    st.box(-10, deck + 26, WIDTH + 10, deck + 31)
    for x in (left, right):
        for dx in (-21, 21):
            st.poly(
                [
                    (x + dx - 9, shore + 4),
                    (x + dx * 0.8 - 7, top - 8),
                    (x + dx * 0.8 + 7, top - 8),
                    (x + dx + 9, shore + 4),
                ]
            )
        for y in (top, top + 90, top + 190):
            st.box(x - 26, y, x + 26, y + 15)
        st.box(x - 46, shore - 16, x + 46, shore + 4)
    _print(c, st, shore)


def _stays(c: Canvas, deck: float, shore: float) -> None:
    rng, st = c.rng, c.stencil()
    x, top = rng.choice((600, 1000)) + rng.uniform(-40, 40), deck - rng.uniform(330, 400)
    for n in range(1, 17):
        for side in (-1, 1):
            st.line([(x, top + 20 + n * 7), (x + side * (50 + n * 46), deck + 3)], 2)
    st.box(-10, deck, WIDTH + 10, deck + 17)
    st.poly(
        [
            (x - 46, shore + 4),
            (x - 7, top),
            (x + 7, top),
            (x + 46, shore + 4),
            (x + 28, shore + 4),
            (x, top + 130),
            (x - 28, shore + 4),
        ]
    )
    st.box(x - 26, deck - 40, x + 26, deck - 28)
    st.box(x - 70, shore - 14, x + 70, shore + 4)
    for pier in (x - 560, x + 560, x - 820, x + 820):
        st.box(pier - 13, deck, pier + 13, shore + 4)
    _print(c, st, shore)


def _arches(c: Canvas, deck: float, shore: float) -> None:
    """A stone viaduct with a small train on top."""
    rng, st, pal = c.rng, c.stencil(), c.pal
    deck -= 70
    step, x = rng.uniform(180, 240), rng.uniform(-160, -60)
    st.box(-10, deck, WIDTH + 10, shore + 4)
    while x < WIDTH + 60:
        st.disc(x + step / 2, deck + 34 + step * 0.38, step * 0.38, 0)
        st.box(x + step * 0.12, deck + 34 + step * 0.38, x + step * 0.88, shore + 6, 0)
        st.box(x - step * 0.16, shore - 18, x + step * 0.16, shore + 4)
        x += step
    st.box(-10, deck - 7, WIDTH + 10, deck + 7)
    _print(c, st, shore)
    cars, panes = c.stencil(), c.stencil()
    start = rng.uniform(420, 620)
    for n in range(rng.randint(3, 5)):
        left = start + n * 116
        cars.box(left, deck - 44, left + 110, deck - 8)
        for pane in range(5):
            panes.box(left + 9 + pane * 20, deck - 36, left + 21 + pane * 20, deck - 23)
    c.fill(cars.mask(), pal.ink)
    c.fill(panes.mask(), mix(pal.sun, pal.paper, 0.6))


def _barge(c: Canvas, x: float, y: float) -> None:
    hull, load = c.stencil(), c.stencil()
    outline: list[Point] = [
        (x - 150, y - 20),
        (x + 140, y - 20),
        (x + 168, y - 30),
        (x + 150, y),
        (x - 138, y),
    ]
    hull.poly(outline)
    hull.pill(x - 190, y - 2, x + 200, y + 5)
    load.box(x - 134, y - 54, x - 92, y - 19)
    load.poly([(x - 70, y - 20), (x - 40, y - 38), (x + 90, y - 38), (x + 118, y - 20)])
    c.fill(load.mask(), c.pal.paper)
    c.fill(hull.mask(), c.pal.ink)
