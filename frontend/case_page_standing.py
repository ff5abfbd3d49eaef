"""Where a case stands: whose turn it is, until when and why, and the track of its states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from apps.cases import deadlines
from apps.cases.models import CaseEvent, Deadline
from apps.cases.types.definition import CaseType, State, Turn
from apps.common import clock
from apps.common.not_counted import NotCounted, Why, explain
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.common.working_days import days_left, due
from apps.parties.models import Role
from apps.parties.roles import ROLE_NAMES
from frontend.case_page_reader import Look
from frontend.case_page_track import Stage, track

_OWNER = Text("متقاضی", "The applicant")
_OFFICE = Text("شهرداری", "The city")
_SYSTEM = Text("سامانه", "The system")
_NOBODY = Text("هیچ‌کس؛ پرونده بسته است", "Nobody: the case is closed")


@dataclass(frozen=True, slots=True)
class Until:
    """A time limit as it is shown. `day` None: it stands still, `left` working days are kept for later.

    `skipped`: the days that did not count, each with its reason. `certain`: days off around it are known for sure.
    """

    day: date | None
    at: datetime | None
    left: int
    passed: bool
    certain: bool
    amount: int
    working: bool
    source: str
    skipped: tuple[NotCounted, ...]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`yours`: it is the reader's turn. `who`: whose turn it is. `office_waits`: the office's own time stands still."""

    state: State
    since: datetime | None
    yours: bool
    who: Text
    district: int | None
    until: Until | None
    office_waits: bool
    stages: tuple[Stage, ...]

    @property
    def next(self) -> State | None:
        """The state that is most likely to come."""
        return next((stage.state for stage in self.stages if stage.when == "to_come"), None)


def whereabouts(look: Look) -> Whereabouts:
    """Where the case of this look stands."""
    state = look.definition.state(look.case.status)
    running = {deadline.code: deadline for deadline in deadlines.running(look.case)}
    mine = running.get(state.code)
    waiting = [d for code, d in running.items() if code != state.code and d.due_at is None]
    return Whereabouts(
        state=state,
        since=look.case.moved_at or look.case.opened_at,
        yours=state.turn is Turn.OWNER and look.may_act,
        who=turn_name(state),
        district=look.case.district if state.turn is Turn.OFFICE else None,
        until=None if mine is None else until_of(mine),
        office_waits=bool(waiting),
        stages=track(look.definition, look.case.status, visited(look), look.leads),
    )


def turn_name(state: State) -> Text:
    """Whose turn a state is, in words."""
    if state.turn is Turn.OFFICE:
        return _role_name(state.role)
    return {Turn.OWNER: _OWNER, Turn.SYSTEM: _SYSTEM}.get(state.turn, _NOBODY)


def until_of(deadline: Deadline) -> Until:
    """A running deadline as it is shown today, computed with the calendar of now."""
    calendar, span = city_calendar(), deadlines.span_of(deadline)
    found, now = due(span, calendar), clock.now()
    left = found.left if found.day is None else days_left(found.day, calendar.local_day(now), calendar)
    return Until(
        day=found.day,
        at=found.at,
        left=max(left, 0),
        passed=found.at is not None and found.at <= now,
        certain=found.certain,
        amount=deadline.amount,
        working=deadline.unit == "working_days",
        source=deadline.source,
        skipped=_merged(explain(span, calendar)),
    )


def visited(look: Look) -> list[str]:
    """The statuses the case has been in, in order, from its history."""
    verbs = {step.verb for step in look.definition.steps} | {"open"}
    known = {state.code for state in look.definition.states}
    moved: list[str] = [str(event.data.get("to", "")) for event in look.events if event.kind in verbs]
    return [code for code in moved if code in known]


def ending(look: Look) -> CaseEvent | None:
    """Of a closed case, the office's step that says why: the one that closed it, else the one before (an approval)."""
    known = {step.verb for step in look.definition.steps}
    taken = [event for event in look.events if event.kind in known][-2:] if look.closed else []
    if not taken or taken[-1].data.get("as") not in Role.values:
        return None
    return next((e for e in reversed(taken) if e.data.get("said") and e.data.get("as") in Role.values), None)


def names_of(definition: CaseType) -> Mapping[str, Text]:
    """The states' names by code."""
    return {state.code: state.name for state in definition.states}


def _merged(days: Iterable[NotCounted]) -> tuple[NotCounted, ...]:
    """Each day once; the day of arrival itself is no news."""
    return tuple({d.day: d for d in days if d.why is not Why.ARRIVAL}.values())


def _role_name(code: str) -> Text:
    return ROLE_NAMES[Role(code)] if code in Role.values else _OFFICE
