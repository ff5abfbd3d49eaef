"""Registering a building: its ground and its buffers become two editions, which bind once their acts say so."""

from collections.abc import Mapping
from itertools import pairwise

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.common.text import Text
from apps.legal.atoms import clean_scope
from apps.legal.models import Instrument
from apps.parties.models import Person
from gis_layers.postgis_registration import rings
from heritage_zones.city_rules import RegistrationRules, registration_rules
from heritage_zones.models import Grade, Registration
from heritage_zones.places import Place, take_in_places

MOST_METRES = 500.0


def rules_of_city() -> RegistrationRules:
    """How buildings are registered here. Raises NotFoundError in a city whose package does not say."""
    rules = registration_rules()
    if rules is None:
        raise NotFoundError(
            fa="این شهر ثبت بنا را در بستهٔ خود تعریف نکرده است ([registration] در city.toml).",
            en="This city's package does not say how buildings are registered ([registration] in city.toml).",
        )
    return rules


def places_of(*, footprint: GEOSGeometry, distances: Mapping[str, float]) -> tuple[Place, ...]:
    """The core and the rings that a registration would make; nothing is written.

    `footprint`: (multi)polygon in the city's CRS; `distances`: buffer code → metres, 0 = no such buffer.
    Raises BadInputError for a shape or a distance that cannot be.
    """
    rules = rules_of_city()
    core = clean_scope(footprint)
    asked = _asked(rules, distances)
    found = [Place(rules.core_theme, rules.core_code, core)]
    shapes = rings(core, [metres for _, metres in asked])
    found.extend(Place(rules.buffer_theme, code, shape) for (code, _), shape in zip(asked, shapes, strict=True))
    return tuple(found)


@transaction.atomic
def register_building(
    *,
    number: str,
    name: Text,
    grade: Grade | str,
    footprint: GEOSGeometry,
    distances: Mapping[str, float],
    person: Person,
) -> Registration:
    """Enter a building in the register. Its editions are taken in by the ordinary intake; nothing binds yet.

    Raises BadInputError for what is missing or cannot be, ConflictError for a number that is taken.
    """
    number = number.strip()
    grade = _checked(number=number, name=name, grade=grade)
    places = places_of(footprint=footprint, distances=distances)
    core, buffers = places[0], places[1:]
    registration = Registration(number=number, name_fa=name.fa.strip(), name_en=name.en.strip(), grade=grade)
    registration.footprint = core.shape
    registration.distances = [[code, metres] for code, metres in _asked(rules_of_city(), distances)]
    registration.core = take_in_places([core], number=number, name=name, part="core")
    registration.buffer = take_in_places(buffers, number=number, name=name, part="buffer") if buffers else None
    registration.made_by, registration.made_at = person, clock.now()
    registration.save(force_insert=True)
    return registration


def instruments_of(registration: Registration) -> tuple[Instrument, ...]:
    """What the acts of a registration speak of."""
    return tuple(i for i in (registration.core, registration.buffer) if i is not None)


def _checked(*, number: str, name: Text, grade: Grade | str) -> Grade:
    if not number or not name.fa.strip() or not name.en.strip():
        raise BadInputError(
            fa="شمارهٔ ثبت و نام بنا (به فارسی و انگلیسی) را بنویسید.",
            en="Give the registration number and the building's name in Persian and in English.",
        )
    if Registration.objects.filter(number=number).exists():
        raise ConflictError(
            fa=f"بنایی با شمارهٔ ثبت {number} پیش‌تر وارد شده است.",
            en=f"A building with the registration number {number} is in the register already.",
            number=number,
        )
    try:
        return Grade(grade)
    except ValueError as error:
        raise BadInputError(
            fa=f"درجهٔ «{grade}» شناخته نیست؛ یکی از: {'، '.join(Grade.values)}.",
            en=f"“{grade}” is no grade. Use one of: {', '.join(Grade.values)}.",
        ) from error


def _asked(rules: RegistrationRules, distances: Mapping[str, float]) -> list[tuple[str, float]]:
    """(code, metres) of the buffers that were ordered, from the inside outwards. Raises BadInputError."""
    unknown = set(distances) - {rule.code for rule in rules.buffers}
    asked = [(rule.code, float(distances[rule.code])) for rule in rules.buffers if distances.get(rule.code)]
    growing = all(a < b for (_, a), (_, b) in pairwise(asked))
    if unknown or not growing or not all(0 < metres <= MOST_METRES for _, metres in asked):
        raise BadInputError(
            fa=f"فاصلهٔ هر حریم باید از حریم درونی‌اش بیشتر و تا {MOST_METRES:g} متر باشد. "
            f"کدها: {'، '.join(r.code for r in rules.buffers)}.",
            en=f"Each buffer must reach farther than the one inside it, {MOST_METRES:g} m at most. "
            f"Codes: {', '.join(r.code for r in rules.buffers)}.",
        )
    return asked
