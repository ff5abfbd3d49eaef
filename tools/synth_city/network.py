"""The main roads of the whole frame, and the super-blocks between them: the unit of all later work."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Point, Polygon, STRtree
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, split

from tools.synth_city import landmark_data as data
from tools.synth_city.geo import (
    axis_near,
    extended,
    lines_of,
    mosaic,
    polygons_of,
    strip,
    turned,
    wavy,
)
from tools.synth_city.landmarks import CORRIDOR, Landmarks, curve
from tools.synth_city.naming import road_name
from tools.synth_city.noise import SmoothField


@dataclass(frozen=True, slots=True)
class Road:
    """A passage: its axis, its true width (m), its class, and its names."""

    line: LineString
    width: float
    kind: str
    name_fa: str
    name_en: str = ""


@dataclass(frozen=True)
class Network:
    """Main roads and the faces between their axes (faces share vertices exactly)."""

    roads: list[Road]
    faces: list[Polygon]

    @cached_property
    def strips(self) -> list[BaseGeometry]:
        """The ground of each road."""
        return [strip(r.line, r.width) for r in self.roads]

    @cached_property
    def index(self) -> STRtree:
        """Spatial index of the strips."""
        return STRtree(self.strips)

    def roads_at(self, area: BaseGeometry) -> list[int]:
        """Numbers of the roads that touch an area, in order."""
        return sorted(int(i) for i in self.index.query(area, predicate="intersects"))


@dataclass(frozen=True)
class Grain:
    """The direction in which the city is built, which turns slowly from place to place."""

    field: SmoothField
    centre: tuple[float, float]

    def degrees(self, x: float, y: float) -> float:
        """Direction of the long side of blocks (counter-clockwise from east)."""
        far = np.hypot(x - self.centre[0], y - self.centre[1])
        sway = 24.0 * min(1.0, max(0.0, (far - 900.0) / 5000.0))
        return float(data.GRAIN + sway * self.field.at(x, y))


def grain_of(seed: int, known: Landmarks) -> Grain:
    """The grain of a seed."""
    return Grain(SmoothField.seeded(seed, 11, 9000.0), known.centre)


def plan_network(seed: int, known: Landmarks) -> Network:
    """Known roads, rings and riversides first; then every large face is cut until it is a super-block."""
    rng = np.random.default_rng([seed, 21])
    roads = [r for r in _known_roads(seed, known) if r.line.length > 30]
    pieces = mosaic([known.frame.boundary, *(r.line for r in roads)])
    pieces = [p for p in pieces if known.frame.contains(p.representative_point())]
    grain = grain_of(seed, known)
    solid = shapely.union_all([m.buffer(20) for _, _, m in known.monuments])
    while pieces:
        piece = pieces.pop()
        if not _too_large(piece, known):
            continue
        line = next((t for t in (_cut_line(piece, grain, rng) for _ in range(8)) if not t.intersects(solid)), None)
        if line is None:
            continue
        parts = polygons_of(split(piece, line))
        if len(parts) < 2:
            continue
        pieces.extend(parts)
        width = float(rng.choice([30, 32, 36]) if piece.area > 2.5e6 else rng.choice([20, 24, 26]))
        name = road_name(len(roads))
        roads += [Road(part, width, "arterial", name) for part in lines_of(piece.intersection(line))]
    faces = mosaic([known.frame.boundary, *(r.line for r in roads)])
    faces = [f for f in faces if f.area > 400 and known.frame.contains(f.representative_point())]
    return Network(roads, sorted(faces, key=lambda f: _order(f, known)))


def _order(face: Polygon, known: Landmarks) -> tuple[float, float]:
    middle = face.representative_point()
    return round(float(np.hypot(middle.x - known.centre[0], middle.y - known.centre[1])), 3), middle.x


def _known_roads(seed: int, known: Landmarks) -> list[Road]:
    roads = [Road(curve(points, 1), width, "arterial", fa, en) for fa, en, width, points in data.ROADS]
    for side, fa, en in ((1, "بلوار ساحلی شمالی", "North riverside"), (-1, "بلوار ساحلی جنوبی", "South riverside")):
        line = shapely.offset_curve(known.river.simplify(8.0), side * CORRIDOR / 2, join_style="round")
        roads += [Road(part, 24.0, "arterial", fa, en) for part in lines_of(line)]
    for number, (fa, en, width, radius) in enumerate(data.RINGS):
        roads.append(Road(_ring(seed, number, radius, known), width, "arterial", fa, en))
    roads = _joined(roads)
    inside = [(r, part) for r in roads for part in lines_of(r.line.intersection(known.frame))]
    return [Road(part, r.width, r.kind, r.name_fa, r.name_en) for r, part in inside]


def _joined(roads: list[Road], reach: float = 90.0) -> list[Road]:
    """Hand-set ends rarely meet: carry each end on to the nearest other road within `reach` metres."""
    joined = []
    for number, road in enumerate(roads):
        others = MultiLineString([r.line for i, r in enumerate(roads) if i != number])
        coords = shapely.get_coordinates(road.line)
        ends = []
        for end in (Point(coords[0]), Point(coords[-1])):
            meet = nearest_points(others, end)[0]
            ends.append(shapely.get_coordinates(meet) if 0.01 < meet.distance(end) < reach else np.empty((0, 2)))
        line = LineString(np.vstack([ends[0], coords, ends[1]]))
        joined.append(replace(road, line=line))
    return joined


def _ring(seed: int, number: int, radius: float, known: Landmarks) -> LineString:
    """A ring that is broader than high, as the built-up city is."""
    sway = SmoothField.seeded(seed, 31 + number, 1.9 * radius)
    t = np.linspace(0, 2 * np.pi, 73)
    x, y = known.centre[0] + 1.12 * radius * np.cos(t), known.centre[1] + 0.85 * radius * np.sin(t)
    swell = 1 + 0.05 * sway.at(x, y)
    return LineString(
        np.column_stack(
            [known.centre[0] + (x - known.centre[0]) * swell, known.centre[1] + (y - known.centre[1]) * swell]
        )
    )


def _too_large(piece: Polygon, known: Landmarks) -> bool:
    """Super-blocks grow from 20 ha in the centre to 50 ha at the edge; the square and the river stay whole."""
    middle = piece.representative_point()
    far = np.hypot(middle.x - known.centre[0], middle.y - known.centre[1])
    largest = 2.6e5 if far < 2500 else 3.8e5 if far < 6000 else 5.5e5
    if piece.area <= largest or piece.intersects(known.square):
        return False
    return float(piece.intersection(known.corridor).area) < 0.6 * piece.area


def _cut_line(piece: Polygon, grain: Grain, rng: np.random.Generator) -> LineString:
    """A road across the longer side of a piece, near its middle, along the local grain."""
    middle = piece.centroid
    angle = axis_near(piece, grain.degrees(middle.x, middle.y), 30.0)
    local = turned(shapely.get_coordinates(piece.exterior), -angle)
    low, high = local.min(axis=0), local.max(axis=0)
    span = high - low
    share = rng.uniform(0.4, 0.6)
    tilt = rng.normal(0, 0.05) * span.min()
    if span[0] > span[1]:
        at = low[0] + share * span[0]
        ends = np.array([(at - tilt, low[1] - 20), (at + tilt, high[1] + 20)])
    else:
        at = low[1] + share * span[1]
        ends = np.array([(low[0] - 20, at - tilt), (high[0] + 20, at + tilt)])
    start, end = turned(ends, angle)
    return extended(wavy(start, end, 22.0, rng, 260.0), 5.0)
