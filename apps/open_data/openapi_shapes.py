"""JSON schemas of the documents of OGC API – Features."""

from typing import Any

_LINK = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}
_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_GEOMETRY = {
    "type": "object",
    "nullable": True,
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["MultiPolygon", "Polygon"]},
        "coordinates": {"type": "array", "items": {}},
    },
}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


_COLLECTION = _object(
    ["id", "title", "links", "extent", "crs", "storageCrs"],
    id=_TEXT, title=_TEXT, description=_TEXT, itemType=_TEXT, links=_LINKS, crs=_TEXTS, storageCrs=_TEXT,
    extent=_object(["spatial"], spatial={"type": "object"}, temporal={"type": "object"}),
)  # fmt: skip
_FEATURE = _object(
    ["type", "id", "geometry", "properties"],
    type={"type": "string", "enum": ["Feature"]}, id=_TEXT, geometry=_GEOMETRY, properties={"type": "object"},
    links=_LINKS,
)  # fmt: skip
SCHEMAS: dict[str, Any] = {
    "link": _LINK,
    "landing": _object(["links"], title=_TEXT, description=_TEXT, links=_LINKS),
    "conformance": _object(["conformsTo"], conformsTo=_TEXTS),
    "collection": _COLLECTION,
    "collections": _object(
        ["collections", "links"],
        collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
        links=_LINKS,
        crs=_TEXTS,
    ),
    "item": _FEATURE,
    "items": _object(
        ["type", "features", "numberMatched", "numberReturned", "links"],
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": "#/components/schemas/item"}},
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
        timeStamp={"type": "string", "format": "date-time"},
        links=_LINKS,
    ),
    "exception": {"type": "object"},
}
