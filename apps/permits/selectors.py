"""Reading permit kinds and the requests a person may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from apps.cases.hold_facts import HoldFacts, hold_facts
from apps.cases.hold_rules import Level
from apps.cases.models import CaseEvent, Hold
from apps.cases.querysets import APPLICANT, OFFICER
from apps.cases.selectors import visible_case, visible_cases
from apps.common.errors import BadInputError, NotFoundError
from apps.common.text import Text
from apps.permits import words
from apps.permits.models import PermitKind, PermitRequest
from apps.permits.workflow import ISSUED

if TYPE_CHECKING:
    from apps.parties.models import Person

_ENGLISH = {
    PermitKind.NEW: "New building",
    PermitKind.DEMOLISH_REBUILD: "Demolish and rebuild",
    PermitKind.EXTENSION: "Extension",
    PermitKind.ADDED_STOREY: "Added storey",
    PermitKind.REPAIR: "Repair",
}


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A permit kind and its name."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a request; `by_applicant` None = the system did it. `number`: of the order in it."""

    at: datetime
    kind: str
    by_applicant: bool | None
    number: str = ""


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request as its reader sees it. `seen_because` says why this reader may see it.

    `relied_digest`: the frozen extract that it rests on now; `continues_by`: the act by whose clause it keeps it.
    `holds`: all there ever were, oldest first.
    """

    tracking: str
    kind: KindFacts
    status: str
    parcel_code: str
    opened_at: datetime
    extract_digest: str
    seen_because: str
    history: tuple[HistoryLine, ...]
    filed_on: date | None = None
    relied_digest: str = ""
    continues_by: Text | None = None
    holds: tuple[HoldFacts, ...] = ()

    @property
    def active_holds(self) -> tuple[HoldFacts, ...]:
        """Those that are not released."""
        return tuple(hold for hold in self.holds if hold.released_at is None)

    @property
    def stopped(self) -> bool:
        """Whether a hold stops every step."""
        return any(hold.level is Level.STOP for hold in self.active_holds)

    @property
    def warned(self) -> bool:
        """Whether a warning stands."""
        return any(hold.level is Level.WARNING for hold in self.active_holds)

    @property
    def own(self) -> bool:
        """Whether the reader is the applicant."""
        return self.seen_because == APPLICANT


def permit_kinds() -> tuple[KindFacts, ...]:
    """Every kind that can be asked for, in the order of the list."""
    return tuple(_kind(kind) for kind in PermitKind)


def permit_kind(raw: str) -> PermitKind:
    """The kind named `raw`. Raises BadInputError that lists the kinds."""
    try:
        return PermitKind(raw)
    except ValueError as error:
        kinds = [kind.value for kind in PermitKind]
        raise BadInputError(
            fa=f"نوع پروانهٔ «{raw}» شناخته نیست. یکی از این‌ها را بنویسید: {'، '.join(kinds)}.",
            en=f"The permit kind “{raw}” is not known. Use one of: {', '.join(kinds)}.",
            value=raw,
            kinds=kinds,
        ) from error


def request_facts(*, tracking: str, person: "Person | AnonymousUser") -> RequestFacts:
    """One request. Raises NotFoundError for what this person may not see."""
    case = visible_case(tracking=tracking, person=person)
    request = visible_request(tracking=tracking, person=person)
    return _facts(request, seen_because=getattr(case, "seen_because", ""))


def visible_request(*, tracking: str, person: "Person | AnonymousUser") -> PermitRequest:
    """The row itself, for this room and for comparing. Raises NotFoundError for what this person may not see."""
    case = visible_case(tracking=tracking, person=person)
    request = _full(PermitRequest.objects.filter(case=case.pk)).first()
    if request is None:
        raise NotFoundError(
            fa=f"پروندهٔ «{tracking}» درخواست پروانه نیست.", en=f"The case “{tracking}” is not a permit request."
        )
    return request


def my_requests(person: "Person | AnonymousUser") -> list[RequestFacts]:
    """The requests this person is the applicant of, newest first, in a fixed number of queries."""
    own = visible_cases(person).filter(applicant_id=person.pk or 0).values("pk")
    return [_facts(r, seen_because=APPLICANT) for r in _full(PermitRequest.objects.filter(case__in=own))]


def office_requests(person: "Person | AnonymousUser", *, only_held: bool = False) -> QuerySet[PermitRequest]:
    """Open requests in this officer's reach, held ones first, newest first; page it, then `office_facts`."""
    cases = visible_cases(person).exclude(applicant_id=person.pk or 0).open()
    held = Exists(Hold.objects.active().filter(case=OuterRef("case")))
    found = PermitRequest.objects.filter(case__in=cases.values("pk"))
    return _full(found.filter(held) if only_held else found).order_by(held.desc(), "-case__opened_at", "-pk")


def office_facts(requests: "list[PermitRequest]") -> list[RequestFacts]:
    """A page of `office_requests` as facts."""
    return [_facts(request, seen_because=OFFICER) for request in requests]


def issued_requests() -> QuerySet[PermitRequest]:
    """Requests that led to a permit: acts list them as affected and never touch them."""
    return PermitRequest.objects.filter(case__status__in=ISSUED)


def _full(requests: QuerySet[PermitRequest]) -> QuerySet[PermitRequest]:
    return (
        requests.select_related("case", "case__parcel", "continues_by")
        .defer("continues_by__scope")
        .prefetch_related(
            Prefetch("case__events", queryset=CaseEvent.objects.order_by("at", "pk")),
            Prefetch("case__holds", queryset=Hold.objects.select_related("release").order_by("pk")),
        )
        .order_by("-case__opened_at")
    )


def _facts(request: PermitRequest, *, seen_because: str) -> RequestFacts:
    case = request.case
    lines = tuple(
        HistoryLine(
            at=event.at,
            kind=event.kind,
            by_applicant=None if event.actor_id is None else event.actor_id == case.applicant_id,
            number=event.data.get("number", ""),
        )
        for event in case.events.all()
    )
    return RequestFacts(
        tracking=case.tracking,
        kind=_kind(PermitKind(request.kind)),
        status=case.status,
        parcel_code=case.parcel.code,
        opened_at=case.opened_at,
        extract_digest=request.extract_digest,
        seen_because=seen_because,
        history=lines,
        filed_on=request.filed_on,
        relied_digest=request.relied_digest,
        continues_by=_continues(request),
        holds=tuple(hold_facts(hold) for hold in case.holds.all()),
    )


def _continues(request: PermitRequest) -> Text | None:
    act = request.continues_by
    return None if act is None else words.signed(act.number, act.act_date, Text(act.body_fa, act.body_en))


def _kind(kind: PermitKind) -> KindFacts:
    return KindFacts(code=kind.value, label=Text(fa=str(kind.label), en=_ENGLISH[kind]))
