"""Approximate districts: ground belongs to the nearest seed. Good enough to show, never for a decision."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city.crs import Floats, metric_point
from tools.synth_city.frame import Place
from tools.synth_city.geo import union
from tools.synth_city.zone_data import EXTRA_DISTRICTS


@dataclass(frozen=True)
class Districts:
    """Seeds of districts; several seeds may share a number."""

    x: Floats
    y: Floats
    numbers: NDArray[np.int64]
    neighbourhoods: list[str]
    hood_x: Floats
    hood_y: Floats

    def at(self, x: Floats, y: Floats) -> NDArray[np.int64]:
        """District numbers of points."""
        return np.asarray(self.numbers[_nearest(x, y, self.x, self.y)])

    def neighbourhood_at(self, x: Floats, y: Floats) -> list[str]:
        """Names of the nearest neighbourhoods."""
        return [self.neighbourhoods[i] for i in _nearest(x, y, self.hood_x, self.hood_y)]

    def cells(self, frame: Polygon) -> dict[int, BaseGeometry]:
        """One polygon per number, clipped to the frame."""
        points = MultiPoint(np.column_stack([self.x, self.y]))
        cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=frame.buffer(5000)))
        parts: dict[int, list[BaseGeometry]] = {}
        for number, x, y in zip(self.numbers, self.x, self.y, strict=True):
            cell = next(c for c in cells if c.contains(Point(x, y)))
            parts.setdefault(int(number), []).append(shapely.intersection(cell, frame, grid_size=0.001))
        return {number: union(parts[number]) for number in sorted(parts)}


def _nearest(x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> NDArray[np.int64]:
    away = (np.asarray(x)[:, None] - to_x[None, :]) ** 2 + (np.asarray(y)[:, None] - to_y[None, :]) ** 2
    return np.asarray(away.argmin(axis=1))


def make_districts(junctions: list[Place], localities: list[Place]) -> Districts:
    """Junctions first, then the invented seeds; neighbourhoods are those of junctions and named places."""
    seeds = [(p.district, p.x, p.y) for p in junctions]
    seeds += [(number, *metric_point(at)) for number, at in EXTRA_DISTRICTS]
    hoods = [(p.neighbourhood, p.x, p.y) for p in junctions if p.neighbourhood]
    hoods += [(p.name_fa, p.x, p.y) for p in localities]
    table, hood_table = np.array(seeds), np.array([(x, y) for _, x, y in hoods])
    return Districts(
        table[:, 1], table[:, 2], table[:, 0].astype(int), [h[0] for h in hoods], hood_table[:, 0], hood_table[:, 1]
    )
