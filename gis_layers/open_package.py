"""An edition with its acts as one GeoPackage: layers in the city's CRS, plain tables, and metadata in ISO 19139.

pyogrio is imported lazily: it carries its own GDAL.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from gis_layers.crs import city_srid
from gis_layers.postgis_ogc_package import coverage_of, feature_chunks

Columns = Mapping[str, Sequence[Any]]
FORMAT_VERSION = "1.3"  # read by GDAL since 3.5 and by today's QGIS alike
_FEATURE_FIELDS = ("source_row", "code", "label_fa", "label_en", "attributes")
_SQL = Path(__file__).resolve().parent / "sql"


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands beside the features. `periods`: columns and the place of each row (WKB); `record`: ISO 19139."""

    edition_id: int
    periods: Columns
    places: Sequence[bytes]
    tables: Mapping[str, Columns]
    record: str


def write_package(out: Path, contents: Contents) -> None:
    """Write the file; what stood there is replaced."""
    out.unlink(missing_ok=True)
    _layer(out, "coverage", {"note": ["where this edition speaks"]}, [coverage_of(contents.edition_id)])
    _layer(out, "periods", contents.periods, contents.places)
    for rows in feature_chunks(contents.edition_id):
        values = dict(zip(_FEATURE_FIELDS, zip(*(row[:-1] for row in rows), strict=True), strict=True))
        _layer(out, "features", values, [bytes(row[-1]) for row in rows])
    for name, columns in contents.tables.items():
        _layer(out, name, columns, None)
    _describe(out, contents.record)


def _layer(out: Path, name: str, columns: Columns, places: Sequence[bytes] | None) -> None:
    """Append rows to a layer, or to a plain table when there are no places."""
    from pyogrio import raw

    shapes = None
    if places is not None:
        shapes = np.empty(len(places), dtype=object)
        shapes[:] = list(places)
    raw.write(
        out,
        shapes,
        [_values(values) for values in columns.values()],
        list(columns),
        layer=name,
        driver="GPKG",
        geometry_type=None if places is None else "MultiPolygon",
        crs=None if places is None else f"EPSG:{city_srid()}",
        append=out.exists(),
        dataset_options={"VERSION": FORMAT_VERSION},
    )


def _values(values: Sequence[Any]) -> Any:
    some = next((value for value in values if value is not None), "")
    if isinstance(some, bool | int) and None not in values:
        return np.array(values, dtype=bool if isinstance(some, bool) else "int64")
    if isinstance(some, date) and not isinstance(some, datetime):
        return np.array([np.datetime64(v, "D") if v else np.datetime64("NaT") for v in values], dtype="datetime64[D]")
    texts = np.empty(len(values), dtype=object)
    texts[:] = [None if value is None else str(value) for value in values]
    return texts


def _describe(out: Path, record: str) -> None:
    """Add the metadata extension of GeoPackage with one record, about the whole file."""
    with closing(sqlite3.connect(out)) as file, file:
        file.executescript((_SQL / "geopackage_metadata.sql").read_text(encoding="utf-8"))
        file.execute((_SQL / "geopackage_record.sql").read_text(encoding="utf-8"), {"record": record})
