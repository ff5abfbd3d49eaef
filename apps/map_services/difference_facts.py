"""What is told of a difference: how far it is and what it says."""

from dataclasses import dataclass

from apps.map_services.models import DifferenceState
from gis_layers.postgis_difference_pieces import Line


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a difference is, and what it says once it is done.

    `edition_id`: the new edition it was asked for, None between two days. `public`: every edition in it has an act.
    `lines`: by (kind, old, new), the largest area first; empty until done. `bbox`: WGS 84, None when nothing differs.
    """

    key: str
    theme: str
    edition_id: int | None
    public: bool
    state: DifferenceState
    done_cells: int
    all_cells: int | None
    lines: tuple[Line, ...]

    @property
    def done(self) -> bool:
        """Whether the numbers are there."""
        return self.state is DifferenceState.DONE

    @property
    def percent(self) -> int:
        """Progress, 0 to 100."""
        if self.done:
            return 100
        return 100 * self.done_cells // self.all_cells if self.all_cells else 0

    @property
    def bbox(self) -> tuple[float, float, float, float] | None:
        """Around everything that differs (west, south, east, north)."""
        boxes = [line.bbox for line in self.lines]
        if not boxes:
            return None
        west, south, east, north = zip(*boxes, strict=True)
        return min(west), min(south), max(east), max(north)
