"""Labelled sides of parcels from a file of lines: every one belongs to a parcel, or the whole file is refused."""

from collections.abc import Iterator
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from apps.cadastre.loading_faults import fault
from apps.cadastre.loading_rows import code_of
from apps.cadastre.sources import SideSource
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.formats import open_source
from gis_layers.ingest.reading import describe, read_rows, require_fields
from gis_layers.ingest.values import records, text_of
from gis_layers.postgis_sides import SideRow, replace_sides

_LINES = ("LineString", "MultiLineString")


def load_side_file(path: Path, source: SideSource) -> int:
    """See apps.cadastre.services.load_sides."""
    stored, strangers = replace_sides(_rows(path, source))
    if strangers:
        told = ", ".join(f"{row}: {code}" for row, code in strangers)
        raise fault(
            path.name,
            f"قطعهٔ این ضلع‌ها بارگذاری نشده است (ردیف: کد): {told}. نخست قطعه‌ها را بارگذاری کنید.",
            f"The parcels of these sides are not loaded (row: code): {told}. Load the parcels first.",
        )
    return stored


def require_known_kinds(path: Path, source: SideSource) -> None:
    """Raises IntakeError naming the columns that are missing, or the first row whose word is no kind of side."""
    with open_source(path, layer=source.layer) as file:
        layer = describe(file, layer=source.layer)
        require_fields(layer, (source.parcel, source.kind))
        for number, record in enumerate(records(read_rows(layer)), start=1):
            word = text_of(record[source.kind])
            if word not in source.skip:
                _kind(file.name, number, word, source)


def _rows(path: Path, source: SideSource) -> Iterator[SideRow]:
    with open_source(path, layer=source.layer) as file:
        layer = describe(file, layer=source.layer)
        require_fields(layer, (source.parcel, source.kind))
        rows = read_rows(layer)
        crs = georef.resolve(layer.crs, given=source.crs, called=file.name)
        originals = shapes.parse(rows.wkb)
        moved = georef.to_city(originals, crs, called=file.name)
        georef.require_some_inside(originals, moved, crs, called=file.name)
        for number, (record, shape) in enumerate(zip(records(rows), moved, strict=True), start=1):
            word = text_of(record[source.kind])
            if word in source.skip:
                continue
            code = code_of(file.name, number, record[source.parcel], column=source.parcel)
            yield SideRow(number, str(code), _kind(file.name, number, word, source), _line(file.name, number, shape))


def _kind(called: str, row: int, word: str, source: SideSource) -> str:
    if word in source.kinds:
        return source.kinds[word]
    known = ", ".join((*source.kinds, *source.skip))
    raise fault(
        called,
        f"ردیف {row}، ستون {source.kind}: «{word}» شناخته نیست؛ یکی از: {known}.",
        f"Row {row}, field {source.kind}: “{word}” is not one of {known}.",
    )


def _line(called: str, row: int, shape: BaseGeometry | None) -> str:
    whole = shape is not None and shape.geom_type in _LINES and shape.length > 0 and shapely.is_valid(shape)
    if not whole:
        raise fault(called, f"ردیف {row} خط نیست.", f"Row {row} is not a line.")
    return str(shapely.to_wkb(shapely.force_2d(shape), hex=True))
