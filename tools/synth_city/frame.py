"""Reading the real frame: land cover, junctions, named places. Only this module and the backdrop load rasterio."""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry import shape

from tools.synth_city.crs import Floats, metric_geometry, to_lonlat, to_metric

BUILT, VEGETATION = 1, 2
PERSIAN = re.compile(r"[\u0600-\u06ff]")


def _apply(t: Affine, x: NDArray[Any], y: NDArray[Any]) -> tuple[Floats, Floats]:
    """An affine map of whole columns."""
    return np.asarray(t.a * x + t.b * y + t.c), np.asarray(t.d * x + t.e * y + t.f)


@dataclass(frozen=True)
class LandCover:
    """A window of the land cover raster, held in degrees as it was published."""

    cells: NDArray[np.uint8]
    transform: Affine

    def classes_at(self, x: Floats, y: Floats) -> NDArray[np.uint8]:
        """Land cover class under points in metres; 0 outside the window."""
        lon, lat = to_lonlat(x, y)
        column, row = _apply(~self.transform, lon, lat)
        column, row = np.floor(column).astype(int), np.floor(row).astype(int)
        inside = (row >= 0) & (row < self.cells.shape[0]) & (column >= 0) & (column < self.cells.shape[1])
        found = np.zeros(len(lon), np.uint8)
        found[inside] = self.cells[row[inside], column[inside]]
        return found

    def built_cells(self) -> tuple[Floats, Floats]:
        """Centres of built-up cells in metres."""
        rows, columns = np.nonzero(self.cells == BUILT)
        lon, lat = _apply(self.transform, columns + 0.5, rows + 0.5)
        return to_metric(lon, lat)


def read_land_cover(path: Path, area: Polygon | None = None) -> LandCover:
    """The part of the raster that holds `area` (metres), or all of it."""
    import rasterio
    from rasterio.windows import Window, from_bounds

    with rasterio.open(path) as source:
        if area is None:
            return LandCover(source.read(1), source.transform)
        west, south, east, north = shapely.bounds(area)
        lon, lat = to_lonlat([west, east, west, east], [south, north, north, south])
        window = from_bounds(lon.min(), lat.min(), lon.max(), lat.max(), source.transform)
        window = window.round_offsets().round_lengths(op="ceil").intersection(Window(0, 0, source.width, source.height))
        return LandCover(source.read(1, window=window), source.window_transform(window))


@dataclass(frozen=True, slots=True)
class Place:
    """A named place, in metres."""

    kind: str
    name_fa: str
    name_en: str
    x: float
    y: float
    district: int = 0
    neighbourhood: str = ""
    source: str = "synthetic"


def read_junctions(path: Path) -> list[Place]:
    """The junctions of the frame with their true district."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    x, y = to_metric([float(r["lon"]) for r in rows], [float(r["lat"]) for r in rows])
    return [
        Place(
            "junction",
            r["name_fa"],
            "",
            float(a),
            float(b),
            int(r["district_no"]),
            r["neighbourhood_fa"] or "",
            "OpenStreetMap",
        )
        for r, a, b in zip(rows, x, y, strict=True)
    ]


def read_localities(path: Path, area: Polygon) -> list[Place]:
    """Named places inside `area` that have a name in Persian letters."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    found = []
    for feature in features:
        name = feature["properties"].get("name_fa") or ""
        spot = metric_geometry(shape(feature["geometry"]).representative_point())
        if feature["properties"].get("placetype") == "locality" and PERSIAN.search(name) and area.contains(spot):
            at = shapely.get_coordinates(spot)[0]
            english = feature["properties"].get("name") or ""
            found.append(Place("locality", name, english, float(at[0]), float(at[1]), source="Who's On First"))
    return sorted(found, key=lambda p: (p.x, p.y))
