"""Pictures for tests: small, painted once a run, taken in like any upload."""

import functools
import io

from articles.demo.paint import paint
from articles.media import take_in
from articles.models import Picture


@functools.cache
def painted(motif, seed=1, size=(640, 360), form="PNG"):
    """A small picture's file (bytes)."""
    out = io.BytesIO()
    paint(motif, seed, size).save(out, form)
    return out.getvalue()


def painted_picture(motif, seed=1, **fields) -> Picture:
    """A Picture in the library."""
    said = {"title": motif, "alt": f"A {motif}", "caption": f"The {motif}.", "credit": "Jo Painter"} | fields
    return take_in(painted(motif, seed), **said)[0]
