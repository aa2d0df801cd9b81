"""Reads EXIF: what the camera wrote. Where it stood (GPS) is not asked."""

from datetime import datetime

_DESCRIPTION, _ARTIST, _COPYRIGHT, _PHOTO = 0x010E, 0x013B, 0x8298, 0x8769
_TIMES = ((0x9003, 0x9011), (0x9004, 0x9012))  # original, digitised; each with its offset from UTC
# Cameras fill the description with their own name: no caption.
_MACHINES = ("olympus digital camera", "sony dsc", "samsung camera pictures", "exif_jpeg_picture", "dcim", "default")


def said_in(image):
    """Fields of the newsroom that the picture's EXIF fills (dict of text). Raises anything on broken blocks."""
    exif = image.getexif()
    said = {
        "caption": _text(exif.get(_DESCRIPTION)),
        "creator": ", ".join(filter(None, (part.strip() for part in _text(exif.get(_ARTIST)).split(";")))),
        "copyright_notice": _text(exif.get(_COPYRIGHT)),
    }
    if said["caption"].strip().lower() in _MACHINES:
        del said["caption"]
    photo = exif.get_ifd(_PHOTO)
    dates = (_date(_text(photo.get(time)), _text(photo.get(offset))) for time, offset in _TIMES)
    said["taken_at"] = next(filter(None, dates), None)
    return {field: value for field, value in said.items() if value}


def _text(value):
    """The standard allows ASCII only, and Pillow reads Latin 1; what is UTF-8 in truth is read as that."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _date(time, offset):
    try:
        taken = datetime.strptime(time.strip("\0 "), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    try:
        return datetime.fromisoformat(taken.isoformat() + offset.strip("\0 ")).isoformat()
    except ValueError:
        return taken.isoformat()
