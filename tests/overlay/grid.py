"""Parcels and editions on a small integer grid. Squares are (x0, y0, x1, y1) in metres from the grid's corner."""

from datetime import UTC, date, datetime
from itertools import count

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from apps.cadastre.models import Parcel, ParcelVersion
from apps.legal.models import Instrument, InstrumentKind, Rank
from gis_layers.models import Edition, Feature, IntakeState, Theme, ThemeKind

CORNER = (560_000, 3_610_000)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
Square = tuple[float, float, float, float]
Ring = tuple[tuple[float, float], ...]
_numbers = count(1)


def area(*parts: Square | Ring, hole: Square | None = None) -> MultiPolygon:
    """A multipolygon of squares or rings; `hole` is cut out of the first part."""
    polygons = [Polygon(_ring(part)) for part in parts]
    if hole is not None:
        polygons[0] = Polygon(_ring(parts[0]), _ring(hole))
    return MultiPolygon(*polygons, srid=settings.CITY_SRID)


def web(geom: MultiPolygon) -> MultiPolygon:
    """The Web-Mercator copy."""
    copy: MultiPolygon = geom.transform(3857, clone=True)
    return copy


def parcel(*parts: Square | Ring, chunk: int = 1) -> ParcelVersion:
    """A new parcel, valid and known since long ago."""
    geom = area(*parts)
    number = next(_numbers)
    return ParcelVersion.objects.create(
        parcel=Parcel.objects.create(code=f"1-1-{number}-1-0-0-0", land_code=f"1-1-{number}-1"),
        legal=DateRange(date(2000, 1, 1), None),
        known=DateTimeTZRange(LONG_AGO, None),
        drawn_area_dm2=round(geom.area * 100),
        chunk=chunk,
        geom=geom,
        geom_web=web(geom),
    )


def theme(code: str = "height_code", kind: str = ThemeKind.PARTITION) -> Theme:
    """The theme of that code, made when missing."""
    found, _ = Theme.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "label_fa": code,
            "label_en": code,
            "tolerance_m2": 1.0,
            "tolerance_share": 0.01,
            "office_code": "planning",
        },
    )
    return found


def edition(*zones: MultiPolygon, coverage: MultiPolygon, code: str = "", of: Theme | None = None) -> Edition:
    """An edition taken in; its features are coded Z1, Z2, … in the order given."""
    name = code or f"edition-{next(_numbers)}"
    instrument = Instrument.objects.create(
        code=name, kind=InstrumentKind.EDITION, rank=Rank.CITY_PLAN, title_fa=name, title_en=name
    )
    made = Edition.objects.create(
        theme=of or theme(), instrument=instrument, coverage=coverage, state=IntakeState.TAKEN_IN, taken_in_at=LONG_AGO
    )
    for row, geom in enumerate(zones, start=1):
        label = f"Z{row}"
        Feature.objects.create(
            edition=made, source_row=row, code=label, label_fa=label, label_en=label, geom=geom, geom_web=web(geom)
        )
    return made


def _ring(part: Square | Ring) -> list[tuple[float, float]]:
    if isinstance(part[0], tuple):
        points = [p for p in part if isinstance(p, tuple)]
    else:
        x0, y0, x1, y1 = (v for v in part if isinstance(v, int | float))
        points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    moved = [(CORNER[0] + x, CORNER[1] + y) for x, y in points]
    return [*moved, moved[0]]
