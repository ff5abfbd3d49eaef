"""What this room tells the others, after commit."""

from dataclasses import dataclass
from datetime import date, datetime

from apps.common.events import Event


@dataclass(frozen=True, slots=True)
class ActRecorded(Event):
    """An act was recorded and the periods of its group were projected anew.

    `scoped`: it reaches only a part of the plane. `group`: ids of all instruments whose standing may have changed.
    """

    act: int
    instrument: int
    kind: str
    effective_on: date
    recorded_at: datetime
    scoped: bool
    group: tuple[int, ...]
