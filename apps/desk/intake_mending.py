"""What became of the rows that an earlier file had wrong."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_layers.models import Quarantined

_MOST = 200


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was kept out: its number, why, and all that it said (as one text, for comparing)."""

    row: int
    reason: str
    said: str


def bad_rows(edition_id: int) -> tuple[BadRow, ...]:
    """Rows of an edition that were kept out, in file order."""
    rows = (
        Quarantined.objects.filter(edition=edition_id).order_by("source_row").values_list("source_row", "reason", "row")
    )
    return tuple(BadRow(number, reason, json.dumps(said, sort_keys=True)) for number, reason, said in rows)


def compare(before: Sequence[BadRow], after: Sequence[BadRow]) -> Mapping[str, Any]:
    """{"before", "mended", "still": row numbers of the new file, "new": the same}.

    A row is known again by what it says, since rows move when others are deleted; else by its number and its fault.
    """
    left = Counter(row.said for row in before)
    still = {place for place, row in enumerate(after) if _taken(left, row.said)}
    moved = Counter((row.row, row.reason) for row in before if _taken(left, row.said))
    still |= {p for p, row in enumerate(after) if p not in still and _taken(moved, (row.row, row.reason))}
    new = [row.row for place, row in enumerate(after) if place not in still]
    return {
        "before": len(before),
        "mended": len(before) - len(still),
        "still": sorted(after[place].row for place in still)[:_MOST],
        "new": new[:_MOST],
    }


def _taken(counted: Counter[Any], key: Any) -> bool:
    """Whether there was one left of these; it is no longer."""
    if counted[key] <= 0:
        return False
    counted[key] -= 1
    return True
