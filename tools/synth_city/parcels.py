"""Plots of a super-block as parcels: codes, addresses, fronts, deed areas, what stands on them."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from tools.synth_city.city import City
from tools.synth_city.fronts import Fronts, fronts_of
from tools.synth_city.geo import Rng
from tools.synth_city.ground import Ground
from tools.synth_city.naming import address, persian, registry_plate, renovation_code
from tools.synth_city.zones import HeightZone

Columns = dict[str, NDArray[Any]]
FIELDS = (
    "code",
    "plate",
    "district",
    "neighbourhood_fa",
    "address_fa",
    "passage_name_fa",
    "deed_area",
    "passage_width",
    "frontage",
    "corner",
    "passage_sum",
    "consolidated",
    "existing_storeys",
    "existing_height",
)


@dataclass(slots=True)
class ParcelTable:
    """Parcels of one super-block: shapes, published columns, and what only the generator needs."""

    shapes: NDArray[Any]
    columns: Columns
    distance: NDArray[np.float64]
    block: NDArray[np.int64]
    starred: NDArray[Any]

    def taken(self, rows: NDArray[np.int64] | slice) -> "ParcelTable":
        """Only some rows."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return ParcelTable(self.shapes[rows], columns, self.distance[rows], self.block[rows], self.starred[rows])


def parcel_table(city: City, ground: Ground, zones: list[HeightZone]) -> ParcelTable:
    """All parcels of a super-block, block by block."""
    rows = [(plot, number) for number, block in enumerate(ground.blocks) for plot in block.plots]
    shapes = np.asarray([plot for plot, _ in rows], dtype=object)
    block = np.asarray([number for _, number in rows], dtype=np.int64)
    rng = city.rng(ground.number, 4)
    if not rows:
        return ParcelTable(shapes, {}, np.zeros(0), block, shapes)
    fronts = fronts_of(list(shapes), ground.passages)
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes))
    columns = _codes(city, ground, block, spots)
    columns |= _passages(ground, fronts, columns)
    distance = np.asarray([b.distance for b in ground.blocks])[block]
    unsurveyed = _unsurveyed(ground, block, distance, rng)
    for name in ("passage_width", "passage_sum"):
        columns[name][unsurveyed] = np.nan
    columns |= _measures(shapes, spots, zones, rng)
    return ParcelTable(shapes, columns, distance, block, _stars(ground, block, distance, rng))


def _codes(city: City, ground: Ground, block: NDArray[np.int64], spots: NDArray[np.float64]) -> Columns:
    district = city.districts.at(spots[:, 0], spots[:, 1])
    house = np.arange(len(block)) - np.searchsorted(block, block) + 1
    regions = [city.regions.get((int(d), ground.number), 900 + ground.number) for d in district]
    rows = list(zip(district.tolist(), regions, block.tolist(), house.tolist(), strict=True))
    hoods = city.districts.neighbourhood_at(spots[:, 0], spots[:, 1])
    return {
        "code": _texts(renovation_code(d, r, b + 1, h) for d, r, b, h in rows),
        "plate": _texts(registry_plate(d, ground.number, i + 1) for i, (d, _, _, _) in enumerate(rows)),
        "district": district.astype(np.int32),
        "house": house,
        "neighbourhood_fa": _texts(hoods),
    }


def _texts(values: Any) -> NDArray[Any]:
    return np.asarray(list(values), dtype=object)


def _passages(ground: Ground, fronts: Fronts, columns: Columns) -> Columns:
    """Names and widths of the passages; on corners the sum of both widths."""
    known = [ground.passages[i] if i >= 0 else None for i in fronts.passage]
    width = np.asarray([p.width if p else np.nan for p in known], float)
    main = next((p.name_fa for p in ground.passages if p.kind == "arterial"), "")
    names = [p.name_fa if p else None for p in known]
    return {
        "passage_name_fa": _texts(names),
        "address_fa": _texts(
            address(main, name or main, h) for name, h in zip(names, columns["house"].tolist(), strict=True)
        ),
        "passage_width": width,
        "frontage": fronts.length,
        "corner": fronts.corner,
        "passage_sum": fronts.corner_sum,
    }


def _unsurveyed(ground: Ground, block: NDArray[np.int64], distance: NDArray[np.float64], rng: Rng) -> NDArray[np.bool_]:
    """About one passage width in a hundred was never surveyed; in every newer quarter at least one."""
    drawn = rng.random(len(block)) < 0.008
    homes = np.asarray([b.use == "RES" and not b.style.organic for b in ground.blocks])[block]
    near = np.flatnonzero(homes)[np.argsort(distance[homes], kind="stable")]
    drawn[near[4:5]] = True
    return np.asarray(drawn)


def _measures(shapes: NDArray[Any], spots: NDArray[np.float64], zones: list[HeightZone], rng: Rng) -> Columns:
    """Deed areas (m²) that sometimes differ from the ground; storeys and height (m) of what stands there."""
    count = len(shapes)
    deed = shapely.area(shapes)
    differs = rng.random(count) < 0.12
    deed = np.where(differs, deed * (1 + rng.normal(0, 0.025, count).clip(-0.08, 0.08)), deed)
    allowed = np.full(count, 2.0)
    if zones:
        spot, zone = STRtree([z.shape for z in zones]).query(shapely.points(spots), predicate="intersects")
        allowed[spot] = np.asarray([z.storeys for z in zones], float)[zone]
    storeys = np.maximum(1, allowed - rng.choice([0, 1, 1, 2, 2, 3], count))
    storeys[rng.random(count) < 0.03] = 0
    height = np.where(storeys > 0, 0.8 + 3.2 * storeys + rng.normal(0, 0.25, count), 0.0)
    unknown = rng.random(count) < 0.05
    joined = rng.random(count)
    return {
        "deed_area": deed.round(2),
        "consolidated": (1 + (joined < 0.02) + (joined < 0.004)).astype(np.int32),
        "existing_storeys": np.where(unknown, np.nan, storeys),
        "existing_height": np.where(unknown, np.nan, height.round(2)),
    }


def _stars(ground: Ground, block: NDArray[np.int64], distance: NDArray[np.float64], rng: Rng) -> NDArray[Any]:
    """Names of starred plots; empty for all others. An old quarter has at least one."""
    drawn = rng.random(len(block)) < 0.012
    old = np.asarray([b.style.name == "historic" and b.use == "RES" for b in ground.blocks])[block]
    if old.any():
        drawn[np.argmin(np.where(old, distance, np.inf))] = True
    return _texts(
        f"خانهٔ نمونهٔ {persian(ground.number)}/{persian(i + 1)}" if star else "" for i, star in enumerate(drawn & old)
    )
