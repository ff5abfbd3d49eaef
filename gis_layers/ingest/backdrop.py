"""Map furniture from a GeoPackage: one layer per kind, any geometry, no law."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import shapely

from gis_layers.ingest import georef, shapes
from gis_layers.ingest.formats import Source, open_source
from gis_layers.ingest.reading import describe, layer_names, read_chunks
from gis_layers.ingest.values import records, text_of
from gis_layers.models import Backdrop
from gis_layers.postgis_copy import BackdropRow, copy_backdrop

_CHUNK = 20_000
_NAMES = ("name_fa", "name_en")
_RANK = "rank"
_NAME_LENGTH = 160


def load_backdrop(*, path: Path, ranks: Mapping[str, int]) -> dict[str, int]:
    """See gis_layers.services.replace_backdrop. `ranks`: kind → rank, where a row carries none of its own."""
    Backdrop.objects.all().delete()
    with open_source(path) as source:
        return {kind: copy_backdrop(_rows(source, kind, rank=ranks.get(kind, 0))) for kind in layer_names(source)}


def _rows(source: Source, kind: str, *, rank: int) -> Iterator[BackdropRow]:
    layer = describe(source, layer=kind)
    crs = georef.resolve(layer.crs, given=None, called=source.name)
    for rows in read_chunks(layer, size=_CHUNK):
        moved = georef.to_city(shapes.parse(rows.wkb), crs, called=source.name)
        for record, shape in zip(records(rows), moved, strict=True):
            if shape is None or shape.is_empty:
                continue  # furniture without a shape cannot be drawn and says nothing
            yield BackdropRow(
                kind=kind[:24],
                name_fa=text_of(record.get("name_fa"))[:_NAME_LENGTH],
                name_en=text_of(record.get("name_en"))[:_NAME_LENGTH],
                rank=int(record.get(_RANK) or rank),
                attributes={k: v for k, v in record.items() if k not in {*_NAMES, _RANK} and v is not None},
                wkb=shapely.to_wkb(shape),
            )
