"""Cases in a list of an office, as lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from apps.cases.models import Case, Hold, KartablItem
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

    `holder`: who took it; empty = nobody has. `mine`: the reader did. `holds`: why it is held.
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
    holds: tuple[Text, ...]


def item_lines(items: Iterable[KartablItem], person: Person) -> list[OfficeLine]:
    """Entries of a worklist as lines, in a fixed number of queries."""
    listed = list(items)
    more = _more(item.case_id for item in listed)
    return [_line(item.case, item, person, more) for item in listed]


def case_lines(cases: Iterable[Case], person: Person) -> list[OfficeLine]:
    """Cases as lines, in a fixed number of queries."""
    listed = list(cases)
    turns = KartablItem.objects.filter(case__in=listed, kind="turn", closed_at__isnull=True).select_related("assignee")
    by_case = {item.case_id: item for item in turns}
    more = _more(case.pk for case in listed)
    return [_line(case, by_case.get(case.pk), person, more) for case in listed]


@dataclass(frozen=True, slots=True)
class _More:
    """What a page of cases has besides, by case: kinds of permits, and why they are held."""

    kinds: Mapping[int, str]
    holds: Mapping[int, tuple[Text, ...]]


def _more(cases: Iterable[int]) -> _More:
    listed = list(cases)
    holds: dict[int, tuple[Text, ...]] = {}
    for hold in Hold.objects.active().filter(case__in=listed).order_by("pk"):
        holds[hold.case_id] = (*holds.get(hold.case_id, ()), Text(hold.reason_fa, hold.reason_en))
    return _More(dict(PermitRequest.objects.filter(case__in=listed).values_list("case_id", "kind")), holds)


def _line(case: Case, item: KartablItem | None, person: Person, more: _More) -> OfficeLine:
    state = definition_of(case).state(case.status)
    due = None if item is None or item.due_at is None else timezone.localdate(item.due_at)
    holder = None if item is None else item.assignee
    return OfficeLine(
        tracking=case.tracking,
        service=service_name(case, more.kinds.get(case.pk, "")),
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
        holds=more.holds.get(case.pk, ()),
    )
