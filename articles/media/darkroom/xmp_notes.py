"""Reads XMP: the packet of RDF that picture desks write today."""

from datetime import datetime
from urllib.parse import urlsplit

from defusedxml.ElementTree import fromstring

_RDF, _XML = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/XML/1998/namespace}"
_DC, _PHOTOSHOP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS, _CORE = "{http://ns.adobe.com/xap/1.0/rights/}", "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_XMP, _EXIF = "{http://ns.adobe.com/xap/1.0/}", "{http://ns.adobe.com/exif/1.0/}"
_LARGEST = 4 * 2**20  # bytes of a packet
_FIELDS = {  # ours -> theirs, the first that says something
    "title": (_PHOTOSHOP + "Headline", _DC + "title"),
    "caption": (_DC + "description",),
    "creator": (_DC + "creator",),
    "credit": (_PHOTOSHOP + "Credit",),
    "copyright_notice": (_DC + "rights",),
    "usage_terms": (_RIGHTS + "UsageTerms", _PHOTOSHOP + "Instructions"),
    "agency": (_PHOTOSHOP + "Source",),
    "alt": (_CORE + "AltTextAccessibility",),
}
_DATES = (_PHOTOSHOP + "DateCreated", _EXIF + "DateTimeOriginal", _XMP + "CreateDate")
_PLACES = (_CORE + "Location", _PHOTOSHOP + "City", _PHOTOSHOP + "Country")


def said_in(image):
    """Fields of the newsroom that the picture's XMP fills (dict of text). Raises anything on broken packets."""
    packet = image.info.get("xmp")
    if isinstance(packet, str):
        packet = packet.encode()
    if not packet or len(packet) > _LARGEST:
        return {}
    found = _properties(fromstring(packet.strip(b"\0 \t\r\n"), forbid_dtd=True))
    said = {field: _first(found, names) for field, names in _FIELDS.items()}
    said["taken_at"] = next(filter(None, (_date(_first(found, [name])) for name in _DATES)), None)
    said["place"] = ", ".join(filter(None, (_first(found, [name]) for name in _PLACES)))
    said["source_url"] = _web(_first(found, [_RIGHTS + "WebStatement"]))
    return {field: value for field, value in said.items() if value}


def _properties(root):
    found = {}
    for rdf in root.iter(_RDF + "RDF"):
        for description in rdf.findall(_RDF + "Description"):
            for name, value in description.attrib.items():
                found.setdefault(name, value)
            for child in description:
                found.setdefault(child.tag, _value(child))
    return found


def _value(element):
    """The text of a property: itself, the default language of its alternatives, or all of a list."""
    for kind in ("Alt", "Seq", "Bag"):
        if (several := element.find(_RDF + kind)) is None:
            continue
        items = several.findall(_RDF + "li")
        if kind == "Alt":
            items.sort(key=lambda item: item.get(_XML + "lang") != "x-default")
            items = items[:1]
        return ", ".join(item.text.strip() for item in items[:20] if item.text and item.text.strip())
    return element.get(_RDF + "resource") or element.text or ""


def _first(found, names):
    return next((found[name].strip() for name in names if found.get(name, "").strip()), "")


def _date(text):
    try:
        return (
            datetime.fromisoformat(text) if len(text) > 10 else datetime.strptime(text, "%Y-%m-%d").date()
        ).isoformat()
    except ValueError:
        return None


def _web(text):
    parts = urlsplit(text)
    return text if parts.scheme in ("http", "https") and parts.hostname else ""
