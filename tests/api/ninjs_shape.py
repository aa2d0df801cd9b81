"""What ninjs 3.1 allows of what we send, in our own words (IPTC, ninjs 3.1: names, types, required parts, choices).

The IPTC's own schema judges the same items where it is at hand: NEWSROOM_NINJS_SCHEMA names its file, or it lies with
the outside checkers beside this tree.
"""

import json
import os
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

BESIDE = Path(__file__).parents[3] / "shared" / "quality" / "data" / "jsonschema" / "ninjs" / "ninjs-schema_3.1.json"
TEXT, WHOLE, URI = {"type": "string"}, {"type": "integer"}, {"type": "string", "format": "uri"}
MOMENT = {"type": "string", "format": "date-time"}


def _object(required=(), **properties):
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def _list(**properties):
    required = properties.pop("required", ())
    return {"type": "array", "minItems": 1, "items": _object(required, **properties)}


_NAMED = {"name": TEXT, "rel": TEXT, "uri": URI, "literal": TEXT}
_SAID = {"required": ["value"], "role": TEXT, "contentType": TEXT, "value": TEXT}
_RENDITION = {"required": ["name"], "name": TEXT, "href": URI, "contentType": TEXT, "width": WHOLE, "height": WHOLE}
_ITEM = {
    "uri": URI,
    "type": {"enum": ["text", "picture"]},
    "representationType": {"enum": ["full", "partial"]},
    "standard": _object(name=TEXT, version=TEXT, schema=URI),
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    **dict.fromkeys(("firstCreated", "versionCreated", "contentCreated"), MOMENT),
    "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
    **dict.fromkeys(("language", "title", "by", "located", "edNote", "copyrightHolder", "copyrightNotice"), TEXT),
    "headlines": _list(**_SAID),
    "descriptions": _list(**_SAID),
    "bodies": _list(**_SAID, charCount=WHOLE, wordCount=WHOLE),
    **{name: _list(**_NAMED) for name in ("people", "organisations", "places", "subjects", "events")},
    "infoSources": _list(name=TEXT, role=TEXT, uri=URI, literal=TEXT),
    "genres": _list(name=TEXT, uri=TEXT, literal=TEXT),
    "renditions": _list(**_RENDITION, format=TEXT, aspectRatio=TEXT),
    "altIds": _list(role=TEXT, value=TEXT),
    "trustIndicators": _list(role=URI, title=TEXT, href=URI),
    "rightsInfo": _object(["linkedRights"], linkedRights=URI),
}
_PICTURE = _object(["name", "uri"], name=TEXT, rel=TEXT, **_ITEM)
SHAPE = _object(["uri"], **_ITEM, associations={"type": "array", "minItems": 1, "items": _PICTURE})


def official():
    """The IPTC's schema (Validator), None where it is not at hand; GeoJSON, which we do not send, stands empty."""
    path = Path(os.environ.get("NEWSROOM_NINJS_SCHEMA", "") or BESIDE)
    if not path.is_file():
        return None
    places = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema"})
    registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", places)
    schema = json.loads(path.read_text("utf-8"))
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def own():
    """Our own words as a Validator."""
    return Draft202012Validator(SHAPE, format_checker=FormatChecker())
