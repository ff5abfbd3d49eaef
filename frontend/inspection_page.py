"""The visit of a case for its template: what must be there, what stands, what may be booked, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from apps.cases.models import CaseEvent, DocumentVersion
from apps.common import clock
from apps.common.errors import ParvanehError
from apps.common.text import Text
from apps.common.work_calendar import city_calendar
from apps.permits.inspection import INSPECTOR
from apps.permits.inspection_calendar import Free, changes_left, free_slots, last_visit, standing_visit
from apps.permits.inspection_document import OUTCOMES, Outcome
from apps.permits.inspection_plan import city_plan
from apps.permits.inspection_reports import content_of
from apps.permits.kinds import CODE
from apps.permits.models_inspection import InspectionReport, InspectionVisit
from apps.permits.states import INSPECTION
from frontend.case_page_reader import Look


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its free slots."""

    day: date
    free: tuple[Free, ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """One version of a report as people read it."""

    row: InspectionReport
    content: Mapping[str, Any]
    outcome: Text
    photos: tuple[DocumentVersion, ...]


def page_of(look: Look, *, refused: ParvanehError | None = None) -> dict[str, Any]:
    """The context of the page of a visit, for whoever sees the case."""
    case, plan = look.case, city_plan()
    standing, last = standing_visit(case), last_visit(case)
    books = case.status == INSPECTION and (look.may_act or INSPECTOR in look.held)
    left = changes_left(case)
    counted = look.may_act
    return {
        "look": look,
        "case": case,
        "plan": plan,
        "served": plan.of(case.district) is not None,
        "standing": standing,
        "last": last if standing is None else None,
        "changeable": standing is not None and city_calendar().local_day(clock.now()) < standing.day,
        "books": books,
        "counted": counted,
        "left": max(left, 0),
        "may_choose": books and (not counted or left > 0 or (standing is None and left == 0)),
        "days": days_of(free_slots(case)) if books else (),
        "reports": reports_of(case.pk),
        "corrected": CaseEvent.objects.filter(case=case, kind="area_corrected").last(),
        "refused": refused,
    }


def is_inspected(look: Look) -> bool:
    """Whether the case has a page of visits: a permit that is inspected, or was."""
    case = look.case
    if case.case_type != CODE:
        return False
    return case.status == INSPECTION or InspectionVisit.objects.filter(case=case).exists()


def days_of(free: list[Free]) -> tuple[Day, ...]:
    """Slots by day."""
    return tuple(Day(day, tuple(found)) for day, found in groupby(free, key=lambda one: one.slot.day))


def reports_of(case: int) -> tuple[Reported, ...]:
    """Every version of every report, the newest first."""
    rows = InspectionReport.objects.filter(visit__case=case).select_related("visit").order_by("-visit", "-version")
    contents = [(row, content_of(row)) for row in rows]
    wanted = {sha for _, content in contents for sha in content["photos"]}
    photos = {v.sha256: v for v in photos_of(case) if v.sha256 in wanted}
    return tuple(
        Reported(
            row, content, OUTCOMES[Outcome(row.outcome)], tuple(photos[s] for s in content["photos"] if s in photos)
        )
        for row, content in contents
    )


def photos_of(case: int) -> list[DocumentVersion]:
    """Pictures that the office put into the case, oldest first."""
    found = DocumentVersion.objects.filter(document__case=case, document__side="office", family="image")
    return list(found.select_related("document").order_by("at", "pk"))
