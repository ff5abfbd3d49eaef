"""The visit of a request: what must be there, times that are free, book, move, cancel. Session and CSRF."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from apps.api.inspection_schemas import InspectionOut, SlotIn
from apps.api.requests import REFUSALS
from apps.api.signed_in import SignedIn, seen
from apps.cases.capacities import capacities
from apps.cases.models import Case
from apps.cases.workflow import OWNER
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits import inspection
from apps.permits.inspection_calendar import changes_left, free_slots, last_visit
from apps.permits.inspection_document import OUTCOMES, Outcome
from apps.permits.inspection_plan import city_plan
from apps.permits.inspection_reports import latest_report
from apps.permits.inspection_slots import read_slot
from apps.permits.selectors import visible_request
from apps.permits.services import sign_in_required
from apps.permits.states import INSPECTION

PER_PERSON = Limit("inspection-forms", 60, 600)
router = Router(tags=["requests"], auth=SignedIn())


@router.get("/{tracking}/inspection", response={200: InspectionOut, **REFUSALS}, summary="The visit of a request")
def read(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """What must be there, the visit that stands or the last one, and the times that are free now."""
    person = _person(request)
    seen(request, visible_request(tracking=tracking, person=person).case)
    return _out(person, tracking)


@router.post("/{tracking}/inspection", response={200: InspectionOut, **REFUSALS}, summary="Book a visit")
def book(request: HttpRequest, tracking: str, body: SlotIn) -> dict[str, Any]:
    """The same call twice books once. 409 when the time was taken just now, or the case is at another stage."""
    person = _spent(request, tracking)
    day, starts = read_slot(body.slot)
    inspection.book(person=person, tracking=tracking, day=day, starts=starts)
    return _out(person, tracking)


@router.put("/{tracking}/inspection", response={200: InspectionOut, **REFUSALS}, summary="Move the visit")
def move(request: HttpRequest, tracking: str, body: SlotIn) -> dict[str, Any]:
    """Another time, up to the day before the visit; 409 when no change is left."""
    person = _spent(request, tracking)
    day, starts = read_slot(body.slot)
    inspection.move(person=person, tracking=tracking, day=day, starts=starts)
    return _out(person, tracking)


@router.delete("/{tracking}/inspection", response={200: InspectionOut, **REFUSALS}, summary="Cancel the visit")
def cancel(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """Up to the day before the visit."""
    person = _spent(request, tracking)
    inspection.cancel(person=person, tracking=tracking)
    return _out(person, tracking)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise sign_in_required()
    return request.user


def _spent(request: HttpRequest, tracking: str) -> Person:
    person = _person(request)
    visible_request(tracking=tracking, person=person)  # a stranger learns nothing, not even about the body
    spend(request, limit=PER_PERSON, key=str(person.pk))
    return person


def _out(person: Person, tracking: str) -> dict[str, Any]:
    case = visible_request(tracking=tracking, person=person).case
    plan = city_plan()
    bookable = case.status == INSPECTION and bool(capacities(case, person) & {OWNER, inspection.INSPECTOR})
    return {
        "tracking": case.tracking,
        "prerequisites": [need.as_dict() for need in plan.prerequisites],
        "sample": plan.sample,
        "bookable": bookable,
        "changes_left": max(changes_left(case), 0),
        "visit": _visit(case),
        "free": [
            {"slot": free.slot.code, "minutes": free.slot.minutes, "seats": free.seats}
            for free in (free_slots(case) if bookable else ())
        ],
        "report": _report(case),
    }


def _visit(case: Case) -> dict[str, Any] | None:
    visit = last_visit(case)
    if visit is None:
        return None
    return {"day": visit.day, "starts": f"{visit.starts:%H:%M}", "minutes": visit.minutes, "state": visit.state}


def _report(case: Case) -> dict[str, Any] | None:
    made = latest_report(case)
    if made is None:
        return None
    return {
        "outcome": made.outcome,
        "name": OUTCOMES[Outcome(made.outcome)].as_dict(),
        "area_m2": None if made.measured_area_dm2 is None else made.measured_area_dm2 / 100,
        "version": made.version,
        "received_at": made.received_at,
        "digest": made.digest,
    }
