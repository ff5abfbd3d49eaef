"""Break the layers of a generated city, each in another way, and leave everything else as it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pandas
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

Rows = Any
"""A GeoDataFrame: the library is not typed."""
AROUND = 60.0
"""Half the side of a harm, metres."""


def damage(folder: Path, places: list[shapely.Point]) -> None:
    """A zone over others, a bow tie, a row without code, a row without place, and a hole in the coverage."""
    one, two, three, four = places
    _rewrite(folder / "density_1393.gpkg", lambda rows: _added(rows, _square(one), "D300"))
    _rewrite(folder / "heritage_buffer.gpkg", lambda rows: _added(rows, _bow_tie(two), "BUFFER_1"))
    _rewrite(folder / "height_code_1402.gpkg", lambda rows: _added(rows, _bow_tie(four), "H1"))
    _rewrite(folder / "land_use_1393.gpkg", lambda rows: _without_code(rows, three))
    _rewrite(folder / "madi_strip.gpkg", lambda rows: _added(rows, None, "MADI"))
    _rewrite(folder / "historic_fabric.gpkg", lambda rows: _holed(rows, _square(four)), layer="coverage")


def _rewrite(path: Path, change: Callable[[Rows], Rows], *, layer: str = "features") -> None:
    held = {name: geopandas.read_file(path, layer=name) for name in ("features", "coverage")}
    held[layer] = change(held[layer])
    path.unlink()
    for name, rows in held.items():
        rows.to_file(path, layer=name, driver="GPKG", geometry_type="Unknown")


def _added(rows: Rows, shape: BaseGeometry | None, code: str) -> Rows:
    more = rows.iloc[[0]].copy()
    more["code"] = code
    more = more.set_geometry(geopandas.GeoSeries([shape], index=more.index, crs=rows.crs))
    return geopandas.GeoDataFrame(pandas.concat([rows, more], ignore_index=True), crs=rows.crs)


def _without_code(rows: Rows, place: shapely.Point) -> Rows:
    rows.loc[rows.geometry.distance(place).idxmin(), "code"] = None
    return rows


def _holed(rows: Rows, hole: Polygon) -> Rows:
    return rows.set_geometry(rows.geometry.difference(hole))


def _square(middle: shapely.Point) -> Polygon:
    return shapely.box(middle.x - AROUND, middle.y - AROUND, middle.x + AROUND, middle.y + AROUND)


def _bow_tie(middle: shapely.Point) -> Polygon:
    (west, south, east, north) = _square(middle).bounds
    return Polygon([(west, south), (east, north), (east, south), (west, north)])
