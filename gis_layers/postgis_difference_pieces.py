"""Pieces of a difference in the database: kept, sewn together, summed. In the caller's transaction.

Table names of upper rooms appear in the SQL as names only.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import shapely
from django.db import connection
from psycopg import Cursor
from psycopg.rows import TupleRow
from shapely.geometry.base import BaseGeometry

from gis_layers.difference_cut import Change, Piece, joined

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
# The box as WGS 84 (west, south, east, north).
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


def sew(*, view: int, tolerance_m2: float, srid: int) -> None:
    """Join the pieces that cells had cut from each other."""
    cut_pieces: dict[Change, list[BaseGeometry]] = defaultdict(list)
    for kind, old, new, wkb in fetched(_OPEN, {"view": view}):
        cut_pieces[Change(kind, old, new)].append(shape_of(wkb))
    whole = (Piece(change, shape, False) for change, parts in cut_pieces.items() for shape in joined(parts))
    keep(whole, view=view, tolerance_m2=tolerance_m2, srid=srid)


def lines(*, view: int) -> list[Line]:
    """The sums by (kind, old, new), the largest area first."""
    return [_line(row) for row in fetched(_LINES, {"view": view})]


def _line(row: TupleRow) -> Line:
    kind, old, new, count, m2, slivers, sliver_m2, west, south, east, north = row
    return Line(kind, old, new, count, m2, slivers, sliver_m2, (west, south, east, north))


def keep(pieces: Iterable[Piece], *, view: int, tolerance_m2: float, srid: int) -> None:
    """Write pieces down; closed ones below the tolerance as slivers."""
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


def shape_of(wkb: bytes) -> BaseGeometry:
    """The shape of a WKB."""
    shape: BaseGeometry = shapely.from_wkb(wkb)
    return shape


def fetched(statement: str, params: dict[str, Any]) -> list[TupleRow]:
    """All rows of a statement, read binary, in the open transaction."""
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        return cursor.execute(statement, params, binary=True).fetchall()
