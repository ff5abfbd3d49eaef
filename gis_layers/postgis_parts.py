"""The part of a parcel that a zone holds, drawn in degrees."""

from datetime import date, datetime
from typing import Any

from django.db import connection

from gis_layers.postgis_clocks import HOLDS

_PARTS = f"""
SELECT ST_AsGeoJSON(ST_Transform(ST_CollectionExtract(ST_Intersection(v.geom, f.geom), 3), 4326), 8)
  FROM cadastre_parcel p
  JOIN cadastre_parcelversion v
    ON v.parcel_id = p.id AND {HOLDS}
  JOIN gis_layers_feature f ON f.id = %(feature)s AND f.geom && v.geom
  JOIN gis_layers_edition e ON e.id = f.edition_id AND e.state = 'taken_in'
   AND EXISTS (SELECT 1 FROM legal_legalact a
                WHERE a.instrument_id = e.instrument_id AND a.recorded_at <= %(known_at)s)
 WHERE p.code = %(code)s AND ST_Area(ST_Intersection(v.geom, f.geom)) > 0
"""  # noqa: S608 - joined from constants of this room


def part_geojson(*, code: str, feature_id: int, on: date, known_at: datetime) -> str | None:
    """GeoJSON (WGS84) of parcel ∩ feature, None when either is unknown or they do not overlap."""
    params: dict[str, Any] = {"code": code, "feature": feature_id, "on": on, "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, params)
        row = cursor.fetchone()
    return str(row[0]) if row and row[0] else None
