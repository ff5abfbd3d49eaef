"""A request at its inspection, a town's calendar of visits, and the inspector's word."""

import uuid
from datetime import date, time, timedelta
from typing import Any

import pytest

from apps.cases.models import Case
from apps.common import clock
from apps.common.work_calendar import city_calendar
from apps.parties.models import Person
from apps.permits import inspection, inspection_document, inspection_reports
from apps.permits.inspection_calendar import free_slots
from apps.permits.inspection_slots import Slot
from apps.permits.models import InspectionReport, InspectionVisit, PermitRequest
from tests.permits.conftest import Street
from tests.permits.walking import office, step

REPORT: dict[str, Any] = {"outcome": "as_described", "area": "400", "sides": "20 20 20 20", "storeys": "2"}


def at_inspection(street: Street, name: str = "A", owner: Person | None = None) -> PermitRequest:
    """A request that the case officer confirmed."""
    made = street.request(name, sent=True, owner=owner)
    step(made, "confirm", "case_officer")
    made.refresh_from_db()
    assert made.case.status == "inspection"
    office("inspector")
    return made


def first_slot(case: Case, number: int = 0) -> Slot:
    """One of those that may be booked now."""
    return free_slots(case)[number].slot


def book(request: PermitRequest, person: Person, number: int = 0) -> InspectionVisit:
    """The first free slot."""
    slot = first_slot(request.case, number)
    return inspection.book(person=person, tracking=request.case.tracking, day=slot.day, starts=slot.starts)


def today_visit(request: PermitRequest, person: Person) -> InspectionVisit:
    """A visit that was booked and whose day has come."""
    visit = book(request, person)
    former = InspectionVisit.objects.filter(day=clock.today()).count()
    InspectionVisit.objects.filter(pk=visit.pk).update(day=clock.today(), starts=time(8 + former))
    visit.refresh_from_db()
    return visit


def report(visit: InspectionVisit, key: uuid.UUID | None = None, **fields: Any) -> InspectionReport:
    """The inspector's report."""
    found = inspection_document.read({**REPORT, **fields})
    return inspection_reports.report(person=office("inspector"), visit=visit.pk, key=key or uuid.uuid4(), found=found)


def working(days: int) -> date:
    """So many working days from today on."""
    calendar = city_calendar()
    return calendar.step(calendar.arrival(clock.now()), days)


def freeze(monkeypatch: pytest.MonkeyPatch, to: date, at: time = time(6)) -> None:
    """The clock stands on that day, in the morning (UTC)."""
    from datetime import UTC, datetime

    monkeypatch.setattr(clock, "now", lambda: datetime.combine(to, at, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: to)


DAY = timedelta(days=1)
