"""The vocabulary of acts and of the periods they make. Pure: shared by the rules, the models and the services."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ActKind(StrEnum):
    """The legal acts. ANNUL with a scope is 'annul in part'."""

    APPROVE = "approve"
    PROMULGATE = "promulgate"
    SUSPEND = "suspend"
    LIFT = "lift"
    ANNUL = "annul"
    REPEAL = "repeal"
    REPLACE = "replace"


class Authority(StrEnum):
    """Whose act it is. A court's order beats an administrative act: only a court lifts what a court suspended."""

    ADMINISTRATIVE = "administrative"
    COURT = "court"


class Status(StrEnum):
    """Where an instrument stands, on a day, at a place."""

    DRAFT = "draft"
    APPROVED = "approved_not_promulgated"
    PROMULGATED = "promulgated_not_yet_effective"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ANNULLED = "annulled"
    REPEALED = "repealed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class ActRecord:
    """One recorded act as the rules see it. `scope`: id of the place it is limited to, None = everywhere."""

    id: int
    instrument: int
    kind: ActKind
    act_date: date
    effective_on: date
    recorded_at: datetime
    scope: int | None = None
    lifts: int | None = None
    replaced_by: int | None = None

    @property
    def order(self) -> tuple[date, datetime]:
        """Acts work in the order of their days; on one day, in the order of recording."""
        return self.effective_on, self.recorded_at

    def works_in(self, inside: frozenset[int]) -> bool:
        """Whether the act reaches a place that lies inside exactly these scopes."""
        return self.scope is None or self.scope in inside


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the act it rests on (None for a draft). `bound`: whether it was ever promulgated by then."""

    status: Status
    act: ActRecord | None = None
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """One status over a rectangle of days × instants, at one atom of place; both ranges half-open, None = unbounded."""

    instrument: int
    inside: frozenset[int]
    status: Status
    act: int | None
    legal_from: date | None
    legal_to: date | None
    known_from: datetime
    known_to: datetime | None

    @property
    def scope_key(self) -> str:
        """The atom's name: '+'-joined sorted ids of the scopes that hold it, '' = outside all of them."""
        return scope_key(self.inside)


def scope_key(inside: frozenset[int]) -> str:
    """'3+7' for the place that lies in the scopes of acts 3 and 7 and in no other."""
    return "+".join(str(scope) for scope in sorted(inside))
