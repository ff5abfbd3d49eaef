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
