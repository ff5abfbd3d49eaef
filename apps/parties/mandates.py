"""Who acts for whom, asked. Whether a mandate stands is computed at each question: no job ends one.

A mandate stands at an instant when it was given by then, `since` <= instant < `until`, it has not been ended by then,
and both sides are there: nobody switched off, no organisation suspended or closed. A mandate gives its agent no way
to give mandates, so nothing here follows a chain.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.common import clock
from apps.common.errors import ForbiddenError
from apps.parties.mandate_words import SCOPE_NAMES
from apps.parties.memberships import bound_by, standing_memberships
from apps.parties.models import Mandate, OrganisationStatus, Person, Scope

if TYPE_CHECKING:
    Asker = Person | AnonymousUser
    Bodies = Iterable[int] | QuerySet[Any, Any]

_THERE = (
    Q(principal__is_active=True)
    & (Q(principal_organisation__isnull=True) | Q(principal_organisation__status=OrganisationStatus.OPEN))
    & (Q(agent__is_active=True) | Q(agent_organisation__status=OrganisationStatus.OPEN))
)


def standing(at: datetime | None = None) -> QuerySet[Mandate]:
    """Mandates that stand at an instant (now). Who is switched off now has none, whatever the instant."""
    instant = at or clock.now()
    # Now: what was ended is over, even when the clock of the machine that ended it runs a moment ahead of ours.
    not_ended = Q(ended_at__isnull=True) if at is None else Q(ended_at__isnull=True) | Q(ended_at__gt=instant)
    return Mandate.objects.filter(_THERE, not_ended, given_at__lte=instant, since__lte=instant, until__gt=instant)


def held_by(person: "Asker", at: datetime | None = None) -> QuerySet[Mandate]:
    """Standing mandates by which the person acts: their own, or of an organisation they belong to on that day."""
    if not isinstance(person, Person) or not person.is_active:
        return Mandate.objects.none()
    day = timezone.localdate(at) if at else clock.today()
    offices = standing_memberships(day).filter(person=person).values("organisation")
    # Nobody acts for themselves by way of an office they work in.
    return standing(at).filter(Q(agent=person) | Q(agent_organisation__in=offices)).exclude(principal=person)


def about(*, land_code: str = "", tracking: str = "") -> Q:
    """Mandates on this land or on this case; what is not named matches nothing."""
    on_land = Q(land_code=land_code) if land_code else Q(pk__in=())
    return on_land | (Q(case_tracking=tracking) if tracking else Q(pk__in=()))


def in_name_of(bodies: "Bodies" = ()) -> Q:
    """Mandates given by people for themselves, and those given in the name of these organisations, no others."""
    return Q(principal_organisation__isnull=True) | Q(principal_organisation__in=bodies)


def scopes(
    person: "Asker",
    *,
    principal_id: int,
    land_code: str = "",
    tracking: str = "",
    at: datetime | None = None,
    bodies: "Bodies" = (),
) -> frozenset[Scope]:
    """What the person may do in the principal's name on this land or case; empty = nothing.

    `bodies`: organisations whose affair it is. What a manager gave in a company's name opens nothing of their own.
    """
    rows = held_by(person, at).filter(about(land_code=land_code, tracking=tracking), in_name_of(bodies))
    rows = rows.filter(principal_id=principal_id)
    return together(rows.values_list("scopes", flat=True))


def agents_of(
    *,
    principal_id: int,
    land_code: str = "",
    tracking: str = "",
    bodies: "Bodies" = (),
    scopes: Iterable[Scope] = (Scope.VIEW, Scope.ACT),
) -> frozenset[int]:
    """Keys of everybody with one of these scopes in the principal's name on this land or case, members of offices too.

    Unless others are named: who may look or act.
    """
    on_it = about(land_code=land_code, tracking=tracking)
    seeing = standing().filter(on_it, in_name_of(bodies), principal_id=principal_id)
    rows = list(seeing.filter(scopes__overlap=list(scopes)).values_list("agent_id", "agent_organisation_id"))
    offices = [office for _, office in rows if office is not None]
    members = standing_memberships().filter(organisation__in=offices).values_list("person_id", flat=True)
    return frozenset(agent for agent, _ in rows if agent is not None) | (frozenset(members) if offices else frozenset())


def together(rows: Iterable[list[str]]) -> frozenset[Scope]:
    """All that several mandates allow."""
    return frozenset(Scope(scope) for row in rows for scope in row)


def used_for(
    person: "Asker",
    scope: Scope,
    *,
    principal_id: int,
    land_code: str = "",
    tracking: str = "",
    bodies: "Bodies" = (),
) -> Mandate:
    """The mandate that allows this, locked until the end of the caller's transaction, so that the step and a revocation
    come one after the other. Raises ForbiddenError when none stands. Call inside `transaction.atomic()`.
    """
    on_it = about(land_code=land_code, tracking=tracking)
    rows = held_by(person).filter(on_it, in_name_of(bodies), principal_id=principal_id)
    found = rows.filter(scopes__contains=[scope.value]).select_for_update(of=("self",)).order_by("pk").first()
    if found is None:
        raise not_allowed(scope)
    return found


def not_allowed(scope: Scope) -> ForbiddenError:
    """Nobody gave the person this scope here."""
    name = SCOPE_NAMES[scope]
    return ForbiddenError(
        fa=f"برای این کار وکالت با اجازهٔ «{name.fa}» می‌خواهید و اکنون ندارید. از مالک بخواهید آن را به شما بدهد.",
        en=f"This needs a mandate with “{name.en}”, and you hold none now. Ask the owner to give it to you.",
        scope=scope.value,
    )


def given_by(person: "Asker") -> QuerySet[Mandate]:
    """All that the person gave, and what was given in the name of organisations they bind; ended ones too."""
    if not isinstance(person, Person) or not person.is_active:
        return Mandate.objects.none()
    return Mandate.objects.filter(Q(principal=person) | Q(principal_organisation__in=bound_by(person)))


def of_agent(person: "Asker") -> QuerySet[Mandate]:
    """All that the person, or an organisation they belong to today, was given; ended ones too."""
    if not isinstance(person, Person) or not person.is_active:
        return Mandate.objects.none()
    offices = standing_memberships().filter(person=person).values("organisation")
    return Mandate.objects.filter(Q(agent=person) | Q(agent_organisation__in=offices))
