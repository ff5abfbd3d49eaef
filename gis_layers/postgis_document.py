"""What a document draws: a parcel, its zones, its neighbours and the named ways around it.

Shapes are WKB in the city's metric CRS. Table names of upper rooms appear in the SQL as names only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from gis_layers.postgis_clocks import HOLDS

MOST_NEIGHBOURS = 400
Box = tuple[float, float, float, float]

_PARCEL = f"""
SELECT v.id AS version_id, p.code, lower(v.legal) AS legal_from, upper(v.legal) AS legal_until,
       lower(v.known) AS known_from, v.drawn_area_dm2, v.deed_area_dm2, v.measured_area_dm2,
       ST_AsBinary(v.geom) AS shape,
       ST_AsGeoJSON(v.geom, 3) AS in_city, ST_AsGeoJSON(ST_ForcePolygonCCW(ST_Transform(v.geom, 4326)), 7) AS on_earth,
       (SELECT count(*) FROM cadastre_parcelversion w WHERE w.parcel_id = p.id AND w.id <= v.id) AS version_number
  FROM cadastre_parcel p JOIN cadastre_parcelversion v ON v.parcel_id = p.id AND {HOLDS}
 WHERE p.code = %(code)s
"""  # noqa: S608 - joined from constants of this room
_FRAME = "frame AS (SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(srid)s) AS box)"
_NEIGHBOURS = f"""
WITH {_FRAME}
SELECT p.code, ST_AsBinary(ST_CollectionExtract(ST_Intersection(v.geom, frame.box), 3))
  FROM frame JOIN cadastre_parcelversion v ON v.geom && frame.box AND ST_Intersects(v.geom, frame.box)
  JOIN cadastre_parcel p ON p.id = v.parcel_id
 WHERE {HOLDS} AND p.code <> %(code)s
 ORDER BY p.code LIMIT {MOST_NEIGHBOURS}
"""  # noqa: S608 - joined from constants of this room
_ZONES = f"""
WITH {_FRAME}
SELECT f.id, ST_AsBinary(ST_CollectionExtract(ST_Intersection(f.geom, frame.box), 3))
  FROM frame JOIN gis_layers_feature f ON f.id = ANY(%(features)s) AND f.geom && frame.box
 ORDER BY f.id
"""  # noqa: S608 - joined from constants of this room
_WAYS = f"""
WITH {_FRAME}, near AS (SELECT ST_Transform(box, 3857) AS box FROM frame)
SELECT b.name_fa, b.name_en, ST_AsBinary(ST_Intersection(ST_Transform(b.geom_web, %(srid)s), frame.box))
  FROM frame, near JOIN gis_layers_backdrop b ON b.geom_web && near.box AND ST_Intersects(b.geom_web, near.box)
 WHERE b.kind IN ('street', 'streets', 'passage', 'passages', 'road', 'roads') AND b.name_fa <> ''
 ORDER BY b.rank, b.name_fa, b.id LIMIT 20
"""  # noqa: S608 - joined from constants of this room


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies in a frame: (code, WKB) of neighbours, feature id → WKB of zones, (fa, en, WKB) of named ways."""

    neighbours: tuple[tuple[str, bytes], ...]
    zones: Mapping[int, bytes]
    ways: tuple[tuple[str, str, bytes], ...]


def parcel_shape(*, code: str, on: date, known_at: datetime) -> Mapping[str, Any] | None:
    """The parcel's version on the day as known at the instant, with its shape; None when unknown.

    `shape` WKB and `in_city` GeoJSON geometry (mm) in the city's CRS, `on_earth` GeoJSON geometry in WGS 84 with
    outer rings counter-clockwise, 7 decimals; areas dm².
    """
    with connection.cursor() as cursor:
        cursor.execute(_PARCEL, {"code": code, "on": on, "known_at": known_at})
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    return dict(zip(names, row, strict=True)) if row else None


def surroundings(*, box: Box, code: str, features: Sequence[int], on: date, known_at: datetime) -> Surroundings:
    """What lies in `box` (west, south, east, north; metres of the city's CRS), cut at its edge, without `code`."""
    west, south, east, north = box
    params: dict[str, Any] = {"west": west, "south": south, "east": east, "north": north, "srid": settings.CITY_SRID}
    params |= {"code": code, "features": list(features), "on": on, "known_at": known_at}
    return Surroundings(
        neighbours=tuple((str(c), bytes(shape)) for c, shape in _rows(_NEIGHBOURS, params)),
        zones={int(feature): bytes(shape) for feature, shape in _rows(_ZONES, params)},
        ways=tuple((str(fa), str(en), bytes(shape)) for fa, en, shape in _rows(_WAYS, params)),
    )


def _rows(query: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())
