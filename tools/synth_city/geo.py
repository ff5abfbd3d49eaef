"""Small geometry helpers shared by every stage; lengths in metres."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

import math
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

GRID = 0.001
"""Coordinates lie on a millimetre grid, so that neighbours share vertices exactly."""

Rng = np.random.Generator


def polygons_of(geometry: BaseGeometry, least: float = 0.0) -> list[Polygon]:
    """The polygons inside any geometry that are larger than `least` m²."""
    parts = shapely.get_parts(geometry) if not isinstance(geometry, Polygon) else [geometry]
    return [p for p in parts if isinstance(p, Polygon) and p.area > least]


def lines_of(geometry: BaseGeometry) -> list[LineString]:
    """The lines inside any geometry."""
    return [p for p in shapely.get_parts(geometry) if isinstance(p, LineString) and p.length > GRID]


def areal(geometry: BaseGeometry) -> BaseGeometry:
    """Only the ground in a geometry: overlays also return shared points and lines."""
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    found = polygons_of(geometry)
    return found[0] if len(found) == 1 else MultiPolygon(found)


def difference(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """The ground of `a` without `b`, on the millimetre grid."""
    return areal(shapely.difference(a, b, grid_size=GRID))


def intersection(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """The ground that `a` and `b` share, on the millimetre grid."""
    return areal(shapely.intersection(a, b, grid_size=GRID))


def union(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """All parts together, on the millimetre grid."""
    return shapely.union_all(np.asarray(parts, dtype=object), grid_size=GRID)


def mosaic(lines: Iterable[BaseGeometry]) -> list[Polygon]:
    """Faces between lines; the noding makes both sides of each border share every vertex."""
    noded = shapely.union_all(np.asarray(list(lines), dtype=object), grid_size=GRID)
    faces: BaseGeometry = shapely.polygonize(list(shapely.get_parts(noded)))
    return polygons_of(faces)


def strip(line: BaseGeometry, width: float) -> BaseGeometry:
    """The ground `width` metres wide along a line, with square ends."""
    return line.buffer(width / 2, cap_style="flat", join_style="mitre", mitre_limit=2.0)


def rectangle(x: float, y: float, width: float, height: float, degrees: float = 0.0) -> Polygon:
    """A rectangle about its centre, turned counter-clockwise."""
    w, h = width / 2, height / 2
    corners = np.array([(-w, -h), (w, -h), (w, h), (-w, h)])
    return Polygon(turned(corners, degrees) + np.array([x, y]))


def turned(coords: NDArray[np.float64], degrees: float) -> NDArray[np.float64]:
    """Coordinates turned counter-clockwise about the origin."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.asarray(coords @ np.array([[c, s], [-s, c]]))


def smoothed(coords: NDArray[np.float64], rounds: int = 2) -> NDArray[np.float64]:
    """Corners cut `rounds` times (Chaikin), ends kept."""
    for _ in range(rounds):
        a, b = coords[:-1], coords[1:]
        inner = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        coords = np.vstack([coords[:1], inner[1:-1], coords[-1:]])
    return coords


def extended(line: LineString, by: float) -> LineString:
    """The line made longer by `by` metres at both ends."""
    c = shapely.get_coordinates(line)
    c = c[np.append(True, (np.diff(c, axis=0) != 0).any(axis=1))]
    head, tail = c[0] - c[1], c[-1] - c[-2]
    head, tail = head / np.hypot(*head), tail / np.hypot(*tail)
    return LineString(np.vstack([c[0] + head * by, c, c[-1] + tail * by]))


def wavy(start: NDArray[np.float64], end: NDArray[np.float64], bend: float, rng: Rng, step: float = 45.0) -> LineString:
    """A street-like line between two points that strays up to about `bend` metres, turning every `step` metres."""
    length = float(np.hypot(*(end - start)))
    knots = max(2, min(12, int(length / step)))
    t = np.linspace(0, 1, knots + 1)
    normal = np.array([-(end - start)[1], (end - start)[0]]) / max(length, 1e-9)
    stray = rng.normal(0, bend / 2, knots + 1).clip(-bend, bend)
    stray[[0, -1]] *= 0.3
    coords = start + t[:, None] * (end - start) + stray[:, None] * normal
    return LineString(smoothed(coords, 2) if bend > 1 else coords)


def axis_near(polygon: Polygon, degrees: float, reach: float = 24.0) -> float:
    """The direction of a polygon's own long sides, if it lies near the wanted one, else the wanted one."""
    box = shapely.get_coordinates(shapely.oriented_envelope(polygon))
    if len(box) < 4:
        return degrees
    edge = box[1] - box[0]
    own = math.degrees(math.atan2(edge[1], edge[0]))
    turn = (own - degrees + 45.0) % 90.0 - 45.0
    return degrees + 0.9 * turn if abs(turn) < reach else degrees
