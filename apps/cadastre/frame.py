"""Districts and named places from files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon

from apps.cadastre.models import District, Place, PlaceKind
from apps.common.errors import IntakeError
from apps.common.text import latin_digits, search_key
from gis_layers import crs as frames
from gis_layers.ingest import georef, shapes
from gis_layers.ingest.formats import open_source
from gis_layers.ingest.reading import describe, read_rows, require_fields
from gis_layers.ingest.values import records, text_of, truth_of

_DISTRICT_FIELDS = ("number", "name_fa", "name_en", "approximate")
_PLACE_FIELDS = ("kind", "name_fa", "name_en", "district")


def load_district_file(path: Path) -> int:
    """See apps.cadastre.services.load_districts."""
    count = 0
    for number, record, shape in _rows(path, _DISTRICT_FIELDS):
        if shape.geom_type not in {"Polygon", "MultiPolygon"} or not shape.is_valid:
            raise _bad_row(path, number, "چندضلعی درستی نیست.", "is not a valid polygon.")
        geom = _geos(shapes.as_multi(shape))
        District.objects.update_or_create(
            number=int(latin_digits(text_of(record["number"]))),
            defaults={
                "name_fa": text_of(record["name_fa"]),
                "name_en": text_of(record["name_en"]),
                "approximate": _approximate(path, number, record["approximate"]),
                "geom": geom,
                "geom_web": _web(geom),
            },
        )
        count += 1
    return count


def load_place_file(path: Path) -> int:
    """See apps.cadastre.services.load_places."""
    places = []
    for number, record, shape in _rows(path, _PLACE_FIELDS):
        kind = text_of(record["kind"])
        if kind not in PlaceKind.values or shape.geom_type != "Point":
            raise _bad_row(
                path,
                number,
                f"باید نقطه باشد و kind آن یکی از این‌ها: {', '.join(PlaceKind.values)}.",
                f"must be a point whose kind is one of {', '.join(PlaceKind.values)}.",
            )
        name_fa, name_en = text_of(record["name_fa"]), text_of(record["name_en"])
        places.append(
            Place(
                kind=kind,
                name_fa=name_fa,
                name_en=name_en,
                district_number=None if record["district"] is None else int(record["district"]),
                search=search_key(f"{name_fa} {name_en}"),
                geom=_geos(shape),
            )
        )
    Place.objects.all().delete()
    Place.objects.bulk_create(places, batch_size=1000)
    return len(places)


def _rows(path: Path, fields: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any], Any]]:
    with open_source(path) as source:
        layer = describe(source, layer=None)
        require_fields(layer, fields)
        rows = read_rows(layer)
        crs = georef.resolve(layer.crs, given=None, called=source.name)
        originals = shapes.parse(rows.wkb)
        moved = georef.to_city(originals, crs, called=source.name)
        georef.require_some_inside(originals, moved, crs, called=source.name)
        for number, (record, shape) in enumerate(zip(records(rows), moved, strict=True), start=1):
            if shape is None or shape.is_empty:
                raise _bad_row(path, number, "شکل ندارد.", "has no shape.")
            yield number, record, shape


def _approximate(path: Path, row: int, value: Any) -> bool:
    """Approximate unless the file says that it is not."""
    try:
        return truth_of(value) is not False
    except ValueError as error:
        raise _bad_row(path, row, "ستون approximate خوانا نیست.", "has an unreadable value in approximate.") from error


def _geos(shape: Any) -> Any:
    return GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=frames.city_srid())


def _web(geom: GEOSGeometry) -> MultiPolygon:
    return cast(MultiPolygon, geom.transform(3857, clone=True))


def _bad_row(path: Path, row: int, fa: str, en: str) -> IntakeError:
    return IntakeError(fa=f"{path.name}، ردیف {row}: {fa}", en=f"{path.name}, row {row} {en}", file=path.name, row=row)
