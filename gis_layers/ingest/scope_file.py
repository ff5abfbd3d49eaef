"""The place of an act, drawn in a browser or sent as a file, in the city's CRS."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely

from apps.common.errors import IntakeError
from gis_layers import crs as frames
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.archive import MIB, ZipLimits
from gis_layers.ingest.formats import Source, open_source
from gis_layers.ingest.reading import describe, read_rows
from gis_layers.ingest.reasons import Refusal

_LIMITS = ZipLimits(max_bytes=64 * MIB, max_files=60)
_MOST_ROWS = 500
_SUFFIXES = (".geojson", ".json", ".gpkg", ".zip")


def read_scope(content: bytes, *, name: str) -> bytes:
    """WKB of the union of all polygons in a GeoJSON, GeoPackage or zipped Shapefile, in the city's CRS.

    `name` tells the kind by its ending. Every shape must be a valid polygon within the city. Raises IntakeError
    naming the row that is wrong.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in _SUFFIXES:
        raise IntakeError(
            fa="محدوده را به صورت GeoJSON، GeoPackage یا شیپ‌فایل زیپ‌شده بفرستید.",
            en="Send the scope as GeoJSON, GeoPackage or a zipped Shapefile.",
            file=name,
        )
    with TemporaryDirectory(prefix="scope-") as folder:
        path = Path(folder) / f"scope{suffix}"
        path.write_bytes(content)
        with open_source(path, limits=_LIMITS) as source:
            return bytes(shapely.to_wkb(_union(source)))


def _union(source: Source) -> Any:
    described = describe(source, layer=None, encoding="iso-8859-1")  # its text is not used; every byte decodes
    if not 0 < described.count <= _MOST_ROWS:
        raise IntakeError(
            fa=f"محدوده باید یک تا {_MOST_ROWS} شکل داشته باشد؛ این پرونده {described.count} شکل دارد.",
            en=f"A scope has one to {_MOST_ROWS} shapes; this file has {described.count}.",
            count=described.count,
        )
    rows = read_rows(described)
    crs = georef.resolve(described.crs, given=None, called=source.name)
    originals = shapes.parse(rows.wkb)
    moved = georef.to_city(originals, crs, called=source.name)
    georef.require_some_inside(originals, moved, crs, called=source.name)
    verdicts = shapes.judge_all(originals, moved, wkb=rows.wkb, curved=rows.curved, bounds=frames.city_bounds())
    return shapely.union_all([_sound(verdict, row) for row, verdict in enumerate(verdicts, start=1)])


def _sound(verdict: shapes.Sound | Refusal, row: int) -> Any:
    if isinstance(verdict, Refusal):
        raise IntakeError(
            fa=f"محدوده، شکل {row}: {verdict.text.fa}",
            en=f"The scope, shape {row}: {verdict.text.en}",
            row=row,
            reason=verdict.reason.value,
        )
    return verdict.shape
