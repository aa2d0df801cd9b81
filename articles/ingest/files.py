"""The bytes of a file, or a sentence why there are none."""

import os
import stat

from django.utils.translation import gettext as _

from .draft import ParseError


def read_file(path, *, limit):
    """The content (bytes) of the ordinary file at `path`, where it has at most `limit` bytes.

    A larger file is not read. Raises ParseError for it, for a folder or device, and for what cannot be read.
    """
    try:
        _refuse_by_look(os.stat(path), limit)
        with open(path, "rb") as file:
            raw = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ParseError(_("There is no such file.")) from error
    except OSError as error:
        raise ParseError(_("The file cannot be read: %(why)s.") % {"why": error.strerror}) from error
    _refuse_size(len(raw), limit)
    return raw


def _refuse_by_look(look, limit):
    if stat.S_ISDIR(look.st_mode):
        raise ParseError(_("This is a folder; name the files in it."))
    if not stat.S_ISREG(look.st_mode):
        raise ParseError(_("This is a device or a pipe, not a file."))
    _refuse_size(look.st_size, limit)


def _refuse_size(size, limit):
    if size > limit:
        sentence = _("The file has more than %(limit)d bytes (NEWSROOM_INGEST_MAX_BYTES).")
        raise ParseError(sentence % {"limit": limit}, line=1)
