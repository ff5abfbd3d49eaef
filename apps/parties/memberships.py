"""Who belongs to which organisation, on a day. Nobody who is switched off, nothing of an organisation not open."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from apps.common import clock
from apps.parties.models import MemberRole, Membership, OrganisationStatus, Person

if TYPE_CHECKING:
    from apps.parties.models import Organisation

BINDING = frozenset({MemberRole.MANAGER, MemberRole.SIGNATORY})  # they act in the organisation's name


def standing_memberships(on: date | None = None) -> QuerySet[Membership]:
    """Memberships that hold on a day (today), of people who are not switched off, in open organisations."""
    day = on or clock.today()
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    return Membership.objects.filter(held, person__is_active=True, organisation__status=OrganisationStatus.OPEN)


def memberships_of(person: "Person | AnonymousUser", on: date | None = None) -> QuerySet[Membership]:
    """The person's own, with their organisations; none for a stranger."""
    if not isinstance(person, Person) or not person.is_active:
        return Membership.objects.none()
    return standing_memberships(on).filter(person=person).select_related("organisation")


def bound_by(person: "Person | AnonymousUser") -> QuerySet[Membership, int]:
    """Keys of the organisations in whose name the person acts today: to count, to list, or as a subquery."""
    return memberships_of(person).filter(role__in=sorted(BINDING)).values_list("organisation_id", flat=True)


def binding_people(organisations: Collection[int]) -> list[Person]:
    """Who acts today in the name of any of these organisations, each once."""
    binding = standing_memberships().filter(organisation__in=organisations, role__in=sorted(BINDING))
    return list(Person.objects.filter(pk__in=binding.values("person")).order_by("pk"))


def is_member(
    person: "Person | AnonymousUser", organisation: "Organisation", *, roles: Collection[MemberRole] = tuple(MemberRole)
) -> bool:
    """Whether the person belongs to the organisation today, in one of these roles."""
    return memberships_of(person).filter(organisation=organisation, role__in=list(roles)).exists()
