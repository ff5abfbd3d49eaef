"""GeoPackages written in chunks: memory stays bounded, and the same city gives the same file."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tools.synth_city import EPSG, VERSION

NOTICE = "SYNTHETIC demo data, invented; not official, not for any decision. داده ساختگی و غیررسمی"
CHUNK = 20_000
_EPOCH = "2025-03-21T00:00:00.000Z"
"""GeoPackage stores the time of writing; a fixed one keeps equal cities equal byte for byte."""

Kinds = dict[str, str]
"""Field name to one of: text, int, float, bool."""
_DTYPES: dict[str, Any] = {"int": np.int32, "float": np.float64, "bool": np.bool_}


@dataclass
class Sink:
    """One layer of one file."""

    path: Path
    layer: str
    geometry_type: str
    kinds: Kinds
    count: int = 0
    synthetic: bool = True
    _shapes: list[BaseGeometry] = field(default_factory=list)
    _columns: dict[str, list[Any]] = field(default_factory=dict)
    _started: bool = False

    def add(self, shapes: NDArray[Any], columns: dict[str, NDArray[Any]]) -> None:
        """Take rows; they reach the disk when a chunk is full."""
        self._shapes += shapes.tolist()
        for name in self.kinds:
            self._columns.setdefault(name, []).extend(columns[name].tolist())
        if len(self._shapes) >= CHUNK:
            self.flush()

    def add_row(self, shape: BaseGeometry, **values: Any) -> None:
        """Take one row."""
        self._shapes.append(shape)
        for name in self.kinds:
            self._columns.setdefault(name, []).append(values.get(name))
        if len(self._shapes) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting; a layer without rows is made all the same."""
        if self._started and not self._shapes:
            return
        shapes = np.fromiter(self._shapes, dtype=object, count=len(self._shapes))
        merged = {n: np.asarray(self._columns.get(n, []), dtype=object) for n in self.kinds}
        self._write(_typed(shapes, self.geometry_type), merged)
        self.count += len(shapes)
        self._shapes, self._columns, self._started = [], {}, True

    def _write(self, shapes: NDArray[Any], columns: dict[str, NDArray[Any]]) -> None:
        from pyogrio import raw, set_gdal_config_options

        set_gdal_config_options({"OGR_CURRENT_DATE": _EPOCH})
        fields = [*self.kinds, "synthetic"]
        pairs = [_column(columns[n], kind) for n, kind in self.kinds.items()]
        pairs.append((np.full(len(shapes), self.synthetic), np.zeros(len(shapes), bool)))
        extra: dict[str, Any] = (
            {}
            if self._started
            else {
                "layer_metadata": {
                    "notice": NOTICE if self.synthetic else "Derived from published data; see CREDITS.md"
                }
            }
        )
        if not self._started and not self.path.exists():
            extra["dataset_metadata"] = {"synthetic": "true", "notice": NOTICE, "generator": f"synth_city {VERSION}"}
        raw.write(
            self.path,
            shapely.to_wkb(shapes),
            [data for data, _ in pairs],
            fields,
            field_mask=[mask for _, mask in pairs],
            layer=self.layer,
            driver="GPKG",
            geometry_type=self.geometry_type,
            crs=f"EPSG:{EPSG}",
            append=self._started,
            **extra,
        )


def _column(values: NDArray[Any], kind: str) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Values and the mask of the unknown ones."""
    missing = np.asarray([v is None or v != v for v in values.tolist()], bool)  # noqa: PLR0124 - NaN is not itself
    if kind == "text":
        return values.astype(object), missing
    filled = np.where(missing, 0, values)
    return filled.astype(_DTYPES[kind]), missing


def _typed(shapes: NDArray[Any], geometry_type: str) -> NDArray[Any]:
    """Promote single polygons where the layer holds multi-polygons."""
    if geometry_type == "MultiPolygon" and len(shapes):
        return np.asarray([s if s.geom_type == "MultiPolygon" else shapely.multipolygons([s]) for s in shapes], object)
    return shapes


def sha256_of(path: Path) -> str:
    """Digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
