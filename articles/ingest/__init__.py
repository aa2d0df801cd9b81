"""Stories that come from outside: files of a wire or an archive, read and handed to the desk.

A format is a pure function from bytes to an `ItemDraft` (`formats.py` lists them,
`plaintext.py` is the first); it touches no database and raises ParseError with a
line and a sentence. `store` is the one way from a draft to a Story, through the
desk's and the press's own verbs, and knows what was imported before. Start with
`plaintext.py` and `storing.py`; `manage.py ingest` is the face.
"""

from .draft import ItemDraft, ParseError
from .files import read_file
from .formats import AUTO, FORMATS, read
from .sections import default_section, named_section
from .storing import Outcome, Result, rehearse, store

__all__ = [
    "AUTO",
    "FORMATS",
    "ItemDraft",
    "Outcome",
    "ParseError",
    "Result",
    "default_section",
    "named_section",
    "read",
    "read_file",
    "rehearse",
    "store",
]
