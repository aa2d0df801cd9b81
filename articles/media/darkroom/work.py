"""The two orders: look at a new file, and make renditions of one."""

from developing import develop, negative, upright_size
from likeness import likeness, main_colour
from metadata import said_in
from opening import SUFFIXES, opened


def examine(order):
    """Facts and texts of the file at `path`, and the desk's looks at it written to `looks` (list of jobs).

    A look is a rendition of the whole picture, `width` pixels wide or as wide as the picture is.
    """
    image = opened(order["path"], **order["size"])
    suffix, said = SUFFIXES[image.format], said_in(image)
    width, height = upright_size(image)
    looks = [look | {"box": [0, 0, width, height], "width": min(look["width"], width)} for look in order["looks"]]
    picture = negative(image, looks)
    for look in looks:
        develop(picture, look)
    return {
        "suffix": suffix,
        "width": width,
        "height": height,
        "likeness": likeness(picture.image),
        "colour": main_colour(picture.image),
        "said": said,
    }


def make(order):
    """Renditions of the file at `path`, one for each of `jobs`: a box of the upright picture, a width, a format."""
    image = opened(order["path"], **order["size"])
    picture = negative(image, order["jobs"])
    for job in order["jobs"]:
        develop(picture, job)
    return {"made": len(order["jobs"])}


WORK = {"examine": examine, "develop": make}
