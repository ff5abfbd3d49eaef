"""As what a person stands before a case: owner's side or office, never both."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from apps.cases.models import Case, CaseParty
from apps.cases.querysets_own import parties_of
from apps.cases.workflow import APPLICANT, OWNER
from apps.parties import mandates
from apps.parties.memberships import binding_people
from apps.parties.models import Person, Scope
from apps.parties.reaching import roles_reaching
from apps.parties.roles import same_natural_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

CO_OWNER, AGENT, VIEWER = "co_owner", "agent", "viewer"
OWNER_SIDE = frozenset({OWNER, APPLICANT, CO_OWNER, AGENT, VIEWER})


def capacities(case: Case, person: "Person | AnonymousUser") -> frozenset[str]:
    """Every capacity: applicant, owner (may act for the owner's side), co_owner, agent, viewer, codes of roles.

    Nobody is an officer of a case in which they, or another account of the same human being, are an owner.
    """
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    own = _own_side(case, person)
    return own or frozenset(_office(case, person))


def hold_mandate(case: Case, person: Person, held: frozenset[str]) -> None:
    """An agent's deed and the revocation of their mandate come one after the other. Inside a transaction.

    Raises ForbiddenError when the mandate ended meanwhile.
    """
    if AGENT in held:
        mandates.used_for(
            person,
            Scope.ACT,
            principal_id=case.applicant_id,
            land_code=case.land_code,
            tracking=case.tracking,
            bodies=_bodies(case),
        )


def side_of(held: frozenset[str]) -> str:
    """ "owner" or "office"; "" for whoever has no capacity."""
    if held & OWNER_SIDE:
        return "owner"
    return "office" if held else ""


def acting_as(held: frozenset[str]) -> str:
    """The one capacity that is written down for a deed: the strongest on the owner's side, else the role."""
    for one in (APPLICANT, AGENT, CO_OWNER, VIEWER):
        if one in held:
            return one
    return min(held, default="")


def in_name_of(case: Case, held: frozenset[str]) -> dict[str, int]:
    """For history: whose deed it is when an agent does it. {} when a person acts for themselves or for an office."""
    return {"for": case.applicant_id} if AGENT in held else {}


def owners_of(case: Case) -> list[Person]:
    """The applicant, the parties with an account and who acts for those that are legal persons, each once."""
    parties = list(CaseParty.objects.filter(case=case, removed_at__isnull=True).select_related("person"))
    found = {case.applicant_id: case.applicant}
    found.update({p.person.pk: p.person for p in parties if p.person is not None})
    legal = [p.organisation_id for p in parties if p.organisation_id is not None]
    found.update({person.pk: person for person in (binding_people(legal) if legal else ())})
    return list(found.values())


def told_of(case: Case) -> list[Person]:
    """Who is told what the owner's side is told: its owners, and agents with a standing mandate to receive messages."""
    owners = owners_of(case)
    agents = mandates.agents_of(
        principal_id=case.applicant_id,
        land_code=case.land_code,
        tracking=case.tracking,
        bodies=_bodies(case),
        scopes=[Scope.RECEIVE],
    )
    new = agents - {owner.pk for owner in owners}
    return [*owners, *(Person.objects.filter(pk__in=new, is_active=True).order_by("pk") if new else ())]


def without_a_stake(case: Case, people: list[Person]) -> list[Person]:
    """Those of `people` who stand on no owner's side here, in as many queries for a hundred as for one.

    To offer names; what somebody may do is asked of `capacities`.
    """
    owners = owners_of(case)
    stakes = {owner.pk for owner in owners} | mandates.agents_of(
        principal_id=case.applicant_id, land_code=case.land_code, tracking=case.tracking, bodies=_bodies(case)
    )
    declared = case.parties.filter(removed_at__isnull=True).exclude(national_id="")
    known = {owner.national_id for owner in owners} | set(declared.values_list("national_id", flat=True))
    return [one for one in people if one.pk not in stakes and not (one.national_id and one.national_id in known)]


def _own_side(case: Case, person: Person) -> frozenset[str]:
    if case.applicant_id == person.pk:
        return frozenset({APPLICANT, OWNER})
    found = set()
    if CaseParty.objects.filter(parties_of(person), case=case, removed_at__isnull=True).exists():
        found.add(CO_OWNER)
    scopes = mandates.scopes(
        person,
        principal_id=case.applicant_id,
        land_code=case.land_code,
        tracking=case.tracking,
        bodies=_bodies(case),
    )
    if Scope.VIEW in scopes:
        found.add(VIEWER)
    if Scope.ACT in scopes:
        found |= {AGENT, OWNER}
    return frozenset(found)


def _bodies(case: Case) -> "QuerySet[CaseParty, int | None]":
    """Legal persons among the owners: a mandate given in the name of one of them is about this case."""
    owning = CaseParty.objects.filter(case=case, organisation__isnull=False, removed_at__isnull=True)
    return owning.order_by().values_list("organisation_id", flat=True)


def _declared(case: Case, person: Person) -> bool:
    """Whether a co-owner was declared with the person's national ID, under a number that may be of no account."""
    known = person.national_id
    return bool(known) and CaseParty.objects.filter(case=case, national_id=known, removed_at__isnull=True).exists()


def _office(case: Case, person: Person) -> "Iterable[str]":
    if any(same_natural_person(person, owner) for owner in owners_of(case)) or _declared(case, person):
        return ()
    return roles_reaching(person, district=case.district)
