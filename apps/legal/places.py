"""Standing at a place: which statuses hold on which shares of a polygon. PostGIS decides, in the city's CRS, m²."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.gis.db.models.functions import Area, Intersection
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon
from django.db.models import QuerySet

from apps.common.errors import BadInputError
from apps.legal.acts import Status
from apps.legal.models import InForcePeriod, Instrument
from apps.legal.reading import law_snapshot
from apps.legal.snapshot import ActFacts, InstrumentLaw, LawSnapshot

# A point stands for the square of 1 cm around it: on a shared border both sides are named.
_POINT_REACH = 0.01
_LEAST_SHARE = 1e-6


@dataclass(frozen=True, slots=True)
class PlaceStatus:
    """A status that holds on a share (0..1) of the place, and the act it rests on."""

    status: Status
    share: float
    act: ActFacts | None


def places_of(snapshot: LawSnapshot, instrument: int) -> QuerySet[InForcePeriod]:
    """The periods, with their places, that the snapshot's answer for this instrument rests on."""
    if snapshot.instant is None:
        return InForcePeriod.objects.none()
    return InForcePeriod.objects.filter(
        instrument=instrument, legal__contains=snapshot.on, known__contains=snapshot.instant
    )


def statuses_at(
    *, instrument: Instrument, place: GEOSGeometry, on: date, known_at: datetime | None = None
) -> tuple[PlaceStatus, ...]:
    """The statuses that hold in a polygon or at a point (city CRS), the largest share first; shares sum to 1."""
    snapshot = law_snapshot(on=on, known_at=known_at)
    law = snapshot.by_id.get(instrument.pk)
    if law is None:
        return (PlaceStatus(status=Status.DRAFT, share=1.0, act=None),)
    if not law.scoped:
        return (PlaceStatus(status=law.atoms[0].status, share=1.0, act=law.atoms[0].act),)
    return _by_status(law, _shares(places_of(snapshot, law.id), _surface(place)))


def is_in_force(
    instrument: Instrument, on: date, known_at: datetime | None = None, place: GEOSGeometry | None = None
) -> bool:
    """Whether it is in force in the whole of the place; without a place: everywhere."""
    if place is None:
        return law_snapshot(on=on, known_at=known_at).statuses(instrument.pk) == {Status.IN_FORCE}
    here = statuses_at(instrument=instrument, place=place, on=on, known_at=known_at)
    return all(part.status is Status.IN_FORCE for part in here)


def _surface(place: GEOSGeometry) -> Polygon | MultiPolygon:
    if isinstance(place, Point) and not place.empty:
        x, y, reach = place.x, place.y, _POINT_REACH
        square = Polygon.from_bbox((x - reach, y - reach, x + reach, y + reach))
        square.srid = place.srid
        place = square
    if not isinstance(place, Polygon | MultiPolygon) or place.area <= 0 or place.srid != settings.CITY_SRID:
        raise BadInputError(
            fa=f"مکان باید یک نقطه یا سطح در دستگاه مختصات شهر (EPSG:{settings.CITY_SRID}) باشد.",
            en=f"The place must be a point or an area in the city's CRS, EPSG:{settings.CITY_SRID}.",
        )
    return place


def _shares(periods: QuerySet[InForcePeriod], surface: Polygon | MultiPolygon) -> dict[str, float]:
    parts = (
        periods.filter(scope__intersects=surface)
        .annotate(part=Area(Intersection("scope", surface)))
        .values_list("scope_key", "part")
    )
    shares = {key: part.sq_m / surface.area for key, part in parts}
    shares[""] = 1.0 - sum(shares.values())
    kept = {key: share for key, share in shares.items() if share > _LEAST_SHARE}
    return {key: share / sum(kept.values()) for key, share in kept.items()}


def _by_status(law: InstrumentLaw, shares: dict[str, float]) -> tuple[PlaceStatus, ...]:
    held: dict[tuple[Status, ActFacts | None], float] = {}
    for atom in law.atoms:
        if atom.scope_key in shares:
            answer = (atom.status, atom.act)
            held[answer] = held.get(answer, 0.0) + shares[atom.scope_key]
    parts = [PlaceStatus(status=status, share=share, act=act) for (status, act), share in held.items()]
    return tuple(sorted(parts, key=lambda part: -part.share))
