"""What this room tells the rooms above, after commit."""

from dataclasses import dataclass

from apps.common.events import Event


@dataclass(frozen=True, slots=True)
class EditionTakenIn(Event):
    """An edition with its features and coverage stands whole in the database."""

    edition_id: int


@dataclass(frozen=True, slots=True)
class EditionDiscarded(Event):
    """A draft edition was taken away with its features, quarantine and overlays; its instrument stays."""

    edition_id: int
    instrument_id: int
    theme: str
