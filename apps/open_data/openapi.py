"""The OpenAPI 3.0 document of OGC API – Features, for the collections there are; it refers to nothing outside."""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.common.city import current_city
from apps.open_data.collections import Collection
from apps.open_data.documents import GEOJSON, JSON
from apps.open_data.engine import DEFAULT_LIMIT, MOST
from apps.open_data.openapi_shapes import SCHEMAS
from apps.open_data.reference import CRS84, city_uri
from apps.open_data.words import city_title, licence

_DAY = {"type": "string", "pattern": r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$"}


def openapi(base: str, known: Mapping[str, Collection]) -> dict[str, Any]:
    """The document under the landing page `base`."""
    paths: dict[str, Any] = {
        "/": _reads("Landing page", "landing", JSON, _COMMON),
        "/conformance": _reads("Conformance classes", "conformance", JSON, _COMMON),
        "/collections": _reads("Collections", "collections", JSON, _COMMON),
    }
    for collection in known.values():
        paths |= _paths(collection)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": city_title().en,
            "description": licence().en,
            "version": "1.0",
            "license": {"name": "; ".join(c.licence for c in current_city().credits) or "see the city"},
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": SCHEMAS, "parameters": _parameters(), "responses": _refusals()},
    }


def _paths(collection: Collection) -> dict[str, Any]:
    here = f"/collections/{collection.id}"
    clocks = ["on", "known_at"]
    items = [*_COMMON, *clocks, "crs", "limit", "bbox", "bbox-crs", "datetime", "after", "properties", "skipGeometry"]
    title = collection.title.en
    listed = _reads(f"{title}: items", "items", GEOJSON, items)
    listed["get"]["parameters"] += [_filter(name, collection) for name in collection.filters]
    one = _reads(f"{title}: one item", "item", GEOJSON, [*_COMMON, *clocks, "crs", "featureId"])
    return {
        here: _reads(f"{title}: collection", "collection", JSON, _COMMON),
        f"{here}/items": listed,
        f"{here}/items/{{featureId}}": one,
    }


def _filter(name: str, collection: Collection) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": "Only items with exactly this value",
        "schema": {"type": "string"},
        "example": {"parcels": "1"}.get(collection.id, "H4"),
    }


def _reads(summary: str, shape: str, kind: str, names: Sequence[str]) -> dict[str, Any]:
    refusals = {str(code): {"$ref": f"#/components/responses/{code}"} for code in (400, 404, 429, 503)}
    answer = {
        "description": summary,
        "content": {kind: {"schema": {"$ref": f"#/components/schemas/{shape}"}}},
    }
    return {
        "get": {
            "summary": summary,
            "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names],
            "responses": {"200": answer, "304": {"description": "Nothing has changed"}, **refusals},
        }
    }


_COMMON = ("f", "lang")


def _parameters() -> dict[str, Any]:
    crs = {"type": "string", "format": "uri", "enum": [CRS84, city_uri()]}
    numbers = {"type": "array", "oneOf": [_numbers(4), _numbers(6)], "items": {"type": "number"}}
    texts = {"type": "array", "items": {"type": "string"}}
    found = {
        "f": _query({"type": "string", "enum": ["json"]}, "Format"),
        "lang": _query({"type": "string", "enum": list(current_city().languages)}, "Language of titles"),
        "on": _query(_DAY, "Legal day, Gregorian or Jalali; today when left out"),
        "known_at": _query({"type": "string", "format": "date-time"}, "As recorded by this instant; now when left out"),
        "crs": _query({**crs, "default": CRS84}, "Coordinates of the answer"),
        "limit": _query(
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
            "Items on a page; more than the maximum gives the maximum",
        ),
        "bbox": _query(numbers, "Only items that meet this box", explode=False),
        "bbox-crs": _query({**crs, "default": CRS84}, "Coordinates of the box"),
        "datetime": _query({"type": "string"}, "Legal day or interval (RFC 3339, '..' = open); not together with `on`"),
        "after": _query({"type": "string"}, "Where the page goes on; taken from the link `next`"),
        "properties": _query(texts, "Only these properties", explode=False),
        "skipGeometry": _query({"type": "boolean", "default": False}, "Without geometry"),
    }
    for name, parameter in found.items():
        parameter["name"] = name
    one = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
    return {**found, "featureId": {**one, "description": "The item's `id`"}}


def _numbers(many: int) -> dict[str, Any]:
    return {"minItems": many, "maxItems": many}


def _query(schema: Mapping[str, Any], description: str, *, explode: bool | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"in": "query", "required": False, "description": description, "schema": dict(schema)}
    return made if explode is None else {**made, "style": "form", "explode": explode}


def _refusals() -> dict[str, Any]:
    said = {
        "400": "A parameter is unknown or cannot be read",
        "404": "There is no such collection or item",
        "429": "Too many calls from this address",
        "503": "The database is away, or the question takes too long",
    }
    content = {JSON: {"schema": {"$ref": "#/components/schemas/exception"}}}
    return {code: {"description": text, "content": content} for code, text in said.items()}
