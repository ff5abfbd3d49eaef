"""A map's difference in the database: laid out in cells, computed cell by cell.

Table names of upper rooms appear in the SQL as names only. Everything runs in the caller's transaction.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from gis_layers.difference_cut import cut
from gis_layers.difference_parts import Row, Value
from gis_layers.difference_zones import Zone, areas_of, cells, zones
from gis_layers.overlay_cut import Reals
from gis_layers.postgis_difference_pieces import fetched, keep, shape_of
from gis_layers.postgis_tiles_views import Plate, walk

_MIDDLES = """
SELECT (ST_XMin(geom) + ST_XMax(geom)) / 2, (ST_YMin(geom) + ST_YMax(geom)) / 2
  FROM gis_layers_feature WHERE edition_id = ANY(%(editions)s) AND geom && ST_GeomFromWKB(%(place)s, %(srid)s)
"""
_LAY_OUT = """
INSERT INTO map_services_differencecell (view_id, number, before, after, geom, done)
VALUES (%(view)s, %(number)s, %(before)s, %(after)s, ST_GeomFromWKB(%(place)s, %(srid)s), false)
"""
# Whoever computes a cell holds its row; the others pass it over.
_TAKE = """
SELECT id, before, after, ST_AsBinary(geom, 'NDR') FROM map_services_differencecell
 WHERE view_id = %(view)s AND NOT done ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_FINISH = "UPDATE map_services_differencecell SET done = true WHERE id = %(cell)s"
_FEATURES = """
SELECT edition_id, code, md5(attributes::text), ST_AsBinary(geom, 'NDR')
  FROM gis_layers_feature WHERE edition_id = ANY(%(editions)s) AND geom && ST_GeomFromWKB(%(place)s, %(srid)s)
"""


def lay_out(*, view: int, before: Sequence[Plate], after: Sequence[Plate], exclusive: bool, srid: int) -> int:
    """Write down the cells in which the two states have to be compared; returns how many."""
    sides = [_places(plates, exclusive=exclusive, srid=srid) for plates in (before, after)]
    wanted = zones(*sides)
    points = _middles(wanted, srid=srid)
    rows = [_cell(view, number, zone, srid) for number, zone in enumerate(cells(wanted, points))]
    with connection.cursor() as cursor:
        cursor.executemany(_LAY_OUT, rows)
    return len(rows)


def compute_next(*, view: int, exclusive: bool, tolerance_m2: float, srid: int) -> bool:
    """Compute one cell that nobody else has in hands and keep its pieces; False when there is none left to take."""
    rows = fetched(_TAKE, {"view": view})
    if not rows:
        return False
    cell, before, after, wkb = rows[0]
    place = shape_of(wkb)
    near = _features({*before, *after}, wkb, srid)
    old, new = ([row for edition, row in near if edition in side] for side in (before, after))
    keep(cut(place, old, new, exclusive=exclusive), view=view, tolerance_m2=tolerance_m2, srid=srid)
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, {"cell": cell})
    return True


def _places(plates: Sequence[Plate], *, exclusive: bool, srid: int) -> dict[int, BaseGeometry]:
    """Where each edition shows."""
    found = {}
    for plate, own, taken in walk(plates, exclusive=exclusive, srid=srid):
        found[plate.edition_id] = areas_of(shapely.difference(shape_of(own), shape_of(taken)))
    return found


def _middles(wanted: Sequence[Zone], *, srid: int) -> Reals:
    """The middle of every feature near the zones that speaks in one of them (n × 2)."""
    if not wanted:
        return np.empty((0, 2))
    editions = sorted({edition for zone in wanted for edition in zone.before | zone.after})
    around = shapely.box(*shapely.total_bounds(np.array([zone.place for zone in wanted], dtype=np.object_)))
    rows = fetched(_MIDDLES, {"editions": editions, "place": shapely.to_wkb(around), "srid": srid})
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _cell(view: int, number: int, zone: Zone, srid: int) -> dict[str, Any]:
    sides = {"before": sorted(zone.before), "after": sorted(zone.after)}
    return {"view": view, "number": number, "place": shapely.to_wkb(zone.place), "srid": srid, **sides}


def _features(editions: Iterable[int], place: bytes, srid: int) -> list[tuple[int, Row]]:
    rows = fetched(_FEATURES, {"editions": list(editions), "place": place, "srid": srid})
    return [(edition, Row(Value(code, attributes), bytes(wkb))) for edition, code, attributes, wkb in rows]
