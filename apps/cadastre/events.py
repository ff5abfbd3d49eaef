"""What this room tells the rooms above, after commit."""

from dataclasses import dataclass

from apps.common.events import Event


@dataclass(frozen=True, slots=True)
class ParcelVersionsAdded(Event):
    """New parcel versions stand in these cells of the overlay grid (ParcelVersion.chunk)."""

    chunks: tuple[int, ...]
