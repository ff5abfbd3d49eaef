"""Land use, height and density layers of one super-block. Each is a partition of the face without gaps."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from tools.synth_city.blocks import axis_lines
from tools.synth_city.city import City
from tools.synth_city.codes import density_code, height_code
from tools.synth_city.crs import metric_point
from tools.synth_city.geo import Rng, difference, extended, intersection, lines_of, mosaic, strip, union
from tools.synth_city.ground import Ground
from tools.synth_city.law_shapes import LawShape, plan_outlines
from tools.synth_city.zone_data import ANCHORS

LEAST_PART = 1.0
"""Smaller left-overs (m²) stay with their neighbour."""
SLIVER = (0.12, 0.09)
"""Some height zones were drawn on another base map: they lie this far east and north of their block (m)."""


@dataclass(frozen=True, slots=True)
class HeightZone:
    """A zone with its storeys and, because densities sometimes lag behind, the storeys its density allows."""

    shape: BaseGeometry
    storeys: int
    dense: int


def land_use(city: City, ground: Ground) -> list[LawShape]:
    """Blocks by their use, commercial strips along main roads, open ground, and passages as what is left."""
    rng = city.rng(ground.number, 1)
    band = _along_roads(city, ground, 24.0, float(rng.choice([9.0, 14.0, 19.0])))
    found: list[LawShape] = []
    for block in ground.blocks:
        shop = intersection(block.outline, band) if block.use == "RES" and rng.random() < 0.8 else LineString()
        rest = difference(block.outline, shop) if shop.area > 30 else block.outline
        if rest.area > LEAST_PART:
            found.append(LawShape(block.use, rest, block.name))
        if shop.area > 30:
            found.append(LawShape("COM" if rng.random() < 0.6 else "MIX", shop))
    water = intersection(ground.open, city.known.water)
    green = difference(ground.open, water)
    found += [LawShape("UTIL", water, "زاینده‌رود", "Zayandeh Rud")] if water.area > LEAST_PART else []
    found += [LawShape("GREEN", green)] if green.area > LEAST_PART else []
    road = difference(ground.face, union([ground.open, *(b.outline for b in ground.blocks)]))
    return [*found, LawShape("ROAD", road)] if road.area > 0 else found


def height_zones(city: City, ground: Ground) -> list[HeightZone]:
    """Groups of blocks between streets; bands along wide roads and some slanting borders cut through plots."""
    rng = city.rng(ground.number, 2)
    spots = _spots(ground, rng)
    band = _along_roads(city, ground, 30.0, 29.0)
    taken = union([band, *spots]) if spots else band
    zones: list[HeightZone] = []
    for cell, less in _cells(ground, rng):
        base = max(1, _storeys_at(city, ground, cell) - less)
        dense = base - int(rng.random() < 0.12 and base > 1)
        for part, storeys in ((difference(cell, taken), base), (_band_part(cell, band, spots), min(7, base + 1))):
            if part.area > 0:
                zones.append(HeightZone(part, storeys, min(dense, storeys)))
    old = ground.blocks[0].style.name == "historic" if ground.blocks else False
    for spot in spots:
        storeys = min(7, _storeys_at(city, ground, spot) + (0 if old else 1))
        zones.append(HeightZone(spot, storeys, storeys))
    return zones


def _band_part(cell: BaseGeometry, band: BaseGeometry, spots: list[BaseGeometry]) -> BaseGeometry:
    part = intersection(cell, band)
    return difference(part, union(spots)) if spots else part


def _along_roads(city: City, ground: Ground, least_width: float, depth: float) -> BaseGeometry:
    """Ground within `depth` metres of main roads at least so wide."""
    roads = [city.network.roads[i] for i in city.network.roads_at(ground.face)]
    bands = [strip(r.line, r.width + 2 * depth) for r in roads if r.width >= least_width]
    return intersection(union(bands), ground.face) if bands else intersection(ground.face, LineString().buffer(1))


def _near_home(ground: Ground, rank: int) -> list[int]:
    """The newer residential block that is the `rank`-th nearest to the start of the city, if there is one."""
    homes = [(b.distance, i) for i, b in enumerate(ground.blocks) if b.use == "RES" and not b.style.organic]
    return [i for _, i in sorted(homes)[rank : rank + 1]]


def _spots(ground: Ground, rng: Rng) -> list[BaseGeometry]:
    """Single blocks with a code of their own, drawn slightly beside the block: that makes slivers."""
    drawn = {i for i in range(len(ground.blocks)) if rng.random() < 0.05} | set(_near_home(ground, 3))
    moved = [translate(ground.blocks[i].outline, *SLIVER) for i in sorted(drawn)]
    spots = [intersection(m, ground.face) for m in moved]
    return [s for s in spots if s.area > 500]


def _cells(ground: Ground, rng: Rng) -> list[tuple[Polygon, int]]:
    """The face cut along its collector streets, and sometimes across a group of blocks.

    With each cell goes what it has less than the plan around it: one storey on one side of a slanting cut.
    """
    axes = [extended(line, 28.0) for p in ground.passages if p.kind == "collector" for line in axis_lines(p)]
    shapely.prepare(ground.face)
    whole = [c for c in mosaic([ground.face.boundary, *axes]) if ground.face.contains(c.representative_point())]
    through = [ground.blocks[i].outline.centroid for i in _near_home(ground, 2)]
    cuts: list[tuple[Polygon, LineString]] = []
    for cell in whole:
        drawn = rng.random() < 0.2
        angle = rng.uniform(0, np.pi)
        at = next((t for t in through if cell.contains(t)), cell.centroid if drawn else None)
        if at is not None and cell.area > 2e4:
            cuts.append((cell, _slant(cell, at, angle)))
    parts = mosaic([ground.face.boundary, *axes, *(extended(line, 0.5) for _, line in cuts)]) if cuts else whole
    inside = [p for p in parts if ground.face.contains(p.representative_point())]
    return [(p, int(any(_right_of(p, cell, line) for cell, line in cuts))) for p in inside]


def _slant(cell: Polygon, at: Point, angle: float) -> LineString:
    """A line across a cell."""
    way = 3000 * np.array([np.cos(angle), np.sin(angle)])
    middle = shapely.get_coordinates(at)[0]
    crossing = lines_of(shapely.intersection(LineString([middle - way, middle + way]), cell))
    return max(crossing, key=lambda line: line.length)


def _right_of(part: Polygon, cell: Polygon, line: LineString) -> bool:
    """Whether a part of a cell lies to the right of the line that cut it."""
    spot = part.representative_point()
    (ax, ay), *_, (bx, by) = shapely.get_coordinates(line)
    return bool(cell.contains(spot)) and (bx - ax) * (spot.y - ay) < (by - ay) * (spot.x - ax)


def _storeys_at(city: City, ground: Ground, cell: BaseGeometry) -> int:
    """Two storeys in the old town, else a slow field about four; the quarters first built up have four."""
    at = cell.representative_point()
    wave = float(city.heights.at(at.x, at.y))
    if ground.blocks and ground.blocks[0].style.name == "historic":
        return 1 if wave < -1.1 else 2 if wave < 0.9 else 3
    home = [metric_point(ANCHORS[i]) for i in (4, 6, 7, 8)]
    if min(np.hypot(at.x - x, at.y - y) for x, y in home) < 360:
        return 4 if wave > -1.2 else 3
    return int(np.clip(round(3.7 + 0.95 * wave), 2, 6))


def city_heights(ground: Ground, zones: list[HeightZone]) -> tuple[list[LawShape], list[LawShape]]:
    """Height codes and densities of 1393, where that plan speaks."""
    gap = plan_outlines().height_gap
    speaks = (
        [HeightZone(difference(z.shape, gap), z.storeys, z.dense) for z in zones]
        if gap.intersects(ground.face)
        else zones
    )
    speaks = [z for z in speaks if z.shape.area > 0]
    return (
        [LawShape(height_code(z.storeys), z.shape) for z in speaks],
        [LawShape(density_code(z.dense), z.shape) for z in speaks],
    )


def revised_heights(ground: Ground, zones: list[HeightZone], area: BaseGeometry) -> list[LawShape]:
    """A revised plan: three and four storeys become five inside its area."""
    if not area.intersects(ground.face):
        return []
    parts = [(intersection(z.shape, area), 5 if z.storeys in (3, 4) else z.storeys) for z in zones]
    return [LawShape(height_code(storeys), part) for part, storeys in parts if part.area > 0]


def local_plan(
    uses: list[LawShape],
    zones: list[HeightZone],
    area: BaseGeometry,
    storeys: int,
) -> dict[str, list[LawShape]]:
    """A special plan with its own land use, heights and densities inside its area."""
    heights = [(intersection(z.shape, area), min(7, storeys + int(z.storeys > 4))) for z in zones]
    heights = [(part, s) for part, s in heights if part.area > 0]
    plots = [(LawShape("MIX" if u.code == "COM" else u.code, intersection(u.shape, area))) for u in uses]
    return {
        "land_use": [u for u in plots if u.shape.area > 0],
        "height_code": [LawShape(height_code(s), part) for part, s in heights],
        "density": [LawShape(density_code(s), part) for part, s in heights],
    }


def widenings(city: City, ground: Ground) -> list[tuple[LawShape, float]]:
    """Strips that some narrow passages will take from plots, with the target width (m)."""
    rng = city.rng(ground.number, 3)
    outlines = np.asarray([b.outline for b in ground.blocks], dtype=object)
    found = []
    for passage in ground.passages:
        lines = axis_lines(passage)
        if passage.kind not in {"alley", "local"} or not lines or rng.random() > 0.07:
            continue
        target = 6.0 if passage.width < 5 else 8.0 if passage.width < 7.5 else 12.0 if passage.width < 11 else 16.0
        wide = union([strip(line, target) for line in lines])
        near = outlines[shapely.intersects(wide, outlines)]
        parts = [intersection(wide, block) for block in near]
        parts = [p for p in parts if p.area > LEAST_PART]
        if parts:
            found.append((LawShape("WIDEN", union(parts), passage.name_fa), target))
    return found
