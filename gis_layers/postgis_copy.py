"""Rows into PostGIS by COPY through Django's own connection: all in the caller's transaction, or nothing.

Rows are staged in a temporary table first: PostGIS is the engine that decides whether a shape is valid, and it makes
the Web-Mercator copies. Geometries come as WKB in the city's CRS.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

_STAGE = """
DROP TABLE IF EXISTS pg_temp.intake_feature;
CREATE TEMP TABLE intake_feature (
  source_row integer, code text, label_fa text, label_en text, attributes jsonb, geom geometry
) ON COMMIT DROP
"""
_INVALID = """
SELECT source_row, coalesce(reason(ST_IsValidDetail(geom)), 'invalid'), ST_AsBinary(ST_ConvexHull(geom))
  FROM intake_feature WHERE NOT ST_IsValid(geom) ORDER BY source_row
"""
_MOVE = """
INSERT INTO gis_layers_feature (edition_id, source_row, code, label_fa, label_en, attributes, geom, geom_web)
SELECT %(edition)s, source_row, code, label_fa, label_en, attributes, g, ST_Transform(g, 3857)
  FROM (SELECT *, ST_Multi(ST_SetSRID(geom, %(srid)s)) AS g FROM intake_feature) staged
 ORDER BY source_row
"""
_SPEAKS = """
SELECT ST_AsBinary(ST_Multi(ST_CollectionExtract(ST_Difference(
         ST_GeomFromWKB(%(coverage)s),
         coalesce((SELECT ST_Union(ST_GeomFromWKB(hole)) FROM unnest(%(holes)s::bytea[]) AS hole),
                  'POLYGON EMPTY'::geometry)), 3)))
"""
_STAGE_BACKDROP = """
DROP TABLE IF EXISTS pg_temp.intake_backdrop;
CREATE TEMP TABLE intake_backdrop (
  n bigserial, kind text, name_fa text, name_en text, rank smallint, attributes jsonb, geom geometry
) ON COMMIT DROP
"""
_MOVE_BACKDROP = """
INSERT INTO gis_layers_backdrop (kind, name_fa, name_en, rank, attributes, geom_web)
SELECT kind, name_fa, name_en, rank, attributes, ST_Transform(ST_SetSRID(geom, %s), 3857)
  FROM intake_backdrop ORDER BY n
"""


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature to be stored; `wkb`: a (multi)polygon in the city's CRS."""

    source_row: int
    code: str
    label_fa: str
    label_en: str
    attributes: dict[str, Any]
    wkb: bytes


@dataclass(frozen=True, slots=True)
class BackdropRow:
    """One piece of map furniture; `wkb` in the city's CRS."""

    kind: str
    name_fa: str
    name_en: str
    rank: int
    attributes: dict[str, Any]
    wkb: bytes


@dataclass(frozen=True, slots=True)
class InvalidRow:
    """A staged row that PostGIS holds for invalid: its number, PostGIS's reason, its convex hull as WKB."""

    source_row: int
    why: str
    hull: bytes


def stage_features(rows: Iterable[FeatureRow]) -> tuple[InvalidRow, ...]:
    """Copy rows into the temporary table; returns (and takes out again) those that PostGIS calls invalid."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY intake_feature FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    (row.source_row, row.code, row.label_fa, row.label_en, _json(row.attributes), row.wkb.hex())
                )
        cursor.execute(_INVALID)
        bad = tuple(InvalidRow(int(n), str(why), bytes(hull)) for n, why, hull in cursor.fetchall())
        cursor.execute("DELETE FROM intake_feature WHERE source_row = ANY(%s)", [[b.source_row for b in bad]])
    return bad


def move_staged(*, edition_id: int) -> int:
    """The staged rows become features of the edition; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"edition": edition_id, "srid": settings.CITY_SRID})
        moved = int(cursor.rowcount)
        cursor.execute("DROP TABLE intake_feature")
    return moved


def coverage_without(coverage: bytes, holes: Sequence[bytes]) -> bytes:
    """WKB of the coverage minus every hole, as a MultiPolygon (possibly empty)."""
    with connection.cursor() as cursor:
        cursor.execute(_SPEAKS, {"coverage": coverage, "holes": list(holes)})
        return bytes(cursor.fetchone()[0])


def wkb_of_wkt(texts: Sequence[str]) -> list[bytes]:
    """WKB of shapes that only PostGIS can hold (arcs, surfaces), as they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_AsBinary(ST_GeomFromText(t)) FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n",
            [list(texts)],
        )
        return [bytes(row[0]) for row in cursor.fetchall()]


def copy_backdrop(rows: Iterable[BackdropRow]) -> int:
    """Store map furniture, transformed to Web Mercator; returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGE_BACKDROP)
        with cursor.copy("COPY intake_backdrop (kind, name_fa, name_en, rank, attributes, geom) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row.kind, row.name_fa, row.name_en, row.rank, _json(row.attributes), row.wkb.hex()))
        cursor.execute(_MOVE_BACKDROP, [settings.CITY_SRID])
        stored = int(cursor.rowcount)
        cursor.execute("DROP TABLE intake_backdrop")
    return stored


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
