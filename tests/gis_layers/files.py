"""Small layers on a grid of 100 m cells, and files made of them. Knows nothing of Django.

Cell (0, 0) has its lower left corner at ORIGIN, in the city's CRS (EPSG:32639), inside the city's bounds.
"""

import shutil
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
from shapely import box
from shapely.geometry.base import BaseGeometry

ORIGIN = (560_000, 3_612_000)
CELL = 100
CITY = 32639
DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON", ".gdb": "OpenFileGDB"}


def cell(col: float, row: float, width: float = 1, height: float = 1) -> BaseGeometry:
    """A rectangle of whole cells."""
    west, south = ORIGIN[0] + col * CELL, ORIGIN[1] + row * CELL
    return box(west, south, west + width * CELL, south + height * CELL)


def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
    """Grid points (in cells) as coordinates."""
    return [(ORIGIN[0] + x * CELL, ORIGIN[1] + y * CELL) for x, y in points]


def frame(shapes: Sequence[Any], codes: Sequence[Any] | None = None, crs: Any = CITY) -> geopandas.GeoDataFrame:
    """A table of shapes given in the city's CRS, with codes and labels, in another CRS."""
    codes = list(codes) if codes is not None else [f"H{i + 1}" for i in range(len(shapes))]
    table = geopandas.GeoDataFrame(
        {
            "code": codes,
            "label_fa": [f"کد ارتفاعی گچ‌پژ {c}" for c in codes],
            "label_en": [f"Height {c}" for c in codes],
        },
        geometry=list(shapes),
        crs=CITY,
    )
    return table if crs == CITY else table.to_crs(crs)


def write(table: geopandas.GeoDataFrame, path: Path, *, layer: str = "features", **options: Any) -> Path:
    """A file of the kind that its name says; a further layer when the file is there."""
    driver = DRIVERS[path.suffix]
    named = {"layer": layer} if driver in {"GPKG", "OpenFileGDB"} else {}
    if driver == "GeoJSON":
        options = {"COORDINATE_PRECISION": 15} | options
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.write_dataframe(table, path, driver=driver, append=path.exists() and bool(named), **named, **options)
    return path


def zipped(path: Path, *, leave_out: Sequence[str] = (), name: str | None = None) -> Path:
    """A zip of a file with its companions, or of a folder."""
    target = path.with_name(name or f"{path.stem}.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        parts = path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.stem}.*")
        for part in sorted(parts):
            if part.is_file() and part != target and part.suffix not in leave_out:
                bundle.write(part, part.relative_to(path.parent))
    if path.is_dir():
        shutil.rmtree(path)
    return target
