"""The exact walk of `postgis_extract.walk` for many parcels in one go, over law that may not be stored.

Scopes come as shapes, not as ids: those of a rehearsal are gone when this runs. Where an edition speaks is worked out
once, then every parcel is cut by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import Cursor
from psycopg.rows import tuple_row

from gis_layers.postgis_extract import NOISE_M2, Walk

_REGION = """
SELECT ST_AsEWKB(CASE WHEN %(how)s = 'only' THEN ST_Intersection(e.coverage, p.place)
                      WHEN %(how)s = 'minus' THEN ST_Difference(e.coverage, p.place)
                      ELSE e.coverage END)
  FROM gis_layers_edition e,
       (SELECT coalesce(ST_Union(ST_GeomFromEWKB(scope)), ST_GeomFromText('POLYGON EMPTY', %(srid)s)) AS place
          FROM unnest(%(scopes)s::bytea[]) AS scope) p
 WHERE e.id = %(edition)s
"""
_CUT = """
WITH region AS MATERIALIZED (SELECT ST_GeomFromEWKB(%(region)s) AS geom),
place AS MATERIALIZED (
  SELECT v.id, coalesce(ST_GeomFromEWKB(r.rest), v.geom) AS geom, v.geom AS whole
    FROM unnest(%(versions)s::bigint[], %(rests)s::bytea[]) AS r(id, rest)
    JOIN cadastre_parcelversion v ON v.id = r.id),
held AS MATERIALIZED (
  SELECT p.id, p.whole, ST_CollectionExtract(ST_Intersection(
           CASE WHEN %(partition)s THEN p.geom ELSE p.whole END, region.geom), 3) AS geom FROM place p, region)
SELECT p.id,
       (SELECT json_agg(json_build_array(%(edition)s::bigint, f.id, f.code, f.label_fa, f.label_en, f.attributes,
                                         a.area, a.area / nullif(ST_Area(p.whole), 0)) ORDER BY f.code, f.id)
          FROM gis_layers_feature f,
               LATERAL (SELECT ST_Area(ST_Intersection(f.geom, held.geom)) AS area) a
         WHERE f.edition_id = %(edition)s AND f.geom && held.geom AND ST_Intersects(f.geom, held.geom)
           AND a.area > %(noise)s),
       ST_Area(held.geom),
       ST_AsEWKB(ST_CollectionExtract(ST_Difference(p.geom, region.geom), 3)),
       ST_Area(ST_Difference(p.geom, region.geom))
  FROM place p JOIN held ON held.id = p.id, region
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edition speaks: its coverage, only in / except for these shapes (EWKB, city CRS)."""

    edition_id: int
    only: tuple[bytes, ...] | None = None
    minus: tuple[bytes, ...] | None = None


@dataclass(slots=True)
class _Going:
    """One parcel on its way: what was found so far, and what is left of it."""

    hits: list[Sequence[Any]] = field(default_factory=list)
    held: dict[int, float] = field(default_factory=dict)
    rest: bytes | None = None
    rest_m2: float = float("inf")


def walk_many(*, versions: Sequence[int], places: Sequence[Place], partition: bool, srid: int) -> Mapping[int, Walk]:
    """The walk of each parcel version over the editions in order of precedence, as `postgis_extract.walk` does it."""
    going = {version: _Going() for version in versions}
    connection.ensure_connection()
    with Cursor(connection.connection, row_factory=tuple_row) as cursor:
        for place in places:
            left = [v for v, g in going.items() if not (partition and g.rest_m2 <= NOISE_M2)]
            if left:
                _cut(cursor, place, going, left=left, partition=partition, srid=srid)
    return {
        version: Walk(hits=tuple(g.hits), held_m2=g.held, rest_m2=0.0 if g.rest_m2 <= NOISE_M2 else g.rest_m2)
        for version, g in going.items()
    }


def _cut(
    cursor: Cursor[Any], place: Place, going: Mapping[int, _Going], *, left: list[int], partition: bool, srid: int
) -> None:
    params: dict[str, Any] = {
        "edition": place.edition_id,
        "region": _region(cursor, place, srid),
        "versions": left,
        "rests": [going[v].rest for v in left],
        "partition": partition,
        "noise": NOISE_M2,
    }
    for version, hits, held, rest, rest_m2 in cursor.execute(_CUT, params).fetchall():
        mine = going[version]
        mine.hits.extend(hits or ())
        mine.held[place.edition_id] = held
        mine.rest, mine.rest_m2 = rest, rest_m2


def _region(cursor: Cursor[Any], place: Place, srid: int) -> bytes:
    how = "only" if place.only is not None else "minus" if place.minus is not None else "whole"
    params = {"edition": place.edition_id, "how": how, "scopes": list(place.only or place.minus or ()), "srid": srid}
    row = cursor.execute(_REGION, params).fetchone()
    return bytes(row[0]) if row else b""
