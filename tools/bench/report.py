"""What was measured, against which target, as a table for people and JSON for machines."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `ratio` is judged against `target` and `floor`; `less`: smaller is better. None = only told."""

    what: str
    measured: str
    ratio: float | None = None
    target: float | None = None
    floor: float | None = None
    less: bool = False

    @property
    def verdict(self) -> str:
        """'target' | 'floor' | 'missed' | '' when there is nothing to judge."""
        if self.ratio is None or self.target is None:
            return ""
        if self._reaches(self.ratio, self.target):
            return "target"
        return "floor" if self.floor is not None and self._reaches(self.ratio, self.floor) else "missed"

    def _reaches(self, ratio: float, bound: float) -> bool:
        return ratio <= bound if self.less else ratio >= bound


def table(rows: Sequence[Row]) -> str:
    """Rows as aligned text."""
    cells = [("what", "this run", "ratio", "target", "floor", "")]
    cells += [(r.what, r.measured, _plain(r.ratio), _bound(r, r.target), _bound(r, r.floor), r.verdict) for r in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(cells[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in cells)


def as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as plain values, with the verdict."""
    return [{**asdict(row), "verdict": row.verdict} for row in rows]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _bound(row: Row, value: float | None) -> str:
    return "" if value is None else f"{'≤' if row.less else '≥'} {value:g}"
