"""Bulk loading of parcels and their frame from files, in chunks, so that memory does not grow with the city."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from apps.cadastre.loading_faults import fault, faulty
from apps.cadastre.renovation_code import RenovationCode
from apps.cadastre.search_text import search_text
from apps.common.errors import BadInputError
from gis_layers import crs as frames
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.formats import open_source
from gis_layers.ingest.reading import Layer, Rows, describe, read_chunks, require_fields
from gis_layers.ingest.reasons import Refusal
from gis_layers.ingest.values import records, text_of, truth_of
from gis_layers.postgis_parcel_load import ParcelRow, stage_parcels, store_staged

CHUNK = 20_000
FIELDS = (
    "code", "plate", "district", "neighbourhood_fa", "address_fa", "passage_name_fa", "deed_area", "passage_width",
    "frontage", "corner", "consolidated", "existing_storeys", "existing_height",
)  # fmt: skip
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many parcels came, and into which chunks of the overlay grid."""

    parcels: int
    chunks: tuple[int, ...]


def load_file(
    *, path: Path, legal_from: date | None, known_from: datetime | None, progress: Callable[[int, int], None]
) -> Loaded:
    """See apps.cadastre.services.load_parcels."""
    chunks: set[int] = set()
    stored = 0
    with open_source(path) as source:
        layer = describe(source, layer=None)
        require_fields(layer, FIELDS)
        if layer.count == 0:
            raise fault(layer.source.name, "لایه هیچ ردیفی ندارد.", "The layer has no rows.")
        for rows in read_chunks(layer, size=CHUNK):
            faults = stage_parcels(_parcel_rows(layer, rows))
            if faults:
                raise faulty(layer.source.name, faults)
            new = store_staged(legal_from=legal_from, known_from=known_from)
            chunks.update(new)
            stored += len(new)
            progress(stored, layer.count)
    return Loaded(parcels=stored, chunks=tuple(sorted(chunks)))


def _parcel_rows(layer: Layer, rows: Rows) -> list[ParcelRow]:
    called = layer.source.name
    frame = georef.resolve(layer.crs, given=None, called=called)
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
    sound = [v.shape for v in verdicts if isinstance(v, shapes.Sound)]
    hexes = shapes.to_hex(sound)
    return [_row(called, rows.first + i, record, hexes[i]) for i, record in enumerate(records(rows))]


def _row(called: str, number: int, record: Mapping[str, Any], wkb: str) -> ParcelRow:
    try:
        code = RenovationCode.parse(text_of(record["code"]))
        plate, address = text_of(record["plate"])[:40], text_of(record["address_fa"])[:240]
        passage, neighbourhood = text_of(record["passage_name_fa"])[:120], text_of(record["neighbourhood_fa"])[:120]
        return ParcelRow(
            row_number=number,
            code=str(code),
            land_code=code.land,
            district=_whole(record["district"]),
            plate=plate,
            address_fa=address,
            passage_name_fa=passage,
            neighbourhood_fa=neighbourhood,
            deed_area_dm2=_hundredths(record["deed_area"]),
            passage_width_cm=_hundredths(record["passage_width"]),
            frontage_cm=_hundredths(record["frontage"]),
            corner=truth_of(record["corner"]),
            consolidated=_whole(record["consolidated"]),
            existing_storeys=_whole(record["existing_storeys"]),
            existing_height_cm=_hundredths(record["existing_height"]),
            search=search_text(
                code=str(code), plate=plate, address=address, passage=passage, neighbourhood=neighbourhood
            ),
            wkb=wkb,
        )
    except BadInputError as error:
        raise fault(
            called, f"ردیف {number}، ستون code: {error.message.fa}", f"Row {number}, field code: {error.message.en}"
        ) from error
    except (ValueError, ArithmeticError) as error:
        raise fault(
            called,
            f"ردیف {number}: مقداری خوانا یا پذیرفتنی نیست ({error}).",
            f"Row {number}: a value cannot be read, or is negative ({error}).",
        ) from error


def _hundredths(value: Any) -> int | None:
    """Metres → cm, m² → dm²; None stays unknown. Raises ValueError below zero."""
    if value is None:
        return None
    scaled = int((Decimal(str(value)) * 100).to_integral_value(ROUND_HALF_UP))
    if scaled < 0:
        raise ValueError(str(value))
    return scaled


def _whole(value: Any) -> int | None:
    if value is None:
        return None
    number = int(value)
    if number < 0 or number != value:
        raise ValueError(str(value))
    return number
