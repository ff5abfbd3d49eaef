"""What this room tells itself and the rooms above."""

from dataclasses import dataclass

from apps.common.events import Event


@dataclass(frozen=True, slots=True)
class ExaminationDue(Event):
    """Open requests with an id greater than `after` may be behind the law: the next batch is to be examined."""

    after: int
