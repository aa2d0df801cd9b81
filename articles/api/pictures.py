"""Pictures as the interface tells of them: words, size, and the address of each file."""

from ..media.framing import FORMATS, name_of, size_of, widths_of
from ..templatetags.newspaper import absolute
from ..templatetags.pictures import file_url
from ..views.media import TYPES
from ..vocabulary import Ratio

FEW = (Ratio.ORIGINAL, Ratio.WIDE)


def files(picture, *, few):
    """The files of a printed picture (list of dicts), each crop from small to large; `few`: JPEGs of two crops."""
    ratios = FEW if few else tuple(Ratio)
    return [
        _file(picture, ratio, width, suffix)
        for ratio in ratios
        for width in widths_of(picture["crops"][ratio][0])
        for suffix in (("jpg",) if few else FORMATS)
    ]


def _file(picture, ratio, width, suffix):
    width, height = size_of([0, 0, *picture["crops"][ratio]], width)
    return {
        "crop": str(ratio),
        "url": absolute(file_url(picture, name_of(ratio, width, suffix))),
        "width": width,
        "height": height,
        "type": TYPES[suffix],
    }


def tell_picture(picture, *, few):
    """What is told of a printed picture (dict)."""
    return {
        "alt": picture["alt"],
        "caption": picture["caption"],
        "credit": picture["credit"],
        "symbol_photo": picture["symbol"],
        "width": picture["width"],
        "height": picture["height"],
        "renditions": files(picture, few=few),
    }


def shown_in_text(edition):
    """The pictures in the text of a hung edition that readers see (list), in order."""
    return [picture for picture in edition.pictures if picture["number"] in edition.shown_numbers]
