"""The facts of many parcels in columns, each value known by a small number; and what conditions make of them.

Whole numbers of hundredths all the way: no value is ever rounded. The facts themselves are those of
`extracts.facts.facts_of`; whoever is composed for a class is checked against them (composing.py).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.impact.sorting import ranked
from apps.legal.answers import FactValue
from apps.legal.decision_table import Between, Condition, OneOf, parse_condition
from apps.legal.tables.reads import tame
from gis_layers.postgis_impact import NONE

HUNDRED = Decimal(100)
Ids = NDArray[np.int64]
Bucket = tuple[Any, ...]


def bucket_of(value: FactValue, *, bounds: list[Decimal], numbers: frozenset[Decimal]) -> Bucket:
    """Values in one bucket meet the same conditions: between the same bounds (from ≤ x < to), the same number."""
    if isinstance(value, Decimal):
        return (bisect_right(bounds, value), value if value in numbers else None)
    return (type(value).__name__, value)


def breaks(cells: Iterable[str]) -> tuple[list[Decimal], frozenset[Decimal]]:
    """(bounds, numbers) at which conditions change their mind. A cell that cannot be read fails for every value."""
    conditions = [c for c in map(_condition, cells) if c is not None]
    ranges = [c for c in conditions if isinstance(c, Between)]
    bounds = sorted({b for r in ranges for b in (r.low, r.high) if b is not None})
    return bounds, frozenset(n for c in conditions if isinstance(c, OneOf) for n in c.numbers)


def _condition(cell: str) -> Condition | None:
    try:
        return parse_condition(cell)
    except ValueError:
        return None


class Column:
    """One fact over all parcels: values are numbered as they come, and sorted into buckets as conditions ask.

    `tame`: every value so far is (legal.tables.reads).
    """

    def __init__(self, cells: Iterable[str] = ()) -> None:
        self.values: list[FactValue] = []
        self._ids: dict[tuple[str, FactValue], int] = {}
        self._raws: dict[int, int] = {}
        self._coarse: list[int] = []
        self._buckets: dict[Bucket, int] = {}
        self._first: list[FactValue] = []
        self._bounds, self._numbers = breaks(cells)
        self._fine: dict[frozenset[str], dict[Bucket, int]] = {}
        self.tame = True

    def id_of(self, value: FactValue) -> int:
        """The number of a value; True, 1 and '1' are three values."""
        key = (type(value).__name__, value)
        known = self._ids.get(key)
        if known is None:
            known = self._ids[key] = len(self.values)
            self.values.append(value)
            self._coarse.append(self._bucket(value))
            self.tame = self.tame and tame(value)
        return known

    def hundredths(self, raw: Ids) -> Ids:
        """Numbers of the values of whole hundredths; NONE = not known."""
        return self.mapped(raw, lambda number: Decimal(number) / HUNDRED)

    def mapped(self, raw: Ids, read: Callable[[int], FactValue]) -> Ids:
        """Numbers of the values that `read`, always the same for a column, makes of raw numbers; NONE = not known."""
        unknown = raw == NONE
        found, back = ranked(np.where(unknown, raw[~unknown].min() if not unknown.all() else 0, raw))
        for one in found.tolist():
            if one not in self._raws:
                self._raws[one] = self.id_of(read(one))
        ids = np.array([self._raws[one] for one in found.tolist()], dtype=np.int64)[back]
        return np.where(unknown, self.id_of(None), ids)

    def buckets(self, ids: Ids, cells: frozenset[str]) -> Ids:
        """The buckets of values under these conditions (a part of those that the column was made with)."""
        bounds, numbers = breaks(cells)
        seen = self._fine.setdefault(cells, {})
        fine = [seen.setdefault(bucket_of(v, bounds=bounds, numbers=numbers), len(seen)) for v in self._first]
        table = np.array(fine or [0], dtype=np.int64)
        return table[np.array(self._coarse or [0], dtype=np.int64)[ids]]

    def _bucket(self, value: FactValue) -> int:
        key = bucket_of(value, bounds=self._bounds, numbers=self._numbers)
        known = self._buckets.get(key)
        if known is None:
            known = self._buckets[key] = len(self._first)
            self._first.append(value)
        return known
