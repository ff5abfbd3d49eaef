"""Reading the cadastre: the parcel at a point, by code, by search. Nothing here writes."""

import math
from datetime import date, datetime

from apps.cadastre.facts import ParcelAt, ParcelFacts, SearchFound, parcel_facts
from apps.cadastre.parcel_code import ParcelCode, parse, scheme
from apps.cadastre.searching import SUGGESTIONS, find, similar_codes
from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import BadInputError, NoParcelHereError, NotFoundError
from apps.common.text import isolated, persian_digits
from gis_layers import postgis_parcels

_HALF_TURN, _QUARTER_TURN = 180.0, 90.0
_SURROUNDINGS_DEGREES = 2.0


def parcel_at(*, lon: float, lat: float, on: date | None = None, known_at: datetime | None = None) -> ParcelAt:
    """The parcel that holds a WGS 84 point on a day (today), as known at an instant (now).

    On a shared border the lowest code, its numbers compared as numbers, always answers. Raises
    BadInputError for impossible coordinates, NoParcelHereError with the nearest parcel in its details.
    """
    _require_on_earth(lon, lat)
    on, known_at = on or clock.today(), known_at or clock.now()
    near = _in_the_surroundings(lon, lat)
    found = postgis_parcels.versions_at(lon=lon, lat=lat, on=on, known_at=known_at) if near else ()
    if not found:
        raise _no_parcel(lon, lat, on, known_at)
    (_, version), *others = found
    return ParcelAt(
        parcel=parcel_facts(postgis_parcels.parcel_row(version_id=version)),
        on_border=bool(others),
        also=tuple(code for code, _ in others),
    )


def parcel_by_code(code: str, *, on: date | None = None, known_at: datetime | None = None) -> ParcelFacts:
    """The parcel with this code as people write it (apps.cadastre.parcel_code).

    Raises BadInputError for what is no code, NotFoundError with similar codes in `details.suggestions`.
    """
    parsed = parse(code)
    on, known_at = on or clock.today(), known_at or clock.now()
    row = postgis_parcels.parcel_row_by_code(code=str(parsed), on=on, known_at=known_at)
    if row is None:
        raise _unknown(parsed)
    return parcel_facts(row)


def search(q: str, *, limit: int = 20, on: date | None = None, known_at: datetime | None = None) -> SearchFound:
    """Parcels and places by code, plate, street, junction, place name or coordinates, in any digits and letters."""
    return find(q, limit=limit, on=on or clock.today(), known_at=known_at or clock.now())


def _require_on_earth(lon: float, lat: float) -> None:
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= _HALF_TURN and abs(lat) <= _QUARTER_TURN):
        raise BadInputError(
            fa="مختصات شدنی نیست. طول را میان ۱۸۰- و ۱۸۰ و عرض را میان ۹۰- و ۹۰ به درجه بدهید.",
            en="These coordinates are impossible. Give longitude within ±180 and latitude within ±90 degrees.",
            lon=str(lon),
            lat=str(lat),
        )


def _in_the_surroundings(lon: float, lat: float) -> bool:
    """Whether the point is near enough to be asked for: the projection cannot place the far side of the Earth."""
    west, south, east, north = current_city().bounds
    far = _SURROUNDINGS_DEGREES
    return west - far <= lon <= east + far and south - far <= lat <= north + far


def _no_parcel(lon: float, lat: float, on: date, known_at: datetime) -> NoParcelHereError:
    near = postgis_parcels.nearest_parcel(lon=lon, lat=lat, on=on, known_at=known_at, around=current_city().bounds)
    if near is None:
        return NoParcelHereError(fa="در این نقطه قطعه‌ای نیست.", en="There is no parcel at this point.", nearest=None)
    metres = f"{near.distance_m:,.0f}"
    metres_fa = persian_digits(metres).replace(",", "٬")
    return NoParcelHereError(
        fa=f"در این نقطه قطعه‌ای نیست. نزدیک‌ترین قطعه {isolated(near.code)} در {metres_fa} متری است.",
        en=f"There is no parcel at this point. The nearest is {near.code}, {metres} m away.",
        nearest={
            "code": near.code,
            "distance_m": round(near.distance_m, 2),
            "centroid": [near.lon, near.lat],
        },
    )


def _unknown(code: ParcelCode) -> NotFoundError:
    similar, name = similar_codes(code, limit=SUGGESTIONS), scheme().name
    fa = f" شاید: {'، '.join(map(isolated, similar[:3]))}." if similar else " کد را با سند یا قبض ملک بسنجید."
    en = f" Perhaps: {', '.join(similar[:3])}." if similar else " Check it against your deed or your bill."
    return NotFoundError(
        fa=f"قطعه‌ای با {name.fa} {isolated(code)} در این روز شناخته نیست.{fa}",
        en=f"No parcel with the {name.en} {code} is known on this day.{en}",
        code=str(code),
        suggestions=similar,
    )
