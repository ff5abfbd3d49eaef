"""Parcels a person has to do with: of their own side's cases, watched ones, and lands of their mandates."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.cadastre.models import Parcel
from apps.cases.models import Case
from apps.cases.querysets import CLOSED
from apps.cases.types.registry import definition_of
from apps.common.text import Text
from apps.notices.selectors import watches_of
from apps.parties import mandates
from apps.parties.models import Person

MOST = 200


@dataclass(slots=True)
class ParcelLine:
    """One parcel. `of_case`, `watched`, `under_mandate`: why it is here. `open`: open cases, (number, name)."""

    code: str
    of_case: bool = False
    watched: bool = False
    under_mandate: bool = False
    open: list[tuple[str, Text]] = field(default_factory=list)


def my_parcels(person: Person) -> list[ParcelLine]:
    """The parcels, those with an open case first; at most 200. Only the person's own side's cases are named."""
    found: dict[str, ParcelLine] = {}
    cases = Case.objects.of_owner_side(person).filter(parcel__isnull=False).select_related("parcel")
    for case in cases.order_by("-opened_at")[:MOST]:
        line = _line(found, case.land.code)
        line.of_case = True
        if case.status not in CLOSED:
            line.open.append((case.tracking, definition_of(case).name))
    for watch in watches_of(person):
        if watch.parcel:
            _line(found, watch.parcel).watched = True
    for code in _lands(person):
        _line(found, code).under_mandate = True
    return sorted(found.values(), key=lambda line: (not line.open, line.code))[:MOST]


def _line(found: dict[str, ParcelLine], code: str) -> ParcelLine:
    return found.setdefault(code, ParcelLine(code))


def _lands(person: Person) -> Iterable[str]:
    """Codes of the parcels on the lands for which the person holds a mandate now."""
    held = mandates.held_by(person).exclude(land_code="").values_list("land_code", flat=True)
    return Parcel.objects.filter(land_code__in=set(held)).values_list("code", flat=True)[:MOST]
