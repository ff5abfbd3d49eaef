"""Bulk loading of parcels from files, in chunks, so that memory does not grow with the city."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from apps.cadastre.loading_faults import fault, faulty
from apps.cadastre.loading_rows import parcel_row
from apps.cadastre.sources import ParcelSource
from gis_layers import crs as frames
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.formats import open_source
from gis_layers.ingest.reading import Layer, Rows, describe, read_chunks, require_fields
from gis_layers.ingest.reasons import Refusal
from gis_layers.ingest.values import records
from gis_layers.postgis_parcel_load import ParcelRow, stage_parcels, store_staged

CHUNK = 20_000
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many parcels came, and into which chunks of the overlay grid."""

    parcels: int
    chunks: tuple[int, ...]


def load_file(
    *,
    path: Path,
    source: ParcelSource,
    legal_from: date | None,
    known_from: datetime | None,
    progress: Callable[[int, int], None],
) -> Loaded:
    """See apps.cadastre.services.load_parcels."""
    chunks: set[int] = set()
    stored = 0
    with open_source(path, layer=source.layer) as file:
        layer = describe(file, layer=source.layer)
        require_fields(layer, source.needed)
        if layer.count == 0:
            raise fault(layer.source.name, "لایه هیچ ردیفی ندارد.", "The layer has no rows.")
        for rows in read_chunks(layer, size=CHUNK):
            faults = stage_parcels(_parcel_rows(layer, rows, source))
            if faults:
                raise faulty(layer.source.name, faults)
            new = store_staged(legal_from=legal_from, known_from=known_from)
            chunks.update(new)
            stored += len(new)
            progress(stored, layer.count)
    return Loaded(parcels=stored, chunks=tuple(sorted(chunks)))


def _parcel_rows(layer: Layer, rows: Rows, source: ParcelSource) -> list[ParcelRow]:
    called = layer.source.name
    frame = georef.resolve(layer.crs, given=source.crs, called=called)
    originals = shapes.parse(rows.wkb)
    moved = georef.to_city(originals, frame, called=called)
    georef.require_some_inside(originals, moved, frame, called=called)
    bounds = frames.city_bounds().buffer(1.0)
    verdicts = shapes.judge_all(originals, moved, wkb=rows.wkb, curved=rows.curved, bounds=bounds)
    refused = [(rows.first + i, v) for i, v in enumerate(verdicts) if isinstance(v, Refusal)]
    if refused:
        told_fa = "؛ ".join(f"ردیف {row}: {why.text.fa}" for row, why in refused[:_SHOWN])
        told_en = "; ".join(f"row {row}: {why.text.en}" for row, why in refused[:_SHOWN])
        raise fault(called, told_fa, told_en, rows=[row for row, _ in refused[:_SHOWN]])
    hexes = shapes.to_hex([v.shape for v in verdicts if isinstance(v, shapes.Sound)])
    return [
        parcel_row(called, rows.first + i, record, source=source, wkb=hexes[i])
        for i, record in enumerate(records(rows))
    ]
