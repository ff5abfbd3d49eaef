"""What this room tells the rooms above, after commit."""

from dataclasses import dataclass

from apps.common.events import Event


@dataclass(frozen=True, slots=True)
class EditionTakenIn(Event):
    """An edition with its features and coverage stands whole in the database."""

    edition_id: int
