"""Lines across a polygon: zones stay apart in print without colour."""

import math

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

_MOST_LINES = 600


def hatch(shape: BaseGeometry, *, spacing: float, angle: float) -> BaseGeometry:
    """Parallel lines `spacing` apart at `angle` degrees inside the shape, in its own units.

    They run through multiples of the spacing from the origin, so hatches of neighbouring shapes meet.
    """
    if shape.is_empty:
        return shapely.MultiLineString()
    turned = affinity.rotate(shape, -angle, origin=(0, 0))
    west, south, east, north = turned.bounds
    first, last = math.ceil(south / spacing), math.floor(north / spacing)
    rows = range(first, min(last, first + _MOST_LINES) + 1)
    lines = shapely.MultiLineString([[(west - 1, n * spacing), (east + 1, n * spacing)] for n in rows])
    return affinity.rotate(turned.intersection(lines), angle, origin=(0, 0))
