"""One record of a parcels file becomes a row to be stored; what cannot be read refuses the file."""

import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from apps.cadastre.loading_faults import fault
from apps.cadastre.parcel_code import ParcelCode, parse
from apps.cadastre.search_text import search_text
from apps.cadastre.sources import ParcelSource
from apps.common.errors import BadInputError, IntakeError
from gis_layers.ingest.values import text_of, truth_of
from gis_layers.postgis_parcel_load import ParcelRow


class _Record:
    """A record seen through the city's mapping of columns."""

    def __init__(self, record: Mapping[str, Any], columns: Mapping[str, str]) -> None:
        self.record, self.columns = record, columns

    def __getitem__(self, field: str) -> Any:
        """The field's value; None where the file has no column for it."""
        return self.record[self.columns[field]] if field in self.columns else None

    def text(self, field: str, limit: int) -> str:
        """The field as text, cut to its place in the database."""
        return text_of(self[field])[:limit]


def parcel_row(called: str, number: int, record: Mapping[str, Any], *, source: ParcelSource, wkb: str) -> ParcelRow:
    """The row of record `number` (from one). Raises IntakeError naming the row."""
    record = {name: None if v in source.not_known.get(name, ()) else v for name, v in record.items()}
    said = _Record(record, source.columns)
    code = code_of(called, number, said["code"], column=source.columns["code"])
    plate, address = said.text("plate", 40), said.text("address_fa", 240)
    passage, neighbourhood = said.text("passage_name_fa", 120), said.text("neighbourhood_fa", 120)
    try:
        return ParcelRow(
            row_number=number,
            code=str(code),
            land_code=code.land,
            district=_whole(said["district"]),
            plate=plate,
            address_fa=address,
            passage_name_fa=passage,
            neighbourhood_fa=neighbourhood,
            deed_area_dm2=_hundredths(said["deed_area"]),
            passage_width_cm=_hundredths(said["passage_width"]),
            frontage_cm=_hundredths(said["frontage"]),
            corner=truth_of(said["corner"]),
            consolidated=_whole(said["consolidated"]),
            existing_storeys=_whole(said["existing_storeys"]),
            existing_height_cm=_hundredths(said["existing_height"]),
            attributes=json.dumps({name: record[name] for name in source.attributes}, ensure_ascii=False),
            search=search_text(
                code=str(code), plate=plate, address=address, passage=passage, neighbourhood=neighbourhood
            ),
            wkb=wkb,
        )
    except (ValueError, ArithmeticError) as error:
        raise _unreadable(called, number, error) from error


def code_of(called: str, number: int, value: Any, *, column: str) -> ParcelCode:
    """The canonical code in a record. Raises IntakeError naming row and column."""
    try:
        return parse(text_of(value))
    except BadInputError as error:
        raise fault(
            called,
            f"ردیف {number}، ستون {column}: {error.message.fa}",
            f"Row {number}, field {column}: {error.message.en}",
        ) from error


def _unreadable(called: str, number: int, error: Exception) -> IntakeError:
    return fault(
        called,
        f"ردیف {number}: مقداری خوانا یا پذیرفتنی نیست ({error}).",
        f"Row {number}: a value cannot be read, or is negative ({error}).",
    )


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
