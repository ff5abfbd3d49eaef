"""Heritage at the desk: a building entered in the register, and first of all whom its buffers would touch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from apps.cases.models import Case
from apps.common.clock import today
from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.desk.acts.reach import Matter, districts_of, require_matters
from apps.legal.acts import ActKind
from apps.legal.models import Instrument
from apps.legal.selectors import InstrumentLaw, law_snapshot
from apps.parties.models import Person, Role
from gis_layers.crs import city_srid
from gis_layers.models import Theme
from gis_layers.postgis_registration import Touched, as_geojson, parcels_under
from heritage_zones.models import Registration
from heritage_zones.places import Place
from heritage_zones.services import instruments_of, places_of, register_building, rules_of_city

MOST_BYTES = 2_000_000
_NAMES = "drawing.geojson"


@dataclass(frozen=True, slots=True)
class ForeseenPlace:
    """A core or buffer that the registration would make: its name, m², shape (GeoJSON, WGS 84), parcels under it."""

    theme: str
    code: str
    label: Text
    area_m2: float
    geometry: Mapping[str, Any]
    parcels: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a registration would touch. `requests`: open requests on any of the parcels."""

    places: tuple[ForeseenPlace, ...]
    parcels: int
    requests: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A registration with the law of its instruments today; None = a draft. `next_kind`: the act that comes next."""

    registration: Registration
    instruments: tuple[tuple[Instrument, InstrumentLaw | None], ...]
    next_kind: ActKind | None

    @property
    def name(self) -> Text:
        """What the building is called."""
        return Text(self.registration.name_fa, self.registration.name_en)


def read_footprint(content: bytes, *, name: str = _NAMES) -> GEOSGeometry:
    """A footprint drawn on the map (GeoJSON) or sent as a file, in the city's CRS. Raises IntakeError."""
    from gis_layers.ingest.scope_file import read_scope

    if len(content) > MOST_BYTES:
        raise BadInputError(
            fa="پروندهٔ محدودهٔ بنا بزرگ‌تر از ۲ مگابایت است. تنها همان بنا را بفرستید.",
            en="The file of the footprint is larger than 2 MB. Send the building alone.",
        )
    return GEOSGeometry(memoryview(read_scope(content, name=name)), srid=city_srid())


def require_registrar(person: Person, footprint: GEOSGeometry | None = None) -> None:
    """Raises ForbiddenError unless the person edits both themes of registrations, there where the building stands."""
    rules = rules_of_city()
    districts = frozenset[int]() if footprint is None else districts_of(footprint)
    themes = (rules.core_theme, rules.buffer_theme)
    require_matters(person, Role.RULE_EDITOR, [Matter(frozenset({theme}), districts) for theme in themes])


def foresee(*, person: Person, footprint: GEOSGeometry, distances: Mapping[str, float]) -> Foreseen:
    """What registering this building would touch; nothing is written."""
    require_registrar(person, footprint)
    places = places_of(footprint=footprint, distances=distances)
    named = labels()
    shapes = as_geojson([place.shape for place in places])
    found = tuple(_foreseen(place, json.loads(shape), named) for place, shape in zip(places, shapes, strict=True))
    touched = {parcel.parcel_id for place in found for parcel in place.parcels}
    requests = Case.objects.open().filter(parcel__in=touched).count()
    return Foreseen(found, len(touched), requests)


def register(
    *, person: Person, number: str, name: Text, grade: str, footprint: GEOSGeometry, distances: Mapping[str, float]
) -> Registration:
    """Enter a building in the register: its editions stand as drafts, and bind once two people sign their acts."""
    require_registrar(person, footprint)
    return register_building(
        number=number, name=name, grade=grade, footprint=footprint, distances=distances, person=person
    )


def registrations() -> list[Standing]:
    """The register, newest first, with where each registration stands today."""
    law = law_snapshot(on=today()).by_id
    rows = Registration.objects.select_related("core", "buffer").defer("footprint")
    return [_standing(row, law) for row in rows]


def _standing(row: Registration, law: Mapping[int, InstrumentLaw]) -> Standing:
    held = tuple((instrument, law.get(instrument.pk)) for instrument in instruments_of(row))
    statuses = {status.value for _, found in held if found for status in found.statuses}
    waiting = any(found is None for _, found in held)
    if waiting:
        return Standing(row, held, ActKind.APPROVE)
    return Standing(row, held, ActKind.PROMULGATE if statuses == {"approved_not_promulgated"} else None)


def labels() -> dict[tuple[str, str], Text]:
    """Names of zone codes by (theme, code), as the layers' legends say them."""
    return {
        (theme.code, entry["code"]): Text.of(entry["label"])
        for theme in Theme.objects.all()
        for entry in theme.style.get("colors", ())
    }


def _foreseen(place: Place, shape: Mapping[str, Any], labels: Mapping[tuple[str, str], Text]) -> ForeseenPlace:
    label = labels.get((place.theme, place.code), Text(place.code, place.code))
    return ForeseenPlace(
        place.theme, place.code, label, float(place.shape.area), shape, tuple(parcels_under(place.shape))
    )
