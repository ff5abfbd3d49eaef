"""What this room tells the rooms above, after commit. Ids only, no personal data."""

from dataclasses import dataclass

from apps.common.events import Event


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """A case stands open on a land."""

    case_id: int
    tracking: str
    land_code: str


@dataclass(frozen=True, slots=True)
class CaseMoved(Event):
    """A case went from one status to another."""

    case_id: int
    tracking: str
    verb: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class CaseTold(Event):
    """People were told something about a case (`CaseMessage`): a room above may forward it."""

    case_id: int


@dataclass(frozen=True, slots=True)
class CaseHeld(Event):
    """A hold or a warning stands on a case. `act_id`: the legal act behind it, None = an order about this case."""

    case_id: int
    hold_id: int
    act_id: int | None


@dataclass(frozen=True, slots=True)
class CaseReleased(Event):
    """A hold no longer stops its case."""

    case_id: int
    hold_id: int


@dataclass(frozen=True, slots=True)
class DeadlinePassed(Event):
    """A deadline of a case has passed without having been met. `code`: what it was for."""

    case_id: int
    deadline_id: int
    code: str
