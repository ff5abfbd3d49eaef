"""What may be booked for a case, and what is: reading only."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet

from apps.cases.models import Case
from apps.common import clock
from apps.common.work_calendar import city_calendar
from apps.permits import inspection_faults as faults
from apps.permits.inspection_plan import city_plan
from apps.permits.inspection_slots import Slot, Window, slots, window
from apps.permits.models_inspection import BOOKED, HOLDING, InspectionVisit


@dataclass(frozen=True, slots=True)
class Free:
    """A slot with seats left."""

    slot: Slot
    seats: int


def free_slots(case: Case) -> list[Free]:
    """Slots of the case's district that may be booked now, with seats left, in order. In one query."""
    plan, calendar = city_plan(), city_calendar()
    district = plan.of(case.district)
    if district is None:
        return []
    between = window(plan, calendar, now=clock.now())
    held = list(_holding(case.district or 0, between).exclude(case=case.pk, state=BOOKED))
    found = (Free(slot, district.inspectors - len(_seats(held, slot))) for slot in slots(district, calendar, between))
    return [free for free in found if free.seats > 0]


def find_slot(case: Case, day: date, starts: time) -> Slot:
    """The slot of the district's calendar, with seats left or not. Raises ConflictError when none is offered."""
    plan, calendar = city_plan(), city_calendar()
    district = plan.of(case.district)
    if district is None:
        raise faults.no_calendar()
    offered = slots(district, calendar, window(plan, calendar, now=clock.now()))
    found = next((slot for slot in offered if (slot.day, slot.starts) == (day, starts)), None)
    if found is None:
        raise faults.not_offered()
    return found


def taken_seats(district: int, slot: Slot, *, but: int | None) -> set[int]:
    """Seats that a visit holds for any minute of the slot; `but`: a visit that is about to leave its own."""
    return _seats(list(_holding(district, Window(slot.day, slot.day)).exclude(pk=but or 0)), slot)


def standing_visit(case: Case) -> InspectionVisit | None:
    """The visit that is booked for a case."""
    return InspectionVisit.objects.filter(case=case.pk, state=BOOKED).first()


def last_visit(case: Case) -> InspectionVisit | None:
    """The visit that was booked last, whatever became of it."""
    return InspectionVisit.objects.filter(case=case.pk).order_by("-pk").first()


def changes_left(case: Case) -> int:
    """How often the owner's side may still choose another time; a cancelled visit is a change, a freed one is none."""
    used = sum(InspectionVisit.objects.filter(case=case.pk).values_list("moves", flat=True))
    return city_plan().moves - used


def _holding(district: int, between: Window) -> QuerySet[InspectionVisit]:
    days = (between.first, between.last)
    return InspectionVisit.objects.filter(district=district, day__range=days, state__in=HOLDING)


def _seats(held: list[InspectionVisit], slot: Slot) -> set[int]:
    return {v.seat for v in held if Slot(v.day, v.starts, v.minutes).overlaps(slot)}
