"""The write doors of visits: book, move, cancel. The database gives a seat: two owners never get the last one."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from apps.cases.capacities import acting_as, capacities, hold_mandate, in_name_of, told_of
from apps.cases.models import Case
from apps.cases.recording import append_history, locked_case
from apps.cases.telling import holders, tell
from apps.cases.workflow import OWNER
from apps.common import clock
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.parties.models import Person, Role
from apps.permits import inspection_faults as faults
from apps.permits import inspection_words as words
from apps.permits.inspection_calendar import changes_left, find_slot, standing_visit
from apps.permits.inspection_plan import city_plan
from apps.permits.inspection_seats import seat
from apps.permits.kinds import CODE
from apps.permits.models_inspection import CANCELLED, InspectionVisit
from apps.permits.states import INSPECTION

INSPECTOR = Role.INSPECTOR.value


@dataclass(frozen=True, slots=True)
class _Acting:
    """A case under its lock, who acts on it and as what. `own`: for the owner's side, whose changes are counted."""

    case: Case
    person: Person
    held: frozenset[str]

    @property
    def own(self) -> bool:
        return OWNER in self.held


@transaction.atomic
def book(*, person: Person, tracking: str, day: date, starts: time) -> InspectionVisit:
    """A visit to the land of a case in its stage of inspection. The same call twice gives the same visit.

    Raises NotFoundError (a case the person does not see), ForbiddenError, ConflictError: another stage, a visit that
    stands, a time that is not offered or was just taken, no change left.
    """
    acting = _acting(person, tracking)
    standing = standing_visit(acting.case)
    if standing is not None:
        if (standing.day, standing.starts) == (day, starts):
            return standing
        raise faults.stands_already(standing)
    _check_changes(acting, changes_left(acting.case) + 1)  # the first one costs no change
    slot = find_slot(acting.case, day, starts)
    now = clock.now()
    visit = InspectionVisit(
        case=acting.case,
        district=acting.case.district or 0,
        booked_by=person,
        booked_at=now,
        changed_at=now,
    )
    seat(visit, slot)
    _say(acting, "visit_booked", visit, words.booked(acting.case.tracking, visit))
    return visit


@transaction.atomic
def move(*, person: Person, tracking: str, day: date, starts: time) -> InspectionVisit:
    """The standing visit at another time, up to the day before it. Raises as `book`, and when none stands."""
    acting = _acting(person, tracking)
    visit = _changeable(acting.case)
    if (visit.day, visit.starts) == (day, starts):
        return visit
    _check_changes(acting, changes_left(acting.case))
    before, was = words.when(visit), visit.day.isoformat()
    visit.moves += acting.own
    _changed(visit)
    seat(visit, find_slot(acting.case, day, starts))
    _say(acting, "visit_moved", visit, words.moved(acting.case.tracking, before, visit), was=was)
    return visit


@transaction.atomic
def cancel(*, person: Person, tracking: str) -> InspectionVisit:
    """Nobody comes; the seat is free for others at once. Up to the day before. Raises as `move`."""
    acting = _acting(person, tracking)
    visit = _changeable(acting.case)
    visit.moves += acting.own
    visit.state = CANCELLED
    _changed(visit)
    visit.save()
    _say(acting, "visit_cancelled", visit, words.cancelled(acting.case.tracking, visit))
    return visit


def inspectors_of(case: Case) -> list[Person]:
    """The inspectors of the case's district."""
    return holders(Role.INSPECTOR, case.district)


def _acting(person: Person, tracking: str) -> _Acting:
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    if not held & {OWNER, INSPECTOR}:
        raise faults.may_not()
    hold_mandate(case, person, held)
    if case.case_type != CODE or case.status != INSPECTION:
        raise faults.not_now()
    return _Acting(case, person, held)


def _changeable(case: Case) -> InspectionVisit:
    visit = standing_visit(case)
    if visit is None:
        raise faults.none_stands()
    if city_calendar().local_day(clock.now()) >= visit.day:
        raise faults.too_late(visit)
    return visit


def _check_changes(acting: _Acting, left: int) -> None:
    if acting.own and left < 1:
        raise faults.no_more_moves(city_plan().moves)


def _changed(visit: InspectionVisit) -> None:
    visit.sequence += 1
    visit.changed_at = clock.now()


def _say(acting: _Acting, kind: str, visit: InspectionVisit, text: Text, **more: str) -> None:
    case = acting.case
    at = {"visit": visit.pk, "day": visit.day.isoformat(), "starts": f"{visit.starts:%H:%M}", "seat": visit.seat}
    as_whom = {"as": acting_as(acting.held), **in_name_of(case, acting.held)}
    append_history(case=case, actor=acting.person, kind=kind, data={**at, **more, **as_whom})
    tell(case, [*told_of(case), *inspectors_of(case)], text)
