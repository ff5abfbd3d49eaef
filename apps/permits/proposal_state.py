"""What a face shows of a request's proposal, in one value: newest version, checks, what was frozen, what differs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from apps.common.errors import NotFoundError
from apps.parties.models import Person
from apps.permits import proposals
from apps.permits.models import PermitRequest
from apps.permits.proposal_checked import DifferingCheck
from apps.permits.proposal_kinds import needs_proposal
from apps.permits.proposal_shape import as_lonlat, from_coordinates
from apps.permits.selectors import visible_request


@dataclass(frozen=True, slots=True)
class ProposalState:
    """`content`: the newest version's document; `checks`: of it by today's extract while it may still be written, else
    those that were frozen (`frozen_at`). `differs`: what the frozen ones and today's do not say alike (None = nothing
    frozen, or the parcel does not stand any more: `gone`). `footprint`: GeoJSON in WGS 84.
    """

    request: PermitRequest
    version: int
    saved_at: datetime | None
    digest: str
    content: dict[str, Any] | None
    footprint: dict[str, Any] | None
    checks: dict[str, Any] | None
    writable: bool
    needed: bool
    gone: bool = False
    frozen_at: str = ""
    frozen_digest: str = ""
    differs: tuple[DifferingCheck, ...] | None = None


def proposal_state(*, tracking: str, person: Person | AnonymousUser) -> ProposalState:
    """The state for a reader. Raises NotFoundError for a case that this person may not see."""
    request = visible_request(tracking=tracking, person=person)
    writable = proposals.may_write(request, person)
    row = proposals.latest(request)
    frozen = proposals.frozen_checks(request)
    content = None if row is None else proposals.content_of(row)
    checks, gone = (None, False) if writable or frozen is None else (frozen["checks"], False)
    differs = None
    try:
        if writable or frozen is None:
            now = proposals.today_checks(request)
            checks = None if now is None else now.as_dict()
        else:
            differs = proposals.compare_with_today(request)
    except NotFoundError:  # split or merged since
        gone = True
    shape = from_coordinates(content["footprint"]) if content else None
    return ProposalState(
        request=request,
        version=row.version if row else 0,
        saved_at=row.saved_at if row else None,
        digest=row.digest if row else "",
        content=content,
        footprint=None if shape is None else as_lonlat(shape),
        checks=checks,
        writable=writable,
        needed=needs_proposal(request.kind),
        gone=gone,
        frozen_at=frozen["frozen_at"] if frozen else "",
        frozen_digest=frozen["digest"] if frozen else "",
        differs=differs,
    )
