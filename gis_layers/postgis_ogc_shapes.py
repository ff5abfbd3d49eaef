"""Where an edition shows in the open layers: the same places as on the map, in the city's CRS and not snapped.

A shape is written down when it is asked for the first time, and never changed: its key names all that cuts it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gis_layers.postgis_tiles_views import Plate, walk

_KNOWN = "SELECT NOT nothing FROM open_data_shape WHERE key = %s"
_SHAPE = """
INSERT INTO open_data_shape (key, edition_id, whole, nothing, made_at) VALUES (%s, %s, false, false, %s)
ON CONFLICT DO NOTHING
"""
# Only pieces that hide more than a touch (a square millimetre) of a feature are kept; without any it shows whole.
_MASKS = """
WITH frame AS (
  SELECT ST_Expand(ST_SetSRID(ST_Extent(p.g)::geometry, %(srid)s), 1) AS geom
    FROM (SELECT coverage AS g FROM gis_layers_edition WHERE id = %(edition)s
          UNION ALL SELECT geom FROM gis_layers_feature WHERE edition_id = %(edition)s) p),
hidden AS (
  SELECT ST_Difference(frame.geom, ST_Difference(ST_GeomFromWKB(%(own)s, %(srid)s),
                                                 ST_GeomFromWKB(%(taken)s, %(srid)s))) AS geom FROM frame),
pieces AS MATERIALIZED (
  SELECT part AS geom
    FROM hidden, ST_Dump(ST_CollectionExtract(hidden.geom, 3)) whole, ST_Subdivide(whole.geom, 64) part
   WHERE NOT ST_IsEmpty(part))
INSERT INTO open_data_mask (shape_id, shows, geom)
SELECT %(key)s, false, p.geom FROM pieces p
 WHERE EXISTS (SELECT FROM gis_layers_feature f
                WHERE f.edition_id = %(edition)s AND f.geom && p.geom
                  AND ST_Area(ST_Intersection(f.geom, p.geom)) > 0.000001)
"""
_SHOWS = """
INSERT INTO open_data_mask (shape_id, shows, geom)
SELECT %(key)s, true, part
  FROM (SELECT ST_Difference(ST_GeomFromWKB(%(own)s, %(srid)s), ST_GeomFromWKB(%(taken)s, %(srid)s)) AS geom) shows,
       ST_Dump(ST_CollectionExtract(shows.geom, 3)) whole, ST_Subdivide(whole.geom, 64) part
 WHERE NOT ST_IsEmpty(part) AND ST_Area(part) > 0.000001
"""
_SUMMED = """
WITH found AS (SELECT bool_or(NOT shows) AS hides, bool_or(shows) AS shows FROM open_data_mask
                WHERE shape_id = %(key)s),
     spare AS (DELETE FROM open_data_mask m USING found WHERE m.shape_id = %(key)s AND found.hides IS NOT TRUE)
UPDATE open_data_shape s SET whole = found.hides IS NOT TRUE, nothing = found.shows IS NOT TRUE
  FROM found WHERE s.key = %(key)s
"""


def shape_shows(key: str) -> bool | None:
    """Whether anything shows in the shape; None when it is not written down."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [key])
        row = cursor.fetchone()
    return bool(row[0]) if row else None


def make_shape(*, key: str, plate: Plate, above: Sequence[Plate], srid: int, at: datetime) -> None:
    """Write down where `plate` shows: its place without those of the plates `above` it. Nothing when it is there.

    `srid`: of the coverages and scopes.
    """
    params: dict[str, Any] = {"key": key, "edition": plate.edition_id, "srid": srid}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SHAPE, [key, plate.edition_id, at])
        if not cursor.rowcount:  # whoever comes second waited here until the first one was done
            return
        *_, (_, own, taken) = walk([*above, plate], exclusive=True, srid=srid)
        for statement in (_MASKS, _SHOWS, _SUMMED):
            cursor.execute(statement, {**params, "own": own, "taken": taken})
