"""Booking, moving, cancelling; the last seat for two; days that become days off; cases that go on."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction  # noqa: TID251 - each thread closes its own connection

from apps.cases.models import CaseMessage
from apps.common import clock
from apps.common.errors import ConflictError, ForbiddenError, NotFoundError
from apps.parties.models import Person
from apps.parties.services import ensure_person
from apps.permits import inspection, inspection_calendar, inspection_ending, inspection_plan, inspection_seats
from apps.permits.inspection_calendar import changes_left, free_slots, standing_visit
from apps.permits.inspection_plan import DistrictCalendar, InspectionPlan, city_plan
from apps.permits.models import InspectionVisit, PermitRequest
from tests.permits.conftest import Street, hear, kinds
from tests.permits.inspecting import at_inspection, book, first_slot, freeze, today_visit, working
from tests.permits.walking import mandate, office, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(street: Street) -> PermitRequest:
    return at_inspection(street)


def refuse(error: type[Exception], person: Person, request: PermitRequest, verb: str = "book", number: int = 1) -> str:
    slot = first_slot(request.case, number)
    when: dict[str, Any] = {} if verb == "cancel" else {"day": slot.day, "starts": slot.starts}
    with pytest.raises(error) as caught:
        getattr(inspection, verb)(person=person, tracking=request.case.tracking, **when)
    return str(caught.value)


def told(person: Person) -> list[str]:
    return list(CaseMessage.objects.filter(person=person).order_by("pk").values_list("text_en", flat=True))


def test_the_owner_books_once_and_everybody_hears(street: Street, made: PermitRequest) -> None:
    visit = book(made, street.owner)
    assert (visit.state, visit.seat, visit.sequence, visit.moves) == ("booked", 1, 0, 0)
    assert book(made, street.owner) == visit, "the same form sent twice"
    assert InspectionVisit.objects.count() == 1
    for person in (street.owner, office("inspector")):
        assert "inspection visit is on" in told(person)[-1]
    assert kinds(made.case)[-1] == "visit_booked"
    assert "is booked for this case" in refuse(ConflictError, street.owner, made)


def test_who_books(street: Street, made: PermitRequest) -> None:
    agent, viewer, stranger = (
        ensure_person(mobile=f"0912000004{n}", name_fa="کسی", name_en="Somebody", verified=True) for n in range(3)
    )
    mandate(street.owner, agent, made.case.land_code, "view", "act")
    mandate(street.owner, viewer, made.case.land_code, "view")
    refuse(NotFoundError, stranger, made)
    refuse(ForbiddenError, viewer, made)
    refuse(ForbiddenError, street.officer, made)
    visit = book(made, agent)
    event = made.case.events.last()
    assert (event.data["as"], event.data["for"]) == ("agent", street.owner.pk)
    assert visit.booked_by == agent


def test_only_while_it_is_inspected(street: Street) -> None:
    sent = street.request("A", sent=True)
    office("inspector")
    assert "stage of its inspection" in refuse(ConflictError, street.owner, sent)


def test_a_time_that_nobody_offers(street: Street, made: PermitRequest) -> None:
    slot = first_slot(made.case)
    for day in (slot.day - timedelta(days=7), slot.day + timedelta(days=60)):
        with pytest.raises(ConflictError, match="not in the district's calendar"):
            inspection.book(person=street.owner, tracking=made.case.tracking, day=day, starts=slot.starts)
    made.case.district = 99
    made.case.save()
    with pytest.raises(ConflictError, match="No calendar"):
        inspection.book(person=street.owner, tracking=made.case.tracking, day=slot.day, starts=slot.starts)
    assert free_slots(made.case) == []


def test_moves_are_counted_and_keep_the_entry_in_calendars(street: Street, made: PermitRequest) -> None:
    visit = book(made, street.owner)
    for n in (1, 2):
        slot = first_slot(made.case, n)
        again = inspection.move(person=street.owner, tracking=made.case.tracking, day=slot.day, starts=slot.starts)
        assert (again.pk, again.uid, again.sequence, again.moves) == (visit.pk, visit.uid, n, n)
        assert "was moved to" in told(office("inspector"))[-1]
    assert changes_left(made.case) == 0
    assert "2 times" in refuse(ConflictError, street.owner, made, "move", 3)
    same = inspection.move(person=street.owner, tracking=made.case.tracking, day=slot.day, starts=slot.starts)
    assert same.sequence == 2, "the same time again is no change"
    other = first_slot(made.case, 4)
    helped = inspection.move(
        person=office("inspector"), tracking=made.case.tracking, day=other.day, starts=other.starts
    )
    assert (helped.moves, helped.sequence) == (2, 3), "the office's change does not count as the owner's"
    assert kinds(made.case).count("visit_moved") == 3


def test_cancelled_and_booked_again_costs_a_change(street: Street, made: PermitRequest) -> None:
    for _ in range(3):
        visit = book(made, street.owner)
        gone = inspection.cancel(person=street.owner, tracking=made.case.tracking)
        assert (gone.pk, gone.state, gone.sequence) == (visit.pk, "cancelled", 1)
    assert standing_visit(made.case) is None
    assert "none" not in refuse(ConflictError, street.owner, made)
    assert book(made, office("inspector")).state == "booked"
    assert "was cancelled" in told(street.owner)[-2]


def test_nothing_to_move_or_cancel(street: Street, made: PermitRequest) -> None:
    for verb in ("move", "cancel"):
        assert "No visit is booked" in refuse(ConflictError, street.owner, made, verb)


def test_not_on_the_day_itself(street: Street, made: PermitRequest) -> None:
    visit = today_visit(made, street.owner)
    for verb in ("move", "cancel"):
        assert "up to the day before" in refuse(ConflictError, street.owner, made, verb)
    InspectionVisit.objects.filter(pk=visit.pk).update(day=clock.today() + timedelta(days=1))
    inspection.cancel(person=street.owner, tracking=made.case.tracking)


def one_inspector(monkeypatch: pytest.MonkeyPatch, seats: int = 1) -> None:
    plan = city_plan()
    calendar = plan.calendars[3]
    small = DistrictCalendar(calendar.weekdays, calendar.opens, calendar.closes, calendar.minutes, seats)
    made = InspectionPlan({3: small}, None, plan.notice, plan.horizon, plan.moves)
    for room in (inspection, inspection_calendar, inspection_plan, inspection_seats):
        monkeypatch.setattr(room, "city_plan", lambda: made)


def test_a_full_slot_is_not_offered_and_free_again_when_cancelled(
    street: Street, made: PermitRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_inspector(monkeypatch)
    other = ensure_person(mobile="09120000051", name_fa="دیگری", name_en="Other", verified=True)
    second = at_inspection(street, "B", owner=other)
    visit = book(made, street.owner)
    assert (visit.day, visit.starts) not in [(f.slot.day, f.slot.starts) for f in free_slots(second.case)]
    with pytest.raises(ConflictError, match="taken just now"):
        inspection.book(person=other, tracking=second.case.tracking, day=visit.day, starts=visit.starts)
    assert standing_visit(second.case) is None
    inspection.cancel(person=street.owner, tracking=made.case.tracking)
    taken = inspection.book(person=other, tracking=second.case.tracking, day=visit.day, starts=visit.starts)
    assert (taken.seat, taken.day) == (1, visit.day)


def test_every_seat_of_a_slot_is_given_once(street: Street, made: PermitRequest) -> None:
    others = [ensure_person(mobile=f"0912000006{n}", name_fa="نفر", name_en="P", verified=True) for n in range(2)]
    seats = [book(made, street.owner).seat]
    second = at_inspection(street, "B", owner=others[0])
    seats.append(book(second, others[0]).seat)
    assert seats == [1, 2]
    third = at_inspection(street, "C", owner=others[1])
    assert book(third, others[1]).starts != standing_visit(second.case).starts  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_two_owners_never_get_the_last_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    street = Street()
    one_inspector(monkeypatch)
    other = ensure_person(mobile="09120000051", name_fa="دیگری", name_en="Other", verified=True)
    rivals = [(at_inspection(street, "A"), street.owner), (at_inspection(street, "B", owner=other), other)]
    slot = first_slot(rivals[0][0].case)
    ready, outcomes = threading.Barrier(2), []
    looked = inspection_seats.taken_seats

    def both_look(*args: Any, **more: Any) -> set[int]:
        found = looked(*args, **more)
        ready.wait(30)  # each has seen the seat free before either takes it
        return found

    monkeypatch.setattr(inspection_seats, "taken_seats", both_look)

    def go(request: PermitRequest, person: Person) -> None:
        try:
            inspection.book(person=person, tracking=request.case.tracking, day=slot.day, starts=slot.starts)
            outcomes.append("got")
        except ConflictError:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=rival) for rival in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["full", "got"]
    assert InspectionVisit.objects.filter(state="booked").count() == 1


def test_the_database_itself_refuses_a_seat_twice(street: Street, made: PermitRequest) -> None:
    visit = book(made, street.owner)
    other = ensure_person(mobile="09120000051", name_fa="دیگری", name_en="Other", verified=True)
    second = at_inspection(street, "B", owner=other)
    with pytest.raises(DatabaseError, match="inspection_seat_once"), transaction.atomic():
        InspectionVisit.objects.create(
            case=second.case, district=3, day=visit.day, starts=visit.starts, minutes=60, seat=visit.seat,
            booked_by=other, booked_at=clock.now(), changed_at=clock.now(),
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        visit.delete()


def test_a_closure_frees_the_visit_and_tells(
    street: Street, made: PermitRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = book(made, street.owner)
    assert inspection_ending.free_closed_days() == 0
    closed = visit.day
    monkeypatch.setattr(inspection_ending, "is_open", lambda _calendar, day: day != closed)
    assert inspection_ending.free_closed_days() == 1
    assert inspection_ending.free_closed_days() == 0
    visit.refresh_from_db()
    assert (visit.state, visit.sequence) == ("freed", 1)
    for person in (street.owner, office("inspector")):
        assert "became a day off" in told(person)[-1]
    assert kinds(made.case)[-1] == "visit_freed"
    assert changes_left(made.case) == city_plan().moves, "it costs the owner no change"
    assert book(made, street.owner, 3).state == "booked"


def test_a_case_that_leaves_the_stage_keeps_no_seat(street: Street, made: PermitRequest) -> None:
    book(made, street.owner)
    step(made, "send_back", "inspector", said="سند خوانا نیست")
    hear()
    assert standing_visit(made.case) is None
    assert any("does not take place" in text for text in told(street.owner))


def test_an_event_heard_late_frees_nothing(street: Street, made: PermitRequest) -> None:
    visit = book(made, street.owner)
    assert inspection_ending._free(visit.pk, because="left_stage") is False
    assert inspection_ending._free(visit.pk, because="day_off") is False
    assert standing_visit(made.case) == visit


def test_over_a_weekend_the_next_working_day_is_offered(
    street: Street, made: PermitRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, date(2026, 12, 2))  # a Wednesday
    assert first_slot(made.case).day == working(1) == date(2026, 12, 5)
