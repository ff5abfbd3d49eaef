"""Parcels by COPY: staged, checked against what stands, inserted in file order. Geometries as WKB in the city's CRS.

Every writer of parcel versions takes `lock_cadastre` first: ids then become visible in their order, and whoever
reads "everything up to id n" (the overlay) can rely on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection

_STAGE = """
DROP TABLE IF EXISTS pg_temp.parcel_stage;
CREATE TEMP TABLE parcel_stage (
  row_number integer, code text, land_code text, district integer, plate text, address_fa text, passage_name_fa text,
  neighbourhood_fa text, deed_area_dm2 bigint, passage_width_cm integer, frontage_cm integer, corner boolean,
  consolidated smallint, existing_storeys smallint, existing_height_cm integer, attributes jsonb, search text,
  geom geometry
) ON COMMIT DROP
"""
_TWICE = """
SELECT s.row_number, s.code
  FROM (SELECT row_number, code, row_number() OVER (PARTITION BY code ORDER BY row_number) AS nth FROM parcel_stage) s
  LEFT JOIN cadastre_parcel p ON p.code = s.code
 WHERE s.nth > 1 OR p.id IS NOT NULL
 ORDER BY s.row_number LIMIT 10
"""
_NOWHERE = """
SELECT s.row_number, s.district FROM parcel_stage s
 WHERE s.district IS NOT NULL AND NOT EXISTS (SELECT FROM cadastre_district d WHERE d.number = s.district)
 ORDER BY s.row_number LIMIT 10
"""
_INVALID = """
SELECT row_number, coalesce(reason(ST_IsValidDetail(geom)), 'invalid') FROM parcel_stage
 WHERE NOT ST_IsValid(geom) ORDER BY row_number LIMIT 10
"""
_PARCELS = "INSERT INTO cadastre_parcel (code, land_code) SELECT code, land_code FROM parcel_stage ORDER BY row_number"
_VERSIONS = """
INSERT INTO cadastre_parcelversion (
  parcel_id, legal, known, district_id, plate, address_fa, passage_name_fa, neighbourhood_fa, deed_area_dm2,
  drawn_area_dm2, passage_width_cm, frontage_cm, corner, consolidated, existing_storeys, existing_height_cm,
  attributes, search, chunk, geom, geom_web)
SELECT p.id, daterange(%(legal_from)s::date, NULL), tstzrange(%(known_from)s::timestamptz, NULL), d.id, s.plate,
       s.address_fa, s.passage_name_fa, s.neighbourhood_fa, s.deed_area_dm2, round(ST_Area(s.g) * 100),
       s.passage_width_cm, s.frontage_cm, s.corner, s.consolidated, s.existing_storeys, s.existing_height_cm,
       s.attributes, s.search, city_chunk(s.g), s.g, ST_Transform(s.g, 3857)
  FROM (SELECT *, ST_Multi(ST_SetSRID(geom, %(srid)s)) AS g FROM parcel_stage ORDER BY row_number) s
  JOIN cadastre_parcel p ON p.code = s.code
  LEFT JOIN cadastre_district d ON d.number = s.district
 ORDER BY s.row_number
RETURNING chunk
"""


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """One parcel to be stored; None = not known. Areas dm², lengths cm, `wkb` a (multi)polygon in the city's CRS."""

    row_number: int
    code: str
    land_code: str
    district: int | None
    plate: str
    address_fa: str
    passage_name_fa: str
    neighbourhood_fa: str
    deed_area_dm2: int | None
    passage_width_cm: int | None
    frontage_cm: int | None
    corner: bool | None
    consolidated: int | None
    existing_storeys: int | None
    existing_height_cm: int | None
    attributes: str  # JSON object
    search: str
    wkb: str  # hexadecimal, as COPY takes it


@dataclass(frozen=True, slots=True)
class StageFaults:
    """What keeps staged rows from being stored: (row, code), (row, district), (row, PostGIS's reason)."""

    known_codes: tuple[tuple[int, str], ...]
    unknown_districts: tuple[tuple[int, int], ...]
    invalid: tuple[tuple[int, str], ...]

    def __bool__(self) -> bool:
        """Whether there is any fault."""
        return bool(self.known_codes or self.unknown_districts or self.invalid)


def lock_cadastre() -> None:
    """Keep other writers of parcel versions out until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cadastre-write'))")


def stage_parcels(rows: Iterable[ParcelRow]) -> StageFaults:
    """Copy rows into the temporary table and compare them with what stands. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY parcel_stage FROM STDIN") as copy:
            for row in rows:
                copy.write_row(astuple(row))
        cursor.execute("ANALYZE parcel_stage")
        found = []
        for query in (_TWICE, _NOWHERE, _INVALID):
            cursor.execute(query)
            found.append(tuple(cursor.fetchall()))
    return StageFaults(*found)


def store_staged(*, legal_from: date | None, known_from: datetime | None) -> Sequence[int]:
    """The staged rows become parcels with one open version each; returns the chunk of every version."""
    with connection.cursor() as cursor:
        cursor.execute(_PARCELS)
        cursor.execute(_VERSIONS, {"legal_from": legal_from, "known_from": known_from, "srid": settings.CITY_SRID})
        chunks = [int(row[0]) for row in cursor.fetchall()]
        cursor.execute("DROP TABLE parcel_stage")
    return chunks


def measures_of(wkb: bytes) -> tuple[int, int]:
    """(drawn area in dm², chunk) of a polygon in the city's CRS, as the bulk load computes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT round(ST_Area(g) * 100)::bigint, city_chunk(g) FROM (SELECT ST_GeomFromWKB(%s, %s) AS g) s",
            [wkb, settings.CITY_SRID],
        )
        area, chunk = cursor.fetchone()
    return int(area), int(chunk)
