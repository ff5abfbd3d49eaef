"""Which themes and districts an act is about, and whether a role of a person goes as far (docs/decisions/0017)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry

from apps.cadastre.models import District
from apps.common.errors import ForbiddenError
from apps.common.text import Text
from apps.legal.models import Instrument, InstrumentKind, ProvisionRow
from apps.parties.models import Person, Role
from apps.parties.roles import ROLE_NAMES, Reach, reaches
from gis_layers.models import Edition, Theme

# What borders of districts and layers leave between them is not a place an act is about.
_LEAST_M2 = 1.0
_LEAST_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Matter:
    """What an act touches. None = all themes there are, or ground beyond every district."""

    themes: frozenset[str] | None
    districts: frozenset[int] | None

    def within(self, reach: Reach) -> bool:
        """Whether a role that goes this far holds all of it."""
        return _inside(self.themes, reach.themes) and _inside(self.districts, reach.districts)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is about: its instruments, successors included, and its place (None = everywhere)."""

    instruments: tuple[Instrument, ...]
    scope: GEOSGeometry | None

    def matters(self, *, places: bool = True) -> tuple[Matter, ...]:
        """One matter for each instrument. Without `places` the districts are not looked up, and read as all."""
        named = {instrument.pk: instrument for instrument in self.instruments}
        editions = Edition.objects.filter(instrument__in=named).select_related("theme")
        by_instrument = {e.instrument_id: e for e in (editions if places else editions.defer("coverage"))}
        return tuple(self._matter(one, by_instrument.get(pk), places) for pk, one in sorted(named.items()))

    def _matter(self, instrument: Instrument, edition: Edition | None, places: bool) -> Matter:
        if edition is not None:
            place = (edition.coverage if self.scope is None else self.scope) if places else None
            return Matter(frozenset({edition.theme.code}), None if place is None else districts_of(place))
        if instrument.kind == InstrumentKind.RULEBOOK:
            return Matter(_themes_of_rulebook(instrument), None)
        return Matter(None, None)  # a tariff, or a layer that nobody took in: nobody can say what it is about


def may_all(person: Person, role: Role, subject: Subject) -> bool:
    """Whether for each instrument one assignment of the role goes as far; several do not add up to one."""
    return _too_far_for(reaches(person, role), subject) is None


def require_matters(person: Person, role: Role, matters: Iterable[Matter]) -> None:
    """As `require_all`, for matters that hang on no instrument yet."""
    held = reaches(person, role)
    for matter in matters:
        if not any(matter.within(reach) for reach in held):
            raise _too_far(role, matter)


def require_all(person: Person, role: Role, subject: Subject) -> None:
    """Raises ForbiddenError that names the role and the themes and districts it would have to reach."""
    if (matter := _too_far_for(reaches(person, role), subject)) is not None:
        raise _too_far(role, matter)


def _too_far_for(held: tuple[Reach, ...], subject: Subject) -> Matter | None:
    """The first matter that no assignment reaches. Who is limited in no district needs no look at the ground."""
    if any(reach.themes is None and reach.districts is None for reach in held):
        return None
    places = any(reach.districts is not None for reach in held)
    for matter in subject.matters(places=places):
        if not any(matter.within(reach) for reach in held):
            return matter
    return None


def _themes_of_rulebook(instrument: Instrument) -> frozenset[str] | None:
    """The themes its rows name. A row without a theme speaks of every parcel, and so of every theme."""
    themes = set(ProvisionRow.objects.filter(rulebook__instrument=instrument).values_list("theme", flat=True))
    known = set(Theme.objects.values_list("code", flat=True))
    return frozenset(themes) if themes and themes <= known else None


def districts_of(place: GEOSGeometry) -> frozenset[int] | None:
    """Numbers of the districts the place lies in; None when a part of it lies in none."""
    found, left = set(), place
    for district in District.objects.filter(geom__intersects=place):
        if place.intersection(district.geom).area > _noise(place):
            found.add(district.number)
        left = left.difference(district.geom)
    return frozenset(found) if found and left.area <= _noise(place) else None


def _noise(place: GEOSGeometry) -> float:
    return max(_LEAST_M2, _LEAST_SHARE * float(place.area))


def _inside(needed: frozenset[str] | frozenset[int] | None, held: frozenset[str] | frozenset[int] | None) -> bool:
    return held is None or (needed is not None and needed <= held)


def _too_far(role: Role, matter: Matter) -> ForbiddenError:
    name, what = ROLE_NAMES[role], _words(matter)
    return ForbiddenError(
        fa=f"این سند نقش «{name.fa}» می‌خواهد {what.fa}. سند را به همکاری با این نقش بسپارید.",
        en=f"This act needs the role “{name.en}” {what.en}. Leave it to a colleague who has it.",
        role=role.value,
    )


def _words(matter: Matter) -> Text:
    if matter.themes is None:
        themes = Text("برای همهٔ موضوع‌ها", "for all themes")
    else:
        labels = Theme.objects.filter(code__in=matter.themes)
        themes = Text(
            f"برای {'، '.join(theme.label_fa for theme in labels)}",
            f"for {', '.join(theme.label_en for theme in labels)}",
        )
    if matter.districts is None:
        return Text(f"{themes.fa} در همهٔ شهر", f"{themes.en} in the whole city")
    numbers = sorted(matter.districts)
    return Text(
        f"{themes.fa} در منطقهٔ {'، '.join(map(str, numbers))}",
        f"{themes.en} in district {', '.join(map(str, numbers))}",
    )
