"""Where the governing editions of two states differ, cut into pieces of work of about equal weight.

Shapes in, shapes out, no database. GEOS (the library under PostGIS) does the geometry; planar, metres.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_layers.overlay_cut import Reals

NOISE_M2 = 1e-6  # below it a shape is what rounding leaves between two copies of one line
MOST_FEATURES = 800  # a piece of work: some tens of milliseconds, and a short transaction
_POLYGON = 3

Places = Mapping[int, BaseGeometry]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Zone:
    """A place with the editions that show there before and after."""

    before: frozenset[int]
    after: frozenset[int]
    place: BaseGeometry


def zones(before: Places, after: Places) -> list[Zone]:
    """The places where not the same editions show; `before`, `after`: where each edition shows."""
    found = [Zone(frozenset(), frozenset(), _changing(before, after))]
    nothing: frozenset[int] = frozenset()
    for edition, place in before.items():
        found = [z for zone in found for z in _divided(zone, place, frozenset({edition}), nothing)]
    for edition, place in after.items():
        found = [z for zone in found for z in _divided(zone, place, nothing, frozenset({edition}))]
    return [zone for zone in found if zone.before != zone.after]


def _changing(before: Places, after: Places) -> BaseGeometry:
    """Everything that some edition gains or loses."""
    empty = shapely.Polygon()
    sides = [(before.get(e, empty), after.get(e, empty)) for e in sorted({*before, *after})]
    moved = [shapely.symmetric_difference(a, b) for a, b in sides if not a.equals_exact(b)]
    return areas_of(shapely.union_all(moved))


def _divided(zone: Zone, place: BaseGeometry, before: frozenset[int], after: frozenset[int]) -> Iterator[Zone]:
    """The part of the zone inside the place, with what shows there before or after, and the part outside."""
    inside, outside = areas_of(shapely.intersection(zone.place, place)), zone.place
    if not inside.is_empty:
        outside = areas_of(shapely.difference(zone.place, place))
        yield Zone(zone.before | before, zone.after | after, inside)
    if not outside.is_empty:
        yield Zone(zone.before, zone.after, outside)


def cells(wanted: Iterable[Zone], points: Reals, *, most: int = MOST_FEATURES) -> list[Zone]:
    """The zones cut so that none holds many more than `most` of the points (features by their middle; n × 2)."""
    kept = [zone for zone in wanted if not zone.place.is_empty]
    if not kept:
        return []
    box = _around(shapely.total_bounds(np.array([zone.place for zone in kept], dtype=np.object_)))
    return list(_split(kept, points, box, most))


def _split(wanted: list[Zone], points: Reals, box: Box, most: int) -> Iterator[Zone]:
    halves = _halves(points, box) if len(points) > most else None
    if halves is None:
        yield from wanted
        return
    for half in halves:
        clipped = [Zone(z.before, z.after, _clipped(z.place, half)) for z in wanted]
        held = [zone for zone in clipped if not zone.place.is_empty]
        if held:
            yield from _split(held, points[_within(points, half)], half, most)


def _halves(points: Reals, box: Box) -> tuple[Box, Box] | None:
    """The box cut in two at a whole metre near the middle feature, across its longer side; None: too small to cut."""
    x0, y0, x1, y1 = box
    axis = 0 if x1 - x0 >= y1 - y0 else 1
    low, high = box[axis], box[axis + 2]
    line = float(np.clip(np.round(np.median(points[:, axis])), low + 1, high - 1))
    if not low < line < high:
        return None
    return ((x0, y0, line, y1), (line, y0, x1, y1)) if axis == 0 else ((x0, y0, x1, line), (x0, line, x1, y1))


def _within(points: Reals, box: Box) -> np.ndarray:
    x0, y0, x1, y1 = box
    x, y = points[:, 0], points[:, 1]
    inside: np.ndarray = (x >= x0) & (x < x1) & (y >= y0) & (y < y1)
    return inside


def _clipped(place: BaseGeometry, box: Box) -> BaseGeometry:
    square = shapely.box(*box)
    return place if shapely.covers(square, place) else areas_of(shapely.intersection(place, square))


def _around(bounds: Reals) -> Box:
    x0, y0 = np.floor(bounds[:2])
    x1, y1 = np.ceil(bounds[2:])
    return float(x0), float(y0), float(x1), float(y1)


def areas_of(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape that are more than noise, as one MultiPolygon."""
    parts = shapely.get_parts(shape)
    if np.any(shapely.get_type_id(parts) > _POLYGON):
        parts = shapely.get_parts(parts)
    parts = parts[(shapely.get_type_id(parts) == _POLYGON) & (shapely.area(parts) > NOISE_M2)]
    return shapely.multipolygons(parts) if len(parts) else shapely.MultiPolygon()
