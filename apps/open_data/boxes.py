"""The parameter `bbox`: an area in CRS84 (longitude first) or in the city's CRS, as WKT with x first."""

import math
from collections.abc import Sequence

from apps.common.city import current_city
from apps.common.errors import BadInputError
from apps.open_data.reference import CRS84, city_uri, northing_first
from gis_layers.crs import city_srid

_WGS84 = 4326
_FAR_DEGREES = 2.0  # beyond the city by more than this there is nothing, and a projection made for it places nothing
_SIDES, _WITH_HEIGHT = 4, 6
NOWHERE = "POLYGON EMPTY"


def read_box(raw: str | None, crs: str | None) -> tuple[str, int]:
    """(WKT, SRID); ("", …) without a box. Four or six numbers. Raises BadInputError."""
    if raw is None:
        if crs is not None:
            raise BadInputError(
                fa="«bbox-crs» بی «bbox» معنایی ندارد.",
                en="“bbox-crs” means nothing without “bbox”.",
                parameter="bbox-crs",
            )
        return "", _WGS84
    west, south, east, north = _numbers(raw)
    if crs in (None, CRS84):
        return _degrees(west, south, east, north, raw), _WGS84
    if crs != city_uri():
        raise BadInputError(
            fa=f"«bbox-crs» یکی از این‌هاست: {CRS84} یا {city_uri()}.",
            en=f"“bbox-crs” is one of {CRS84} and {city_uri()}.",
            parameter="bbox-crs",
        )
    if northing_first():
        west, south, east, north = south, west, north, east
    if west > east or south > north:
        raise _unreadable(raw)
    return _wkt([(west, south, east, north)]), city_srid()


def _numbers(raw: str) -> tuple[float, float, float, float]:
    try:
        numbers = [float(part) for part in raw.split(",")]
    except ValueError as error:
        raise _unreadable(raw) from error
    if len(numbers) not in (_SIDES, _WITH_HEIGHT) or not all(map(math.isfinite, numbers)):
        raise _unreadable(raw)
    half = len(numbers) // 2
    return numbers[0], numbers[1], numbers[half], numbers[half + 1]


def _degrees(west: float, south: float, east: float, north: float, raw: str) -> str:
    if south > north or not (-180 <= west <= 180 and -180 <= east <= 180 and south >= -90 and north <= 90):  # noqa: PLR2004
        raise _unreadable(raw)
    # West of east is the usual box; the other way round it goes over the antimeridian.
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return _wkt([near for a, b in spans if (near := _near(a, south, b, north)) is not None])


def _near(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float] | None:
    """The part of the box that lies near the city."""
    least_x, least_y, most_x, most_y = current_city().bounds
    west, east = max(west, least_x - _FAR_DEGREES), min(east, most_x + _FAR_DEGREES)
    south, north = max(south, least_y - _FAR_DEGREES), min(north, most_y + _FAR_DEGREES)
    return (west, south, east, north) if west <= east and south <= north else None


def _wkt(boxes: Sequence[tuple[float, float, float, float]]) -> str:
    """A polygon; a line or a point where a box has no width, so that it still meets what lies there."""
    shapes = [_shape(*box) for box in boxes]
    if not shapes:
        return NOWHERE
    return shapes[0] if len(shapes) == 1 else f"GEOMETRYCOLLECTION({','.join(shapes)})"


def _shape(west: float, south: float, east: float, north: float) -> str:
    if west == east and south == north:
        return f"POINT({west!r} {south!r})"
    if west == east or south == north:
        return f"LINESTRING({west!r} {south!r},{east!r} {north!r})"
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return f"POLYGON(({','.join(f'{x!r} {y!r}' for x, y in corners)}))"


def _unreadable(raw: str) -> BadInputError:
    return BadInputError(
        fa=f"«bbox={raw[:80]}» خوانا نیست. چهار عدد بنویسید: غرب،جنوب،شرق،شمال؛ نمونه: 51.66,32.64,51.68,32.66.",
        en=f"“bbox={raw[:80]}” cannot be read. Write four numbers: west,south,east,north, such as "
        "51.66,32.64,51.68,32.66.",
        parameter="bbox",
    )
