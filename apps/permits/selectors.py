"""Reading permit kinds and the requests a person may see."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from apps.cases.models import CaseEvent, Hold
from apps.cases.querysets import OFFICER
from apps.cases.querysets_own import APPLICANT
from apps.cases.selectors import visible_case, visible_cases
from apps.common.errors import BadInputError, NotFoundError
from apps.permits.facts import KindFacts, RequestFacts, facts_of, kind_facts
from apps.permits.kinds import offered
from apps.permits.models import PermitKind, PermitRequest
from apps.permits.workflow import ISSUED

if TYPE_CHECKING:
    from apps.parties.models import Person

__all__ = ["KindFacts", "RequestFacts", "issued_requests", "my_requests", "office_facts", "office_requests"]
__all__ += ["permit_kind", "permit_kinds", "request_facts", "visible_request"]


def permit_kinds() -> tuple[KindFacts, ...]:
    """Every kind that the city offers, in the order of the list."""
    return tuple(kind_facts(kind) for kind in PermitKind if offered(kind.value))


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
    return facts_of(request, seen_because=getattr(case, "seen_because", ""))


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
    return [facts_of(r, seen_because=APPLICANT) for r in _full(PermitRequest.objects.filter(case__in=own))]


def office_requests(person: "Person | AnonymousUser", *, only_held: bool = False) -> QuerySet[PermitRequest]:
    """Open requests in this officer's reach, held ones first, newest first; page it, then `office_facts`."""
    cases = visible_cases(person).exclude(applicant_id=person.pk or 0).open()
    held = Exists(Hold.objects.active().filter(case=OuterRef("case")))
    found = PermitRequest.objects.filter(case__in=cases.values("pk"))
    return _full(found.filter(held) if only_held else found).order_by(held.desc(), "-case__opened_at", "-pk")


def office_facts(requests: "list[PermitRequest]") -> list[RequestFacts]:
    """A page of `office_requests` as facts."""
    return [facts_of(request, seen_because=OFFICER) for request in requests]


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
