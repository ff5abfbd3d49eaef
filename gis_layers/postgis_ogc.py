"""Pages of the open layers, read from the read-only views of the room open_data (names only; made by its migration).

Every reading runs in a transaction that can only read and has a time limit. Geometry goes out as GeoJSON text, in
WGS 84 (longitude first) or in the city's CRS in the order of its own axes.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import QueryCanceled

from apps.common.errors import UnavailableError
from gis_layers.postgis_ogc_sources import Source

TIMEOUT_S = 20
_DEGREE_DIGITS, _METRE_DIGITS = 8, 4
_STEP_DEGREES = 0.01  # edges of a box are straight in degrees, not in metres


@dataclass(frozen=True, slots=True)
class Look:
    """How to look at a source.

    `params`: of its condition; `box`: WKT of an area in `box_srid`, x first; `equal`: column → value; `in_city`: answer
    in the city's CRS, else in WGS 84; `flip`: the city's axes are northing first; `bare`: without geometry.
    """

    params: Mapping[str, Any]
    srid: int
    box: str = ""
    box_srid: int = 4326
    equal: Mapping[str, str] | None = None
    in_city: bool = False
    flip: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One item: key, values by column, geometry as GeoJSON text or None."""

    key: int
    values: Mapping[str, Any]
    geometry: str | None


def page(source: Source, looks: Sequence[tuple[Look, int]], *, limit: int) -> list[tuple[int, Row]]:
    """At most `limit` rows as (number of the look, row), look after look, each from behind a key in its order."""
    found: list[tuple[int, Row]] = []
    with reading() as cursor:
        for number, (look, after) in enumerate(looks):
            where = [*_conditions(source, look), f"v.{source.key} > %(after)s"]
            statement = f"{_select(source, look)} WHERE {' AND '.join(where)} ORDER BY v.{source.key} LIMIT %(limit)s"
            cursor.execute(statement, {**_params(look), "after": after, "limit": limit - len(found)})
            found += [(number, row) for row in _rows(source, cursor)]
            if len(found) == limit:
                break
    return found


def one(source: Source, look: Look, **named: str | int) -> Row | None:
    """The last row of the given columns' values."""
    where = [*_conditions(source, look), *(f"v.{column} = %({column})s" for column in named)]
    statement = f"{_select(source, look)} WHERE {' AND '.join(where)} ORDER BY v.{source.key} DESC LIMIT 1"
    with reading() as cursor:
        cursor.execute(statement, {**_params(look), **named})
        return next(iter(_rows(source, cursor)), None)


def count(source: Source, look: Look) -> int:
    """How many rows there are."""
    statement = f"SELECT count(*) FROM {source.view} v WHERE {' AND '.join(_conditions(source, look))}"  # noqa: S608
    with reading() as cursor:
        cursor.execute(statement, _params(look))
        row = cursor.fetchone()
    return int(row[0]) if row else 0


@contextmanager
def reading() -> Iterator[CursorWrapper]:
    """A cursor that can only read, for at most TIMEOUT_S seconds a statement. Raises UnavailableError beyond."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '{TIMEOUT_S}s'")
            yield cursor
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise _too_broad() from error
        raise


def _conditions(source: Source, look: Look) -> list[str]:
    found = [source.holds]
    if look.box:
        area = f"ST_GeomFromText(%(box)s, {look.box_srid:d})"
        if look.box_srid != look.srid:
            area = f"ST_Transform(ST_Segmentize({area}, {_STEP_DEGREES}), {look.srid:d})"
        found.append(f"v.stored && {area} AND ST_Intersects(v.geom, {area})")
    return [*found, *(f"v.{column}::text = %(equal_{column})s" for column in look.equal or ())]


def _select(source: Source, look: Look) -> str:
    shape = "v.geom" if look.in_city else "ST_Transform(v.geom, 4326)"
    shape = f"ST_ForcePolygonCCW({shape})"
    if look.in_city and look.flip:
        shape = f"ST_FlipCoordinates({shape})"
    digits = _METRE_DIGITS if look.in_city else _DEGREE_DIGITS
    text = "NULL" if look.bare else f"ST_AsGeoJSON({shape}, {digits}, 0)"
    columns = ", ".join(f"v.{column}" for column in source.columns)
    return f"SELECT v.{source.key}, {text}, {columns} FROM {source.view} v"  # noqa: S608 - constants of this file


def _params(look: Look) -> dict[str, Any]:
    equal = {f"equal_{column}": value for column, value in (look.equal or {}).items()}
    return {**look.params, **equal, "box": look.box}


def _rows(source: Source, cursor: CursorWrapper) -> list[Row]:
    return [
        Row(int(key), dict(zip(source.columns, values, strict=True)), geometry)
        for key, geometry, *values in cursor.fetchall()
    ]


def _too_broad() -> UnavailableError:
    return UnavailableError(
        fa="این پرسش از زمان مجاز گذشت. محدودهٔ کوچک‌تری (bbox) یا شمار کمتری (limit) بخواهید.",
        en="This question took longer than is allowed. Ask for a smaller box (bbox) or fewer items (limit).",
        seconds=TIMEOUT_S,
    )
