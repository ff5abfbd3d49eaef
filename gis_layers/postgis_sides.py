"""Sides of parcels by COPY, in place of those that stood. Lines as WKB in the city's metric CRS."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

_STAGE = """
DROP TABLE IF EXISTS pg_temp.side_stage;
CREATE TEMP TABLE side_stage (row_number integer, code text, kind text, geom geometry) ON COMMIT DROP
"""
_STRANGERS = """
SELECT s.row_number, s.code FROM side_stage s
 WHERE NOT EXISTS (SELECT FROM cadastre_parcel p WHERE p.code = s.code) ORDER BY s.row_number LIMIT 10
"""
_CLEAR = """
DELETE FROM cadastre_parcelside d USING cadastre_parcelversion v, cadastre_parcel p
 WHERE d.version_id = v.id AND v.parcel_id = p.id AND upper_inf(v.known) AND upper_inf(v.legal)
   AND p.code IN (SELECT code FROM side_stage)
"""
# A side in several pieces is several sides of that kind.
_STORE = """
INSERT INTO cadastre_parcelside (version_id, kind, geom)
SELECT v.id, s.kind, d.geom
  FROM (SELECT * FROM side_stage ORDER BY row_number) s
  JOIN cadastre_parcel p ON p.code = s.code
  JOIN cadastre_parcelversion v ON v.parcel_id = p.id AND upper_inf(v.known) AND upper_inf(v.legal)
 CROSS JOIN LATERAL ST_Dump(ST_SetSRID(s.geom, %s)) d
 ORDER BY s.row_number, d.path
"""
_COPY_SIDES = """
INSERT INTO cadastre_parcelside (version_id, kind, geom)
SELECT %s, kind, geom FROM cadastre_parcelside WHERE version_id = %s ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class SideRow:
    """One side to be stored; `wkb` a line, hexadecimal, as COPY takes it."""

    row_number: int
    code: str
    kind: str
    wkb: str


def replace_sides(rows: Iterable[SideRow]) -> tuple[int, Sequence[tuple[int, str]]]:
    """Store the sides of today's versions; (how many, ()) or (0, rows whose parcel is not known). In a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY side_stage FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row.row_number, row.code, row.kind, row.wkb))
        cursor.execute("ANALYZE side_stage")
        cursor.execute(_STRANGERS)
        strangers = [(int(number), str(code)) for number, code in cursor.fetchall()]
        if strangers:
            return 0, strangers
        cursor.execute(_CLEAR)
        cursor.execute(_STORE, [settings.CITY_SRID])
        return int(cursor.rowcount), ()


def copy_sides(*, from_version: int, to_version: int) -> None:
    """The sides of one version for another of the same shape."""
    with connection.cursor() as cursor:
        cursor.execute(_COPY_SIDES, [to_version, from_version])
