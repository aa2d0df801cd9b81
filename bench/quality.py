"""Which settings of AVIF, WebP and JPEG our renditions need, measured on real photographs.

`python bench/quality.py FOLDER --widths 640,1200,2000` reads the photographs of a folder (JPEG, PNG, WebP or TIFF, best
losslessly kept and at least 2000 pixels wide; narrower ones take part as far as they reach, none is enlarged), makes
each as wide as asked for, encodes that in many ways and prints Markdown: which setting of each format to take, what the
others would cost, and bytes and likeness of every photograph.

The measure is the baseline, JPEG of quality 80 as a usual CMS writes it, and SSIM on luma (Wang and others, 2004:
Gaussian window of 11 pixels, sigma 1.5) against the picture before encoding. Of each format and effort (AVIF: speed,
WebP: method, JPEG: 1 is progressive) that quality is taken which is the lowest whose mean SSIM reaches the baseline's
while no photograph falls more than 0.005 below its own; of the efforts the one with the smallest bytes x ms^0.05, that
is: twice the encode time must save 3.4 % of the bytes. Luma says nothing of colours, so SSIM of both chroma planes is
printed beside it: look there before taking a setting over. Times are CPU times of one thread.
"""

import argparse
import io
import statistics
import time
from bisect import bisect_left
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from asking import say
from likeness import Plane
from photos import narrowed, photographs, upright
from PIL import Image

QUALITIES = range(20, 99)
NEAR = 6  # qualities around a guess are tried before all of them
FALL = 0.005  # SSIM by which one photograph may fall below its baseline
HASTE = 0.05  # how much encode time counts against bytes: the exponent above


class Setting(NamedTuple):
    """How a picture is encoded; `effort` is what the format calls so: see above."""

    format: str
    quality: int
    effort: int

    def options(self):
        """The arguments of Pillow's save()."""
        own = {
            "AVIF": {"speed": self.effort, "subsampling": "4:2:0", "max_threads": 1},
            "WEBP": {"method": self.effort},
            "JPEG": {"progressive": bool(self.effort), "subsampling": "4:2:0", "optimize": True},
        }
        return {"format": self.format, "quality": self.quality, **own[self.format]}

    def __str__(self):
        name = {"AVIF": "speed", "WEBP": "method", "JPEG": "progressive"}[self.format]
        return f"{self.format} quality {self.quality} {name} {self.effort}"


BASELINE = Setting("JPEG", 80, 0)


class Trial(NamedTuple):
    """What came of one encoding: size in bytes, encode time in ms of CPU, SSIM on luma."""

    size: int
    ms: float
    ssim: float


def main():
    """Measure each width, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the photographs are")
    parser.add_argument("--widths", type=_numbers, default=[640, 1200, 2000], help="pixels, such as 640,1200,2000")
    parser.add_argument("--speeds", type=_numbers, default=[6, 7, 8, 9], help="of AVIF")
    parser.add_argument("--methods", type=_numbers, default=[4, 5, 6], help="of WebP")
    options = parser.parse_args()
    efforts = {"AVIF": options.speeds, "WEBP": options.methods, "JPEG": [0, 1]}
    for width in options.widths:
        if photos := load(options.folder, width):
            report(width, photos, efforts)
        else:
            say(f"No photograph in {options.folder} is {width} pixels wide or wider.\n")


def _numbers(text):
    return [int(each) for each in text.split(",")]


# Photographs


class Photo:
    """A photograph as wide as its rendition, before encoding."""

    def __init__(self, name, image):
        self.name, self.image = name, image

    @cached_property
    def luma(self):
        """The plane that SSIM is taken of, with its means and variances."""
        return Plane(self.image.convert("L"))

    @cache  # noqa: B019 (photographs live as long as one width is measured)
    def trial(self, setting):
        """The Trial of encoding it so."""
        raw, ms = encode(self.image, setting)
        return Trial(len(raw), ms, self.luma.ssim(decoded(raw).convert("L")))

    def chroma(self, setting):
        """Mean SSIM of both chroma planes when encoded so."""
        theirs = decoded(encode(self.image, setting)[0]).convert("YCbCr").split()[1:]
        ours = self.image.convert("YCbCr").split()[1:]
        return statistics.mean(Plane(before).ssim(after) for before, after in zip(ours, theirs, strict=True))


def load(folder, width):
    """The photographs of `folder` that are at least `width` pixels wide, each made that wide."""
    opened = ((each.stem, upright(each)) for each in photographs(folder))
    return [Photo(name, narrowed(image, width)) for name, image in opened if image.width >= width]


def encode(image, setting):
    """The bytes of `image` encoded so, and how many ms of CPU that took."""
    file = io.BytesIO()
    began = time.process_time()
    image.save(file, **setting.options())
    return file.getvalue(), (time.process_time() - began) * 1000


def decoded(raw):
    """The picture that a reader's browser makes of the bytes."""
    return Image.open(io.BytesIO(raw)).convert("RGB")


# Choosing


def candidates(form, efforts, photos):
    """For each effort the Setting with the lowest quality that is good enough; without those that never are."""
    guess, found = {"AVIF": 60, "WEBP": 78, "JPEG": 80}[form], []
    for effort in efforts:
        quality = lowest_quality(lambda each, effort=effort: good_enough(Setting(form, each, effort), photos), guess)
        if quality is not None:
            found.append(Setting(form, quality, effort))
            guess = quality
    return found


def lowest_quality(passes, guess):
    """The lowest of QUALITIES that passes (None: no one does), which is taken to be near `guess`."""
    near = range(max(QUALITIES[0], guess - NEAR), min(QUALITIES[-1], guess + NEAR) + 1)
    for tried in (near, QUALITIES):
        place = bisect_left(tried, True, key=passes)
        inside = 0 < place < len(tried)
        if inside or (tried is QUALITIES and place == 0):
            return tried[place]
    return None


def good_enough(setting, photos):
    """The rule: the mean of the baseline or better, and no photograph more than FALL below its own."""
    gains = []
    for photo in photos:
        gains.append(photo.trial(setting).ssim - photo.trial(BASELINE).ssim)
        if gains[-1] < -FALL:
            return False
    return statistics.mean(gains) >= 0


def total(setting, photos):
    """The Trial of all photographs together: bytes and ms added up, SSIM in the mean."""
    sizes, times, likenesses = zip(*(photo.trial(setting) for photo in photos), strict=True)
    return Trial(sum(sizes), sum(times), statistics.mean(likenesses))


def price(setting, photos):
    """What is smallest for the best trade of bytes and encode time."""
    trial = total(setting, photos)
    return trial.size * trial.ms**HASTE


# Tables


def report(width, photos, efforts):
    """Print what was found for one width."""
    say(f"## {width} pixels wide, {len(photos)} photographs\n")
    found = {form: candidates(form, each, photos) for form, each in efforts.items()}
    chosen = [min(each, key=lambda setting: price(setting, photos)) for each in found.values() if each]
    every = [setting for each in found.values() for setting in each]
    say(settings_table(_once([BASELINE, *every]), chosen, photos))
    say(photos_table(_once([BASELINE, *chosen]), photos))


def _once(settings):
    return list(dict.fromkeys(settings))  # the baseline is often its own best


def settings_table(settings, chosen, photos):
    """One row for each setting that is good enough, the chosen in bold."""
    rows = [[(f"**{each}**" if each in chosen else str(each)), *_figures(each, photos)] for each in settings]
    return table(["Setting", "KB", "saved", "SSIM", "worst fall", "chroma SSIM", "ms each", "ms worst"], rows)


def _figures(setting, photos):
    trial, base = total(setting, photos), total(BASELINE, photos)
    fall = min(photo.trial(setting).ssim - photo.trial(BASELINE).ssim for photo in photos)
    chroma = statistics.mean(photo.chroma(setting) for photo in photos)
    worst = max(photo.trial(setting).ms for photo in photos)
    likeness = [f"{trial.ssim:.4f}", f"{fall:+.4f}", f"{chroma:.4f}"]
    return [_kilo(trial.size), _saved(trial, base), *likeness, f"{trial.ms / len(photos):.0f}", f"{worst:.0f}"]


def photos_table(settings, photos):
    """One row for each photograph: KB, saving and SSIM of each setting; the last row is all of them."""
    rows = [[photo.name, *_cells(settings, photo.trial)] for photo in photos]
    rows.append(["**all**", *_cells(settings, lambda setting: total(setting, photos))])
    return table(["Photograph", *(f"{each}: KB (saved) SSIM" for each in settings)], rows)


def _cells(settings, trial):
    base = trial(BASELINE)
    return [f"{_kilo(each.size)} ({_saved(each, base)}) {each.ssim:.4f}" for each in map(trial, settings)]


def _kilo(size):
    return f"{size / 1000:.1f}"


def _saved(trial, base):
    return f"{1 - trial.size / base.size:.1%}"


def table(head, rows):
    """A Markdown table, figures to the right."""
    ruler = [":--", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ruler, *rows]) + "\n"


if __name__ == "__main__":
    main()
