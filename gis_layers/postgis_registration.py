"""Rings around a protected place: its buffers, one outside the other. PostGIS, city's CRS, metres."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connection

QUARTER = 32
# A round corner drawn with straight pieces lies inside the true one; drawn a little wider it holds all of it, so
# that no parcel within the distance is missed (0.03 % of the distance, and a millimetre for rounding).
WIDER = 1 / cos(pi / (4 * QUARTER))
MILLIMETRE = 0.001

_RINGS = """
WITH core AS (SELECT ST_SetSRID(ST_GeomFromWKB(%(core)s), %(srid)s) AS geom),
reach AS (
  SELECT n, ST_Buffer(core.geom, metres * %(wider)s + %(more)s, %(segments)s) AS geom
    FROM core, unnest(%(metres)s::float8[]) WITH ORDINALITY AS d(metres, n))
SELECT ST_AsBinary(ST_Multi(ST_CollectionExtract(ST_Difference(reach.geom,
         coalesce((SELECT inner_.geom FROM reach inner_ WHERE inner_.n = reach.n - 1), core.geom)), 3)))
  FROM reach, core ORDER BY reach.n
"""
_TOUCHED = """
SELECT v.parcel_id, p.code, d.number, ST_Area(ST_Intersection(v.geom, place.geom)), ST_Area(v.geom)
  FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(place)s), %(srid)s) AS geom) place
  JOIN cadastre_parcelversion v ON v.geom && place.geom AND ST_Intersects(v.geom, place.geom)
  JOIN cadastre_parcel p ON p.id = v.parcel_id
  LEFT JOIN cadastre_district d ON d.id = v.district_id
 WHERE upper_inf(v.legal) AND upper_inf(v.known) AND ST_Area(ST_Intersection(v.geom, place.geom)) > %(noise)s
 ORDER BY p.code
"""
NOISE_M2 = 0.01


@dataclass(frozen=True, slots=True)
class Touched:
    """A parcel of today under a place: m² of it that lie there, m² of it in all."""

    parcel_id: int
    code: str
    district: int | None
    area_m2: float
    drawn_m2: float


def rings(core: MultiPolygon, metres: Sequence[float]) -> tuple[MultiPolygon, ...]:
    """One ring for each distance (m, growing): what lies within it and in no smaller one, nor in the core."""
    params: dict[str, Any] = {
        "core": bytes(core.wkb),
        "srid": settings.CITY_SRID,
        "metres": list(metres),
        "wider": WIDER,
        "more": MILLIMETRE,
        "segments": QUARTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RINGS, params)
        found = [GEOSGeometry(memoryview(row[0]), srid=settings.CITY_SRID) for row in cursor.fetchall()]
    return tuple(ring for ring in found if isinstance(ring, MultiPolygon))


def parcels_under(place: MultiPolygon) -> list[Touched]:
    """The parcels of today that lie under a place by more than a touch, by code."""
    params: dict[str, Any] = {"place": bytes(place.wkb), "srid": settings.CITY_SRID, "noise": NOISE_M2}
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, params)
        return [Touched(*row) for row in cursor.fetchall()]


def as_geojson(places: Sequence[MultiPolygon]) -> list[str]:
    """GeoJSON geometries in WGS 84 of places in the city's CRS."""
    statement = """
        SELECT ST_AsGeoJSON(ST_Transform(ST_SetSRID(ST_GeomFromWKB(g), %(srid)s), 4326), 7)
          FROM unnest(%(places)s::bytea[]) WITH ORDINALITY AS u(g, n) ORDER BY n
    """
    params: dict[str, Any] = {"places": [bytes(place.wkb) for place in places], "srid": settings.CITY_SRID}
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [str(row[0]) for row in cursor.fetchall()]
