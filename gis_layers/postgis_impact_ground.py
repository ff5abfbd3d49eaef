"""The ground of a map without tiles: districts and the main lines of the backdrop, simplified, in degrees."""

import json
from typing import Any

from django.db import connection

_GROUND = """
SELECT 'district', number::text, ST_AsGeoJSON(ST_Transform(ST_SimplifyPreserveTopology(geom_web, 15), 4326), 5)
  FROM cadastre_district
UNION ALL
(SELECT kind, name_fa, ST_AsGeoJSON(ST_Transform(ST_Simplify(geom_web, 10, true), 4326), 5)
   FROM gis_layers_backdrop WHERE ST_Dimension(geom_web) = 1 ORDER BY rank, ST_Length(geom_web) DESC LIMIT %(lines)s)
"""
_LINES = 400


def ground() -> dict[str, Any]:
    """GeoJSON of what is drawn under the points; `kind` says what each line is."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUND, {"lines": _LINES})
        rows = cursor.fetchall()
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": json.loads(shape)}
            for kind, name, shape in rows
            if shape
        ],
    }
