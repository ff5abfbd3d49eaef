"""The generated files: parcels, and of each edition its zones, its coverage and what cannot be used (decision 0002)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from tests.oracle.package import Package, Theme

LONGEST_CODE = 80
TOUCH_M2 = 1e-9


@dataclass(frozen=True)
class Plot:
    """A parcel of the file: its shape in metres and its columns as they are."""

    code: str
    shape: BaseGeometry
    columns: Mapping[str, Any]


@dataclass(frozen=True)
class Zone:
    """A polygon with its code. `number` tells zones of one edition apart."""

    number: int
    code: str
    shape: BaseGeometry


class Layer:
    """An edition of a theme: where it speaks, what it says there, what it cannot say."""

    def __init__(self, instrument: str, theme: Theme, raw: Sequence[tuple[Any, Any]], coverage: Any) -> None:
        self.instrument, self.theme = instrument, theme
        sound, bad = _sorted_out(raw, theme)
        self.unplaced = sum(1 for hole in bad if hole is None or hole.area == 0)
        self.holes = shapely.union_all([hole for hole in bad if hole is not None and hole.area > 0])
        self.coverage = shapely.difference(coverage, self.holes)
        self.zones = sound
        self._tree = STRtree([z.shape for z in sound])
        for shape in (self.coverage, *(z.shape for z in sound)):
            shapely.prepare(shape)

    def near(self, place: BaseGeometry) -> list[Zone]:
        """Zones whose box meets that of `place`."""
        return [self.zones[i] for i in sorted(self._tree.query(place))]


def plots(folder: Path) -> list[Plot]:
    """All parcels of `parcels.gpkg`."""
    table = geopandas.read_file(folder / "parcels.gpkg", layer="parcels")
    return [
        Plot(columns["code"], shape, columns)
        for columns, shape in zip(table.drop(columns="geometry").to_dict("records"), table.geometry, strict=True)
    ]


def layers(package: Package, folder: Path) -> dict[str, Layer]:
    """Every edition of the package, by instrument."""
    themes = {t.code: t for t in package.themes}
    return {e["instrument"]: _layer(e, themes[e["theme"]], package, folder) for e in package.editions}


def _layer(entry: Mapping[str, Any], theme: Theme, package: Package, folder: Path) -> Layer:
    srid = int(package.city["srid"])
    table = geopandas.read_file(folder / entry["file"], layer=entry.get("layer")).to_crs(srid)
    coverage = _coverage(entry, table, folder, srid)
    code = entry["mapping"]["code"]
    return Layer(entry["instrument"], theme, list(zip(table[code], table.geometry, strict=True)), coverage)


def _coverage(entry: Mapping[str, Any], table: Any, folder: Path, srid: int) -> BaseGeometry:
    if not entry.get("coverage_is_extent_of_features"):
        path = folder / entry.get("coverage_file", entry["file"])
        table = geopandas.read_file(path, layer=entry.get("coverage_layer")).to_crs(srid)
    whole: BaseGeometry = table.union_all()
    return whole


def _sorted_out(raw: Sequence[tuple[Any, Any]], theme: Theme) -> tuple[list[Zone], list[BaseGeometry | None]]:
    zones: list[Zone] = []
    bad: list[BaseGeometry | None] = []
    for number, (code, shape) in enumerate(raw):
        if shape is None or shape.is_empty:
            bad.append(None)
        elif not shape.is_valid or "Polygon" not in shape.geom_type:
            bad.append(shape.convex_hull)
        elif not isinstance(code, str) or not code.strip() or len(code) > LONGEST_CODE:
            bad.append(shape)
        else:
            zones.append(Zone(number, code.strip(), shape))
    if not theme.partition:
        return zones, bad
    quarrel = _quarrel(zones, theme)
    return [z for z in zones if z.number not in quarrel], bad + [z.shape for z in zones if z.number in quarrel]


def _quarrel(zones: Sequence[Zone], theme: Theme) -> set[int]:
    """Zones of a partition that claim the same place, beyond the theme's tolerances."""
    tree, found = STRtree([z.shape for z in zones]), set[int]()
    for one in zones:
        for other in (zones[i] for i in tree.query(one.shape) if zones[i].number > one.number):
            both = one.shape.intersection(other.shape).area
            smaller = min(one.shape.area, other.shape.area)
            if counts(both, smaller, theme):
                found |= {one.number, other.number}
    return found


def counts(area: float, whole: float, theme: Theme) -> bool:
    """Whether a part of `whole` (m²) is more than a sliver: it reaches one of the two tolerances."""
    return area > TOUCH_M2 and (area >= theme.tolerance_m2 or area >= theme.tolerance_share * whole)
