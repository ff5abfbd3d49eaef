"""Visits that end by themselves: the day became a day off, or the case left the stage. Its people are always told."""

from django.db import transaction

from apps.cases.capacities import told_of
from apps.cases.events import CaseMoved
from apps.cases.models import Case
from apps.cases.recording import append_history
from apps.cases.telling import tell
from apps.common import clock
from apps.common.events import Event
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.permits import inspection_words as words
from apps.permits.inspection import inspectors_of
from apps.permits.inspection_slots import is_open
from apps.permits.models_inspection import BOOKED, FREED, InspectionVisit
from apps.permits.states import INSPECTION


def free_closed_days() -> int:
    """Free the visits on days that are off by the calendar of now; returns how many. Safe beside other workers."""
    calendar = city_calendar()
    booked = InspectionVisit.objects.filter(state=BOOKED, day__gte=calendar.local_day(clock.now()))
    closed = [v.pk for v in booked.only("pk", "day") if not is_open(calendar, v.day)]
    return sum(_free(pk, because="day_off") for pk in closed)


def on_moved(event: Event) -> None:
    """A case that left its stage of inspection keeps no seat."""
    if isinstance(event, CaseMoved) and event.source == INSPECTION:
        booked = InspectionVisit.objects.filter(case=event.case_id, state=BOOKED)
        for pk in list(booked.values_list("pk", flat=True)):
            _free(pk, because="left_stage")


@transaction.atomic
def _free(pk: int, *, because: str) -> bool:
    """Whether it is freed now: under its case's lock, as every change of a visit."""
    case_id = InspectionVisit.objects.values_list("case_id", flat=True).get(pk=pk)
    case = Case.objects.select_for_update().get(pk=case_id)
    visit = InspectionVisit.objects.filter(pk=pk, state=BOOKED).first()
    if visit is None or _stands_after_all(case, visit, because):
        return False
    visit.state, visit.changed_at = FREED, clock.now()
    visit.sequence += 1
    visit.save(update_fields=["state", "changed_at", "sequence"])
    at = {"visit": visit.pk, "day": visit.day.isoformat(), "starts": f"{visit.starts:%H:%M}"}
    append_history(case=case, actor=None, kind="visit_freed", data={**at, "because": because})
    tell(case, [*told_of(case), *inspectors_of(case)], _text(case, visit, because))
    return True


def _stands_after_all(case: Case, visit: InspectionVisit, because: str) -> bool:
    """It was moved, or the case came back and was booked anew, before this was heard."""
    if because == "left_stage":
        return case.status == INSPECTION
    return is_open(city_calendar(), visit.day)


def _text(case: Case, visit: InspectionVisit, because: str) -> Text:
    say = words.ended if because == "left_stage" else words.freed
    return say(case.tracking, visit)
