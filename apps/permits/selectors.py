"""Reading permit kinds and the requests a person may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from apps.cases.models import CaseEvent
from apps.cases.selectors import visible_case, visible_cases
from apps.common.errors import BadInputError, NotFoundError
from apps.common.text import Text
from apps.permits.models import PermitKind, PermitRequest

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
    """One thing that happened to a request; `by_applicant` None = the system did it."""

    at: datetime
    kind: str
    by_applicant: bool | None


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request as its applicant sees it. `seen_because` says why this reader may see it."""

    tracking: str
    kind: KindFacts
    status: str
    parcel_code: str
    opened_at: datetime
    extract_digest: str
    seen_because: str
    history: tuple[HistoryLine, ...]


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
    request = _requests(person).filter(case=case).first()
    if request is None:
        raise NotFoundError(
            fa=f"پروندهٔ «{tracking}» درخواست پروانه نیست.", en=f"The case “{tracking}” is not a permit request."
        )
    return _facts(request, seen_because=getattr(case, "seen_because", ""))


def my_requests(person: "Person | AnonymousUser") -> list[RequestFacts]:
    """All requests this person sees, newest first, in a fixed number of queries."""
    reasons = {case.pk: getattr(case, "seen_because", "") for case in visible_cases(person)}
    return [_facts(request, seen_because=reasons[request.case_id]) for request in _requests(person)]


def _requests(person: "Person | AnonymousUser") -> QuerySet[PermitRequest]:
    return (
        PermitRequest.objects.filter(case__in=visible_cases(person).values("pk"))
        .select_related("case", "case__parcel")
        .prefetch_related(Prefetch("case__events", queryset=CaseEvent.objects.order_by("at", "pk")))
        .order_by("-case__opened_at")
    )


def _facts(request: PermitRequest, *, seen_because: str) -> RequestFacts:
    case = request.case
    lines = tuple(
        HistoryLine(
            at=event.at,
            kind=event.kind,
            by_applicant=None if event.actor_id is None else event.actor_id == case.applicant_id,
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
    )


def _kind(kind: PermitKind) -> KindFacts:
    return KindFacts(code=kind.value, label=Text(fa=str(kind.label), en=_ENGLISH[kind]))
