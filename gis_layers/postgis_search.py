"""Finding parcels and places by what people write. Texts come folded (apps.common.text.search_key).

LIKE with the trigram indexes; what matches is cut off before it is sorted, so that a street name shared by half the
city costs no more than a rare one. No geometry leaves the database, only a point and a box in WGS 84.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from gis_layers.postgis_clocks import HOLDS

_ENOUGH = 200
_TRIGRAM = 3
_BOX = """
       ST_X(c.pt), ST_Y(c.pt), ST_XMin(g.box), ST_YMin(g.box), ST_XMax(g.box), ST_YMax(g.box)
"""
_SHOW = f"""
SELECT hit.code, hit.plate, hit.address_fa, {_BOX}
  FROM hit JOIN cadastre_parcelversion v ON v.id = hit.id
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_SetSRID(ST_Envelope(v.geom), ST_SRID(v.geom)), 4326) AS box) g
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(v.geom), 4326) AS pt) c
"""  # noqa: S608 - joined from constants of this file
_BY_CODE = f"""
WITH found AS (
  SELECT p.code, v.id, v.plate, v.address_fa FROM cadastre_parcel p
    JOIN cadastre_parcelversion v ON v.parcel_id = p.id AND {HOLDS}
   WHERE p.code LIKE %(prefix)s LIMIT {_ENOUGH}),
hit AS (SELECT * FROM found ORDER BY string_to_array(code, '-')::bigint[] LIMIT %(limit)s)
{_SHOW} ORDER BY string_to_array(hit.code, '-')::bigint[]
"""  # noqa: S608 - joined from constants of this file
_BY_TEXT = f"""
WITH found AS (
  SELECT v.parcel_id, v.id, v.plate, v.address_fa FROM cadastre_parcelversion v
   WHERE {{words}} AND {HOLDS} LIMIT {_ENOUGH}),
hit AS (SELECT p.code, f.id, f.plate, f.address_fa FROM found f JOIN cadastre_parcel p ON p.id = f.parcel_id
         ORDER BY string_to_array(p.code, '-')::bigint[] LIMIT %(limit)s)
{_SHOW} ORDER BY string_to_array(hit.code, '-')::bigint[]
"""  # noqa: S608 - joined from constants of this file
_PLACES = """
SELECT kind, name_fa, name_en, district_number, ST_X(c.pt), ST_Y(c.pt)
  FROM cadastre_place CROSS JOIN LATERAL (SELECT ST_Transform(geom, 4326) AS pt) c
 WHERE search LIKE ALL(%(patterns)s)
 ORDER BY NOT starts_with(search || ' ', %(whole)s || ' '), NOT starts_with(search, %(whole)s), length(search), search,
          id LIMIT %(limit)s
"""
_LIKE_PLACES = """
SELECT kind, name_fa, name_en, district_number, ST_X(c.pt), ST_Y(c.pt)
  FROM cadastre_place CROSS JOIN LATERAL (SELECT ST_Transform(geom, 4326) AS pt) c
 WHERE word_similarity(%(whole)s, search) >= 0.4
 ORDER BY word_similarity(%(whole)s, search) DESC, length(search), search, id LIMIT %(limit)s
"""  # reads all places, a few thousand: only asked when nothing was found, and looser than the index's own threshold
_LIKE_CODES = """
SELECT code FROM cadastre_parcel WHERE code LIKE %(prefix)s
 ORDER BY string_to_array(code, '-')::bigint[] LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ParcelHit:
    """A parcel that matches: a point on its surface and its box (west, south, east, north)."""

    code: str
    plate: str
    address_fa: str
    lon: float
    lat: float
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A named place that matches."""

    kind: str
    name_fa: str
    name_en: str
    district: int | None
    lon: float
    lat: float


def parcels_by_code(*, prefix: str, on: date, known_at: datetime, limit: int) -> list[ParcelHit]:
    """Parcels whose code begins so, in the order of their numbers."""
    return _parcels(_BY_CODE, {"prefix": like(prefix) + "%", "on": on, "known_at": known_at, "limit": limit})


def parcels_by_text(*, words: Sequence[str], on: date, known_at: datetime, limit: int) -> list[ParcelHit]:
    """Parcels whose folded text holds every word; none when no word has the three letters that the index needs."""
    if not any(len(letters) >= _TRIGRAM for word in words for letters in re.split(r"\W|_", word)):
        return []
    # One LIKE for each word: the trigram index serves these, but not LIKE ALL (array).
    query = _BY_TEXT.replace("{words}", " AND ".join(f"v.search LIKE %(word{n})s" for n in range(len(words))))
    patterns = {f"word{n}": pattern for n, pattern in enumerate(_patterns(words))}
    return _parcels(query, {"on": on, "known_at": known_at, "limit": limit} | patterns)


def places_by_text(*, words: Sequence[str], limit: int) -> list[PlaceHit]:
    """Places whose folded name holds every word; the whole name first, then names that begin so, shorter first."""
    return _places(_PLACES, {"patterns": _patterns(words), "whole": " ".join(words), "limit": limit})


def places_like(*, text: str, limit: int) -> list[PlaceHit]:
    """Places whose name resembles the text by trigrams, the nearest first."""
    return _places(_LIKE_PLACES, {"whole": text, "limit": limit})


def codes_like(*, prefix: str, limit: int) -> list[str]:
    """Codes that begin so, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_LIKE_CODES, {"prefix": like(prefix) + "%", "limit": limit})
        return [str(row[0]) for row in cursor.fetchall()]


def like(text: str) -> str:
    """Text with the wildcards of LIKE made harmless."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _patterns(words: Sequence[str]) -> list[str]:
    return [f"%{like(word)}%" for word in words]


def _parcels(query: str, params: dict[str, Any]) -> list[ParcelHit]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [
            ParcelHit(code, plate, address, lon, lat, bbox=tuple(box))
            for code, plate, address, lon, lat, *box in cursor.fetchall()
        ]


def _places(query: str, params: dict[str, Any]) -> list[PlaceHit]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [PlaceHit(*row) for row in cursor.fetchall()]
