"""Shapes of the small answers, and of errors. Extracts: extract_schema.py; requests: request_schemas.py."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="WGS84 longitude, degrees")]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="WGS84 latitude, degrees")]
Point = Annotated[list[float], Field(min_length=2, max_length=2, description="WGS84 [lon, lat]")]
Box = Annotated[list[float], Field(min_length=4, max_length=4, description="WGS84 [west, south, east, north]")]


class TextOut(Schema):
    """The same sentence in Persian and English."""

    fa: str
    en: str


class ErrorOut(Schema):
    """What went wrong, in both languages, and what to do."""

    code: str
    message: TextOut
    fault: Literal["caller", "data", "system"]
    details: dict[str, Any]


class ErrorBody(Schema):
    """Every error of this API."""

    error: ErrorOut


class ParcelOut(Schema):
    """A parcel on the map; `geometry` is GeoJSON in WGS84."""

    code: str
    plate: str
    address: str
    centroid: Point
    bbox: Box
    geometry: dict[str, Any]


class ParcelAtOut(Schema):
    """The parcel at a point. On a shared border the lowest code answers and `also` names the others."""

    parcel: ParcelOut
    on_border: bool
    also: list[str]


class HitOut(Schema):
    """One thing found: a parcel or a named place."""

    kind: str
    code: str | None = None
    label: TextOut
    lon: float
    lat: float
    bbox: Box | None = None


class SearchOut(Schema):
    """What was found; when nothing was, what comes near. `note`: what to do instead."""

    results: list[HitOut]
    suggestions: list[HitOut]
    note: TextOut | None = None


class KindOut(Schema):
    """A permit kind."""

    code: str
    label: TextOut


class KindsOut(Schema):
    """All permit kinds that can be asked for."""

    kinds: list[KindOut]


class LayersOut(Schema):
    """The map's layers on a day. `tiles` holds URL templates with {z}/{x}/{y} and an immutable key."""

    on: str
    law_version: int | str
    tiles: dict[str, str]
    themes: list[dict[str, Any]]
