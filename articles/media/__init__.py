"""Picture files: an upload checked and re-encoded, and where its files lie.

The original stays private under `var/media/originals`; what readers may get is
re-encoded, carries none of the original's metadata, and is served by
`views/media.py` only while a live edition shows it.
"""

from .files import path_of, shown_widths
from .intake import UnusablePicture, take_in

__all__ = ["UnusablePicture", "path_of", "shown_widths", "take_in"]
