"""Picture files: uploads taken in, and the files readers and the desk get of them.

Start at `intake.take_in` (an upload becomes a Picture) and `renditions.rendition` (a file readers get). Strangers'
bytes are opened in `darkroom/` only, a process of its own that knows nothing of the newsroom; `ordering.py` sends it
orders. Originals are private; what readers get is re-encoded, says nothing but the desk's credit and copyright, and
is named by the random key of a RenditionSet. Whether a reader may have it is asked by the faces, not here.
"""

from .dropping import drop
from .files import LOOKS
from .finding import index, index_all
from .intake import take_in
from .looking import desk_look, original
from .refusing import CannotStore, NotReady, SimilarPictures, UnusablePicture
from .renditions import make_ahead, names_of, rendition
from .sets import rendition_set
from .sweeping import Leftover, clear_leftovers, leftovers

__all__ = [
    "LOOKS",
    "CannotStore",
    "Leftover",
    "NotReady",
    "SimilarPictures",
    "UnusablePicture",
    "clear_leftovers",
    "desk_look",
    "drop",
    "index",
    "index_all",
    "leftovers",
    "make_ahead",
    "names_of",
    "original",
    "rendition",
    "rendition_set",
    "take_in",
]
