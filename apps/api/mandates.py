"""Mandates of the signed-in person: give, take back, step back, ask, confirm. Session and CSRF, as on the pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from apps.api.mandate_schemas import AskIn, AskOut, CodeIn, GiveIn, MandateOut, MandatesOut, SubjectIn
from apps.api.mandate_shapes import ask_out, found_out, mandate_out, offer_in, office_in
from apps.api.schemas import ErrorBody
from apps.api.signed_in import SignedIn
from apps.common.limits import spend
from apps.parties import mandate_asks, mandates_asking, mandates_ending
from apps.parties.mandate_facts import given_facts, held_facts
from apps.parties.mandates_giving import PER_GIVER, agent_of, give_mandate, person_here
from apps.parties.models import Person
from apps.permits.services import sign_in_required

REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 429, 503), ErrorBody)

router = Router(tags=["mandates"], auth=SignedIn())


@router.get("", response={200: MandatesOut, **REFUSALS}, summary="My mandates")
def mine(request: HttpRequest) -> dict[str, Any]:
    """What I gave and what I hold, ended ones too, and the asks that wait for an answer."""
    person = _person(request)
    asks = [*mandate_asks.asked_of(person), *mandate_asks.asked_by(person)]
    return {
        "given": [mandate_out(facts) for facts in given_facts(person)],
        "held": [mandate_out(facts) for facts in held_facts(person)],
        "asks": [ask_out(ask, person) for ask in asks],
    }


@router.post("", response={201: MandateOut, **REFUSALS}, summary="Give a mandate")
def give(request: HttpRequest, body: GiveIn) -> Status[dict[str, Any]]:
    """It stands from now on. The same call twice gives one. 404: nobody here has this number or identifier."""
    person = _person(request)
    spend(request, limit=PER_GIVER, key=str(person.pk))
    agent = agent_of(mobile=body.mobile, national_id=body.organisation)
    made = give_mandate(principal=person, agent=agent, offer=offer_in(person, body))
    return Status(201, found_out(given_facts(person), made.pk))


@router.post("/reclaim", response={200: MandatesOut, **REFUSALS}, summary="Take a land or case back")
def reclaim(request: HttpRequest, body: SubjectIn) -> dict[str, Any]:
    """Every standing mandate on it that I gave ends at once."""
    mandates_ending.reclaim(person=_person(request), land_code=body.land_code, tracking=body.tracking)
    return mine(request)


@router.post("/{int:pk}/revoke", response={200: MandateOut, **REFUSALS}, summary="Take a mandate back")
def revoke(request: HttpRequest, pk: int) -> dict[str, Any]:
    """At once; again, nothing happens. 404 for what I did not give."""
    person = _person(request)
    mandates_ending.revoke(person=person, mandate=pk)
    return found_out(given_facts(person), pk)


@router.post("/{int:pk}/renounce", response={200: MandateOut, **REFUSALS}, summary="Step back from a mandate")
def renounce(request: HttpRequest, pk: int) -> dict[str, Any]:
    """By the agent; of an organisation, by who binds it (403 for others). 404 for what I do not hold."""
    person = _person(request)
    mandates_ending.renounce(person=person, mandate=pk)
    return found_out(held_facts(person), pk)


@router.post("/asks", response={201: AskOut, **REFUSALS}, summary="Ask to act for somebody")
def ask(request: HttpRequest, body: AskIn) -> Status[dict[str, Any]]:
    """Allows nothing yet: the owner confirms with a code sent to their own phone."""
    person = _person(request)
    spend(request, limit=mandates_asking.PER_ASKER, key=str(person.pk))
    principal = person_here(body.owner_mobile)
    office = office_in(person, body.organisation)
    made = mandates_asking.ask_for_mandate(
        by=person, principal=principal, offer=offer_in(principal, body), office=office
    )
    return Status(201, ask_out(mandate_asks.open_ask(person=person, ask=made.pk), person))


@router.post("/asks/{int:pk}/code", response={200: AskOut, **REFUSALS}, summary="Send the owner the code")
def send_code(request: HttpRequest, pk: int) -> dict[str, Any]:
    """To the owner's own phone, with all that it allows. By the owner or by who asked."""
    person = _person(request)
    mandates_asking.send_code(request, person=person, ask=pk)
    return ask_out(mandate_asks.open_ask(person=person, ask=pk), person)


@router.post("/asks/{int:pk}/accept", response={200: MandatesOut, **REFUSALS}, summary="Confirm with the code")
def accept(request: HttpRequest, pk: int, body: CodeIn) -> dict[str, Any]:
    """The code makes the ask a mandate. 409 when no code works for it, 400 when the code is wrong."""
    mandates_asking.accept(request, person=_person(request), ask=pk, code=body.code)
    return mine(request)


@router.post("/asks/{int:pk}/refuse", response={200: MandatesOut, **REFUSALS}, summary="Refuse or withdraw an ask")
def refuse(request: HttpRequest, pk: int) -> dict[str, Any]:
    """By the owner: refused. By who asked: withdrawn. Again, nothing happens."""
    mandates_asking.refuse(person=_person(request), ask=pk)
    return mine(request)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise sign_in_required()
    return request.user
