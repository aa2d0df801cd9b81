"""Pictures for tests: small, painted once a run, taken in like any upload."""

import functools
import io
import secrets

from articles.demo.paint import paint
from articles.media import rendition_set, take_in
from articles.models import Picture


@functools.cache
def painted(motif, seed=1, size=(640, 360), form="PNG"):
    """A small picture's file (bytes)."""
    out = io.BytesIO()
    paint(motif, seed, size).save(out, form)
    return out.getvalue()


def painted_picture(motif, seed=1, **fields) -> Picture:
    """A Picture in the library."""
    said = {"title": motif, "alt": f"A {motif}", "caption": f"The {motif}.", "credit": "Jo Painter", "rights": "own"}
    return take_in(painted(motif, seed), keep_similar=True, **(said | fields))[0]


def picture_row(title="Kai", **fields) -> Picture:
    """A Picture without files, for tests that look at none; its set of renditions has an address all the same."""
    said = {"alt": "Ein Kai", "caption": "Der Kai.", "credit": "Jo Painter", "rights": "own"}
    size = {"size": 1000, "width": 1600, "height": 900, "suffix": "jpg"}
    return Picture.objects.create(title=title, digest=secrets.token_hex(32), **(size | said | fields))


def media_url(picture, name="3x2-320.webp"):
    """The address readers have for one file of a picture."""
    return f"/media/{rendition_set(picture).key}/{name}"


def figure(picture, caption="", credit=""):
    """The picture as a body has it, with a caption and a credit of its own (escaped text; empty: the picture's)."""
    said = f' data-credit="{credit}"' if credit else ""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-picture="{picture.key}"{said}>{below}</figure>'
