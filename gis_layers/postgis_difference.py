"""Reads and writes of a map's difference: places of editions, features near a cell, pieces, and their sums.

Table names of upper rooms appear in the SQL as names only. Everything runs in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db import connection
from psycopg import Cursor
from psycopg.rows import TupleRow
from shapely.geometry.base import BaseGeometry

from gis_layers.difference_cut import Change, Piece, Row, Value, cut, joined
from gis_layers.difference_zones import Zone, areas_of, cells, zones
from gis_layers.overlay_cut import Reals
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
_KEEP = """
INSERT INTO map_services_differencepiece (view_id, kind, old, new, area_m2, sliver, open, geom, geom_web)
SELECT %(view)s, t.kind, t.old, t.new, ST_Area(g.geom), NOT t.open AND ST_Area(g.geom) < %(tolerance)s, t.open,
       g.geom, ST_Transform(g.geom, 3857)
  FROM unnest(%(kinds)s::text[], %(olds)s::text[], %(news)s::text[], %(opens)s::boolean[], %(shapes)s::bytea[])
       AS t(kind, old, new, open, shape)
 CROSS JOIN LATERAL (SELECT ST_GeomFromWKB(t.shape, %(srid)s) AS geom) g
"""
_OPEN = """
DELETE FROM map_services_differencepiece WHERE view_id = %(view)s AND open
RETURNING kind, old, new, ST_AsBinary(geom, 'NDR')
"""
# The box and the largest piece as WGS 84 (west, south, east, north).
_LINES = """
WITH sums AS (
  SELECT kind, old, new, count(*) FILTER (WHERE NOT sliver) AS n,
         coalesce(sum(area_m2) FILTER (WHERE NOT sliver), 0) AS m2, count(*) FILTER (WHERE sliver) AS slivers,
         coalesce(sum(area_m2) FILTER (WHERE sliver), 0) AS sliver_m2,
         ST_Transform(ST_SetSRID(coalesce(ST_Extent(geom) FILTER (WHERE NOT sliver), ST_Extent(geom))::geometry,
                                 min(ST_SRID(geom))), 4326) AS box
    FROM map_services_differencepiece WHERE view_id = %(view)s GROUP BY kind, old, new)
SELECT kind, old, new, n, m2, slivers, sliver_m2, ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
  FROM sums ORDER BY m2 DESC, kind, old, new
"""


@dataclass(frozen=True, slots=True)
class Line:
    """All pieces with one difference: how many, m², the slivers apart, box in WGS 84 (west, south, east, north)."""

    kind: str
    old: str
    new: str
    count: int
    m2: float
    slivers: int
    sliver_m2: float
    bbox: tuple[float, float, float, float]


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
    rows = _rows(_TAKE, {"view": view})
    if not rows:
        return False
    cell, before, after, wkb = rows[0]
    place = _shape(wkb)
    near = _features({*before, *after}, wkb, srid)
    old, new = ([row for edition, row in near if edition in side] for side in (before, after))
    _keep(cut(place, old, new, exclusive=exclusive), view=view, tolerance_m2=tolerance_m2, srid=srid)
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, {"cell": cell})
    return True


def sew(*, view: int, tolerance_m2: float, srid: int) -> None:
    """Join the pieces that cells had cut from each other."""
    cut_pieces: dict[Change, list[BaseGeometry]] = defaultdict(list)
    for kind, old, new, wkb in _rows(_OPEN, {"view": view}):
        cut_pieces[Change(kind, old, new)].append(_shape(wkb))
    whole = (Piece(change, shape, False) for change, parts in cut_pieces.items() for shape in joined(parts))
    _keep(whole, view=view, tolerance_m2=tolerance_m2, srid=srid)


def lines(*, view: int) -> list[Line]:
    """The sums by (kind, old, new), the largest area first."""
    return [_line(row) for row in _rows(_LINES, {"view": view})]


def _line(row: TupleRow) -> Line:
    kind, old, new, count, m2, slivers, sliver_m2, west, south, east, north = row
    return Line(kind, old, new, count, m2, slivers, sliver_m2, (west, south, east, north))


def _places(plates: Sequence[Plate], *, exclusive: bool, srid: int) -> dict[int, BaseGeometry]:
    """Where each edition shows."""
    found = {}
    for plate, own, taken in walk(plates, exclusive=exclusive, srid=srid):
        found[plate.edition_id] = areas_of(shapely.difference(_shape(own), _shape(taken)))
    return found


def _middles(wanted: Sequence[Zone], *, srid: int) -> Reals:
    """The middle of every feature near the zones that speaks in one of them (n × 2)."""
    if not wanted:
        return np.empty((0, 2))
    editions = sorted({edition for zone in wanted for edition in zone.before | zone.after})
    around = shapely.box(*shapely.total_bounds(np.array([zone.place for zone in wanted], dtype=np.object_)))
    rows = _rows(_MIDDLES, {"editions": editions, "place": shapely.to_wkb(around), "srid": srid})
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _cell(view: int, number: int, zone: Zone, srid: int) -> dict[str, Any]:
    sides = {"before": sorted(zone.before), "after": sorted(zone.after)}
    return {"view": view, "number": number, "place": shapely.to_wkb(zone.place), "srid": srid, **sides}


def _features(editions: Iterable[int], place: bytes, srid: int) -> list[tuple[int, Row]]:
    rows = _rows(_FEATURES, {"editions": list(editions), "place": place, "srid": srid})
    return [(edition, Row(Value(code, attributes), bytes(wkb))) for edition, code, attributes, wkb in rows]


def _keep(pieces: Iterable[Piece], *, view: int, tolerance_m2: float, srid: int) -> None:
    kept = list(pieces)
    if not kept:
        return
    params: dict[str, Any] = {
        "view": view,
        "tolerance": tolerance_m2,
        "srid": srid,
        "kinds": [piece.change.kind for piece in kept],
        "olds": [piece.change.old for piece in kept],
        "news": [piece.change.new for piece in kept],
        "opens": [piece.open for piece in kept],
        "shapes": [shapely.to_wkb(piece.shape) for piece in kept],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, params)


def _shape(wkb: bytes) -> BaseGeometry:
    shape: BaseGeometry = shapely.from_wkb(wkb)
    return shape


def _rows(statement: str, params: dict[str, Any]) -> list[TupleRow]:
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        return cursor.execute(statement, params, binary=True).fetchall()
