"""Shapes out of and overlay rows into PostgreSQL: binary reads, binary COPY, no row of Python per overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import Cursor
from psycopg.rows import TupleRow

from gis_layers.overlay_cut import Geoms, Ids, Shapes, shapes

_COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_COPY_END = b"\xff\xff"

_PARCELS = """
SELECT id, ST_AsBinary(geom, 'NDR') FROM cadastre_parcelversion
 WHERE chunk = %(chunk)s AND id > %(after)s AND id <= %(through)s ORDER BY id
"""
_FEATURES = """
SELECT f.id, ST_AsBinary(f.geom, 'NDR'), f.edition_id
  FROM gis_layers_feature f, (SELECT ST_SetSRID(ST_Extent(geom)::geometry, min(ST_SRID(geom))) AS box
                                FROM cadastre_parcelversion WHERE chunk = %(chunk)s) c
 WHERE f.edition_id = ANY(%(editions)s) AND f.geom && c.box
"""
_COVERAGES = "SELECT id, ST_AsBinary(coverage, 'NDR') FROM gis_layers_edition WHERE id = ANY(%(editions)s)"
_OLD_CUTS = """
INSERT INTO extracts_coveragecut (parcel_version_id, edition_id, covered_share)
SELECT id, %(edition)s, %(share)s FROM cadastre_parcelversion WHERE chunk = %(chunk)s AND id <= %(through)s
"""
_RECORD = """
INSERT INTO extracts_overlaychunk (edition_id, chunk, through, cover, computed_at)
VALUES (%(edition)s, %(chunk)s, %(through)s, %(cover)s, %(at)s)
    ON CONFLICT (edition_id, chunk)
    DO UPDATE SET through = excluded.through, cover = excluded.cover, computed_at = excluded.computed_at
"""
_FORGET = (
    """DELETE FROM extracts_overlay o USING cadastre_parcelversion v
        WHERE v.chunk = %(chunk)s AND o.parcel_version_id = v.id AND o.edition_id = ANY(%(editions)s)""",
    """DELETE FROM extracts_coveragecut c USING cadastre_parcelversion v
        WHERE v.chunk = %(chunk)s AND c.parcel_version_id = v.id AND c.edition_id = ANY(%(editions)s)""",
    "DELETE FROM extracts_overlaychunk WHERE chunk = %(chunk)s AND edition_id = ANY(%(editions)s)",
)


@dataclass(frozen=True, slots=True)
class Features:
    """Features near a chunk, with the edition of each, position by position."""

    ids: Ids
    geoms: Geoms
    editions: Ids


@dataclass(frozen=True, slots=True)
class Computed:
    """The completeness record of one (edition, chunk)."""

    edition_id: int
    chunk: int
    through: int
    cover: str
    at: datetime


def read_parcels(*, chunk: int, after: int, through: int) -> Shapes:
    """Parcel versions of the chunk with after < id ≤ through."""
    return shapes(_rows(_PARCELS, {"chunk": chunk, "after": after, "through": through}))


def read_features(*, chunk: int, edition_ids: Sequence[int]) -> Features:
    """Features of the editions whose box meets the box of the chunk's parcels."""
    rows = _rows(_FEATURES, {"chunk": chunk, "editions": list(edition_ids)})
    found = shapes(rows)
    return Features(found.ids, found.geoms, np.array([row[2] for row in rows], dtype=np.int64))


def read_coverages(edition_ids: Sequence[int]) -> Shapes:
    """The coverages of the editions."""
    return shapes(_rows(_COVERAGES, {"editions": list(edition_ids)}))


def write_overlay(*, parcels: Ids, features: Ids, editions: Ids, areas: NDArray[Any], shares: NDArray[Any]) -> None:
    """Append overlay rows (ids, areas m², shares 0..1), position by position."""
    table = "extracts_overlay (parcel_version_id, feature_id, edition_id, area_m2, share)"
    _copy(table, (parcels, features, editions, areas, shares))


def write_cuts(*, edition_id: int, parcels: Ids, shares: NDArray[Any]) -> None:
    """Append the covered share (0..1) of each parcel."""
    table = "extracts_coveragecut (parcel_version_id, edition_id, covered_share)"
    _copy(table, (parcels, np.full(len(parcels), edition_id, dtype=np.int64), shares))


def write_old_cuts(*, edition_id: int, chunk: int, through: int, share: float) -> None:
    """Append the same covered share for every parcel version of the chunk up to `through`."""
    with connection.cursor() as cursor:
        cursor.execute(_OLD_CUTS, {"edition": edition_id, "chunk": chunk, "through": through, "share": share})


def record(rows: Iterable[Computed]) -> None:
    """Write the completeness of each (edition, chunk)."""
    params: list[dict[str, int | str | datetime]] = [
        {"edition": r.edition_id, "chunk": r.chunk, "through": r.through, "cover": r.cover, "at": r.at} for r in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_RECORD, params)


def forget(*, chunk: int, edition_ids: Sequence[int]) -> None:
    """Delete all that is known of the editions in the chunk."""
    with connection.cursor() as cursor:
        for statement in _FORGET:
            cursor.execute(statement, {"chunk": chunk, "editions": list(edition_ids)})


def _rows(statement: str, params: dict[str, Any]) -> list[TupleRow]:
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        return cursor.execute(statement, params, binary=True).fetchall()


def _copy(table: str, columns: Sequence[NDArray[Any]]) -> None:
    """Append columns of 8-byte integers and floats to `table`, in PostgreSQL's binary COPY format."""
    count = len(columns[0])
    if not count:
        return
    fields: list[tuple[str, str]] = [("n", ">i2")]
    for at, column in enumerate(columns):
        fields += [(f"l{at}", ">i4"), (f"v{at}", f">{column.dtype.kind}8")]
    packed = np.empty(count, dtype=fields)
    packed["n"] = len(columns)
    for at, column in enumerate(columns):
        packed[f"l{at}"] = 8
        packed[f"v{at}"] = column
    connection.ensure_connection()
    with Cursor(connection.connection) as cursor, cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(_COPY_HEADER + packed.tobytes() + _COPY_END)
