"""Values as few bytes, for rows that are kept and hardly ever read."""

import json
import zlib


def pack(value):
    """A JSON value as compressed bytes; any text survives, NUL and lone surrogates too."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 6)


def unpack(packed):
    """The value that `pack` was given."""
    return json.loads(zlib.decompress(bytes(packed)))
