"""Which parcel lies at a point, and a parcel as faces show it. Points in and out are WGS 84, longitude first.

A parcel holds a point that lies in it or within one centimetre of it: a click on a shared border thus finds both
neighbours, and the caller decides by code, never by the order of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from gis_layers.postgis_clocks import HOLDS

BORDER_M = 0.01
_FAR_DEGREES = 2.0

_AT = f"""
WITH spot AS (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), %(srid)s) AS pt)
SELECT p.code, v.id
  FROM spot JOIN cadastre_parcelversion v ON ST_DWithin(v.geom, spot.pt, %(border)s)
  JOIN cadastre_parcel p ON p.id = v.parcel_id
 WHERE {HOLDS}
 ORDER BY ARRAY(SELECT n[1]::numeric FROM regexp_matches(p.code, '[0-9]+', 'g') AS n), p.code, v.id
"""  # noqa: S608 - joined from constants of this file
# The nearest is looked for from the point moved to the edge of the city's surroundings: a projection made for the
# city cannot place the other side of the Earth. The distance is then measured from the real point, on the ellipsoid.
_NEAREST = f"""
WITH spot AS (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(
                greatest(least(%(lon)s, %(east)s), %(west)s), greatest(least(%(lat)s, %(north)s), %(south)s)),
                4326), %(srid)s) AS pt),
near AS (SELECT p.code, v.geom
           FROM cadastre_parcelversion v JOIN cadastre_parcel p ON p.id = v.parcel_id
          WHERE {HOLDS}
          ORDER BY v.geom <-> (SELECT pt FROM spot) LIMIT 1)
SELECT code,
       ST_Distance(ST_Transform(geom, 4326)::geography, ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)::geography),
       ST_X(c.pt), ST_Y(c.pt)
  FROM near CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS pt) c
"""  # noqa: S608 - joined from constants of this file
_FACTS = """
SELECT v.id AS version_id, v.parcel_id, p.code, p.land_code, v.plate, v.address_fa, v.passage_name_fa,
       v.neighbourhood_fa, v.deed_area_dm2, v.drawn_area_dm2, v.measured_area_dm2, v.passage_width_cm,
       v.frontage_cm, v.corner, v.consolidated, v.existing_storeys, v.existing_height_cm, v.chunk,
       d.number AS district_number, d.name_fa AS district_fa, d.name_en AS district_en, d.approximate,
       (SELECT count(*) FROM cadastre_parcelversion w WHERE w.parcel_id = p.id AND w.id <= v.id) AS version_number,
       ST_X(c.pt) AS lon, ST_Y(c.pt) AS lat,
       ST_XMin(g.shape) AS west, ST_YMin(g.shape) AS south, ST_XMax(g.shape) AS east, ST_YMax(g.shape) AS north,
       ST_AsGeoJSON(g.shape, 8) AS geojson
  FROM cadastre_parcelversion v JOIN cadastre_parcel p ON p.id = v.parcel_id
  LEFT JOIN cadastre_district d ON d.id = v.district_id
 CROSS JOIN LATERAL (SELECT ST_Transform(v.geom, 4326) AS shape) g
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(v.geom), 4326) AS pt) c
"""
_BY_ID = f"{_FACTS} WHERE v.id = %(version)s"
_BY_CODE = f"{_FACTS} WHERE p.code = %(code)s AND {HOLDS}"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest parcel: metres on the ground to its edge, and a point on its surface."""

    code: str
    distance_m: float
    lon: float
    lat: float


def versions_at(*, lon: float, lat: float, on: date, known_at: datetime) -> Sequence[tuple[str, int]]:
    """(code, version id) of every parcel that holds the point, lowest code first, its numbers as numbers."""
    params: dict[str, Any] = {"lon": lon, "lat": lat, "on": on, "known_at": known_at}
    params |= {"srid": settings.CITY_SRID, "border": BORDER_M}
    with connection.cursor() as cursor:
        cursor.execute(_AT, params)
        return [(str(code), int(version)) for code, version in cursor.fetchall()]


def nearest_parcel(
    *, lon: float, lat: float, on: date, known_at: datetime, around: tuple[float, float, float, float]
) -> Nearest | None:
    """The parcel nearest to a point anywhere on the Earth; None when there are no parcels. `around`: city bounds."""
    west, south, east, north = around
    params: dict[str, Any] = {
        "lon": lon,
        "lat": lat,
        "on": on,
        "known_at": known_at,
        "srid": settings.CITY_SRID,
        "west": west - _FAR_DEGREES,
        "south": south - _FAR_DEGREES,
        "east": east + _FAR_DEGREES,
        "north": north + _FAR_DEGREES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, params)
        row = cursor.fetchone()
    return Nearest(str(row[0]), float(row[1]), float(row[2]), float(row[3])) if row else None


def parcel_row(*, version_id: int) -> Mapping[str, Any]:
    """One parcel version as a row of plain values, its shape as GeoJSON text in WGS 84."""
    found = _row(_BY_ID, {"version": version_id})
    if found is None:
        raise LookupError(version_id)
    return found


def parcel_row_by_code(*, code: str, on: date, known_at: datetime) -> Mapping[str, Any] | None:
    """As parcel_row, for the version that holds on the day as known at the instant."""
    return _row(_BY_CODE, {"code": code, "on": on, "known_at": known_at})


def _row(query: str, params: Mapping[str, Any]) -> Mapping[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    return dict(zip(names, row, strict=True)) if row else None
