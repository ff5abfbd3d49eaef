"""Adding, subtracting and intersecting shapes, always on one fine grid. Pure.

Without a grid the overlay of shapes whose edges nearly coincide can go wrong without a word (a valid difference
that holds the whole of what it should have lost). GRID is a tenth of a micrometre: no survey sees it.
"""

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from apps.envelope.inputs import Area

GRID = 1e-7
NOISE_M2 = 1e-4
"""Crumbs below a square centimetre are rounding, not land."""


def together(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """The union; empty for none."""
    return shapely.union_all(list(shapes), grid_size=GRID)


def less(shape: BaseGeometry, taken: BaseGeometry) -> BaseGeometry:
    """What is left of `shape`."""
    return shapely.difference(shape, taken, grid_size=GRID)


def common(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """What both hold."""
    return shapely.intersection(one, other, grid_size=GRID)


def polygons(shape: BaseGeometry) -> Area:
    """Only the polygons of a shape that are more than crumbs."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > NOISE_M2]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
