"""One more version of a parcel, on two clocks: the legal one says since when it is so, the other since when we know.

Nothing known is overwritten. The version known until now is closed on the clock of knowledge, and what of it remains
true before `legal_from` is written again as known from now on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from django.contrib.gis.geos import MultiPolygon
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from apps.cadastre.models import District, Parcel, ParcelVersion
from apps.cadastre.parcel_code import parse
from apps.cadastre.search_text import search_text
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from gis_layers.crs import city_srid
from gis_layers.postgis_parcel_load import measures_of
from gis_layers.postgis_sides import copy_sides

if TYPE_CHECKING:
    from apps.cadastre.services import ParcelFields


@dataclass(frozen=True, slots=True)
class Written:
    """The new version, and the chunks in which versions were written."""

    version: ParcelVersion
    chunks: tuple[int, ...]


def write_version(
    *, code: str, shape: MultiPolygon | None, fields: "ParcelFields", legal_from: date, known_at: datetime
) -> Written:
    """See apps.cadastre.services.add_parcel_version; needs its transaction and its lock."""
    parsed = parse(code)
    parcel, _ = Parcel.objects.get_or_create(code=str(parsed), defaults={"land_code": parsed.land})
    open_ones = list(ParcelVersion.objects.filter(parcel=parcel, known__endswith=None).order_by("legal"))
    _refuse_earlier(parcel, known_at)
    same_as = open_ones[-1].pk if shape is None and open_ones else None
    shape = open_ones[-1].geom if same_as else shape
    rewritten = [v for old in open_ones for v in _close(old, legal_from=legal_from, known_at=known_at)]
    version = _new(parcel, _sound(shape), fields, DateRange(legal_from, None), DateTimeTZRange(known_at, None))
    if same_as:
        copy_sides(from_version=same_as, to_version=version.pk)
    return Written(version, tuple(sorted({v.chunk for v in (*rewritten, version)})))


def _close(old: ParcelVersion, *, legal_from: date, known_at: datetime) -> list[ParcelVersion]:
    """Close what overlaps the new version; write again what stays true of it before `legal_from`."""
    if old.legal.upper is not None and old.legal.upper <= legal_from:
        return []
    known_from, standing = old.known.lower, old.pk
    ParcelVersion.objects.filter(pk=old.pk).update(known=DateTimeTZRange(known_from, known_at))
    if old.legal.lower is not None and old.legal.lower >= legal_from:
        return []
    old.pk = None
    old._state.adding = True
    old.legal, old.known = DateRange(old.legal.lower, legal_from), DateTimeTZRange(known_at, None)
    old.save(force_insert=True)
    copy_sides(from_version=standing, to_version=old.pk)
    return [old]


def _new(
    parcel: Parcel, shape: MultiPolygon, fields: "ParcelFields", legal: DateRange, known: DateTimeTZRange
) -> ParcelVersion:
    area, chunk = measures_of(bytes(shape.wkb))
    return ParcelVersion.objects.create(
        parcel=parcel,
        legal=legal,
        known=known,
        district=_district(fields.district),
        plate=fields.plate,
        address_fa=fields.address_fa,
        passage_name_fa=fields.passage_name_fa,
        neighbourhood_fa=fields.neighbourhood_fa,
        deed_area_dm2=fields.deed_area_dm2,
        drawn_area_dm2=area,
        measured_area_dm2=fields.measured_area_dm2,
        passage_width_cm=fields.passage_width_cm,
        frontage_cm=fields.frontage_cm,
        corner=fields.corner,
        consolidated=fields.consolidated,
        existing_storeys=fields.existing_storeys,
        existing_height_cm=fields.existing_height_cm,
        attributes=dict(fields.attributes),
        search=search_text(
            code=parcel.code,
            plate=fields.plate,
            address=fields.address_fa,
            passage=fields.passage_name_fa,
            neighbourhood=fields.neighbourhood_fa,
        ),
        chunk=chunk,
        geom=shape,
        geom_web=cast(MultiPolygon, shape.transform(3857, clone=True)),
    )


def _sound(shape: MultiPolygon | None) -> MultiPolygon:
    if shape is None or shape.empty or not shape.valid or shape.srid != city_srid():
        why = "-" if shape is None else shape.valid_reason
        raise BadInputError(
            fa=f"شکل قطعه نیست یا درست نیست ({why}). چندضلعی درستی در سامانهٔ مختصات شهر بدهید.",
            en=f"The parcel's shape is missing or not valid ({why}). Give a valid polygon in the city's CRS.",
            srid=city_srid(),
        )
    return shape


def _district(number: int | None) -> District | None:
    if number is None:
        return None
    district = District.objects.defer("geom", "geom_web").filter(number=number).first()
    if district is None:
        raise NotFoundError(
            fa=f"منطقهٔ {number} بارگذاری نشده است.", en=f"District {number} is not loaded.", district=number
        )
    return district


def _refuse_earlier(parcel: Parcel, known_at: datetime) -> None:
    latest = ParcelVersion.objects.filter(parcel=parcel, known__startswith__gte=known_at).exists()
    if latest:
        raise ConflictError(
            fa=f"برای قطعهٔ {parcel.code} پس از این زمان نسخه‌ای ثبت شده است؛ دانسته‌ها به گذشته نوشته نمی‌شوند.",
            en=f"A version of {parcel.code} was recorded at or after this instant; knowledge is never written back.",
            code=parcel.code,
        )
