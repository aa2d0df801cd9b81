"""Finds files without a row and rows without a file, a few hundred at a time however large the library is."""

import itertools
import os
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import EditionPicture, Picture, RenditionSet, SectionPicture
from . import files
from .queueing import held

_BATCH = 500
_UNPRINTED = timedelta(days=30)  # after that, whoever looks at a preview again has its files made again
_YOUNG = timedelta(hours=1)  # what is younger may belong to an upload that is not through yet


@dataclass(frozen=True)
class Leftover:
    """A `path` that no row stands for, or a Picture (`picture`) whose original is not at its `path`."""

    path: Path
    picture: Picture | None = None


def leftovers(*, older_than=_YOUNG):
    """Yields a Leftover for everything that is not as it should be and was not touched for `older_than`.

    What waits for its name although its row is there is put in its place and not reported.
    """
    before = time.time() - older_than.total_seconds()
    yield from _files_without_rows("originals", Picture, before)
    yield from _files_without_rows("desk", Picture, before)
    yield from _files_without_rows("renditions", RenditionSet, before)
    yield from _parts_of_renditions(before)
    for picture in Picture.objects.order_by("pk").only("key", "suffix", "title").iterator(chunk_size=_BATCH):
        path = files.original_of(picture.key, picture.suffix)
        if not files.settle(path).is_file():
            yield Leftover(path, picture)


def clear_leftovers(*, older_than=_YOUNG):
    """Removes the files that no row stands for; how many files and folders that were. Rows are left alone."""
    _clear_locks(time.time() - older_than.total_seconds())
    _forget_unprinted(timezone.now() - _UNPRINTED)
    found = (leftover for leftover in leftovers(older_than=older_than) if leftover.picture is None)
    return sum(files.clear(leftover.path) is None for leftover in found)


def _forget_unprinted(before):
    """Deletes the sets that previews made and nothing was ever printed with; their files then are leftovers."""
    sets = RenditionSet.objects.filter(made_at__lt=before)
    for wanted in sets.order_by("pk").iterator(chunk_size=_BATCH):
        with transaction.atomic():  # whoever prints it at this moment holds the picture, too
            Picture.objects.select_for_update().get(pk=wanted.picture_id)
            printed = EditionPicture.objects.filter(key=wanted.key), SectionPicture.objects.filter(key=wanted.key)
            if not any(rows.exists() for rows in printed):
                wanted.delete()


def _clear_locks(before):
    """Lock files stay where whoever held them was killed; taking the lock and giving it back removes them."""
    root = Path(settings.MEDIA_ROOT) / "locks"
    for entry in os.scandir(root) if root.is_dir() else ():
        if _age(entry) < before:
            with held(entry.name):
                pass


def _files_without_rows(kind, model, before):
    entries = (entry for entry in _entries(kind) if _age(entry) < before)
    while batch := list(itertools.islice(entries, _BATCH)):
        keys = {entry.name.split(".")[0] for entry in batch}
        known = set(model.objects.filter(key__in=keys).values_list("key", flat=True))
        for entry in batch:
            path = Path(entry.path)
            if entry.name.split(".")[0] in known and (path.suffix != files.PART or _put_in_place(path)):
                continue
            yield Leftover(path)


def _put_in_place(part):
    path = part.with_name(part.name.removesuffix(files.PART))
    return not path.exists() and files.settle(path).exists()


def _parts_of_renditions(before):
    """Renditions whose encoding was cut short, in folders of sets that are there."""
    for folder in _entries("renditions"):
        for entry in os.scandir(folder.path) if folder.is_dir(follow_symlinks=False) else ():
            if entry.name.endswith(files.PART) and _age(entry) < before:
                yield Leftover(Path(entry.path))


def _entries(kind):
    root = Path(settings.MEDIA_ROOT) / kind
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        if folder.is_dir():
            yield from os.scandir(folder)


def _age(entry):
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return float("inf")
