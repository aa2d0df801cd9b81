"""What a file says about its picture, from the three places where agencies, desks and cameras write it.

Which place is which field follows the IPTC Photo Metadata Standard and its mapping guidelines; XMP goes before
IPTC-IIM, that before EXIF. Values come as they are, cut to a length that is safe to hand on: the newsroom cleans them.
Where anything is not as it should be it is passed over, because a broken note is no reason to refuse a picture.
"""

from contextlib import suppress

import exif_notes
import iim_notes
import xmp_notes

_LONGEST = 4000  # characters of one value


def said_in(image):
    """The picture's texts by the newsroom's field names (dict of text); fields nobody filled are not in it."""
    sources = []
    for read in (xmp_notes.said_in, iim_notes.said_in, exif_notes.said_in):
        with suppress(Exception):
            sources.append(read(image))
    said = {}
    for source in sources:
        for field, value in source.items():
            if isinstance(value, str) and value.strip("\0 \t\r\n"):
                said.setdefault(field, value[:_LONGEST])
    if taken := _best_date([source.get("taken_at") for source in sources]):
        said["taken_at"] = taken
    return said


def _best_date(dates):
    """The first, unless a later source knows the hour of the same day that the first knows only the day of."""
    dates = [each for each in dates if each]
    if not dates:
        return None
    with_hour = (each for each in dates if "T" in each and each[:10] == dates[0][:10])
    return dates[0] if "T" in dates[0] else next(with_hour, dates[0])
