"""Deadlines of cases: they follow turns, stand still while asked or held, and move with the calendar."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from apps.cases import deadlines
from apps.cases.deadline_moves import move, recompute
from apps.cases.hold_facts import OrderFacts
from apps.cases.hold_rules import Ground, Level, OrderRank
from apps.cases.holds import place_hold, release_hold
from apps.cases.models import CaseEvent, Deadline, Hold, KartablItem
from apps.common.durable import deliver_pending
from apps.common.errors import ConflictError
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.legal.acts import Authority
from tests.cases.terms import CALENDAR, Desk, at, declare_closure, write_calendar

pytest_plugins = ["tests.cases.deadline_fixtures"]
pytestmark = pytest.mark.django_db
ORDER = OrderFacts(Authority.COURT, OrderRank.COURT, "ت-۱", at(5).date(), Text("دادگاه", "Court"))
LIFT = OrderFacts(Authority.COURT, OrderRank.COURT, "ت-۲", at(6).date(), Text("دادگاه", "Court"))

LAST_MOMENT = at(12, 0) - timedelta(microseconds=1)


def due(desk: Desk, code: str = "submitted") -> datetime | None:
    return desk.deadline(code).due_at


# --- turns ----------------------------------------------------------------------------------------
def test_a_turn_with_a_term_has_a_deadline_and_the_worklist_shows_it(desk: Desk):
    assert not Deadline.objects.exists(), "a draft has no term"
    desk.do("submit", at(4))
    deadline = desk.deadline()
    assert (deadline.code, deadline.amount, deadline.unit, deadline.source) == (
        "submitted",
        3,
        "working_days",
        "SAMPLE",
    )
    assert deadline.due_at == at(7, 14, 30)
    assert deadline.certain
    assert deadline.calendar == city_calendar().fingerprint
    assert KartablItem.objects.get(case=desk.case, closed_at__isnull=True).due_at == at(7, 14, 30)


def test_asking_the_owner_stops_the_offices_clock_and_starts_the_owners(desk: Desk):
    desk.do("submit", at(4))
    desk.do("ask", at(6, 9))
    assert due(desk) is None
    assert deadlines.running(desk.case) == [desk.deadline("submitted"), desk.deadline("needs_docs")]
    assert due(desk, "needs_docs") == LAST_MOMENT, "five days: to the end of Saturday the 11th"
    assert KartablItem.objects.get(case=desk.case, closed_at__isnull=True).due_at == LAST_MOMENT
    desk.do("answer", at(8, 16))
    assert deadlines.running(desk.case) == [desk.deadline("submitted")]
    assert due(desk) == at(12, 14, 30), "the 5th counted; the 6th to the 8th did not; the 11th and the 12th do"
    item = KartablItem.objects.get(case=desk.case, closed_at__isnull=True)
    assert (item.due_at, desk.deadline().item) == (at(12, 14, 30), item)
    assert desk.deadline("needs_docs").met_at == at(8, 16)


def test_asked_again_and_again_each_time_adds_its_pause(desk: Desk):
    desk.do("submit", at(4))
    for day in (5, 6):
        desk.do("ask", at(day, 9))
        desk.do("answer", at(day, 9, 5))
    assert [row[2] for row in desk.deadline().pauses] == ["turn", "turn"]
    assert due(desk) == at(11, 14, 30)
    assert Deadline.objects.filter(code="needs_docs", met_at__isnull=False).count() == 2


def test_a_step_on_meets_it(desk: Desk):
    desk.do("submit", at(4))
    desk.do("visit", at(5))
    assert desk.deadline().met_at == at(5)
    assert deadlines.running(desk.case) == [], "a state without a term has no deadline"


def test_closing_a_case_meets_whatever_runs(desk: Desk):
    desk.do("submit", at(4))
    deadlines.start(case=desk.case, code="asked-heritage", amount=15, unit="working_days", at=at(4))
    desk.do("close", at(5))
    assert deadlines.running(desk.case) == []


def test_deadlines_of_no_state_are_let_alone_by_steps(desk: Desk):
    desk.do("submit", at(4))
    asked = deadlines.start(case=desk.case, code="asked-heritage", amount=15, unit="working_days", at=at(4))
    desk.do("ask", at(5))
    asked.refresh_from_db()
    assert (asked.pauses, asked.met_at) == ([], None)
    desk.do("answer", at(6))
    desk.do("visit", at(6))
    assert deadlines.running(desk.case) == [asked]


# --- doors ----------------------------------------------------------------------------------------
def test_a_deadline_starts_once(desk: Desk):
    one = deadlines.start(case=desk.case, code="x", amount=2, unit="working_days", at=at(4))
    assert deadlines.start(case=desk.case, code="x", amount=9, unit="days", at=at(5)) == one
    deadlines.meet(one, at=at(5))
    again = deadlines.start(case=desk.case, code="x", amount=9, unit="days", at=at(5))
    assert (again.pk, again.amount) == (one.pk + 1, 9)


@pytest.mark.parametrize(("amount", "unit"), [(0, "days"), (3, "weeks")])
def test_impossible_terms_are_refused(desk: Desk, amount: int, unit: str):
    with pytest.raises(ValueError, match=r"1 to 3650 days|weeks"):
        deadlines.start(case=desk.case, code="x", amount=amount, unit=unit)
    assert not Deadline.objects.exists()


def test_time_runs_when_the_last_cause_has_ended(desk: Desk):
    deadline = deadlines.start(case=desk.case, code="x", amount=3, unit="working_days", at=at(4))
    deadlines.pause(deadline, why="a", at=at(5, 8))
    deadlines.pause(deadline, why="b", at=at(5, 9))
    deadlines.pause(deadline, why="b", at=at(6, 9))
    assert len(deadline.pauses) == 2, "a cause that stands adds nothing"
    deadlines.resume(deadline, why="a", at=at(6, 9))
    assert deadline.due_at is None
    deadlines.resume(deadline, why="b", at=at(7, 15))
    deadline.refresh_from_db()
    assert deadline.due_at == at(12, 14, 30)
    assert deadlines.span_of(deadline).pauses == ((at(5, 8), at(6, 9)), (at(5, 9), at(7, 15)))


def test_a_pause_never_ends_before_it_began(desk: Desk):
    deadline = deadlines.start(case=desk.case, code="x", amount=3, unit="working_days", at=at(4))
    deadlines.pause(deadline, at=at(5, 9))
    deadlines.resume(deadline, at=at(5, 8))
    assert deadlines.span_of(deadline).pauses == ((at(5, 9), at(5, 9)),)
    assert deadline.due_at == at(7, 14, 30)


def test_what_was_met_is_neither_paused_nor_resumed_nor_met_again(desk: Desk):
    deadline = deadlines.start(case=desk.case, code="x", amount=3, unit="working_days", at=at(4))
    deadlines.meet(deadline, at=at(5))
    deadlines.meet(deadline, at=at(6))
    deadline.refresh_from_db()
    assert deadline.met_at == at(5)
    for door in (deadlines.pause, deadlines.resume):
        with pytest.raises(ConflictError, match="was met"):
            door(deadline)


# --- holds ----------------------------------------------------------------------------------------
def held(desk: Desk, when: datetime, level: Level = Level.STOP) -> Hold:
    with time_machine.travel(when, tick=False):
        return place_hold(case=desk.case, order=ORDER, level=level, reason=Text("دستور", "Order"))


def released(hold: Hold, when: datetime) -> None:
    with time_machine.travel(when, tick=False):
        release_hold(hold=hold, ground=Ground.ORDER, order=LIFT)


def test_a_held_case_stands_still_from_the_moment_of_the_hold(desk: Desk):
    desk.do("submit", at(4))
    hold = held(desk, at(5, 9))
    with time_machine.travel(at(7), tick=False):  # the worker comes later
        deliver_pending()
    assert due(desk) is None
    released(hold, at(6, 15))
    with time_machine.travel(at(8), tick=False):
        deliver_pending()
    assert due(desk) == at(11, 14, 30), "the 5th and the 6th did not count"


def test_hold_and_release_may_be_heard_of_together(desk: Desk):
    desk.do("submit", at(4))
    released(held(desk, at(5, 9)), at(6, 15))
    with time_machine.travel(at(8), tick=False):
        deliver_pending()
        deliver_pending()
    assert due(desk) == at(11, 14, 30)
    assert len(desk.deadline().pauses) == 1


@pytest.mark.parametrize("level", [Level.WARNING, Level.STOP_ISSUANCE])
def test_what_stops_no_step_stops_no_clock(desk: Desk, level: Level):
    desk.do("submit", at(4))
    held(desk, at(5, 9), level)
    deliver_pending()
    assert (due(desk), desk.deadline().pauses) == (at(7, 14, 30), [])


def test_a_deadline_that_begins_in_a_held_case_waits_for_its_release(desk: Desk):
    hold = held(desk, at(4, 9))
    deadline = deadlines.start(case=desk.case, code="x", amount=1, unit="working_days", at=at(5))
    assert deadline.due_at is None
    released(hold, at(6, 15))
    deliver_pending()
    deadline.refresh_from_db()
    assert deadline.due_at == at(7, 14, 30)


# --- the calendar changes -------------------------------------------------------------------------
def moves(desk: Desk) -> list[tuple[str, str]]:
    rows = CaseEvent.objects.filter(case=desk.case, kind="deadline_moved").order_by("pk")
    assert {(row.actor, row.data["because"]) for row in rows} <= {(None, "calendar")}
    return [(row.data["from"], row.data["to"]) for row in rows]


def test_a_declared_closure_moves_what_is_due_and_the_history_says_so(desk: Desk, town: Path):
    desk.do("submit", at(4))
    assert recompute() == 0
    declare_closure(town, 6, 7)
    assert recompute() == 1
    assert due(desk) == at(11, 14, 30)
    assert KartablItem.objects.get(case=desk.case, closed_at__isnull=True).due_at == at(11, 14, 30)
    said = tuple(at(day, 14, 30).astimezone(UTC).isoformat() for day in (7, 11))
    assert moves(desk) == [said]
    assert recompute() == 0
    declare_closure(town)
    assert recompute() == 1, "taken back, it moves back"
    assert moves(desk) == [said, said[::-1]]


def test_what_the_change_does_not_reach_only_learns_of_the_calendar(desk: Desk, town: Path):
    desk.do("submit", at(4))
    before = desk.deadline().calendar
    declare_closure(town, 20)
    assert recompute() == 0
    assert desk.deadline().calendar == city_calendar().fingerprint != before
    assert moves(desk) == []


def test_a_year_that_becomes_known_makes_it_certain(desk: Desk, town: Path):
    write_calendar(town, CALENDAR.replace('"2026-12-31"', '"2026-04-06"'))
    desk.do("submit", at(4))
    assert not desk.deadline().certain
    write_calendar(town, CALENDAR)
    recompute()
    assert desk.deadline().certain
    assert moves(desk) == []


def test_met_and_paused_ones_do_not_move(desk: Desk, town: Path):
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    met = deadlines.meet(deadlines.start(case=desk.case, code="x", amount=3, unit="working_days", at=at(4)), at=at(5))
    declare_closure(town, 6)
    recompute()
    assert due(desk) is None
    assert desk.deadline().calendar == city_calendar().fingerprint
    met.refresh_from_db()
    assert met.due_at == at(7, 14, 30)
    assert moves(desk) == []


@pytest.mark.parametrize("meanwhile", [{"met_at": at(5)}, {"due_at": at(8, 14, 30)}], ids=["met", "moved"])
def test_what_another_did_meanwhile_is_seen_under_the_lock(desk: Desk, town: Path, meanwhile: dict[str, datetime]):
    """Between the look and the lock somebody met the deadline, or another worker moved it."""
    desk.do("submit", at(4))
    declare_closure(town, 6)
    Deadline.objects.update(**meanwhile)
    assert move(desk.deadline().pk) is False
    assert moves(desk) == []


def test_a_resumed_one_is_due_by_the_calendar_of_then(desk: Desk, town: Path):
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    declare_closure(town, 7)
    desk.do("answer", at(5) + timedelta(minutes=1))
    assert due(desk) == at(11, 14, 30)
