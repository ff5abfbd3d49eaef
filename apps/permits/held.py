"""What holds a request, what parts its frozen answer from today's, and what its owner may choose."""

from dataclasses import dataclass
from datetime import date

from apps.cases.hold_facts import active_holds
from apps.cases.hold_rules import Level
from apps.cases.models import Hold
from apps.common.errors import NotFoundError
from apps.extracts.differing import Differing, compare
from apps.legal.transition import Choice, Clause, clause_of
from apps.permits.choices import Asking, last_days, offered
from apps.permits.evidence import Evidence, of_now, relied_documents
from apps.permits.examined import Mark, mark
from apps.permits.models import PermitRequest


@dataclass(frozen=True, slots=True)
class Comparison:
    """The frozen answer beside today's. `fresh` None: the parcel no longer stands. `kept`: the frozen one is there."""

    differences: tuple[Differing, ...]
    fresh: Evidence | None
    kept: bool

    @property
    def known(self) -> bool:
        """Whether today's answer knows everything that the frozen one knows."""
        return self.fresh is not None and not any(difference.lost for difference in self.differences)


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """`choices` () = nothing to choose now. `examining`: an act waits to be held against it. `version`: goes with a
    choice, so that one made on an old page is noticed. `until`: last day to choose to go on, None = no end.
    """

    stopped: bool
    examining: bool
    version: int
    choices: tuple[Choice, ...]
    until: date | None
    comparison: Comparison


def comparison_of(request: PermitRequest, *, today: date) -> Comparison:
    """The answer the request rests on beside the one of today."""
    kept = relied_documents([request]).get(request.relied_digest)
    try:
        fresh = of_now(parcel_code=request.case.land.code, kind=request.kind, on=today)
    except NotFoundError:
        return Comparison(differences=(), fresh=None, kept=kept is not None)
    differences = () if kept is None else compare(kept, fresh.extract.data)
    return Comparison(differences=differences, fresh=fresh, kept=kept is not None)


def held_facts(request: PermitRequest) -> HeldFacts:
    """Everything about the hold of one request, as of now."""
    now = mark()
    comparison = comparison_of(request, today=now.today)
    stops = stops_of(request)
    examining = now.is_past(request)
    choices = () if examining or not stops else choices_of(request, stops, now, known=comparison.known)
    until = last_days(clauses_of(stops), asking_of(request, now)) if Choice.CONTINUE in choices else ()
    return HeldFacts(
        stopped=bool(stops),
        examining=examining,
        version=request.examined_version,
        choices=choices,
        until=min(until, default=None),
        comparison=comparison,
    )


def stops_of(request: PermitRequest) -> list[Hold]:
    """The active holds that stop every step."""
    return list(active_holds(request.case).filter(level=Level.STOP))


def choices_of(request: PermitRequest, stops: list[Hold], now: Mark, *, known: bool) -> tuple[Choice, ...]:
    """What the owner may choose under these holds."""
    ordered = any(hold.act_id is None for hold in stops)
    return offered(clauses_of(stops), asking_of(request, now), ordered=ordered, known=known)


def clauses_of(holds: list[Hold]) -> list[tuple[Clause, ...]]:
    """The clauses of the acts that placed these holds, by act."""
    return [tuple(clause_of(raw) for raw in hold.act.transition) for hold in holds if hold.act is not None]


def asking_of(request: PermitRequest, now: Mark) -> Asking:
    """The request as clauses see it."""
    return Asking(kind=request.kind, filed_on=request.filed_on, today=now.today)
