"""Mandates as frozen records for pages and the API."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import QuerySet

from apps.common import clock
from apps.common.text import Text
from apps.parties.mandate_rules import PORTAL
from apps.parties.mandate_telling import agent_name, allowed, last_day, principal_name, subject
from apps.parties.mandate_words import GROUND_NAMES, KIND_NAMES
from apps.parties.mandates import given_by, of_agent, standing
from apps.parties.memberships import BINDING, memberships_of
from apps.parties.models import EndGround, Mandate, MandateKind, Person, Scope

MOST_SHOWN = 200


class State(StrEnum):
    """How a mandate stands now. RESTING: one side's account or organisation is closed; nothing can be done by it."""

    STANDING = "standing"
    RESTING = "resting"
    LAPSED = "lapsed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """One mandate as its two sides see it. `last_day`: the last one on which it stands. `ground` None = not ended."""

    id: int
    kind: MandateKind
    kind_name: Text
    scopes: tuple[Scope, ...]
    allowed: Text
    subject: Text
    land_code: str
    tracking: str
    principal: Text
    agent: Text
    basis: str
    since: datetime
    last_day: date
    until: datetime
    state: State
    given_at: datetime
    ended_at: datetime | None
    ground: Text | None
    reason: str
    may_renounce: bool

    @property
    def open(self) -> bool:
        """Whether there is something to end."""
        return self.state in {State.STANDING, State.RESTING}

    @property
    def basis_shown(self) -> str:
        """What was written as the basis; empty for what was given here."""
        return "" if self.basis == PORTAL else self.basis


def given_facts(person: Person) -> list[MandateFacts]:
    """What the person gave: what can still be ended first, then the newest; ended ones too."""
    return _facts(given_by(person), person)


def held_facts(person: Person) -> list[MandateFacts]:
    """What the person, or an organisation they belong to, was given, in the same order."""
    return _facts(of_agent(person), person)


def _facts(visible: QuerySet[Mandate], person: Person) -> list[MandateFacts]:
    related = ("principal", "principal_organisation", "agent", "agent_organisation")
    rows = list(visible.select_related(*related)[:MOST_SHOWN])
    now = clock.now()
    stands = set(standing().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    bound = set(memberships_of(person).filter(role__in=sorted(BINDING)).values_list("organisation_id", flat=True))
    found = [_one(row, _state(row, now, stands), may_renounce=_binds(row, person, bound)) for row in rows]
    return sorted(found, key=lambda facts: not facts.open)


def _binds(row: Mandate, person: Person, bound: set[int]) -> bool:
    return row.agent_id == person.pk or row.agent_organisation_id in bound


def _state(row: Mandate, now: datetime, stands: set[int]) -> State:
    if row.ended_at is not None:
        return State.ENDED
    if row.until <= now:
        return State.LAPSED
    return State.STANDING if row.pk in stands else State.RESTING


def _one(row: Mandate, state: State, *, may_renounce: bool) -> MandateFacts:
    return MandateFacts(
        id=row.pk,
        kind=MandateKind(row.kind),
        kind_name=KIND_NAMES[MandateKind(row.kind)],
        scopes=tuple(Scope(scope) for scope in row.scopes),
        allowed=allowed(row),
        subject=subject(row),
        land_code=row.land_code,
        tracking=row.case_tracking,
        principal=principal_name(row),
        agent=agent_name(row),
        basis=row.basis,
        since=row.since,
        last_day=last_day(row),
        until=row.until,
        state=state,
        given_at=row.given_at,
        ended_at=row.ended_at,
        ground=GROUND_NAMES[EndGround(row.end_ground)] if row.end_ground else None,
        reason=row.end_reason,
        may_renounce=may_renounce,
    )
