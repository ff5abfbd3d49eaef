"""A parcel's legal history: since when which main values, by which acts."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from apps.api.params import known_instant
from apps.api.parcels import REFUSALS, Kind, KnownAt
from apps.api.schemas import TextOut
from apps.extracts.history import history
from apps.permits.selectors import permit_kind as known_kind

router = Router(tags=["parcels"])
Value = float | int | str | list[str] | None


class SaidOut(Schema):
    """One main value of a stretch; `bound`: the strictest known value of one that is not known."""

    subject: str
    label: TextOut
    unit: str
    outcome: Literal["value", "not_known", "none"]
    value: Value
    bound: Value


class SaidDutyOut(Schema):
    """Who must be asked, or what is forbidden."""

    kind: str
    code: str
    text: TextOut


class HistoryActOut(Schema):
    """An act that reaches the parcel; `status`: where it left its instrument here, `until` when (null = open)."""

    id: int
    kind: str
    number: str
    act_date: date
    effective_on: date
    body: TextOut
    document: str
    authority: str
    instrument: str
    title: TextOut
    status: str
    until: date | None


class StretchOut(Schema):
    """Legal days, half-open (null = without bound), on which one thing is said of the parcel."""

    since: date | None
    until: date | None
    when: Literal["past", "now", "future"]
    exists: bool = Field(description="Whether there was such a parcel")
    said: list[SaidOut]
    duties: list[SaidDutyOut]
    heritage: bool | None = Field(description="Within a heritage zone; null = not known or not asked")
    text: TextOut
    changes: list[TextOut] = Field(description="What is said otherwise than in the stretch before")
    acts: list[HistoryActOut] = Field(description="What began the stretch")
    quiet: list[HistoryActOut] = Field(description="Acts within it that changed no main value")


class AnnouncedOut(Schema):
    """An edition that is not law now, and what it would change here."""

    title: TextOut
    status: str
    text: TextOut
    act: dict[str, Any] | None


class ParcelHistoryOut(Schema):
    """Oldest stretch first; `cut`: older days are left out because there were too many changes."""

    parcel: str
    permit_kind: str
    today: date
    known_at: datetime
    stretches: list[StretchOut]
    announced: list[AnnouncedOut]
    cut: bool


@router.get(
    "/{code}/history",
    response={200: ParcelHistoryOut, **REFUSALS},
    summary="The legal history of a parcel: since when which values, by which acts",
)
def parcel_history(
    request: HttpRequest, code: str, known_at: KnownAt = None, permit_kind: Kind = "NEW"
) -> dict[str, Any]:
    """Future effective days are included and marked. With `known_at`: what the city knew by then."""
    kind = known_kind(permit_kind).value
    return asdict(history(parcel=code, permit_kind=kind, known_at=known_instant(known_at)))
