"""Which cases are a person's own: as applicant, as an owner in person or for a legal person, by a mandate."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.parties import mandates
from apps.parties.memberships import bound_by
from apps.parties.models import Person, Scope

if TYPE_CHECKING:
    from apps.parties.models import Mandate

APPLICANT, CO_OWNER, AGENT = "applicant", "co_owner", "agent"


def parties_of(person: Person) -> Q:
    """Parties of cases that are the person, or a legal person in whose name they act today."""
    return Q(person=person) | Q(organisation__in=bound_by(person))


def own_side(person: Person) -> dict[str, Q]:
    """The reasons for which cases are the person's own, with the condition of each on a case."""
    from apps.cases.models import CaseParty

    party = CaseParty.objects.filter(parties_of(person), case=OuterRef("pk"), removed_at__isnull=True)
    held = _for_applicant(mandates.held_by(person))
    on_land = held.filter(land_code=OuterRef("land_code")).exclude(land_code="")
    on_case = held.filter(case_tracking=OuterRef("tracking"))
    return {
        APPLICANT: Q(applicant_id=person.pk),
        CO_OWNER: Q(Exists(party)),
        AGENT: Q(Exists(on_land)) | Q(Exists(on_case)),
    }


def in_the_name_of(held: "models.QuerySet[Mandate]", field: str) -> Q:
    """Cases of principals of these mandates, on the land or of the tracking number they name."""
    named = {"land_code": "land_code", "tracking": "case_tracking"}[field]
    rows = _for_applicant(held)
    subjects = held.exclude(**{named: ""}).values(named)
    return Q(**{f"{field}__in": subjects}) & Q(Exists(rows.filter(**{named: OuterRef(field)})))


def _for_applicant(held: "models.QuerySet[Mandate]") -> "models.QuerySet[Mandate]":
    """Those by which a case's applicant is represented: their own, or of a company among the owners."""
    from apps.cases.models import CaseParty

    owning = CaseParty.objects.filter(case=OuterRef(OuterRef("pk")), removed_at__isnull=True).order_by()
    own = mandates.in_name_of(owning.filter(organisation__isnull=False).values("organisation"))
    return held.filter(own, principal=OuterRef("applicant"), scopes__contains=[Scope.VIEW])
