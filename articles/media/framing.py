"""Which renditions there are: crops around the focal point, and the widths and formats of each. Pure geometry."""

from ..vocabulary import Ratio

WIDTHS = (320, 640, 960, 1200, 1600, 2000)  # pixels; every srcset is made of these
FORMATS = ("avif", "webp", "jpg")  # in the order in which a browser is offered them
SHARED = (Ratio.WIDE, 1200)  # what link previews, feeds and search engines get, as a JPEG
SHAPES = {Ratio.WIDE: (16, 9), Ratio.CLASSIC: (3, 2), Ratio.STANDARD: (4, 3), Ratio.SQUARE: (1, 1)}
# What the site's own pages ask for at once, by the place of a picture: made before readers come.
AHEAD = {
    "lead": (Ratio.WIDE, Ratio.CLASSIC),  # and what `lead_ratio` says
    "body": (Ratio.ORIGINAL,),
    "gallery": (Ratio.CLASSIC,),
}
_WHOLE = 1000  # as models.picture counts positions


def crop_boxes(width, height, *, focal=(500, 500), by_hand=None):
    """The box (list: left, top, width, height in pixels) of each Ratio in a picture of `width` by `height` pixels.

    Each is the largest of its shape, moved as near to the focal point (thousandths from the left and from above) as
    the picture allows. `by_hand` has for some ratios the left, top and width somebody chose (thousandths).
    """
    boxes = {str(Ratio.ORIGINAL): [0, 0, width, height]}
    for ratio, shape in SHAPES.items():
        chosen = (by_hand or {}).get(ratio)
        box = _chosen_box(width, height, shape, chosen) if chosen else _largest_box(width, height, shape, focal)
        boxes[str(ratio)] = box
    return boxes


def _largest_box(width, height, shape, focal):
    wide, high = shape
    box_width = max(1, min(width, round(height * wide / high)))
    box_height = max(1, min(height, round(width * high / wide)))
    left = round(width * focal[0] / _WHOLE - box_width / 2)
    top = round(height * focal[1] / _WHOLE - box_height / 2)
    return _inside(left, top, box_width, box_height, width, height)


def _chosen_box(width, height, shape, chosen):
    wide, high = shape
    left, top, part = chosen
    box_width = max(1, round(width * part / _WHOLE))
    box_height = max(1, round(box_width * high / wide))
    if box_height > height:
        box_width, box_height = max(1, round(height * wide / high)), height
    left, top = round(width * left / _WHOLE), round(height * top / _WHOLE)
    return _inside(left, top, box_width, box_height, width, height)


def _inside(left, top, box_width, box_height, width, height):
    return [max(0, min(left, width - box_width)), max(0, min(top, height - box_height)), box_width, box_height]


def widths_of(box_width):
    """The widths (pixels) in which a crop that is `box_width` pixels wide is made: never enlarged."""
    return sorted({min(each, box_width) for each in WIDTHS})


def size_of(box, width):
    """The size (pair of pixels) of a rendition of a crop with that box, `width` pixels wide."""
    return width, max(1, round(box[3] * width / box[2]))


def lead_ratio(width, height):
    """The crop in which a story's page shows its lead: the whole picture, unless it is taller than wide, or nearly."""
    return Ratio.ORIGINAL if width >= height * 1.2 else Ratio.STANDARD


def names_ahead(crops, place):
    """The names (list) of what is made before readers come, of a set with these `crops` (boxes by Ratio)."""
    leading = (lead_ratio(*crops[Ratio.ORIGINAL][2:]),) if place == "lead" else ()
    names = [
        name_of(ratio, width, suffix)
        for ratio in (*AHEAD[place], *leading)
        for width in widths_of(crops[ratio][2])
        for suffix in ("webp", "avif")
    ]
    ratio, most = SHARED
    shared = max(width for width in widths_of(crops[ratio][2]) if width <= most)
    return [name_of(ratio, shared, "jpg"), *names] if place == "lead" else names


def name_of(ratio, width, suffix):
    """What a rendition is called below the key of its set, such as `16x9-960.avif`."""
    return f"{ratio}-{width}.{suffix}"
