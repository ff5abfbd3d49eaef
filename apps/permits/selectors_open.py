"""Requests and permits on given parcels, for whoever prepares a change of law: no names, no documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.cases.querysets import CLOSED
from apps.permits.models import PermitRequest

ISSUED = "issued"
"""State of a case whose permit was issued. Permits are not issued by this platform yet: nothing has it."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that still holds its land. `filed_on` None = a draft."""

    case_id: int
    tracking: str
    status: str
    kind: str
    parcel_id: int
    parcel_code: str
    filed_on: date | None
    relied_digest: str


def open_requests_on(parcels: Iterable[int]) -> list[OpenRequest]:
    """Open permit requests on these parcels (ids), in the order of their tracking numbers."""
    return [_facts(r) for r in _requests().filter(case__parcel__in=parcels).exclude(case__status__in=CLOSED)]


def open_requests() -> list[OpenRequest]:
    """Every open permit request of the city."""
    return [_facts(r) for r in _requests().exclude(case__status__in=CLOSED)]


def issued_permits_on(parcels: Iterable[int]) -> list[OpenRequest]:
    """Permits issued on these parcels."""
    return [_facts(r) for r in _requests().filter(case__parcel__in=parcels, case__status=ISSUED)]


def _requests() -> QuerySet[PermitRequest]:
    return PermitRequest.objects.select_related("case", "case__parcel").order_by("case__tracking")


def _facts(request: PermitRequest) -> OpenRequest:
    case = request.case
    return OpenRequest(
        case_id=case.pk,
        tracking=case.tracking,
        status=case.status,
        kind=request.kind,
        parcel_id=case.land.pk,
        parcel_code=case.land.code,
        filed_on=request.filed_on,
        relied_digest=request.relied_digest,
    )
