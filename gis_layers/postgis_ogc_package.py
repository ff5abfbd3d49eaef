"""What a downloaded edition holds, read from the read-only views: features in chunks, coverage, places of periods."""

from collections.abc import Iterator, Sequence
from typing import Any

from gis_layers.postgis_ogc import reading

CHUNK = 20_000
_FEATURES = """
SELECT f.source_row, f.code, f.label_fa, f.label_en, f.attributes::text, ST_AsBinary(f.geom)
  FROM open_data_feature f WHERE f.edition_id = %(edition)s AND f.source_row > %(after)s
 ORDER BY f.source_row LIMIT %(limit)s
"""
_COVERAGE = "SELECT ST_AsBinary(coverage) FROM gis_layers_edition WHERE id = %(edition)s"
# A period without a scope holds outside every scope that cuts its instrument, or everywhere when nothing cuts it.
_PLACES = """
WITH own AS (SELECT p.id, p.scope FROM legal_inforceperiod p WHERE p.id = ANY(%(periods)s)),
cut AS (SELECT ST_Union(scope) AS geom FROM own WHERE scope IS NOT NULL)
SELECT own.id, ST_AsBinary(ST_Multi(ST_CollectionExtract(CASE
         WHEN own.scope IS NOT NULL THEN ST_Intersection(e.coverage, own.scope)
         WHEN cut.geom IS NOT NULL THEN ST_Difference(e.coverage, cut.geom)
         ELSE e.coverage END, 3)))
  FROM own, cut, gis_layers_edition e WHERE e.id = %(edition)s ORDER BY own.id
"""


def feature_chunks(edition: int, *, chunk: int = CHUNK) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Rows (source row, code, label fa, label en, attributes as JSON text, WKB in the city's CRS), chunk by chunk."""
    after = -1
    while True:
        with reading() as cursor:
            cursor.execute(_FEATURES, {"edition": edition, "after": after, "limit": chunk})
            rows = cursor.fetchall()
        if rows:
            yield rows
        if len(rows) < chunk:
            return
        after = rows[-1][0]


def coverage_of(edition: int) -> bytes:
    """Where the edition speaks (WKB, city's CRS)."""
    with reading() as cursor:
        cursor.execute(_COVERAGE, {"edition": edition})
        row = cursor.fetchone()
    if row is None:
        raise LookupError(edition)
    return bytes(row[0])


def places_of_periods(edition: int, periods: Sequence[int]) -> dict[int, bytes]:
    """Period id → where it holds within the coverage (WKB, city's CRS)."""
    with reading() as cursor:
        cursor.execute(_PLACES, {"edition": edition, "periods": list(periods)})
        return {int(period): bytes(place) for period, place in cursor.fetchall()}
