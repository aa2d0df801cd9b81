"""Takes in an upload: by content, not by name; no row without its files, no files without their row."""

import contextlib
import hashlib

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from ..models import Picture
from ..text.ids import new_file_key
from . import files, ordering
from .describing import facts, texts
from .encoding import job
from .finding import index
from .likening import similar_to
from .refusing import CannotStore, SimilarPictures, too_large

_CHUNK = 2**18  # bytes


def take_in(raw_or_file, *, by=None, keep_similar=False, **fields):
    """The Picture made of an upload (bytes, or an open file) and whether it is new.

    What the file says about itself fills those `fields` of the Picture that are left out or empty. The same bytes
    again give the picture that is there already, as it is. Raises UnusablePicture; SimilarPictures where the library
    has one that looks the same, unless `keep_similar`; CannotStore (an OSError) where the disk or the database
    refuses. None of them leaves a row or a file behind.
    """
    key = new_file_key()
    try:
        return _taken_in(key, raw_or_file, by=by, keep_similar=keep_similar, fields=fields)
    except Exception as error:
        _forget(key)
        if isinstance(error, DatabaseError | OSError) and not isinstance(error, CannotStore):
            raise CannotStore from error
        raise


def _taken_in(key, raw_or_file, *, by, keep_similar, fields):
    upload = files.waiting(files.folder("originals", key) / key)
    files.make_folder(upload.parent)
    digest, size = _store(raw_or_file, upload)
    if known := Picture.objects.filter(digest=digest).first():
        _forget(key)
        return known, False
    answer = ordering.examine(upload, looks=_looks(key))
    found = facts(answer)
    if not keep_similar and (alike := similar_to([found[f"likeness_{place}"] for place in range(1, 5)])):
        raise SimilarPictures(alike)
    said = texts(answer) | {name: value for name, value in fields.items() if value not in ("", None)}
    picture = Picture(key=key, digest=digest, size=size, uploaded_by=by, **found, **said)
    original = files.original_of(key, picture.suffix)
    upload.rename(files.waiting(original))
    files.remember(original.parent, files.waiting(files.looks_of(key)), files.folder("desk", key))
    return _kept(picture, [original, files.looks_of(key)])


def _store(raw_or_file, path):
    """Writes the upload to `path`; its digest and its size in bytes. Raises UnusablePicture, OSError."""
    digest, size = hashlib.sha256(), 0

    def read():
        nonlocal size
        for chunk in _chunks(raw_or_file):
            size += len(chunk)
            if size > settings.PICTURE_MAX_BYTES:
                raise too_large()
            digest.update(chunk)
            yield chunk

    files.write(path, read())
    return digest.hexdigest(), size


def _chunks(raw_or_file):
    if isinstance(raw_or_file, bytes | bytearray | memoryview):
        yield bytes(raw_or_file)
        return
    raw_or_file.seek(0)
    while chunk := raw_or_file.read(_CHUNK):
        yield chunk


def _looks(key):
    """Orders for the desk's looks; the darkroom puts in what it alone knows, the size of the picture."""
    looks = files.waiting(files.looks_of(key))
    files.make_folder(looks)
    return [job(None, width=width, suffix="webp", to=looks / f"{width}.webp") for width in files.LOOKS]


def _kept(picture, paths):
    """Saves the row; its files get their names when that is committed."""
    try:
        with transaction.atomic():
            picture.save(force_insert=True)
            index(picture)
            transaction.on_commit(lambda: _settle(paths), robust=True)
    except IntegrityError:
        if known := Picture.objects.filter(digest=picture.digest).first():  # uploaded twice at the same moment
            _forget(picture.key)
            return known, False
        raise
    return picture, True


def _settle(paths):
    for path in paths:
        files.settle(path)
        files.remember(path.parent)


def _forget(key):
    for kind in ("originals", "desk"):
        with contextlib.suppress(OSError):
            for path in files.folder(kind, key).glob(f"{key}*"):
                files.clear(path)
