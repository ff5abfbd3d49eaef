"""The map under the parcels: ground cover, water, streets, green, blocks. For the eye only."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from tools.synth_city import landmark_data as data
from tools.synth_city.city import City
from tools.synth_city.crs import metric_geometry
from tools.synth_city.frame import BUILT, VEGETATION, LandCover, read_land_cover
from tools.synth_city.geo import GRID, difference, intersection, lines_of, polygons_of, strip
from tools.synth_city.landmarks import curve
from tools.synth_city.sink import Sink
from tools.synth_city.worker import FaceResult

COARSE = 5
"""Land cover cells along one side of a cell of the generalised map (about 140 m)."""
SIMPLER = 60.0
"""Metres by which generalised outlines may move."""
FIELDS = {"name_fa": "text", "name_en": "text"}


def ground_cover(cover: LandCover, value: int, least: float) -> list[Polygon]:
    """Patches of a class larger than `least` m², generalised; the majority of each coarse cell decides."""
    from affine import Affine
    from rasterio.features import shapes

    rows, columns = (n // COARSE * COARSE for n in cover.cells.shape)
    cells = (cover.cells[:rows, :columns] == value).reshape(rows // COARSE, COARSE, columns // COARSE, COARSE)
    coarse = (cells.mean(axis=(1, 3)) > 0.5).astype(np.uint8)
    found: list[Polygon] = []
    for outline, _ in shapes(coarse, mask=coarse > 0, transform=cover.transform * Affine.scale(COARSE)):
        patch = metric_geometry(shape(outline))
        if patch.area > least:
            round_patch = patch.simplify(SIMPLER).buffer(SIMPLER, quad_segs=2).buffer(-SIMPLER, quad_segs=2)
            found += polygons_of(shapely.set_precision(round_patch, 0.1), least / 2)
    return found


RANKS = {"arterial": 0, "collector": 2, "local": 4, "alley": 5}
"""Streets are drawn from zoom 10 + rank: from afar only the wide ones, or a phone's first view weighs too much."""


class Backdrop:
    """Layers of backdrop.gpkg; streets and blocks come in while the city is built."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "backdrop.gpkg"
        street = {"width_m": "float", "class": "text", "rank": "int", **FIELDS}
        self.streets = self._sink("streets", "LineString", street)
        self.blocks = self._sink("blocks", "Polygon", {"block_id": "text", "land_use": "text"})

    def _sink(self, layer: str, geometry_type: str, kinds: dict[str, str], *, synthetic: bool = True) -> Sink:
        return Sink(self.path, layer, geometry_type, kinds, synthetic=synthetic)

    def add(self, result: FaceResult) -> None:
        """Streets and blocks of one super-block."""
        for line, width, kind, name in result.streets:
            shown = "alley" if kind == "dead_end" else kind
            self.streets.add_row(line, width_m=width, name_fa=name, rank=RANKS[shown], **{"class": shown})
        for outline, number, use in result.blocks:
            self.blocks.add_row(outline, block_id=number, land_use=use)

    def close(self, city: City, land_cover: Path) -> list[Sink]:
        """Main roads of the whole frame and everything that is where it is."""
        for road in city.network.roads:
            line = shapely.set_precision(road.line, GRID)
            for part in lines_of(line):
                names = {"name_fa": road.name_fa, "name_en": road.name_en or None, "class": road.kind}
                self.streets.add_row(part, width_m=road.width, rank=RANKS[road.kind], **names)
        sinks = [self.streets, self.blocks, *self._nature(city, land_cover), *self._places(city)]
        for sink in sinks:
            sink.flush()
        return sinks

    def _nature(self, city: City, land_cover: Path) -> list[Sink]:
        cover = read_land_cover(land_cover)
        river = self._sink("river", "Polygon", FIELDS)
        for part in polygons_of(shapely.set_precision(city.known.water, GRID)):
            river.add_row(part, name_fa="زاینده‌رود", name_en="Zayandeh Rud")
        sinks = [river]
        for layer, value, least in (("built_up", BUILT, 1.5e5), ("vegetation", VEGETATION, 2.5e5)):
            sink = self._sink(layer, "Polygon", {"source": "text"}, synthetic=False)
            for patch in ground_cover(cover, value, least):
                sink.add_row(patch, source="Landsat 9 land cover 2024, generalised")
            sinks.append(sink)
        return sinks

    def _places(self, city: City) -> list[Sink]:
        known = city.known
        squares = self._sink("squares", "Polygon", FIELDS)
        squares.add_row(known.square, name_fa="میدان نقش جهان", name_en="Naqsh-e Jahan square")
        green = self._sink("green", "Polygon", {**FIELDS, "kind": "text"})
        for ground, values in _green(city):
            for part in polygons_of(ground, 1):
                green.add_row(part, **values)
        madis = self._sink("madis", "LineString", FIELDS)
        for fa, en, line in known.madis:
            madis.add_row(shapely.set_precision(line, GRID), name_fa=fa, name_en=en)
        return [squares, green, madis]


def _green(city: City) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Parks, river banks, and two rows of plane trees along Chaharbagh."""
    known = city.known
    banks = intersection(difference(known.banks, known.water), known.frame)
    found: list[tuple[BaseGeometry, dict[str, Any]]] = [
        (park, {"name_fa": fa, "name_en": en, "kind": "park"}) for fa, en, park in known.parks
    ]
    found.append((banks, {"name_fa": "پارک ساحلی", "name_en": "River bank park", "kind": "bank"}))
    for fa, en, width, points in data.ROADS:
        if en.startswith("Chaharbagh") and width > 30:
            names = {"name_fa": f"ردیف چنار {fa}", "name_en": f"Plane trees, {en}", "kind": "trees"}
            found += [(row, names) for row in plane_tree_rows(curve(points, 1))]
    return found


def plane_tree_rows(axis: LineString) -> list[BaseGeometry]:
    """Strips 5 m wide, 8 m to each side of an axis."""
    return [shapely.set_precision(strip(axis.offset_curve(side), 5.0), GRID) for side in (-8.0, 8.0)]
