"""Reminders, escalation and steps of deadlines: each once, to whom it concerns, whatever dies in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection  # noqa: TID251 - each thread closes its own connection

from apps.cases import deadline_serving, deadlines
from apps.cases.deadline_ticks import Todo, tick, todo
from apps.cases.events import DeadlinePassed
from apps.cases.hold_facts import OrderFacts
from apps.cases.hold_rules import Ground, Level, OrderRank
from apps.cases.holds import place_hold, release_hold
from apps.cases.models import Case, CaseEvent, CaseMessage, Deadline, DeadlineMark, KartablItem
from apps.cases.tasks import keep_deadlines
from apps.common import events
from apps.common.deadline_marks import Mark
from apps.common.durable import deliver_pending
from apps.common.errors import ConflictError
from apps.common.events import Event
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.legal.acts import Authority
from apps.parties.models import Assignment, Person, Role
from tests.cases.terms import CALENDAR, Desk, at, declare_closure, write_calendar
from tests.conftest import MakeParcel

pytest_plugins = ["tests.cases.deadline_fixtures"]
pytestmark = pytest.mark.django_db


def work(*moments: datetime) -> list[int]:
    """Workers look at these moments; how many deadlines each did something about."""
    done = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            done.append(tick())
    return done


def status(desk: Desk) -> str:
    desk.case.refresh_from_db()
    return str(desk.case.status)


def order(number: str) -> OrderFacts:
    return OrderFacts(Authority.COURT, OrderRank.COURT, number, at(5).date(), Text("دادگاه", "Court"))


def marks(desk: Desk) -> list[str]:
    return list(DeadlineMark.objects.filter(deadline__case=desk.case).order_by("pk").values_list("mark", flat=True))


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    """What was published to a room above, which hears of it durably."""
    found: list[Event] = []
    events.subscribe_durably(DeadlinePassed, found.append, name="test of deadlines")
    yield found
    del events._durable[DeadlinePassed]["test of deadlines"]


# --- when -----------------------------------------------------------------------------------------
def test_the_whole_life_of_a_deadline_that_nobody_meets(desk: Desk):
    """Five working days from Saturday the 4th: due on the 11th."""
    deadlines.start(
        case=desk.case, code="x", amount=5, unit="working_days", at=at(4), item=KartablItem.objects.get(case=desk.case)
    )
    days = [at(day, hour, minute) for day in range(4, 20) for hour, minute in ((0, 0), (7, 29), (7, 30), (14, 30))]
    done = dict(zip(days, work(*days), strict=True))
    assert [moment for moment, count in done.items() if count] == [
        at(6, 7, 30),  # ahead
        at(11, 7, 30),  # the last day
        at(11, 14, 30),  # passed
        at(15, 7, 30),  # behind: the 12th, the 14th, the 15th
        at(15, 14, 30),  # given into other hands
    ]
    assert marks(desk) == ["ahead", "day", "passed", "behind", "escalate"]
    assert desk.told(desk.owner) == [
        "the time for “x” ends on 11 April 2026 (1405/01/22): 3 working days are left.",
        "the time for “x” ends on 11 April 2026 (1405/01/22): today is the last day.",
        "the time for “x” ended on 11 April 2026 (1405/01/22) and it is still to be done. Open the case and do it.",
    ]
    assert desk.told(desk.head) == [
        "the time for “x” ended on 11 April 2026 (1405/01/22), and reminding did not help. Please see to it."
    ]
    kinds = CaseEvent.objects.filter(case=desk.case, actor=None).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["deadline_passed", "deadline_escalated"]


def test_persian_words_have_persian_digits_and_jalali_days(desk: Desk):
    desk.do("submit", at(4))
    deadlines.start(case=desk.case, code="x", amount=5, unit="working_days", at=at(4))
    work(at(7, 7, 30))
    said = sorted(CaseMessage.objects.filter(person=desk.officer).values_list("text_fa", flat=True))
    assert any("مهلت «بررسی» تا ۱۸ فروردین ۱۴۰۵ است؛ امروز روز پایانی است." in text for text in said)
    assert any("مهلت «x» تا ۲۲ فروردین ۱۴۰۵ است؛ ۲ روز کاری مانده است." in text for text in said)


def test_at_midnight_before_the_last_day_nothing_is_told_yet(desk: Desk):
    desk.do("submit", at(4))
    assert work(at(6, 23, 59), at(7, 0), at(7, 7, 29), at(7, 7, 30), at(7, 7, 31)) == [0, 0, 0, 1, 0]


def test_over_a_holiday_the_days_are_those_of_the_calendar(desk: Desk):
    """Three working days from Wednesday the 8th: 11, 12, and, after the holiday on Monday, the 14th."""
    desk.do("submit", at(8))
    assert work(at(13, 10), at(14, 7, 30), at(14, 14, 29), at(14, 14, 30)) == [0, 1, 0, 1]


def test_a_closure_that_is_declared_on_the_last_morning_lets_it_go_on(desk: Desk, town: Path):
    desk.do("submit", at(4))
    declare_closure(town, 7)
    assert work(at(7, 8), at(7, 15), at(8, 7, 30)) == [0, 0, 1]
    assert desk.told(desk.officer) == ["the time for “Check” ends on 8 April 2026 (1405/01/19): today is the last day."]


def test_what_fell_due_while_nobody_worked_is_told_once_as_the_latest(desk: Desk):
    deadlines.start(case=desk.case, code="x", amount=5, unit="working_days", at=at(4))
    assert work(at(15, 9), at(15, 10)) == [1, 0]
    assert marks(desk) == ["passed", "behind"]
    assert len(desk.told(desk.officer)) == 1


def test_after_a_long_sleep_only_those_above_are_told(desk: Desk):
    desk.do("submit", at(4))
    assert work(at(20, month=8), at(21, month=8)) == [1, 0]
    assert marks(desk) == ["passed", "escalate"]
    assert desk.told(desk.officer) == []
    assert len(desk.told(desk.head)) == 1


def test_late_by_hours_the_sentence_is_that_of_now(desk: Desk):
    """The mark of the last day is told when offices have closed: it says that the time is over."""
    desk.do("submit", at(4))
    work(at(7, 18))
    assert desk.told(desk.officer) == [
        "the time for “Check” ended on 7 April 2026 (1405/01/18) and it is still to be done. Open the case and do it."
    ]


def test_a_deadline_that_moved_is_not_told_twice_of_the_same_mark(desk: Desk, town: Path):
    desk.do("submit", at(4))
    work(at(7, 7, 30))
    declare_closure(town, 7)
    assert work(at(7, 12), at(8, 7, 30)) == [0, 0]
    assert marks(desk) == ["day"]


def test_met_and_paused_ones_are_silent(desk: Desk):
    desk.do("submit", at(4))
    met = deadlines.start(case=desk.case, code="x", amount=1, unit="working_days", at=at(4))
    deadlines.meet(met, at=at(4, 11))
    paused = deadlines.start(case=desk.case, code="y", amount=1, unit="working_days", at=at(4))
    deadlines.pause(paused, at=at(4, 11))
    deadlines.pause(desk.deadline(), at=at(4, 11))
    assert work(at(30)) == [0]
    assert not CaseMessage.objects.exists()


def test_days_off_that_are_not_certain_are_said(desk: Desk, town: Path):
    write_calendar(town, CALENDAR.replace('"2026-12-31"', '"2026-04-06"'))
    desk.do("submit", at(4))
    work(at(7, 8))
    assert desk.told(desk.officer)[0].endswith("Days off around then are not certain yet; it may still move.")


# --- to whom --------------------------------------------------------------------------------------
def test_who_took_the_case_is_reminded_alone(desk: Desk):
    other = desk.employ(5, Role.CASE_OFFICER, districts=[3])
    desk.do("submit", at(4))
    KartablItem.objects.filter(case=desk.case, closed_at=None).update(assignee=other)
    work(at(7, 8))
    assert (len(desk.told(other)), len(desk.told(desk.officer))) == (1, 0)


def test_when_they_are_gone_everybody_with_the_role_is(desk: Desk):
    gone = desk.employ(5, Role.CASE_OFFICER, districts=[3])
    desk.do("submit", at(4))
    KartablItem.objects.filter(case=desk.case, closed_at=None).update(assignee=gone)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    work(at(7, 8))
    assert (len(desk.told(gone)), len(desk.told(desk.officer))) == (0, 1)


def test_officers_of_other_districts_hear_nothing(desk: Desk):
    far = desk.employ(5, Role.CASE_OFFICER, districts=[4])
    far_head = desk.employ(6, Role.DISTRICT_HEAD, districts=[4])
    desk.do("submit", at(4))
    work(at(7, 8), at(12, 15))
    assert (desk.told(far), desk.told(far_head)) == ([], [])


def test_without_a_head_the_citys_officers_are_asked(desk: Desk):
    Assignment.objects.filter(person=desk.head).delete()
    citywide = desk.employ(5, Role.CASE_OFFICER, districts=None)
    desk.do("submit", at(4))
    work(at(12, 15))
    assert len(desk.told(citywide)) == 1
    assert CaseEvent.objects.get(kind="deadline_escalated").data["told"] == 1


def test_an_officer_who_is_an_owner_under_another_account_hears_nothing_as_an_officer(desk: Desk):
    for person in (desk.owner, desk.head):
        Person.objects.filter(pk=person.pk).update(national_id="0013542419")
    desk.do("submit", at(4))
    work(at(12, 15))
    assert desk.told(desk.head) == []
    assert CaseEvent.objects.get(kind="deadline_escalated").data["told"] == 0


def test_the_owner_learns_that_the_office_is_late_and_that_others_were_asked(desk: Desk):
    desk.do("submit", at(4))
    work(at(12, 14, 30))
    said = "the office has missed the time for “Check”, which ended on 7 April 2026 (1405/01/18). "
    assert desk.told(desk.owner) == [f"{said}Those above it were told; there is nothing you need to do."]


# --- what follows ---------------------------------------------------------------------------------
def test_the_owners_time_that_passed_takes_its_step(desk: Desk, heard: list[Event]):
    """Five days from Sunday the 5th: to the end of Saturday the 11th (they end on a Friday)."""
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    assert work(at(11, 23, 59)) == [1], "the last day"
    assert work(at(12, 0), at(12, 0, 5)) == [1, 0]
    assert status(desk) == "archived"
    assert deadlines.running(desk.case) == [], "what was paused need not be done any more"
    assert desk.told(desk.owner)[-1] == (
        "the time for “Papers” ended on 11 April 2026 (1405/01/22), and the case is now “archived”."
    )
    archived = CaseEvent.objects.get(kind="archive")
    assert (archived.actor, archived.data["deadline"]) == (None, desk.deadline("needs_docs").pk)
    deliver_pending()
    pk = desk.deadline("needs_docs").pk
    assert heard == [DeadlinePassed(case_id=desk.case.pk, deadline_id=pk, code="needs_docs")]


def test_answered_in_time_nothing_follows(desk: Desk):
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    desk.do("answer", at(11, 23, 59))
    assert work(at(12, 0)) == [0]
    assert status(desk) == "submitted"


def test_a_step_that_a_hold_refuses_is_taken_when_the_hold_is_released(desk: Desk):
    """The hold came after the time had passed: it stops the step, and nobody is called late meanwhile."""
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    with time_machine.travel(at(12, 0), tick=False):
        hold = place_hold(case=desk.case, order=order("1"), level=Level.STOP, reason=Text("دستور", "Order"))
        deliver_pending()
    assert work(at(12, 8), at(12, 9), at(22)) == [1, 0, 0]
    assert (status(desk), marks(desk)) == ("needs_docs", ["passed", "day"])
    with time_machine.travel(at(22, 12), tick=False):
        release_hold(hold=hold, ground=Ground.ORDER, order=order("2"))
        deliver_pending()
    assert work(at(22, 12), at(22, 13)) == [1, 0]
    assert status(desk) == "archived"


def test_a_step_that_is_refused_is_tried_until_those_above_are_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    tried = []

    def refuse(**words: object) -> None:
        tried.append(words["verb"])
        raise ConflictError(fa="نه", en="no")

    monkeypatch.setattr(deadline_serving, "system_step", refuse)
    assert work(at(12, 0), at(12, 1), at(15, 8), at(15, 15), at(18)) == [1, 0, 1, 1, 0]
    assert marks(desk) == ["passed", "day", "behind", "escalate"]
    assert tried == ["archive"] * 4
    assert len(desk.told(desk.head)) == 1
    assert not any("missed" in said for said in desk.told(desk.owner)), "it is the owner who is late"


def test_a_step_that_moves_nothing_is_taken_once(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    taken = []
    monkeypatch.setattr(deadline_serving, "system_step", lambda **words: taken.append(words["verb"]) or desk.case)
    assert work(at(12, 0), at(12, 1)) == [1, 0]
    assert taken == ["archive"]


def test_only_the_term_of_the_state_the_case_is_in_takes_a_step(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.do("submit", at(4))
    deadlines.start(case=desk.case, code="needs_docs", amount=1, unit="working_days", at=at(4))
    monkeypatch.setattr(deadline_serving, "system_step", lambda **_words: pytest.fail("no step from here"))
    assert work(at(5, 15)) == [1]
    assert marks(desk) == ["passed", "day"]


def test_a_case_whose_definition_is_gone_is_told_of_and_holds_up_no_other(
    desk: Desk, person: Person, make_parcel: MakeParcel
):
    desk.do("submit", at(4))
    Case.objects.filter(pk=desk.case.pk).update(case_type="unheard-of")
    assert work(at(7, 15)) == [1]
    assert desk.told(desk.officer)[0].startswith("the time for “submitted” ended")


def test_a_row_that_cannot_be_read_holds_up_no_other(desk: Desk, town: Path, caplog: pytest.LogCaptureFixture):
    desk.do("submit", at(4))
    broken = deadlines.start(case=desk.case, code="x", amount=3, unit="working_days", at=at(4))
    Deadline.objects.filter(pk=broken.pk).update(pauses=[["yesterday", None, "turn"]])
    declare_closure(town, 6)
    assert work(at(7, 8), at(8, 8)) == [0, 1]
    assert desk.deadline().due_at == at(8, 14, 30)
    assert f"deadline {broken.pk} cannot be read" in caplog.text


# --- exactly once ---------------------------------------------------------------------------------
@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """A worker is killed at this point of its work: everything of its transaction is gone."""

    def die(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(deadline_serving, name, die)
        yield


@pytest.mark.parametrize("point", ["tell", "publish", "append_history"])
def test_a_worker_killed_in_between_leaves_nothing_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, point: str
):
    desk.do("submit", at(4))
    with dying(monkeypatch, point):
        assert work(at(12, 15)) == [0]
    assert (marks(desk), CaseMessage.objects.count()) == ([], 0)
    assert not CaseEvent.objects.filter(actor=None).exists()
    assert work(at(12, 15), at(12, 15)) == [1, 0]
    assert marks(desk) == ["passed", "escalate"]
    assert (len(desk.told(desk.head)), len(desk.told(desk.owner))) == (1, 1)


def test_a_worker_killed_at_the_step_leaves_the_case_where_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.do("submit", at(4))
    desk.do("ask", at(5))
    with dying(monkeypatch, "tell"):
        assert work(at(12, 1)) == [0]
    assert (status(desk), marks(desk)) == ("needs_docs", [])
    assert work(at(12, 1), at(12, 2)) == [1, 0]
    assert status(desk) == "archived"


def test_one_that_fails_holds_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.do("submit", at(4))
    deadlines.start(case=desk.case, code="x", amount=3, unit="working_days", at=at(4))
    real, calls = deadline_serving.tell_mark, []

    def first_fails(*args: object) -> None:
        calls.append(args)
        if len(calls) == 1:
            raise RuntimeError("broken")
        real(*args)

    monkeypatch.setattr(deadline_serving, "tell_mark", first_fails)
    assert work(at(7, 8), at(7, 9)) == [1, 1]
    assert sorted(marks(desk)) == ["day", "day"]


def side_by_side(when: datetime) -> None:
    """Two workers look at the same moment, each with its own connection."""
    barrier = Barrier(2)

    def run() -> None:
        barrier.wait()
        tick()
        connection.close()

    with time_machine.travel(when, tick=False):
        workers = [Thread(target=run) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


@pytest.mark.django_db(transaction=True)
def test_two_workers_side_by_side_move_once(desk: Desk, town: Path):
    desk.do("submit", at(4))
    unmoved = deadlines.start(case=desk.case, code="x", amount=1, unit="working_days", at=at(4))
    declare_closure(town, 6)
    side_by_side(at(5))
    assert desk.deadline().due_at == at(8, 14, 30)
    assert CaseEvent.objects.filter(kind="deadline_moved").count() == 1
    unmoved.refresh_from_db()
    assert unmoved.calendar == city_calendar().fingerprint


@pytest.mark.django_db(transaction=True)
def test_two_workers_side_by_side_tell_once(desk: Desk):
    desk.do("submit", at(4))
    side_by_side(at(12, 15))
    work(at(12, 15))
    assert marks(desk) == ["passed", "escalate"]
    assert len(desk.told(desk.head)) == 1


def test_there_is_nothing_to_do_about_one_that_was_met_meanwhile(desk: Desk):
    """It was met between the look and the lock."""
    desk.do("submit", at(4))
    seen = desk.deadline()
    calendar = city_calendar()
    assert todo(seen, calendar, at(7, 15)) == Todo(mark=Mark.DAY, passed=True)
    deadlines.meet(seen, at=at(7, 14))
    assert not todo(seen, calendar, at(7, 15))


def test_the_task_of_the_schedule(desk: Desk):
    desk.do("submit", at(4))
    with time_machine.travel(at(7, 8), tick=False):
        assert keep_deadlines() == 1
