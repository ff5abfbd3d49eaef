"""The reads an extract stands on: one statement for a parcel, and the exact walk over editions when a coverage or
a scope cuts it.

Table names of upper rooms appear in the SQL as names only; nothing is imported from them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Cursor
from psycopg.rows import dict_row, tuple_row

from gis_layers.postgis_clocks import HOLDS
from gis_layers.postgis_hot import hot_connection

NOISE_M2 = 1e-6

_PARCEL = f"""
SELECT v.id AS version_id, p.code, v.chunk, v.plate, v.address_fa, v.passage_name_fa, v.neighbourhood_fa,
       v.deed_area_dm2, v.drawn_area_dm2, v.measured_area_dm2, v.passage_width_cm, v.frontage_cm, v.corner,
       v.consolidated, v.existing_storeys, v.existing_height_cm, v.attributes::json AS attributes,
       lower(v.known) AS known_from,
       (SELECT max(id) FROM legal_legalact) AS law_head,
       d.number AS district_number, d.name_fa AS district_fa, d.name_en AS district_en, d.approximate,
       (SELECT json_agg(json_build_array(x.number, x.name_fa, x.name_en, x.approximate, x.m2)
                        ORDER BY x.m2 DESC, x.number)
          FROM (SELECT y.number, y.name_fa, y.name_en, y.approximate, ST_Area(ST_Intersection(y.geom, v.geom)) AS m2
                  FROM cadastre_district y
                 WHERE y.geom && v.geom AND ST_Intersects(y.geom, v.geom) AND NOT ST_Covers(y.geom, v.geom)) x
        ) AS cut_districts,
       (SELECT count(*) FROM cadastre_parcelversion w
         WHERE w.parcel_id = p.id AND w.id <= v.id) AS version_number,
       ST_X(c.pt) AS x, ST_Y(c.pt) AS y,
       ST_XMin(v.geom_web) AS x0, ST_YMin(v.geom_web) AS y0, ST_XMax(v.geom_web) AS x1, ST_YMax(v.geom_web) AS y1,
       (SELECT json_agg(json_build_array(o.edition_id, o.feature_id, f.code, f.label_fa, f.label_en, f.attributes,
                                         o.area_m2, o.share) ORDER BY o.edition_id, f.code, o.feature_id)
          FROM extracts_overlay o JOIN gis_layers_feature f ON f.id = o.feature_id
         WHERE o.parcel_version_id = v.id AND o.edition_id = ANY(%(editions)s)) AS hits,
       (SELECT json_agg(json_build_array(k.edition_id, k.through, k.cover, cc.covered_share))
          FROM extracts_overlaychunk k
          LEFT JOIN extracts_coveragecut cc ON cc.parcel_version_id = v.id AND cc.edition_id = k.edition_id
         WHERE k.chunk = v.chunk AND k.edition_id = ANY(%(editions)s)) AS covers,
       (SELECT json_agg(json_build_array(q.edition_id, q.m2)) FROM (
         SELECT b.edition_id, ST_Area(ST_Intersection(ST_Union(b.footprint), v.geom)) AS m2
           FROM gis_layers_quarantined b
          WHERE b.edition_id = ANY(%(editions)s) AND b.footprint && v.geom AND ST_Intersects(b.footprint, v.geom)
          GROUP BY b.edition_id) q) AS quarantined,
       (SELECT count(*) FROM legal_inforceperiod s WHERE s.id = ANY(%(scopes)s)) AS scopes_found,
       (SELECT json_agg(s.id) FROM legal_inforceperiod s
         WHERE s.id = ANY(%(scopes)s) AND ST_Intersects(s.scope, v.geom)) AS scopes
  FROM cadastre_parcel p
  JOIN cadastre_parcelversion v
    ON v.parcel_id = p.id AND {HOLDS}
  LEFT JOIN cadastre_district d ON d.id = v.district_id
 CROSS JOIN LATERAL (SELECT ST_PointOnSurface(v.geom_web) AS pt) c
 WHERE p.code = %(code)s
"""  # noqa: S608 - joined from constants of this room

_REGION = """
WITH place AS (SELECT coalesce(%(rest)s::geometry, v.geom) AS geom, v.geom AS whole
                 FROM cadastre_parcelversion v WHERE v.id = %(version)s),
region AS (
  SELECT CASE
    WHEN %(only)s::bigint[] IS NOT NULL THEN ST_Intersection(e.coverage,
         (SELECT coalesce(ST_Union(s.scope), ST_GeomFromText('POLYGON EMPTY', ST_SRID(e.coverage)))
            FROM legal_inforceperiod s WHERE s.id = ANY(%(only)s::bigint[])))
    WHEN %(minus)s::bigint[] IS NOT NULL THEN ST_Difference(e.coverage,
         (SELECT coalesce(ST_Union(s.scope), ST_GeomFromText('POLYGON EMPTY', ST_SRID(e.coverage)))
            FROM legal_inforceperiod s WHERE s.id = ANY(%(minus)s::bigint[])))
    ELSE e.coverage END AS geom
  FROM gis_layers_edition e WHERE e.id = %(edition)s),
held AS (SELECT ST_CollectionExtract(ST_Intersection(
           CASE WHEN %(partition)s THEN place.geom ELSE place.whole END, region.geom), 3) AS geom FROM place, region)
SELECT (SELECT json_agg(json_build_array(%(edition)s::bigint, f.id, f.code, f.label_fa, f.label_en, f.attributes,
                                         a.area, a.area / nullif(ST_Area(place.whole), 0)) ORDER BY f.code, f.id)
          FROM gis_layers_feature f, held, place,
               LATERAL (SELECT ST_Area(ST_Intersection(f.geom, held.geom)) AS area) a
         WHERE f.edition_id = %(edition)s AND f.geom && held.geom AND ST_Intersects(f.geom, held.geom)
           AND a.area > %(noise)s) AS hits,
       (SELECT ST_Area(geom) FROM held) AS held_m2,
       ST_AsEWKB(ST_CollectionExtract(ST_Difference(place.geom, region.geom), 3)) AS rest,
       ST_Area(ST_Difference(place.geom, region.geom)) AS rest_m2
  FROM place, region
"""


@dataclass(frozen=True, slots=True)
class Region:
    """Where an edition speaks on the day: its coverage, only in / except for the scopes of these periods."""

    edition_id: int
    only: tuple[int, ...] | None = None
    minus: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """Result of a walk: raw hit rows (edition, feature, code, labels, attributes, m², share), rest in m²."""

    hits: tuple[Sequence[Any], ...]
    held_m2: Mapping[int, float]
    rest_m2: float


def read_parcel(
    *, code: str, on: date, known_at: datetime, editions: Sequence[int], scopes: Sequence[int]
) -> Mapping[str, Any] | None:
    """The parcel's row with overlay rows, chunk completeness, m² under quarantined rows and touched scope periods.

    None when unknown.
    """
    params = {"code": code, "on": on, "known_at": known_at, "editions": list(editions), "scopes": list(scopes)}
    with hot_connection() as straight, Cursor(straight, row_factory=dict_row) as cursor:
        return cursor.execute(_PARCEL, params, prepare=True).fetchone()


def walk(*, version_id: int, regions: Sequence[Region], partition: bool) -> Walk:
    """Exact areas when coverages or scopes cut the parcel.

    Partition: each edition is asked only for what the earlier ones left. Cumulative: each is asked for the
    whole parcel; `rest_m2` is the area that no edition's region holds.
    """
    hits: list[Sequence[Any]] = []
    held: dict[int, float] = {}
    rest: bytes | None = None
    rest_m2 = float("inf")
    with hot_connection() as straight, Cursor(straight, row_factory=tuple_row) as cursor:
        for region in regions:
            row = cursor.execute(_REGION, _params(version_id, region, rest=rest, partition=partition)).fetchone()
            if row is None:
                break
            hits.extend(row[0] or ())
            held[region.edition_id] = row[1]
            rest, rest_m2 = row[2], row[3]
            if partition and rest_m2 <= NOISE_M2:
                break
    return Walk(hits=tuple(hits), held_m2=held, rest_m2=0.0 if rest_m2 <= NOISE_M2 else rest_m2)


def _params(version_id: int, region: Region, *, rest: bytes | None, partition: bool) -> dict[str, Any]:
    return {
        "version": version_id,
        "edition": region.edition_id,
        "rest": rest,
        "only": None if region.only is None else list(region.only),
        "minus": None if region.minus is None else list(region.minus),
        "partition": partition,
        "noise": NOISE_M2,
    }
