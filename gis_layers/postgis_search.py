"""Finding parcels by what people write. Texts come folded (apps.common.text.search_key).

LIKE with the trigram indexes; what matches is cut off before it is sorted, so that a street name shared by half the
city costs no more than a rare one. No geometry leaves the database, only a point and a box in WGS 84.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from gis_layers.postgis_clocks import HOLDS

_ENOUGH = 200
_TRIGRAM = 3
# Codes of numbers joined by dashes stand in the order of their numbers; codes of another kind in that of their letters.
_ORDER = "CASE WHEN {0} ~ '^[0-9]{{1,18}}(-[0-9]{{1,18}})*$' THEN string_to_array({0}, '-')::bigint[] END, {0}"
_BY_CODES, _BY_HITS, _BY_PARCELS = _ORDER.format("code"), _ORDER.format("hit.code"), _ORDER.format("p.code")
_SHOW = """
SELECT hit.code, hit.plate, hit.address_fa, ST_X(c.pt), ST_Y(c.pt),
       ST_XMin(g.box), ST_YMin(g.box), ST_XMax(g.box), ST_YMax(g.box)
  FROM hit JOIN cadastre_parcelversion v ON v.id = hit.id
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_SetSRID(ST_Envelope(v.geom), ST_SRID(v.geom)), 4326) AS box) g
 CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(v.geom), 4326) AS pt) c
"""
_BY_CODE = f"""
WITH found AS (
  SELECT p.code, v.id, v.plate, v.address_fa FROM cadastre_parcel p
    JOIN cadastre_parcelversion v ON v.parcel_id = p.id AND {HOLDS}
   WHERE p.code LIKE %(prefix)s LIMIT {_ENOUGH}),
hit AS (SELECT * FROM found ORDER BY {_BY_CODES} LIMIT %(limit)s)
{_SHOW} ORDER BY {_BY_HITS}
"""  # noqa: S608 - joined from constants of this file
_BY_PIECE = f"""
WITH found AS (
  SELECT p.code, v.id, v.plate, v.address_fa FROM cadastre_parcelversion v JOIN cadastre_parcel p ON p.id = v.parcel_id
   WHERE v.search LIKE %(piece)s AND p.code LIKE %(piece)s AND {HOLDS} LIMIT {_ENOUGH}),
hit AS (SELECT * FROM found ORDER BY {_BY_CODES} LIMIT %(limit)s)
{_SHOW} ORDER BY {_BY_HITS}
"""  # noqa: S608 - joined from constants of this file
_BY_PLATE = f"""
WITH found AS (
  SELECT p.code, v.id, v.plate, v.address_fa FROM cadastre_parcelversion v JOIN cadastre_parcel p ON p.id = v.parcel_id
   WHERE v.search LIKE %(piece)s AND (' ' || v.search || ' ') ~ %(whole)s AND {HOLDS} LIMIT {_ENOUGH}),
hit AS (SELECT * FROM found ORDER BY {_BY_CODES} LIMIT %(limit)s)
{_SHOW} ORDER BY {_BY_HITS}
"""  # noqa: S608 - joined from constants of this file
_BY_TEXT = f"""
WITH found AS (
  SELECT v.parcel_id, v.id, v.plate, v.address_fa, {{exact}} AS exact FROM cadastre_parcelversion v
   WHERE {{words}} AND {HOLDS} LIMIT {_ENOUGH}),
hit AS (SELECT p.code, f.id, f.plate, f.address_fa, f.exact FROM found f JOIN cadastre_parcel p ON p.id = f.parcel_id
         ORDER BY NOT f.exact, {_BY_PARCELS} LIMIT %(limit)s)
{_SHOW} ORDER BY NOT hit.exact, {_BY_HITS}
"""  # noqa: S608 - joined from constants of this file
_POINT = "ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), %(srid)s)"
_NEAR = f"""
WITH hit AS (
  SELECT p.code, v.id, v.plate, v.address_fa,
         row_number() OVER (ORDER BY v.geom <-> {_POINT}) n
    FROM cadastre_parcelversion v JOIN cadastre_parcel p ON p.id = v.parcel_id
   WHERE ST_DWithin(v.geom, {_POINT}, %(metres)s)
     AND {HOLDS} ORDER BY n LIMIT %(limit)s)
{_SHOW} ORDER BY hit.n
"""  # noqa: S608 - joined from constants of this file
_PADDED = "(' ' || translate(v.search, '،,', '  ') || ' ')"
_LIKE_CODES = f"SELECT code FROM cadastre_parcel WHERE code LIKE %(prefix)s ORDER BY {_BY_CODES} LIMIT %(limit)s"  # noqa: S608


@dataclass(frozen=True, slots=True)
class ParcelHit:
    """A parcel that matches: a point on its surface and its box (west, south, east, north)."""

    code: str
    plate: str
    address_fa: str
    lon: float
    lat: float
    bbox: tuple[float, float, float, float]


def parcels_by_code(*, prefix: str, on: date, known_at: datetime, limit: int) -> list[ParcelHit]:
    """Parcels whose code begins so, in the order of their numbers."""
    return _parcels(_BY_CODE, {"prefix": like(prefix) + "%", "on": on, "known_at": known_at, "limit": limit})


def parcels_by_piece(*, piece: str, on: date, known_at: datetime, limit: int) -> list[ParcelHit]:
    """Parcels whose code holds these whole numbers in a row ('14-5') behind its first one."""
    pattern = f"%-{like(piece)}-%"
    return _parcels(_BY_PIECE, {"piece": pattern, "on": on, "known_at": known_at, "limit": limit})


def parcels_by_plate(
    *, section: int | None, main: int, sub: int | None, on: date, known_at: datetime, limit: int
) -> list[ParcelHit]:
    """Parcels with this registry plate; what is None may be anything."""
    before = "([0-9]+/)?" if section is None else f"{section:d}/"
    after = "(/[0-9]+)*" if sub is None else f"/{sub:d}"
    piece = f"%{'' if section is None else f'{section:d}/'}{main:d}{'' if sub is None else f'/{sub:d}'}%"
    params = {"piece": piece, "whole": f" {before}{main:d}{after} ", "on": on, "known_at": known_at, "limit": limit}
    return _parcels(_BY_PLATE, params)


def parcels_near(*, lon: float, lat: float, metres: float, on: date, known_at: datetime, limit: int) -> list[ParcelHit]:
    """Parcels within so many metres of a WGS 84 point, the nearest first."""
    params = {"lon": lon, "lat": lat, "metres": metres, "srid": settings.CITY_SRID}
    return _parcels(_NEAR, params | {"on": on, "known_at": known_at, "limit": limit})


def parcels_by_text(*, words: Sequence[str], on: date, known_at: datetime, limit: int) -> list[ParcelHit]:
    """Parcels whose folded text holds every word, short numbers as whole words; exact numbers stand first.

    None when no word has the three letters that the index needs.
    """
    if not any(len(letters) >= _TRIGRAM for word in words for letters in re.split(r"\W|_", word)):
        return []
    # One LIKE for each word: the trigram index serves these, but not LIKE ALL (array).
    wheres = [f"{_PADDED if short_number(word) else 'v.search'} LIKE %(word{n})s" for n, word in enumerate(words)]
    exact = [f"{_PADDED} LIKE %(exact{n})s" for n, word in enumerate(words) if word.isdecimal()]
    query = _BY_TEXT.replace("{words}", " AND ".join(wheres)).replace("{exact}", " AND ".join(exact) or "true")
    return _parcels(query, {"on": on, "known_at": known_at, "limit": limit} | dict(_word_patterns(words)))


def short_number(word: str) -> bool:
    """A number too short to be looked for inside others."""
    return word.isdecimal() and len(word) < _TRIGRAM


def codes_like(*, prefix: str, limit: int) -> list[str]:
    """Codes that begin so, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_LIKE_CODES, {"prefix": like(prefix) + "%", "limit": limit})
        return [str(row[0]) for row in cursor.fetchall()]


def like(text: str) -> str:
    """Text with the wildcards of LIKE made harmless."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _word_patterns(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for n, word in enumerate(words):
        yield f"word{n}", f"% {word} %" if short_number(word) else f"%{like(word)}%"
        if word.isdecimal():
            yield f"exact{n}", f"% {word} %"


def _parcels(query: str, params: dict[str, Any]) -> list[ParcelHit]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [
            ParcelHit(code, plate, address, lon, lat, bbox=tuple(box))
            for code, plate, address, lon, lat, *box in cursor.fetchall()
        ]
