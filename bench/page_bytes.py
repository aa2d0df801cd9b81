"""How many bytes of pictures a page costs its readers, beside what a usual CMS would send.

The front page and the story with most pictures of the demo are asked for, and for each picture on them the file a
browser would choose from our `srcset` and `sizes`: the narrowest that is as wide as its place on that screen, or the
widest. Every picture is counted, as if a reader came to the end of the page. A usual CMS sends each as a JPEG of
quality 80, uncropped, at the largest width that is offered. Once with the demo's own drawings, once with
photographs (`--photos`) or paintings like such in their places. All files are the real ones.
"""

import argparse
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path

from archives import WORK, manage, scratch, told
from asking import checked, say, set_up, visitor
from photos import jpeg, pictures

SCREENS = {"phone, 390 px at 3x": (390, 3), "desk, 1280 px at 1x": (1280, 1)}
FORMATS = ("avif", "webp", "jpg")
REM = 16  # pixels
PICTURES = 6  # that stand in for those of the pages, in turn


def main():
    """Load the demo into a newsroom of its own, count, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="a folder of photographs; without one, pictures are painted")
    parser.add_argument("--work", type=Path, default=WORK, help="where the newsroom is made for a while")
    options = parser.parse_args()
    files, what = pictures(options.photos, PICTURES)
    with scratch(options.work.resolve()) as place:
        paths = [Path(place["NEWSROOM_VAR"]) / f"{number}.jpg" for number in range(len(files))]
        for path, raw in zip(paths, files, strict=True):
            path.write_bytes(raw)
        manage(place, "demo", stdout=subprocess.DEVNULL)
        rows = told(place, __file__, "--worker", "photographs" if options.photos else "paintings", *map(str, paths))
    say(f"\nKB of pictures on a page, and how much that is below a usual CMS; in place of the demo's: {what}")
    say(f"{'':66} | {'AVIF':>14} | {'WebP':>14} | {'JPEG':>14} | usual CMS")
    for row in rows:
        ours = [f"{row[form] / 1000:7.0f} {row[form] / row['usual'] - 1:6.1%}" for form in FORMATS]
        say(" | ".join([f"{row['name']:66}", *ours, f"{row['usual'] / 1000:9.0f}"]))


# What a browser does


class Pictures(HTMLParser):
    """Reads a page for its pictures: `found` has (key of the set, ratio, sizes) of each."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        """One of each picture's sources."""
        said = dict(attrs)
        if tag == "source" and said.get("type") == "image/avif":
            key, ratio = re.search(r"/media/(\w+)/(\w+)-", said["srcset"]).groups()
            self.found.append((key, ratio, said["sizes"]))


def place_width(sizes, screen):
    """How wide (pixels of CSS) a picture with these `sizes` is on a screen so many pixels wide."""
    for each in re.split(r",(?![^(]*\))", sizes):
        condition, length = re.fullmatch(r"\s*(?:\(min-width: ([\d.]+)rem\))?\s*(.+?)\s*", each).groups()
        if not condition or screen >= float(condition) * REM:
            return _pixels(length, screen)
    raise ValueError(sizes)


def _pixels(length, screen):
    """The sum of lengths such as `calc(92vw - 22rem)`."""
    units = {"px": 1, "rem": REM, "vw": screen / 100}
    parts = re.findall(r"([-+]?)\s*([\d.]+)(px|rem|vw)", length)
    return sum(float(f"{sign}{number}") * units[unit] for sign, number, unit in parts)


def chosen(widths, wanted):
    """The narrowest of the widths that is wide enough; the widest where none is."""
    return min((each for each in widths if each >= wanted), default=max(widths))


# In a process of its own; Django is imported late because only there it has settings


def find_out(kind, paths):
    """Prints the rows of the table (JSON); `kind` is what the files at `paths` are."""
    set_up()
    from articles.media import rendition_set, take_in

    stand_ins = []
    for path in paths:
        with open(path, "rb") as file:
            stand_ins.append(rendition_set(take_in(file, keep_similar=True, title="Bench", rights="own")[0]))
    pages = {"front page": "/", "story": _story()}
    rows = []
    for page, address in pages.items():
        reader = Pictures()
        reader.feed(checked(visitor().get(address), address).content.decode())
        own = _sets(reader.found)
        for what, sets in (("the demo's drawings", own), (kind, cycle(stand_ins))):
            rows += _rows(f"{page}, {len(own)} pictures, {what}", list(zip(sets, reader.found)))  # noqa: B905
    say(json.dumps(rows))


def _story():
    """The address of the story that shows most pictures."""
    from django.utils import timezone

    from articles.models import Edition

    shown = Edition.objects.live().for_page(timezone.now())
    return max(shown, key=lambda edition: (len(edition.pictures), edition.pk)).get_absolute_url()


def _sets(found):
    from articles.models import RenditionSet

    return [RenditionSet.objects.select_related("picture").get(key=key) for key, _ratio, _sizes in found]


def _rows(name, pictures):
    usual = sum(_usual(each.picture) for each, _place in pictures)
    for screen, (width, density) in SCREENS.items():
        row = {"name": f"{name}, {screen}", "usual": usual}
        for form in FORMATS:
            row[form] = sum(_size(each, *place[1:], form, width, density) for each, place in pictures)
        yield row


def _size(wanted, ratio, sizes, form, screen, density):
    """Bytes of the file a browser would load."""
    from articles.media import rendition
    from articles.media.framing import name_of, widths_of

    width = chosen(widths_of(wanted.crops[ratio][2]), place_width(sizes, screen) * density)
    return rendition(wanted.key, name_of(ratio, width, form)).stat().st_size


def _usual(picture):
    """Bytes of the whole picture as a JPEG of quality 80, at the largest width offered."""
    from articles.media import original
    from articles.media.framing import widths_of

    return len(jpeg(original(picture), width=max(widths_of(picture.width)), quality=80))


if __name__ == "__main__":
    find_out(sys.argv[2], sys.argv[3:]) if sys.argv[1:2] == ["--worker"] else main()
