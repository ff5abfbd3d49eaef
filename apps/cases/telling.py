"""Telling people about a case: rows of the same transaction, so that nobody is told of what did not happen.

The pages show them; a room above forwards them by message, and whether that works undoes nothing here.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from apps.cadastre.models import ParcelVersion
from apps.cases.events import CaseTold
from apps.cases.models import Case, CaseMessage, Hold, KartablItem
from apps.cases.querysets import DRAFT
from apps.common import clock
from apps.common.events import publish
from apps.common.text import Text
from apps.parties.models import Person, Role
from apps.parties.roles import people_with, reaches


def tell(case: Case, people: Iterable[Person], text: Text) -> list[CaseMessage]:
    """One message to each of these people, each once."""
    each = {person.pk: person for person in people}.values()
    rows = [
        CaseMessage(case=case, person=person, text_fa=text.fa, text_en=text.en, created_at=clock.now())
        for person in each
    ]
    if rows:
        publish(CaseTold(case_id=case.pk))
    return CaseMessage.objects.bulk_create(rows)


def messages_to(person: Person | AnonymousUser, case: Case) -> list[CaseMessage]:
    """What this person was told about a case, newest first."""
    return list(CaseMessage.objects.filter(case=case, person_id=person.pk or 0).order_by("-created_at", "-pk"))


def district_of(case: Case) -> int | None:
    """The number of the district that the case's parcel lies in, as known now; None = not known."""
    known = ParcelVersion.objects.filter(parcel=case.parcel_id, known__upper_inf=True, district__isnull=False)
    return known.order_by("-legal").values_list("district__number", flat=True).first()


def at_office(case: Case) -> list[Person]:
    """Who at the office is to hear of a case: whoever took it, else its case officers; nobody of a draft."""
    if case.status == DRAFT and not Hold.objects.active().filter(case=case).exists():
        return []
    taken = KartablItem.objects.filter(case=case, side="office", closed_at__isnull=True, assignee__is_active=True)
    by = [item.assignee for item in taken.select_related("assignee") if item.assignee is not None]
    return by or Officers().of(case)


class Officers:
    """Who answers for a case: the officers of its district; where it has none of its own, those for the whole city.

    Remembers the districts it was asked for: make a new one for each batch.
    """

    def __init__(self) -> None:
        self._by_district: dict[int | None, list[Person]] = {}

    def of(self, case: Case) -> list[Person]:
        """The officers of this case, never its own applicant."""
        district = case.district
        if district not in self._by_district:
            self._by_district[district] = holders(Role.CASE_OFFICER, district)
        return [person for person in self._by_district[district] if person.pk != case.applicant_id]


def holders(role: Role, district: int | None) -> list[Person]:
    """Who holds a role for a district; where it has nobody of its own, or is not known, those for the whole city."""
    able = people_with(role, districts=() if district is None else (district,))
    citywide = [p for p in able if any(reach.districts is None for reach in reaches(p, role))]
    local = [] if district is None else [p for p in able if p not in citywide]
    return local or citywide
