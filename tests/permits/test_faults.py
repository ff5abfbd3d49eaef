"""What must not happen whoever tries: forged steps in every state, two presses at once, clocks over free days."""

import threading
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import close_old_connections

from apps.cases.models import Case, CaseEvent, Deadline, KartablItem
from apps.common.errors import ParvanehError
from apps.permits import services
from apps.permits.states import STATES
from apps.permits.workflow import TABLE
from tests.permits.conftest import Street
from tests.permits.filling import fill
from tests.permits.walking import ORDER, office, step

VERBS = sorted({edge.verb for edge in TABLE})
CITY = ZoneInfo("Asia/Tehran")
STATUSES = [
    pytest.param(code, marks=() if code == "submitted" else pytest.mark.no_cover)  # all are refused by the same lines
    for code in sorted(state.code for state in STATES)
]


@pytest.mark.django_db
@pytest.mark.parametrize("status", STATUSES)
def test_forged_steps(street: Street, other_person: Any, status: str) -> None:
    """Every verb that the table does not give this person in this state, asked for all the same."""
    made = street.request("A")
    Case.objects.filter(pk=made.case_id).update(status=status)
    for role in ("inspector", "zoning_officer", "drawing_officer"):
        KartablItem.objects.create(case=made.case, kind="other", state=status, side="office", role=role, district=3,
                                   opened_at=made.case.opened_at, closed_at=made.case.opened_at)  # fmt: skip
    before = CaseEvent.objects.count()
    people = {"owner": street.owner, "": other_person}
    people |= {role: office(role) for role in ("case_officer", "inspector", "zoning_officer", "drawing_officer")}
    for role, person in people.items():
        for verb in VERBS:
            if any(e.verb == verb and status in e.sources and role in e.actors for e in TABLE):
                continue
            with pytest.raises(ParvanehError):
                step(made, verb, person, said="جعلی است", article="۱", data=ORDER)
    assert Case.objects.get(pk=made.case_id).status == status
    assert CaseEvent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_in_once() -> None:
    street = Street()
    made = street.request("A")
    together, outcome = threading.Barrier(2), []

    def press() -> None:
        try:
            together.wait(timeout=20)
            services.submit(person=street.owner, tracking=made.case.tracking, expected="draft")
            outcome.append("sent")
        except ParvanehError as error:
            outcome.append(error.code)
        finally:
            close_old_connections()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcome) == ["conflict", "sent"]
    assert made.case.events.filter(kind="submit").count() == made.case.events.filter(kind="frozen").count() == 1
    assert KartablItem.objects.filter(case=made.case, kind="turn", closed_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_the_office_has_working_days_and_the_owner_a_clock_that_stands_still(street: Street) -> None:
    """Sent in a minute before midnight; the two working days pass by the weekend, and by twenty days of waiting."""
    before_midnight = datetime(2027, 3, 3, 23, 59, tzinfo=CITY)
    with time_machine.travel(before_midnight):
        made = street.request("A", sent=True)
        first = Deadline.objects.get(case=made.case, met_at__isnull=True)
        assert first.due_at is not None
        due = first.due_at.astimezone(CITY).date()
        assert due >= date(2027, 3, 7), "Thursday and Friday are no working days"
        assert due.weekday() not in (3, 4)
    with time_machine.travel(before_midnight + timedelta(minutes=2)):
        step(made, "send_back", street.officer, said="شناسنامه نیست")
    with time_machine.travel(before_midnight + timedelta(days=20)):
        fill(street.owner, made.case.tracking)
        step(made, "return", street.owner)
        again = Deadline.objects.get(case=made.case, met_at__isnull=True)
        assert again.pk == first.pk
        assert again.due_at is not None
        assert again.due_at > first.due_at + timedelta(days=19)
