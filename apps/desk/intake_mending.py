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
    still = []
    for row in after:
        if left[row.said] > 0:
            left[row.said] -= 1
            still.append(row)
    places = Counter((row.row, row.reason) for row in before if left[row.said] > 0)
    for row in after:
        if row not in still and places[row.row, row.reason] > 0:
            places[row.row, row.reason] -= 1
            still.append(row)
    new = [row.row for row in after if row not in still]
    return {
        "before": len(before),
        "mended": len(before) - len(still),
        "still": sorted(row.row for row in still)[:_MOST],
        "new": new[:_MOST],
    }
