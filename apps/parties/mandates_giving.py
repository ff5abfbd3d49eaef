"""Giving a mandate: by the principal, to somebody who is here, never to oneself. An agent cannot hand one on."""

from dataclasses import dataclass

from django.db import transaction

from apps.common import clock
from apps.common.errors import BadInputError, ForbiddenError, NotFoundError
from apps.common.events import publish
from apps.common.limits import Limit
from apps.parties.events import MandateGiven
from apps.parties.mandate_rules import Offer, fits
from apps.parties.mandates import standing
from apps.parties.memberships import BINDING, is_member
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.models import Mandate, Organisation, OrganisationKind, Person
from apps.parties.organisations import organisation_by_national_id
from apps.parties.roles import same_natural_person

# Each try tells whether somebody has signed in with a number, so a person has few of them.
PER_GIVER = Limit("mandate-give", 30, 3600)


@dataclass(frozen=True, slots=True)
class Agent:
    """Who is to act: a person, or an organisation through those who belong to it."""

    person: Person | None = None
    organisation: Organisation | None = None


def agent_of(*, mobile: str = "", national_id: str = "") -> Agent:
    """The agent by mobile or by the organisation's identifier, in any spelling. Raises BadInputError, NotFoundError."""
    if bool(mobile.strip()) == bool(national_id.strip()):
        raise BadInputError(
            fa="یا شمارهٔ همراه نماینده را بنویسید یا شناسهٔ ملی دفتر او را.",
            en="Write either the agent's mobile number or the identifier of the agent's office.",
            field="agent",
        )
    if national_id.strip():
        return Agent(organisation=organisation_by_national_id(national_id))
    return Agent(person=person_here(mobile))


def person_here(mobile: str) -> Person:
    """Who has signed in with this number. Raises BadInputError, NotFoundError (also for who is switched off)."""
    number = canonical_mobile(mobile, plan=city_plan())
    found = Person.objects.filter(mobile=number, is_active=True, mobile_verified=True).first()
    if found is None:
        raise NotFoundError(
            fa="کسی با این شماره در سامانه نیست. از او بخواهید یک بار با همین شماره وارد شود و سپس دوباره تلاش کنید.",
            en="Nobody here has this number. Ask them to sign in with it once, then try again.",
        )
    return found


@transaction.atomic
def give_mandate(*, principal: Person, agent: Agent, offer: Offer, in_name_of: Organisation | None = None) -> Mandate:
    """The principal's mandate, from now on. The same one given twice is one.

    Raises BadInputError (to oneself, or an agent that does not fit), ForbiddenError (switched off, or one who may not
    bind `in_name_of`).
    """
    require_fitting(principal=principal, agent=agent, offer=offer)
    _require_principal(principal, in_name_of)
    twin = _standing_twin(principal, agent, offer, in_name_of)
    return twin or _write(principal=principal, agent=agent, offer=offer, in_name_of=in_name_of)


def require_fitting(*, principal: Person, agent: Agent, offer: Offer) -> None:
    """Raises BadInputError when the agent is the principal, or is nothing that this kind may be given to."""
    if agent.person is not None and same_natural_person(principal, agent.person):
        raise BadInputError(
            fa="نمی‌توانید به خودتان نمایندگی بدهید. شمارهٔ کس دیگری را بنویسید.",
            en="You cannot give a mandate to yourself. Write somebody else's number.",
            field="agent",
        )
    kind = OrganisationKind(agent.organisation.kind) if agent.organisation else None
    if not fits(offer.kind, kind):
        raise BadInputError(
            fa="این نوع نمایندگی با این نماینده جور نیست: دفتر پیشخوان شناسهٔ یک دفتر پیشخوان می‌خواهد، نمایندهٔ فنی یک "
            "شخص یا دفتر مهندسی، و وکیل و هم‌مالک یک شخص یا شرکت.",
            en="This kind does not fit this agent: a counter office needs the identifier of one, a technical agent "
            "is a person or an engineering office, an attorney or co-owner a person or a company.",
            field="kind",
        )


def _require_principal(principal: Person, in_name_of: Organisation | None) -> None:
    """Taken under lock, so that two equal presses follow each other and a switched-off person gives nothing."""
    there = Person.objects.select_for_update(no_key=True).get(pk=principal.pk)
    if not there.is_active or (in_name_of and not is_member(there, in_name_of, roles=BINDING)):
        raise ForbiddenError(
            fa="شما نمی‌توانید از این سوی نمایندگی بدهید. تنها مالک، یا صاحب امضای سازمان، می‌دهد.",
            en="You cannot give a mandate from this side. Only the owner, or who signs for the organisation, can.",
        )


def _standing_twin(
    principal: Person, agent: Agent, offer: Offer, in_name_of: Organisation | None
) -> Mandate | None:  # fmt: skip
    return standing().filter(**_terms(principal, agent, offer, in_name_of)).first()


def _write(*, principal: Person, agent: Agent, offer: Offer, in_name_of: Organisation | None) -> Mandate:
    now = clock.now()
    made = Mandate.objects.create(**_terms(principal, agent, offer, in_name_of), since=now, given_at=now)
    publish(
        MandateGiven(
            mandate_id=made.pk, principal_id=principal.pk, land_code=made.land_code, case_tracking=made.case_tracking
        )
    )
    return made


def _terms(principal: Person, agent: Agent, offer: Offer, in_name_of: Organisation | None) -> dict[str, object]:
    return {
        "principal": principal,
        "principal_organisation": in_name_of,
        "agent": agent.person,
        "agent_organisation": agent.organisation,
        "kind": offer.kind,
        "scopes": offer.stored_scopes,
        "land_code": offer.land_code,
        "case_tracking": offer.tracking,
        "until": offer.until,
        "basis": offer.basis,
    }
