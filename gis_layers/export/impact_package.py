"""An impact report as one GeoPackage: parcels with what was and what would be, the acts assumed, metadata."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from gis_layers.crs import city_srid

_VERSION = "1.3"  # read by GDAL since 3.5 and by today's QGIS alike
_BATCH = 20_000
_REAL, _WHOLE = "float64", "int64"


def write_impact_package(
    out: Path,
    *,
    parcels: Iterable[tuple[bytes, Mapping[str, Any]]],
    fields: Mapping[str, str],
    tables: Mapping[str, Mapping[str, Sequence[Any]]],
) -> None:
    """Write the file; what stood there is replaced.

    `parcels`: (WKB in the city's CRS, value by field). `fields`: name → 'text', 'real' or 'whole'. `tables`: plain
    tables by name, columns of texts.
    """
    out.unlink(missing_ok=True)
    rows = iter(parcels)
    while batch := list(islice(rows, _BATCH)):
        columns = [_column([row.get(name) for _, row in batch], kind) for name, kind in fields.items()]
        _write(out, "parcels", columns, list(fields), _objects([wkb for wkb, _ in batch]))
    for name, table in tables.items():
        _write(out, name, [_column(values, "text") for values in table.values()], list(table), None)


def _write(out: Path, layer: str, columns: Sequence[Any], names: Sequence[str], shapes: Any) -> None:
    from pyogrio import raw

    raw.write(
        out,
        shapes,
        columns,
        names,
        layer=layer,
        driver="GPKG",
        geometry_type=None if shapes is None else "MultiPolygon",
        crs=None if shapes is None else f"EPSG:{city_srid()}",
        append=out.exists(),
        dataset_options={"VERSION": _VERSION},
    )


def _column(values: Sequence[Any], kind: str) -> Any:
    if kind == "real":
        return np.array([np.nan if value is None else value for value in values], dtype=_REAL)
    if kind == "whole":
        return np.array(values, dtype=_WHOLE)
    return _objects([None if value is None else str(value) for value in values])


def _objects(values: Sequence[Any]) -> Any:
    found = np.empty(len(values), dtype=object)
    found[:] = list(values)
    return found
