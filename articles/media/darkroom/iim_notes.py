"""Reads IPTC-IIM: what wire services have written into JPEG files since 1991."""

from datetime import datetime

_RESOURCE = 0x0404  # of Photoshop's blocks
_UTF8 = b"\x1b%G"
_DATASETS = {105: "title", 120: "caption", 110: "credit", 116: "copyright_notice", 40: "usage_terms", 115: "agency"}
_NAME, _BYLINE, _DATE, _TIME = 5, 80, 55, 60
_PLACES = (92, 90, 101)  # sublocation, city, country
_MOST = 2000  # datasets of one file


def said_in(image):
    """Fields of the newsroom that the picture's IIM record fills (dict of text)."""
    blocks = image.info.get("photoshop")
    raw = blocks.get(_RESOURCE) if isinstance(blocks, dict) else None
    if not isinstance(raw, bytes):
        return {}
    found, decode = {}, _latin
    for record, number, value in _datasets(raw):
        if (record, number) == (1, 90) and value.startswith(_UTF8):
            decode = _unicode
        elif record == 2:
            found.setdefault(number, []).append(value)
    texts = {number: [decode(value) for value in values] for number, values in found.items()}
    return _fields(texts)


def _fields(texts):
    said = {field: texts[number][0] for number, field in _DATASETS.items() if number in texts}
    if _NAME in texts and not said.get("title", "").strip():
        said["title"] = texts[_NAME][0]
    said["creator"] = ", ".join(texts.get(_BYLINE, [])[:20])
    said["place"] = ", ".join(text for number in _PLACES for text in texts.get(number, [])[:1] if text.strip())
    said["taken_at"] = _date(texts.get(_DATE, [""])[0].strip(), texts.get(_TIME, [""])[0].strip())
    return {field: value for field, value in said.items() if value}


def _datasets(raw):
    """(record, number, value) of each dataset; ends where the bytes stop making sense."""
    at = 0
    for _each in range(_MOST):
        if at + 5 > len(raw) or raw[at] != 0x1C:
            return
        record, number, length = raw[at + 1], raw[at + 2], int.from_bytes(raw[at + 3 : at + 5])
        at += 5
        if length & 0x8000:  # extended: the length itself is so many bytes long
            count = length & 0x7FFF
            if count > 4:
                return
            length, at = int.from_bytes(raw[at : at + count]), at + count
        yield record, number, raw[at : at + length]
        at += length


def _latin(value):
    """Most writers that name no character set write UTF-8 all the same; what is not that is Windows' Latin."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _unicode(value):
    return value.decode("utf-8", "ignore")  # a length in bytes may have cut a letter in two


def _date(day, time):
    try:
        date = datetime.strptime(day, "%Y%m%d").date()
    except ValueError:
        return None
    for form in ("%H%M%S%z", "%H%M%S"):
        try:
            return datetime.combine(date, datetime.strptime(time, form).timetz()).isoformat()
        except ValueError:
            continue
    return date.isoformat()
