"""The whole work on one super-block, in one process, with its own random numbers."""

from dataclasses import dataclass, field

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city.blocks import axis_lines
from tools.synth_city.city import City
from tools.synth_city.ground import Ground, cut_ground
from tools.synth_city.law_shapes import LawShape, plan_outlines
from tools.synth_city.parcels import ParcelTable, parcel_table
from tools.synth_city.showcase import Candidate, Laws, candidates, fixed_laws
from tools.synth_city.zones import (
    HeightZone,
    city_heights,
    height_zones,
    land_use,
    local_plan,
    revised_heights,
    widenings,
)

LOCAL_A_STOREYS, LOCAL_B_STOREYS = 6, 3


Street = tuple[BaseGeometry, float, str, str]
"""Axis, width (m), class, name."""


@dataclass(slots=True)
class FaceResult:
    """What one super-block adds to the files."""

    number: int
    face: Polygon
    table: ParcelTable
    laws: Laws
    widths: list[float]
    streets: list[Street]
    blocks: list[tuple[Polygon, str, str]]
    showcase: list[Candidate] = field(default_factory=list)


def work(city: City, number: int, reach: float, *, seek: bool) -> FaceResult:
    """Cut, zone and describe a super-block; `seek` also looks for showcase parcels, which takes time."""
    ground = cut_ground(city, number, reach)
    zones = height_zones(city, ground)
    table = parcel_table(city, ground, zones)
    laws, widths = _laws(city, ground, zones)
    streets: list[Street] = [(line, p.width, p.kind, p.name_fa) for p in ground.passages for line in axis_lines(p)]
    blocks = [(b.outline, f"{number}-{i + 1}", b.use) for i, b in enumerate(ground.blocks)]
    result = FaceResult(number, ground.face, table, laws, widths, streets, blocks)
    if seek:
        merged = {**laws, **fixed_laws(ground), "local_a": _inside(laws, "local_plan_a_height_code")}
        result.showcase = candidates(table, merged)
    return result


def _inside(laws: Laws, layer: str) -> list[LawShape]:
    return [LawShape("IN", s.shape) for s in laws.get(layer, [])]


def _laws(city: City, ground: Ground, zones: list[HeightZone]) -> tuple[Laws, list[float]]:
    """Features by file name, and the target widths of the widenings."""
    outlines = plan_outlines()
    uses = land_use(city, ground)
    heights, densities = city_heights(ground, zones)
    wide = widenings(city, ground)
    laws: Laws = {
        "land_use_1393": uses,
        "height_code_1393": heights,
        "density_1393": densities,
        "height_code_1402": revised_heights(ground, zones, outlines.suspended_1402),
        "height_code_1404": revised_heights(ground, zones, outlines.pending_1404),
        "road_widening": [shape for shape, _ in wide],
    }
    for letter, area, storeys in (("a", city.local_a, LOCAL_A_STOREYS), ("b", outlines.local_b, LOCAL_B_STOREYS)):
        if area.intersects(ground.face):
            plan = local_plan(uses, zones, area, storeys)
            laws |= {f"local_plan_{letter}_{theme}": features for theme, features in plan.items()}
    return laws, [target for _, target in wide]
