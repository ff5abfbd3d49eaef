"""The cases of a person's own side, of every type, by index: whose turn each is and until when. Constant queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.cases.kartabl import owner_items
from apps.cases.models import Case, Hold, KartablItem
from apps.cases.querysets import CLOSED
from apps.cases.types.definition import State, Turn
from apps.cases.types.registry import definition_of
from apps.common.clock import today
from apps.common.text import NOTHING, Text
from apps.common.work_calendar import city_calendar
from apps.common.working_days import days_left
from apps.parties.models import Person
from apps.permits.facts import kind_facts
from apps.permits.models import PermitKind, PermitRequest
from frontend.case_page_reader import name_of
from frontend.case_page_standing import turn_name

PER_PAGE = 25
SHOWN_AT_HOME = 5
OPEN, OVER, ALL = "open", "closed", "all"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. `left`: working days of the turn, negative = late, None = no term. `owner`: in whose name."""

    tracking: str
    service: Text
    state: State
    parcel: str
    opened_at: datetime
    yours: bool
    who: Text
    due: date | None
    left: int | None
    holds: tuple[Text, ...]
    stopped: bool
    warned: bool
    owner: Text


def my_cases(request: HttpRequest) -> dict[str, Any]:
    """The context of the list: a page of lines, and which of open, closed and all is shown."""
    person: Any = request.user
    shown = request.GET.get("show", OPEN)
    shown = shown if shown in (OPEN, OVER, ALL) else OPEN
    found = _ready(_narrowed(Case.objects.of_owner_side(person), shown))
    page = Paginator(found.order_by("-opened_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "cases": lines(page.object_list, person), "shown": shown}


def waiting_for(person: Person) -> list[CaseLine]:
    """The few most urgent cases in which it is this person's side's turn."""
    pks = [item.case_id for item in owner_items(person)[:SHOWN_AT_HOME]]
    if not pks:
        return []
    by_pk = {case.pk: case for case in _ready(Case.objects.filter(pk__in=pks))}
    return lines([by_pk[pk] for pk in pks], person)


def lines(cases: Iterable[Case], person: Person) -> list[CaseLine]:
    """Cases that `_ready` fetched, as lines."""
    listed = list(cases)
    kinds = dict(PermitRequest.objects.filter(case__in=listed).values_list("case_id", "kind"))
    return [_line(case, person, kinds) for case in listed]


def service_name(case: Case, kind: str) -> Text:
    """What the case is: the service, for a permit its kind too."""
    name = definition_of(case).name
    if not kind:
        return name
    label = kind_facts(PermitKind(kind)).label
    return Text(f"{name.fa}: {label.fa}", f"{name.en}: {label.en}")


def _narrowed(cases: QuerySet[Case], shown: str) -> QuerySet[Case]:
    if shown == ALL:
        return cases
    return cases.exclude(status__in=CLOSED) if shown == OPEN else cases.filter(status__in=CLOSED)


def _ready(cases: QuerySet[Case]) -> QuerySet[Case]:
    turns = KartablItem.objects.filter(kind="turn", closed_at__isnull=True)
    return cases.select_related("parcel", "applicant").prefetch_related(
        Prefetch("kartabl", queryset=turns, to_attr="turns"),
        Prefetch("holds", queryset=Hold.objects.active(), to_attr="standing"),
    )


def _line(case: Case, person: Person, kinds: Mapping[int, str]) -> CaseLine:
    state = definition_of(case).state(case.status)
    turns: list[KartablItem] = getattr(case, "turns", [])
    holds: list[Hold] = getattr(case, "standing", [])
    due = turns[0].due_at if turns else None
    day = None if due is None else timezone.localdate(due)
    return CaseLine(
        tracking=case.tracking,
        service=service_name(case, kinds.get(case.pk, "")),
        state=state,
        parcel=case.parcel.code if case.parcel else "",
        opened_at=case.opened_at,
        yours=state.turn is Turn.OWNER,
        who=turn_name(state),
        due=day,
        left=None if day is None else _left(day),
        holds=tuple(Text(hold.reason_fa, hold.reason_en) for hold in holds),
        stopped=any(hold.level == "stop" for hold in holds),
        warned=any(hold.level == "warning" for hold in holds),
        owner=NOTHING if case.applicant_id == person.pk else name_of(case.applicant),
    )


def _left(day: date) -> int:
    return days_left(day, today(), city_calendar())
