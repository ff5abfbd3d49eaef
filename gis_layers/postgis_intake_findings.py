"""What can be said of an edition once it stands: gaps, overlaps, rows beyond a place. m² in the city's CRS; shapes as
GeoJSON in WGS 84, to seven decimals (about a centimetre)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

_CELLS = """
SELECT ST_AsBinary(g.geom) FROM gis_layers_edition e, ST_SquareGrid(%(side)s, e.coverage) g
 WHERE e.id = %(edition)s AND ST_Intersects(g.geom, e.coverage) ORDER BY g.i, g.j
"""
# Cell by cell: no statement holds the whole plan, and the intake can be stopped between two of them.
_BARE = """
SELECT ST_AsBinary(bare) FROM (
  SELECT ST_CollectionExtract(ST_Difference(ST_Intersection(e.coverage, cell),
           coalesce((SELECT ST_Union(f.geom) FROM gis_layers_feature f WHERE f.edition_id = e.id AND f.geom && cell),
                    ST_GeomFromText('POLYGON EMPTY', %(srid)s))), 3) AS bare
    FROM gis_layers_edition e,
         (SELECT ST_SetSRID(ST_GeomFromWKB(w), %(srid)s) AS cell FROM unnest(%(cells)s::bytea[]) w) c
   WHERE e.id = %(edition)s) b WHERE NOT ST_IsEmpty(bare)
"""
_GAPS = """
SELECT ST_Area(g), ST_AsGeoJSON(ST_Transform(g, 4326), 7)
  FROM (SELECT (ST_Dump(ST_Union(ST_SetSRID(ST_GeomFromWKB(w), %(srid)s)))).geom AS g
          FROM unnest(%(bare)s::bytea[]) w) d
 WHERE ST_Area(g) >= %(least)s ORDER BY ST_Area(g) DESC
"""
_OVERLAPS = """
SELECT a.source_row, b.source_row, ST_Area(common), ST_AsGeoJSON(ST_Transform(common, 4326), 7)
  FROM gis_layers_quarantined a
  JOIN gis_layers_quarantined b ON b.edition_id = a.edition_id AND b.source_row > a.source_row
       AND b.reason = a.reason AND b.footprint && a.footprint,
       LATERAL (SELECT ST_CollectionExtract(ST_Intersection(a.footprint, b.footprint), 3) AS common) c
 WHERE a.edition_id = %(edition)s AND a.reason = 'overlaps_another_row' AND ST_Area(common) > 0
   AND (ST_Area(common) >= %(m2)s
        OR ST_Area(common) >= %(share)s * least(ST_Area(a.footprint), ST_Area(b.footprint)))
 ORDER BY ST_Area(common) DESC, 1, 2 LIMIT %(most)s
"""
_OUTSIDE = """
SELECT f.source_row, f.code, ST_Area(far), ST_AsGeoJSON(ST_Transform(far, 4326), 7)
  FROM gis_layers_feature f, (SELECT ST_SetSRID(ST_GeomFromWKB(%(place)s), %(srid)s) AS place) p,
       LATERAL (SELECT ST_CollectionExtract(ST_Difference(f.geom, place), 3) AS far) d
 WHERE f.edition_id = %(edition)s AND NOT ST_CoveredBy(f.geom, place) AND ST_Area(far) >= %(least)s
 ORDER BY f.source_row
"""
_CODES = """
SELECT code, count(*), min(source_row) FROM gis_layers_feature
 WHERE edition_id = %(edition)s GROUP BY code ORDER BY code
"""
_QUARANTINE = """
SELECT source_row, reason, message_fa, message_en, ST_AsGeoJSON(ST_Transform(footprint, 4326), 7)
  FROM gis_layers_quarantined WHERE edition_id = %(edition)s ORDER BY source_row
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding with its place: rows of the file (none for a gap), the code, m², GeoJSON geometry in WGS 84."""

    rows: tuple[int, ...]
    m2: float
    shape: Any
    code: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A quarantined row: its number in the file, why, where (None = unknown)."""

    row: int
    reason: str
    fa: str
    en: str
    shape: Any | None


def gaps(*, edition_id: int, srid: int, least_m2: float, side: float, told: Callable[[float], None]) -> list[Spot]:
    """Places inside the coverage that no feature holds, of at least so many m², the largest first.

    `side`: of the square cells (m) it is worked out in; `told` is called with the share done, and may raise.
    """
    cells = [bytes(row[0]) for row in _rows(_CELLS, edition=edition_id, side=side)]
    bare: list[bytes] = []
    for start in range(0, len(cells), 16):
        told(start / len(cells))
        part = _rows(_BARE, edition=edition_id, srid=srid, cells=cells[start : start + 16])
        bare += [bytes(row[0]) for row in part]
    found = _rows(_GAPS, srid=srid, bare=bare, least=max(least_m2, 1e-6)) if bare else []
    return [Spot((), float(m2), json.loads(shape)) for m2, shape in found]


def overlaps(*, edition_id: int, least_m2: float, least_share: float, most: int) -> list[Spot]:
    """Pairs of quarantined rows that claim the same ground by more than a sliver, the largest first, `most` of them."""
    found = _rows(_OVERLAPS, edition=edition_id, m2=least_m2, share=least_share, most=most)
    return [Spot((int(one), int(other)), float(m2), json.loads(shape)) for one, other, m2, shape in found]


def outside(*, edition_id: int, place: bytes, srid: int, least_m2: float) -> list[Spot]:
    """Features that reach out of a place (WKB, city CRS) by at least so many m², with what lies out there."""
    found = _rows(_OUTSIDE, edition=edition_id, place=place, srid=srid, least=max(least_m2, 1e-6))
    return [Spot((int(row),), float(m2), json.loads(shape), str(code)) for row, code, m2, shape in found]


def codes(edition_id: int) -> dict[str, tuple[int, int]]:
    """Code → (how many features, the first row of the file that has it)."""
    return {str(code): (int(count), int(row)) for code, count, row in _rows(_CODES, edition=edition_id)}


def quarantine(edition_id: int) -> list[BadRow]:
    """Rows that were kept out, in file order."""
    found = _rows(_QUARANTINE, edition=edition_id)
    return [BadRow(int(n), str(r), str(fa), str(en), json.loads(s) if s else None) for n, r, fa, en, s in found]


def _rows(statement: str, **values: Any) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found
