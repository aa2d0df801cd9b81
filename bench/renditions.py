"""How fast pictures become renditions, how much memory that takes, and how soon an upload is ready."""

import argparse
import json
import re
import resource
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from archives import WORK, scratch, told
from asking import machine, say, set_up
from photos import MEGAPIXELS, alike, glass

ROUNDS = 3
AT_ONCE = 2


def main():
    """Measure in an empty newsroom of its own, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, help="a folder of photographs; without one, pictures are painted")
    parser.add_argument("--work", type=Path, default=WORK, help="where the newsroom is made for a while")
    options = parser.parse_args()
    what = "photographs" if options.photos else "pictures painted to be like photographs"
    say(f"\nRenditions of {what}; {machine()}")
    with scratch(options.work.resolve()) as place:
        for megapixels in MEGAPIXELS:
            say(_lines(megapixels, told(place, __file__, "--worker", *_files(options.photos, megapixels, place))))
            say(_hungriest(megapixels, place))


def _files(folder, megapixels, place):
    """Pictures of that size as files: this process is large after making them, and only a small one can measure."""
    paths = []
    for number, raw in enumerate(alike(folder, megapixels, ROUNDS + AT_ONCE)):
        paths.append(Path(place["NEWSROOM_VAR"]) / f"{megapixels}-{number}.jpg")
        paths[-1].write_bytes(raw)
    return map(str, paths)


def _lines(megapixels, found):
    width, height = MEGAPIXELS[megapixels]
    count, ready = found["count"], found["ready"]
    at_once = f"{AT_ONCE} pictures at once {AT_ONCE * count / found['at_once']:.1f}"
    return "\n".join(
        [
            f"JPEG of {width} x {height} pixels, {found['bytes'] / 1e6:.1f} MB",
            f"  uploaded, described and seen by the desk after {found['seen']:6.2f} s",
            f"  all {count} renditions made ahead for a lead after {ready:6.2f} s",
            f"  renditions a second: one picture alone {count / found['alone']:.1f}, {at_once}",
            f"  processor time of a rendition {found['processor'] / count * 1000:.0f} ms",
            f"  most memory of the process that opens it: {_memory_said(found, 'looking')} to look at the upload,"
            f" {_memory_said(found, 'making')} to make renditions",
            f"  the server's own memory, {found['before'] / 1e6:.0f} MB, grew by {found['grown'] / 1e6:.0f} MB",
        ]
    )


def _hungriest(megapixels, place):
    """A PNG cannot be read smaller than it is, and one that is transparent has a fourth channel."""
    path = Path(place["NEWSROOM_VAR"]) / f"{megapixels}.png"
    path.write_bytes(glass(MEGAPIXELS[megapixels]))
    found = told(place, __file__, "--hungriest", str(path))
    return f"  and of a transparent PNG of that size: {found['making'] / 1e6:.0f} MB"


def _memory_said(found, what):
    """The kernel counts what the process that starts another had until then as that one's, too."""
    most = f"{found[what] / 1e6:.0f} MB"
    return f"at most {most}" if found[what] <= found["before"] + found["grown"] else most


# In a process of its own; Django is imported late because only there it has settings


def find_out(paths):
    """Take the files in and make what is made ahead, the last ones at once; prints what that took (JSON)."""
    set_up()
    before = _own_memory()
    rounds = [_one(path) for path in paths[:-AT_ONCE]]
    found = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    sets = [_take_in(path) for path in paths[-AT_ONCE:]]
    began = time.perf_counter()
    with ThreadPoolExecutor() as pool:
        list(pool.map(_make, sets))
    found |= {"at_once": time.perf_counter() - began, "making": _memory()}
    found |= {"before": before, "grown": _own_memory() - before}
    found |= {"looking": rounds[0]["looking"], "bytes": statistics.median(Path(each).stat().st_size for each in paths)}
    say(json.dumps(found))


def find_most(path):
    """Take the file in and make what is made ahead; prints how much memory that took (JSON)."""
    set_up()
    _one(path)
    say(json.dumps({"making": _memory()}))


def _one(path):
    from articles.media import desk_look

    began = time.perf_counter()
    made = _take_in(path)
    if not desk_look(made.picture, 320):
        raise RuntimeError("The desk does not see the picture.")
    seen, looking, before = time.perf_counter() - began, _memory(), _processor()
    count = _make(made)
    ready = time.perf_counter() - began
    times = {"seen": seen, "ready": ready, "alone": ready - seen, "processor": _processor() - before}
    return times | {"count": count, "looking": looking}


def _take_in(path):
    """The set of renditions of a new picture."""
    from articles.media import rendition_set, take_in

    with open(path, "rb") as file:
        return rendition_set(take_in(file, keep_similar=True, title="Bench", credit="Bench", rights="own")[0])


def _make(made):
    from django.db import connection

    from articles.media import make_ahead
    from articles.media.framing import names_ahead

    count = make_ahead(made.key, names_ahead(made.crops, "lead"))
    connection.close()
    return count


def _memory():
    """The largest resident memory so far of any process started here (bytes)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _own_memory():
    """The largest resident memory so far of this one (bytes), without what the one that started it had."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024


def _processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--worker", *paths]:
            find_out(paths)
        case ["--hungriest", path]:
            find_most(path)
        case _:
            main()
