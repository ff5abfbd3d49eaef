"""The ground of an envelope: a lot, where its edges touch neighbours, its zone parts and the lots around it.

Shapes are WKB in the city's metric CRS. Table names of upper rooms appear in the SQL as names only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Cursor
from psycopg.rows import tuple_row

from gis_layers.postgis_clocks import HOLDS
from gis_layers.postgis_hot import hot_connection

TOUCH_M = 0.05
"""An edge within this of another parcel is shared with it."""
AROUND_M = 15.0
MOST_NEIGHBOURS = 60

_LOT = f"""
SELECT v.id, ST_AsBinary(v.geom)
  FROM cadastre_parcel p JOIN cadastre_parcelversion v ON v.parcel_id = p.id AND {HOLDS}
 WHERE p.code = %(code)s
"""  # noqa: S608 - joined from constants of this room
# Land under two parcels that overlap is the cadastre's matter; here a neighbour is whatever else holds today.
_EDGES = f"""
WITH lot AS (SELECT w.geom, w.parcel_id FROM cadastre_parcelversion w WHERE w.id = %(version)s),
near AS (SELECT ST_Union(ST_Buffer(v.geom, %(touch)s, 'join=mitre')) AS geom
           FROM lot JOIN cadastre_parcelversion v ON v.geom && ST_Expand(lot.geom, %(touch)s)
            AND ST_DWithin(v.geom, lot.geom, %(touch)s) AND v.parcel_id <> lot.parcel_id
          WHERE {HOLDS}),
edge AS (SELECT (ST_DumpSegments(lot.geom)).* FROM lot)
SELECT edge.path[1:2], ST_AsBinary(edge.geom),
       ST_AsBinary(CASE WHEN near.geom IS NULL THEN edge.geom ELSE ST_Difference(edge.geom, near.geom) END)
  FROM edge, near ORDER BY edge.path
"""  # noqa: S608 - joined from constants of this room
_ZONES = """
SELECT f.id, ST_AsBinary(ST_CollectionExtract(ST_Intersection(f.geom, v.geom), 3))
  FROM cadastre_parcelversion v JOIN gis_layers_feature f ON f.id = ANY(%(features)s) AND f.geom && v.geom
 WHERE v.id = %(version)s ORDER BY f.id
"""
_AROUND = f"""
SELECT ST_AsBinary(ST_SimplifyPreserveTopology(v.geom, 0.1))
  FROM cadastre_parcelversion lot JOIN cadastre_parcelversion v
    ON v.geom && ST_Expand(lot.geom, %(around)s) AND ST_DWithin(v.geom, lot.geom, %(around)s)
   AND v.parcel_id <> lot.parcel_id
 WHERE lot.id = %(version)s AND {HOLDS}
 ORDER BY ST_Distance(v.geom, lot.geom), v.id LIMIT {MOST_NEIGHBOURS}
"""  # noqa: S608 - joined from constants of this room


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of the outline in ring order; `ring` names its ring, `free` what no neighbour touches."""

    ring: tuple[int, ...]
    whole: bytes
    free: bytes


@dataclass(frozen=True, slots=True)
class GroundRows:
    """Everything a lot's envelope needs of the database: feature id → WKB of the part that it holds of the lot."""

    version_id: int
    lot: bytes
    segments: tuple[Segment, ...]
    zones: Mapping[int, bytes]
    around: tuple[bytes, ...]


def read_ground(*, code: str, on: date, known_at: datetime, features: Sequence[int]) -> GroundRows | None:
    """The ground of the parcel with this code on a day as known at an instant; None when it is not known."""
    params: dict[str, Any] = {"code": code, "on": on, "known_at": known_at, "features": list(features)}
    params |= {"touch": TOUCH_M, "around": AROUND_M}
    with hot_connection() as straight, Cursor(straight, row_factory=tuple_row) as cursor:
        row = cursor.execute(_LOT, params).fetchone()
        if row is None:
            return None
        params["version"] = row[0]
        edges = cursor.execute(_EDGES, params).fetchall()
        zones = cursor.execute(_ZONES, params).fetchall() if features else []
        around = cursor.execute(_AROUND, params).fetchall()
    return GroundRows(
        version_id=row[0],
        lot=bytes(row[1]),
        segments=tuple(Segment(tuple(ring), bytes(whole), bytes(free)) for ring, whole, free in edges),
        zones={feature: bytes(shape) for feature, shape in zones},
        around=tuple(bytes(shape) for (shape,) in around),
    )
