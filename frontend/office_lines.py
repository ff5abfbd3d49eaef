"""Cases in a list of an office, as lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from apps.cases.models import Case, KartablItem
from apps.cases.types.definition import State
from apps.cases.types.registry import definition_of
from apps.common.clock import today
from apps.common.text import NOTHING, Text
from apps.common.work_calendar import city_calendar
from apps.common.working_days import days_left
from apps.parties.models import Person
from apps.permits.models import PermitRequest
from frontend.case_page_reader import name_of
from frontend.case_page_standing import turn_name
from frontend.my_cases import service_name


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One case in a list of an office. `left`: working days, negative = late, None = no term. `waits_for`: whose turn.

    `holder`: who took it; empty = nobody has. `mine`: the reader did.
    """

    tracking: str
    service: Text
    state: State
    applicant: Text
    parcel: str
    district: int | None
    since: date
    due: date | None
    left: int | None
    waits_for: Text
    holder: Text
    mine: bool
    held: bool


def item_lines(items: Iterable[KartablItem], person: Person) -> list[OfficeLine]:
    """Entries of a worklist as lines, in a fixed number of queries."""
    listed = list(items)
    kinds = _kinds(item.case_id for item in listed)
    return [_line(item.case, item, person, kinds) for item in listed]


def case_lines(cases: Iterable[Case], person: Person) -> list[OfficeLine]:
    """Cases as lines, in a fixed number of queries."""
    listed = list(cases)
    turns = KartablItem.objects.filter(case__in=listed, kind="turn", closed_at__isnull=True).select_related("assignee")
    by_case = {item.case_id: item for item in turns}
    kinds = _kinds(case.pk for case in listed)
    return [_line(case, by_case.get(case.pk), person, kinds) for case in listed]


def _kinds(cases: Iterable[int]) -> Mapping[int, str]:
    return dict(PermitRequest.objects.filter(case__in=list(cases)).values_list("case_id", "kind"))


def _line(case: Case, item: KartablItem | None, person: Person, kinds: Mapping[int, str]) -> OfficeLine:
    state = definition_of(case).state(case.status)
    due = None if item is None or item.due_at is None else timezone.localdate(item.due_at)
    holder = None if item is None else item.assignee
    held = getattr(item, "held", False) or getattr(case, "held", False)
    return OfficeLine(
        tracking=case.tracking,
        service=service_name(case, kinds.get(case.pk, "")),
        state=state,
        applicant=name_of(case.applicant),
        parcel=case.parcel.code if case.parcel else "",
        district=case.district,
        since=timezone.localdate(item.opened_at if item else case.moved_at or case.opened_at),
        due=due,
        left=None if due is None else days_left(due, today(), city_calendar()),
        waits_for=turn_name(state),
        holder=NOTHING if holder is None else name_of(holder),
        mine=holder is not None and holder.pk == person.pk,
        held=bool(held),
    )
