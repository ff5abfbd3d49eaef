"""Rows of impact reports into PostgreSQL by binary COPY, and read back with shapes for maps and files."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection
from psycopg import Cursor
from psycopg.rows import dict_row

from gis_layers.postgis_impact import NONE, Ints

_HEADER, _END = b"PGCOPY\n\xff\r\n\x00" + bytes(8), b"\xff\xff"
_TABLE = "impact_impactparcel (report_id, version_id, parcel_id, change, drawn_area_dm2, district)"
_POINTS = """
WITH touched AS (
  SELECT version_id, min(parcel_id) AS parcel_id, min(change) AS change FROM impact_impactparcel
   WHERE report_id = %(report)s AND (%(changes)s::bigint[] IS NULL OR change = ANY(%(changes)s::bigint[]))
   GROUP BY version_id),
spread AS (SELECT *, row_number() OVER (ORDER BY version_id) - 1 AS n, count(*) OVER () AS total FROM touched)
SELECT p.code, s.change, ST_X(c.pt), ST_Y(c.pt), s.total
  FROM spread s
  JOIN cadastre_parcel p ON p.id = s.parcel_id
  JOIN cadastre_parcelversion v ON v.id = s.version_id
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(v.geom_web), 4326) AS pt) c
 WHERE s.n %% greatest(ceil(s.total / %(limit)s::numeric)::bigint, 1) = 0
 ORDER BY s.version_id
"""
_SHAPES = """
SELECT p.code, r.change, r.district, r.drawn_area_dm2, ST_AsBinary(v.geom) AS wkb
  FROM impact_impactparcel r
  JOIN cadastre_parcel p ON p.id = r.parcel_id
  JOIN cadastre_parcelversion v ON v.id = r.version_id
 WHERE r.report_id = %(report)s
 ORDER BY r.version_id, r.change
"""
_BATCH = 5000


def write_parcels(
    *, report: int, versions: Ints, parcels: Ints, changes: Ints, drawn_dm2: Ints, districts: Ints
) -> None:
    """Append rows, position by position; a district NONE is stored as NULL. In the caller's transaction."""
    known = districts != NONE
    _copy(_TABLE, (np.full_like(versions, report), versions, parcels, changes, drawn_dm2), districts, known)


def points(
    *, report: int, changes: Sequence[int] | None, limit: int
) -> tuple[list[tuple[str, int, float, float]], int]:
    """((code, change, longitude, latitude) of parcels with one of these changes (None = any), how many there are).

    Of more than `limit` every second, third, … is drawn, so that the picture stays true.
    """
    params = {"report": report, "changes": None if changes is None else list(changes), "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_POINTS, params)
        rows = cursor.fetchall()
    return [row[:4] for row in rows], int(rows[0][4]) if rows else 0


def shapes(*, report: int) -> Iterator[dict[str, Any]]:
    """Every row with the parcel's shape (WKB, city CRS), a batch at a time."""
    connection.ensure_connection()
    with Cursor(connection.connection, row_factory=dict_row) as cursor:
        cursor.execute(_SHAPES, {"report": report})
        while rows := cursor.fetchmany(_BATCH):
            yield from rows


def _copy(table: str, columns: Sequence[Ints], last: Ints, known: np.ndarray[Any, Any]) -> None:
    """COPY 8-byte integers; the last column is NULL where it is not known."""
    if not len(last):
        return
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor, cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(_HEADER)
        for mine, null in ((known, False), (~known, True)):
            copy.write(_packed([c[mine] for c in columns], None if null else last[mine]))
        copy.write(_END)


def _packed(columns: Sequence[Ints], last: Ints | None) -> bytes:
    fields: list[tuple[str, str]] = [("n", ">i2")]
    for at in range(len(columns)):
        fields += [(f"l{at}", ">i4"), (f"v{at}", ">i8")]
    fields += [("l", ">i4")] if last is None else [("l", ">i4"), ("v", ">i8")]
    packed = np.empty(len(columns[0]), dtype=fields)
    packed["n"] = len(columns) + 1
    for at, column in enumerate(columns):
        packed[f"l{at}"], packed[f"v{at}"] = 8, column
    packed["l"] = -1 if last is None else 8
    if last is not None:
        packed["v"] = last
    return packed.tobytes()
