"""Requests of the signed-in person: start, see, list, cancel. Session and CSRF, as on the pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.security import SessionAuth

from apps.api.schemas import ErrorBody, RequestIn, RequestOut, RequestsOut, StartedOut
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits import services
from apps.permits.selectors import RequestFacts, my_requests, request_facts

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


class SignedIn(SessionAuth):
    """The session of the pages. Who is not signed in learns that (401) before anything about forms (403)."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """The person. Raises SignInRequiredError."""
        if not request.user.is_authenticated:
            raise services.sign_in_required()
        return super().__call__(request)


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


@router.get("/{tracking}", response={200: RequestOut, **REFUSALS}, summary="One request")
def one(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """For its applicant only; to everybody else it does not exist (404)."""
    return _out(request_facts(tracking=tracking, person=_person(request)))


@router.post("/{tracking}/cancel", response={200: RequestOut, **REFUSALS}, summary="Give up a draft")
def cancel(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """The land is free again. 409 with the reason when the request has gone further."""
    person = _person(request)
    services.cancel(person=person, tracking=tracking)
    return _out(request_facts(tracking=tracking, person=person))


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
    }
