"""Requests of the signed-in person: start, see, list, send in, choose, cancel. Session and CSRF, as on the pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from apps.api.request_schemas import (
    ChoiceIn,
    KindsNeedOut,
    RequestDetailOut,
    RequestIn,
    RequestsOut,
    StartedOut,
    StepIn,
    SubmitIn,
)
from apps.api.request_steps import kinds_out, steps_out
from apps.api.schemas import ErrorBody
from apps.api.signed_in import SignedIn, seen
from apps.cases.hold_facts import HoldFacts
from apps.cases.selectors import visible_case
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits import services
from apps.permits.choosing import choose as choose_about
from apps.permits.held import held_facts
from apps.permits.selectors import RequestFacts, my_requests, request_facts, visible_request
from apps.permits.stepping import take

PER_PERSON = Limit("start-person", 20, 600)
REFUSALS = {
    400: ErrorBody,
    401: ErrorBody,
    403: ErrorBody,
    404: ErrorBody,
    409: ErrorBody,
    429: ErrorBody,
    503: ErrorBody,
}


router = Router(tags=["requests"], auth=SignedIn())


@router.post("", response={201: StartedOut, **REFUSALS}, summary="Start a draft request")
def start(request: HttpRequest, body: RequestIn) -> Status[dict[str, str]]:
    """One open request per land; the same call twice gives the same draft. 409: `details.open` = own tracking."""
    person = _person(request)
    spend(request, limit=PER_PERSON, key=str(person.pk))
    made = services.start(
        person=person,
        parcel_code=body.parcel,
        kind=body.permit_kind,
        extract_digest=body.extract_digest,
        channel="api",
    )
    case = made.case
    return Status(201, {"tracking": case.tracking, "status": case.status, "url": _page(case.tracking)})


@router.get("", response={200: RequestsOut, **REFUSALS}, summary="My requests")
def mine(request: HttpRequest) -> dict[str, Any]:
    """What this person may see, newest first."""
    return {"requests": [_out(facts) for facts in my_requests(_person(request))]}


@router.get("/kinds", response={200: KindsNeedOut, **REFUSALS}, summary="Kinds of permits and what each asks for")
def kinds(request: HttpRequest) -> dict[str, Any]:
    """Form, documents, and whether proposal, inspection, consents, a former permit are needed. Sample where marked."""
    return {"kinds": kinds_out()}


@router.get("/{tracking}", response={200: RequestDetailOut, **REFUSALS}, summary="One request")
def one(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """For its own side and the offices that reach it; to everybody else it does not exist (404). The look is logged."""
    person = _person(request)
    detail = _detail(tracking, person)
    seen(request, visible_case(tracking=tracking, person=person))
    return detail


@router.post("/{tracking}/submit", response={200: RequestDetailOut, **REFUSALS}, summary="Send a draft in")
def submit(request: HttpRequest, tracking: str, body: SubmitIn) -> dict[str, Any]:
    """The answer of this instant is kept with the request. 409 with the reason: held, being examined, changed."""
    person = _person(request)
    services.submit(person=person, tracking=tracking, accepted=body.accepted)
    return _detail(tracking, person)


@router.post("/{tracking}/steps", response={200: RequestDetailOut, **REFUSALS}, summary="Take a step")
def step(request: HttpRequest, tracking: str, body: StepIn) -> dict[str, Any]:
    """One of `steps`, by whose turn it is. 409 with the reason; also when the case is not `expected` any more."""
    person = _person(request)
    take(
        person=person,
        tracking=tracking,
        verb=body.verb,
        said=body.said,
        article=body.article,
        expected=body.expected,
        data=body.data,
    )
    return _detail(tracking, person)


@router.post("/{tracking}/choice", response={200: RequestDetailOut, **REFUSALS}, summary="Choose about a held request")
def choose(request: HttpRequest, tracking: str, body: ChoiceIn) -> dict[str, Any]:
    """One of `choices`, by the applicant, once. 409 with the reason when another act came meanwhile."""
    person = _person(request)
    choose_about(person=person, tracking=tracking, choice=body.choice, seen=body.examined_version)
    return _detail(tracking, person)


@router.post("/{tracking}/cancel", response={200: RequestDetailOut, **REFUSALS}, summary="Give up a request")
def cancel(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """A draft is given up, a request that was sent in is withdrawn; the land is free again. 409 once it is closed."""
    person = _person(request)
    services.cancel(person=person, tracking=tracking)
    return _detail(tracking, person)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise services.sign_in_required()
    return request.user


def _page(tracking: str) -> str:
    return f"/requests/{tracking}/"


def _out(facts: RequestFacts) -> dict[str, Any]:
    return {
        "tracking": facts.tracking,
        "kind": {"code": facts.kind.code, "label": facts.kind.label.as_dict()},
        "status": facts.status,
        "parcel": facts.parcel_code,
        "opened_at": facts.opened_at,
        "extract_digest": facts.extract_digest,
        "seen_because": facts.seen_because,
        "history": [{"at": h.at, "kind": h.kind, "by_applicant": h.by_applicant} for h in facts.history],
        "url": _page(facts.tracking),
        "filed_on": facts.filed_on,
        "relied_digest": facts.relied_digest,
        "continues_by": facts.continues_by.as_dict() if facts.continues_by else None,
        "holds": [_hold(hold) for hold in facts.holds],
    }


def _detail(tracking: str, person: Person) -> dict[str, Any]:
    facts = request_facts(tracking=tracking, person=person)
    row = visible_request(tracking=tracking, person=person)
    held = held_facts(row)
    fresh = held.comparison.fresh
    return {
        **_out(facts),
        "examining": held.examining,
        "examined_version": held.version,
        "choices": [choice.value for choice in held.choices] if facts.own else [],
        "choose_to_continue_until": held.until,
        "differences": [
            {"what": d.what.value, "code": d.code, "label": d.label.as_dict(), "then": d.then, "now": d.now}
            for d in held.comparison.differences
        ],
        "today_digest": fresh.digest if fresh else None,
        "steps": steps_out(row.case, person),
    }


def _hold(hold: HoldFacts) -> dict[str, Any]:
    return {
        "level": hold.level.value,
        "authority": hold.authority.value,
        "rank": hold.rank.value,
        "number": hold.number,
        "dated": hold.dated,
        "body": hold.body.as_dict(),
        "reason": hold.reason.as_dict(),
        "act": hold.act_id,
        "works_on": hold.works_on,
        "placed_at": hold.placed_at,
        "released_at": hold.released_at,
        "released_by": hold.released_by,
    }
