"""Whatever happens in the darkroom, the newsroom gets a sentence, lives on and stays small."""

import json
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from negatives import file_of, gif, moving_webp, photo, png
from PIL import Image

from articles.media import CannotStore, UnusablePicture, ordering, take_in
from articles.models import Picture

CRASHES, TIME, MEMORY = "could not be opened", "takes too long", "needs more memory"


def packed_rows(width, height, *, bytes_a_pixel):
    """The packed pixels of an empty picture, made a row at a time."""
    packer, row = zlib.compressobj(1), b"\0" * (1 + width * bytes_a_pixel)
    return b"".join(packer.compress(row) for _each in range(height)) + packer.flush()


@pytest.fixture
def file(tmp_path):
    def file(raw):
        path = tmp_path / "upload"
        path.write_bytes(raw)
        return path

    return file


@pytest.fixture
def another_darkroom(tmp_path, monkeypatch):
    """A program in the darkroom's place, which does as it is told (Python)."""

    def another_darkroom(text):
        folder = tmp_path / "another"
        folder.mkdir()
        (folder / "__main__.py").write_text(text)
        monkeypatch.setattr(ordering, "DARKROOM", folder)

    return another_darkroom


def test_more_memory_than_one_may_have_is_refused_with_a_sentence(file, settings):
    path = file(png(6000, 6000, colour=2, data=packed_rows(6000, 6000, bytes_a_pixel=3)))
    assert ordering.examine(path, looks=[])["width"] == 6000
    settings.PICTURE_MEMORY = 150_000_000
    with pytest.raises(UnusablePicture, match=MEMORY):
        ordering.examine(path, looks=[])


def test_what_takes_too_long_to_compute_is_ended(another_darkroom, monkeypatch, file):
    monkeypatch.setattr(ordering, "EXAMINING", 1)
    limits = Path(ordering.DARKROOM) / "limits.py"
    another_darkroom(
        f"import sys, json; exec(open({str(limits)!r}).read())\n"
        "keep_within(**json.load(sys.stdin)['limits'])\nwhile True: pass"
    )
    with pytest.raises(UnusablePicture, match=TIME):
        ordering.examine(file(photo()), looks=[])


def test_what_only_sleeps_is_ended_with_everything_it_started(another_darkroom, monkeypatch, file, tmp_path):
    monkeypatch.setattr(ordering, "EXAMINING", 0.5)
    child = tmp_path / "child"
    another_darkroom(
        f"import os, time\nopen({str(child)!r}, 'w').write(str(os.fork() or os.getpid()))\ntime.sleep(600)"
    )
    with pytest.raises(UnusablePicture, match=TIME):
        ordering.examine(file(photo()), looks=[])
    for _each in range(100):
        if not is_running(int(child.read_text())):
            return
        time.sleep(0.05)
    raise AssertionError("What the darkroom started lives on.")


def is_running(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


MISBEHAVING = {
    "ends at once": "",
    "ends with an error": "raise SystemExit(1)",
    "crashes": "import os; os.abort()",
    "is killed": "import os; os.kill(os.getpid(), 9)",
    "breaks a memory rule": "import ctypes; ctypes.string_at(0)",
    "answers rubbish": "print('rubbish')",
    "answers bytes": "import os; os.write(1, bytes(range(256)))",
    "answers a list": "print('[]')",
    "answers a number": "print('7')",
    "answers nothing true": "print('{}')",
    "answers deeply": "print('[' * 100000)",
    "answers without end": "while True: print('x' * 100000)",
    "answers wrong types": 'print(\'{"suffix": [], "width": "1", "height": true, "likeness": {}}\')',
    "answers a width of nothing": (
        'print(\'{"suffix": "jpg", "width": 0, "height": 1, "colour": "#000000", "likeness": [0,0,0,0]}\')'
    ),
    "answers a path for a suffix": (
        'print(\'{"suffix": "/../x", "width": 1, "height": 1, "colour": "#000000", "likeness": [0,0,0,0]}\')'
    ),
    "answers a colour that is none": (
        'print(\'{"suffix": "jpg", "width": 1, "height": 1, "colour": "red;}", "likeness": [0,0,0,0]}\')'
    ),
    "answers before it was asked": "import sys; sys.stdin.close(); print('x')",
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", MISBEHAVING)
def test_a_darkroom_that_misbehaves_is_one_sentence(how, another_darkroom, settings):
    another_darkroom(MISBEHAVING[how])
    with pytest.raises(UnusablePicture, match=CRASHES):
        take_in(photo())
    assert (Picture.objects.count(), [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == (0, [])


@pytest.mark.django_db
def test_texts_of_wrong_types_are_left_out(another_darkroom):
    answer = {"suffix": "jpg", "width": 1, "height": 1, "colour": "#000000", "likeness": [0, 0, 0, 0]}
    answer["said"] = {"title": 7, "credit": ["x"], "alt": "Kai\ud800", "caption": None, "taken_at": "x", "version": "9"}
    another_darkroom(f"print({json.dumps(answer)!r})")
    picture, _is_new = take_in(photo())
    assert (picture.alt, picture.credit, picture.caption, picture.version) == ("Kai", "", "", 1)


def test_the_darkroom_is_told_no_secrets(another_darkroom, monkeypatch, file):
    monkeypatch.setenv("NEWSROOM_SECRET_KEY", "GEHEIM")
    monkeypatch.setenv("DATABASE_URL_COPY", "GEHEIM")
    another_darkroom(
        "import os, json; print(json.dumps({'said': [n for n, v in os.environ.items() if 'GEHEIM' in v]}))"
    )
    assert ordering.examine(file(photo()), looks=[]) == {"said": []}


def test_the_darkroom_may_not_write_without_end(another_darkroom, file, tmp_path):
    limits = Path(ordering.DARKROOM) / "limits.py"
    another_darkroom(
        f"import sys, json; exec(open({str(limits)!r}).read())\n"
        "keep_within(**json.load(sys.stdin)['limits'])\n"
        f"file = open({str(tmp_path / 'large')!r}, 'wb')\n"
        "try:\n    while True: file.write(bytes(1_000_000))\n"
        'except OSError: print(\'{"refused": "disk"}\')'
    )
    with pytest.raises(CannotStore):
        ordering.examine(file(photo()), looks=[])
    assert (tmp_path / "large").stat().st_size <= 50_000_000


SERVER = """
import json, os, resource, sys, time
import django
django.setup()
from articles.media import ordering, UnusablePicture
from articles.media.encoding import job

def size():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

told = {}
for name in sorted(os.listdir(sys.argv[1])):
    before, began = size(), spent()
    looks = [job(None, width=width, suffix="webp", to=f"{sys.argv[2]}-{width}") for width in (320, 960)]
    try:
        said = "taken" if ordering.examine(os.path.join(sys.argv[1], name), looks=looks) else ""
    except UnusablePicture as error:
        said = "refused"
    told[name] = [said, size() - before, round(spent() - began, 2)]
print(json.dumps(told))
"""


def test_the_server_stays_small_whatever_it_is_sent(tmp_path, record_property):
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    zeros = zlib.compress(b"\0" * 20_000_000)
    for name, raw in {
        "60 MP jpeg": file_of(Image.new("L", (9000, 6600), 90), "JPEG"),
        "60 MP png": png(7700, 7700, colour=0, data=packed_rows(7700, 7700, bytes_a_pixel=1)),
        "bomb png": png(50_000, 50_000, depth=1, data=zeros),
        "bomb gif": gif(1, (65_535, 65_535)),
        "frames gif": gif(10_000),
        "frames webp": moving_webp(10_000),
        "text bomb": png(10, 10, data=zeros)[:33] + b"\x00\x00\x00\x05zTXtx",
        "cut off": photo()[:5000],
    }.items():
        (uploads / name).write_bytes(raw)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "NEWSROOM_VAR": str(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "-c", SERVER, uploads, tmp_path / "look"], env=environment, capture_output=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    assert {name: said for name, (said, _grown, _spent) in told.items() if said == "taken"} == {
        "60 MP jpeg": "taken",
        "60 MP png": "taken",
    }
    assert {name: grown for name, (_said, grown, _spent) in told.items() if grown >= 100} == {}
    assert {name: spent for name, (said, _grown, spent) in told.items() if said == "refused" and spent > 1} == {}
    record_property("MB the server grew by at most, sent bombs", max(grown for _said, grown, _spent in told.values()))
    slowest = max(spent for said, _grown, spent in told.values() if said == "refused")
    record_property("seconds of processor time the slowest refusal took", slowest)
