"""Permit kinds and requests as values: what their readers see."""

from dataclasses import dataclass
from datetime import date, datetime

from apps.cases.hold_facts import HoldFacts, hold_facts
from apps.cases.hold_rules import Level
from apps.cases.querysets_own import APPLICANT
from apps.common.text import Text
from apps.permits import words
from apps.permits.models import PermitKind, PermitRequest

_ENGLISH = {
    PermitKind.NEW: "New building",
    PermitKind.DEMOLISH_REBUILD: "Demolish and rebuild",
    PermitKind.EXTENSION: "Extension",
    PermitKind.ADDED_STOREY: "Added storey",
    PermitKind.REPAIR: "Repair",
    PermitKind.RENEWAL: "Renewal",
    PermitKind.TIME_EXTENSION: "Time extension",
    PermitKind.AMENDMENT: "Amendment (change of drawings)",
    PermitKind.DUPLICATE: "Duplicate",
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


def facts_of(request: PermitRequest, *, seen_because: str) -> RequestFacts:
    """The request as a reader sees it; events and holds of its case are best fetched along."""
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
        kind=kind_facts(PermitKind(request.kind)),
        status=case.status,
        parcel_code=case.land.code,
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


def kind_facts(kind: PermitKind) -> KindFacts:
    """The kind and its name."""
    return KindFacts(code=kind.value, label=Text(fa=str(kind.label), en=_ENGLISH[kind]))
