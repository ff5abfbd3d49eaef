"""The proposal of a request: read it with its checks, write another version. Session and CSRF, as on the pages."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from apps.api.requests import REFUSALS
from apps.api.schemas import ErrorBody, TextOut
from apps.api.signed_in import SignedIn, seen
from apps.common.limits import Limit, spend
from apps.parties.models import Person
from apps.permits.proposal_checked import DifferingCheck
from apps.permits.proposal_document import Origin, proposal_of
from apps.permits.proposal_geojson import from_geojson
from apps.permits.proposal_state import ProposalState, proposal_state
from apps.permits.proposals import Draft, save_proposal
from apps.permits.services import sign_in_required

PER_PERSON = Limit("proposal-person", 120, 600)
router = Router(tags=["requests"], auth=SignedIn())
Metres = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Kind = Literal["BASEMENT", "PILOTIS", "GROUND", "TYPICAL", "STAIR_HEAD"]


class StoreyIn(Schema):
    """A storey, or the part of one with one use and units of one size. null = not written yet."""

    number: Annotated[int, Field(ge=-100, le=100, description="Below 0 basements, 0 at the passage")]
    kind: Kind
    use: Annotated[str, Field(max_length=24, pattern=r"^[A-Za-z0-9_-]*$", description="Land-use code")] = ""
    gross_m2: Metres | None = None
    countable_m2: Metres | None = None
    height_m: Metres | None = None
    units: Count | None = None
    parking: Count | None = None


class TotalsIn(Schema):
    """Totals added up by the sender; one that is not the sum of the rows refuses the table."""

    gross_m2: Metres | None = None
    countable_m2: Metres | None = None
    units: Count | None = None
    parking: Count | None = None


class ProposalIn(Schema):
    """`footprint`: GeoJSON areas, WGS 84 or with a `crs` that names the city's. `seen`: the version it replaces."""

    seen: Annotated[int, Field(ge=0, le=100_000)] | None = None
    footprint: dict[str, Any] | None = None
    plinth_m: Metres = 0
    parapet_m: Metres | None = None
    storeys: Annotated[list[StoreyIn], Field(max_length=200)]
    totals: TotalsIn | None = None


class DiffersOut(Schema):
    """A check that the frozen ones and today's do not answer alike; null = not asked there."""

    code: str
    label: TextOut
    then: dict[str, Any] | None
    now: dict[str, Any] | None


class ProposalOut(Schema):
    """`version` 0 = nothing proposed yet. `checks`: by today's extract while `writable`, else as they were frozen."""

    tracking: str
    version: int
    saved_at: datetime | None
    digest: str
    proposal: dict[str, Any] | None
    footprint: dict[str, Any] | None
    checks: dict[str, Any] | None
    writable: bool
    needed: bool
    frozen_at: str
    frozen_digest: str
    differs_today: list[DiffersOut] | None


@router.get("/{tracking}/proposal", response={200: ProposalOut, **REFUSALS}, summary="What a request proposes")
def read(request: HttpRequest, tracking: str) -> dict[str, Any]:
    """The newest version with its checks: pass, fail or cannot_evaluate for each provision, with article and reason."""
    state = proposal_state(tracking=tracking, person=_person(request))
    seen(request, state.request.case)
    return _out(tracking, state)


@router.put(
    "/{tracking}/proposal",
    response={200: ProposalOut, 413: ErrorBody, **REFUSALS},
    summary="Write what a request proposes",
)
def write(request: HttpRequest, tracking: str, body: ProposalIn) -> dict[str, Any]:
    """Keeps another version and checks it at once; the same content again changes nothing.

    400 with `details.problems` for a table that cannot be true; 409 when another version was saved meanwhile.
    """
    person = _person(request)
    proposal_state(tracking=tracking, person=person)  # a stranger learns nothing, not even about the body
    spend(request, limit=PER_PERSON, key=str(person.pk))
    save_proposal(person=person, tracking=tracking, draft=_draft(body), seen=body.seen)
    return _out(tracking, proposal_state(tracking=tracking, person=person))


def _draft(body: ProposalIn) -> Draft:
    shape = None if body.footprint is None else from_geojson(body.footprint)
    declared = body.totals.dict(exclude_none=True) if body.totals else {}
    return Draft(
        proposal=proposal_of(body.dict()),
        footprint=shape,
        origin=Origin() if shape is None else Origin("drawn"),
        declared={name: Decimal(str(value)) for name, value in declared.items()},
    )


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise sign_in_required()
    return request.user


def _out(tracking: str, state: ProposalState) -> dict[str, Any]:
    return {
        "tracking": tracking.upper(),
        "version": state.version,
        "saved_at": state.saved_at,
        "digest": state.digest,
        "proposal": state.content,
        "footprint": state.footprint,
        "checks": state.checks,
        "writable": state.writable,
        "needed": state.needed,
        "frozen_at": state.frozen_at,
        "frozen_digest": state.frozen_digest,
        "differs_today": None if state.differs is None else [_differs(d) for d in state.differs],
    }


def _differs(found: DifferingCheck) -> dict[str, Any]:
    return {"code": found.code, "label": found.label.as_dict(), "then": found.then, "now": found.now}
