"""Giving a visit its seat: the database decides, whatever was seen before."""

from django.db import IntegrityError, transaction

from apps.permits import inspection_faults as faults
from apps.permits.inspection_calendar import taken_seats
from apps.permits.inspection_plan import city_plan
from apps.permits.inspection_slots import Slot
from apps.permits.models_inspection import BOOKED, InspectionVisit


def seat(visit: InspectionVisit, slot: Slot) -> None:
    """The first seat that is free; one that another took at the same moment is passed over. Raises ConflictError."""
    visit.day, visit.starts, visit.minutes = slot.day, slot.starts, slot.minutes
    calendar = city_plan().of(visit.case.district)
    taken = taken_seats(visit.district, slot, but=visit.pk)
    for number in range(1, (calendar.inspectors if calendar else 0) + 1):
        if number in taken:
            continue
        visit.seat, visit.state = number, BOOKED
        try:
            with transaction.atomic():
                visit.save()
        except IntegrityError as error:
            if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "inspection_seat_once":
                raise
        else:
            return
    raise faults.full()
