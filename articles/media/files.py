"""Where a picture's files lie, and how a file and its row come and go together.

A file waits under a temporary name (`.part`) until its row is committed, and goes back to one before its row is
deleted. So whatever is cut short leaves a temporary file at most: one whose row is there is put in its place when it
is next asked for, one without a row is cleared away later.
"""

import contextlib
import os
import shutil
from pathlib import Path

from django.conf import settings

LOOKS = (320, 960)  # pixels; how wide the desk sees whole pictures
PART = ".part"


def folder(kind, key):
    """The folder for a key's files of that kind (originals, desk, renditions); few files share one."""
    return Path(settings.MEDIA_ROOT) / kind / key[:2]


def original_of(key, suffix):
    """Where the private original of the picture `key` lies."""
    return folder("originals", key) / f"{key}.{suffix}"


def looks_of(key):
    """The folder of the desk's looks at the picture `key`."""
    return folder("desk", key) / key


def renditions_of(key):
    """The folder of the renditions of the set `key`."""
    return folder("renditions", key) / key


def waiting(path):
    """The temporary name of a file or folder."""
    return path.with_name(path.name + PART)


def settle(path):
    """The path, after what waits for it under its temporary name, if anything, was put there."""
    if not path.exists():
        with contextlib.suppress(FileNotFoundError):  # nothing waits, or somebody else was quicker
            os.rename(waiting(path), path)
    return path


def unsettle(path):
    """Gives a file or folder its temporary name again; nothing where there is none."""
    with contextlib.suppress(FileNotFoundError):
        os.rename(path, waiting(path))


def clear(path):
    """Removes a file, or a folder with what is in it; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def make_folder(path):
    """Makes a folder that only the newsroom's own user may look into, with those above it."""
    for each in (*reversed(path.parents), path):  # `parents=True` would make those above for everybody
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)


def write(path, chunks):
    """Writes `chunks` (iterable of bytes) to a new file, safely on the disk when this returns. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(descriptor)


def remember(*folders):
    """Makes sure the disk remembers names given in these folders, also when the power fails."""
    for each in folders:
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
