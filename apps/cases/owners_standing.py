"""Who stands for a co-owner: themselves, managers of a legal person, agents; and whom a case that named them finds."""

from django.db.models import Q

from apps.cases.models import Case, CaseParty
from apps.common.events import Event
from apps.parties import mandates
from apps.parties.events import MobileConfirmed, OrganisationRegistered
from apps.parties.memberships import binding_people, bound_by
from apps.parties.models import Organisation, Person, Scope


def stands_for(person: Person, party: CaseParty) -> bool:
    """Whether the person is this owner, or acts today in the name of this legal person."""
    if party.organisation_id is not None:
        return party.organisation_id in bound_by(person)
    return party.person_id == person.pk


def standing_for(party: CaseParty) -> list[Person]:
    """The people of whom `stands_for` is true."""
    if party.organisation_id is not None:
        return binding_people([party.organisation_id])
    return [] if party.person is None else [party.person]


def acts_for(person: Person, party: CaseParty, case: Case) -> bool:
    """By a mandate of the owner's to act on this land or case: a company's is one that was given in its name.

    The mandate is held until the end of the caller's transaction: a revocation comes before or after the deed.
    """
    about = mandates.about(land_code=case.land_code, tracking=case.tracking)
    held = mandates.held_by(person).filter(about, scopes__contains=[Scope.ACT]).select_for_update(of=("self",))
    if party.organisation_id is not None:
        return bool(held.filter(principal_organisation=party.organisation_id))
    own = held.filter(principal_organisation__isnull=True)
    return party.person_id is not None and bool(own.filter(principal=party.person_id))


def on_confirmed(event: Event) -> None:
    """Somebody proved to hold their number: they find the cases that named it."""
    if isinstance(event, MobileConfirmed):
        bind_to(Person.objects.get(pk=event.person_id))


def bind_to(person: Person) -> int:
    """The cases that named this person's confirmed number before they had an account become theirs to see."""
    if not person.mobile_verified:
        return 0
    waiting = CaseParty.objects.filter(_nobody_yet(), mobile=person.mobile)
    return waiting.exclude(case__parties__person=person).update(person=person)


def on_registered(event: Event) -> None:
    """An organisation became known here: the cases that named its identifier are its members' to see."""
    if isinstance(event, OrganisationRegistered):
        found = Organisation.objects.get(pk=event.organisation_id)
        waiting = CaseParty.objects.filter(_nobody_yet(), national_id=found.national_id, mobile="")
        waiting.exclude(national_id="").update(organisation=found)


def _nobody_yet() -> Q:
    return Q(person__isnull=True, organisation__isnull=True, removed_at__isnull=True)
