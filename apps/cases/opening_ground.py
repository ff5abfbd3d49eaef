"""Where a case is: the parcel or the point that its type asks for, and whose district that is."""

import math
from dataclasses import dataclass

from django.contrib.gis.geos import Point

from apps.cadastre.facts import ParcelFacts
from apps.cadastre.models import Parcel
from apps.cadastre.selectors import parcel_at, parcel_by_code
from apps.cases.models import Case
from apps.cases.types.definition import CaseType, Place
from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import BadInputError, NoParcelHereError

BESIDE_M = 100
"""A place in a street belongs to the district of the nearest parcel, when that is no farther than this."""


@dataclass(frozen=True, slots=True)
class Where:
    """What the case is about: a parcel's code, or a point (WGS 84), as its type asks."""

    parcel: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Where it is, as kept: the parcel, the point in the city's metres, the district; None = not known."""

    parcel: Parcel | None = None
    point: Point | None = None
    district: int | None = None


def ground_of(definition: CaseType, where: Where) -> Ground:
    """What the type asks for, found. Raises BadInputError (nothing, or no place of this city), NotFoundError."""
    if definition.place is Place.PARCEL:
        facts = parcel_by_code(where.parcel, on=clock.today(), known_at=clock.now())
        return Ground(parcel=Parcel.objects.get(pk=facts.parcel_id), district=_number(facts))
    if definition.place is Place.NONE:
        return Ground()
    if where.lon is None or where.lat is None:
        if definition.place is Place.MAYBE_POINT:
            return Ground()
        raise BadInputError(
            fa="جای موضوع را روی نقشه نشان دهید.", en="Show on the map where it is.", fields=["lon", "lat"]
        )
    return _at(where.lon, where.lat)


def _at(lon: float, lat: float) -> Ground:
    west, south, east, north = current_city().bounds
    if not (math.isfinite(lon) and math.isfinite(lat) and west <= lon <= east and south <= lat <= north):
        raise BadInputError(
            fa="این جا بیرون از محدودهٔ شهر است. جایی درون نقشه نشان دهید.",
            en="This place is outside the city. Show one on the map.",
            fields=["lon", "lat"],
        )
    point = Point(lon, lat, srid=4326)
    point.transform(Case._meta.get_field("place").srid)
    return Ground(point=point, district=_district_at(lon, lat))


def _district_at(lon: float, lat: float) -> int | None:
    """That of the parcel there; in a street, of the nearest one beside it; else it is not known and nobody guesses."""
    try:
        return _number(parcel_at(lon=lon, lat=lat).parcel)
    except NoParcelHereError as nothing:
        near = nothing.details.get("nearest")
        if near is None or near["distance_m"] > BESIDE_M:
            return None
        return _number(parcel_by_code(near["code"]))


def _number(facts: ParcelFacts) -> int | None:
    return None if facts.district is None else facts.district.number
