"""Whole numbers in columns: which are alike. Counts instead of sorting where the numbers lie close together."""

from collections.abc import Iterator, Sequence

import numpy as np

from gis_layers.postgis_impact import Ints

_SPARSE = 8  # times as many possible numbers as there are numbers: from there on sorting is cheaper


def ranked(values: Ints) -> tuple[Ints, Ints]:
    """(different values, ascending; for each position which of them it has), as `numpy.unique` has it."""
    if not len(values):
        return values, np.zeros(0, dtype=np.int64)
    low, high = int(values.min()), int(values.max())
    if high - low > _SPARSE * len(values):
        found, back = np.unique(values, return_inverse=True)
        return found, back.reshape(-1)
    there = np.zeros(high - low + 1, dtype=bool)
    there[values - low] = True
    place = np.cumsum(there) - 1
    return np.flatnonzero(there) + low, place[values - low]


def firsts(sort: Ints, count: int) -> Ints:
    """A position of each of `count` sorts."""
    first = np.zeros(count, dtype=np.int64)
    first[sort[::-1]] = np.arange(len(sort))[::-1]
    return first


def combined(columns: Sequence[Ints]) -> tuple[Ints, int]:
    """(the sort of each position by all columns together, how many sorts there are)."""
    sort, count = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        found, narrow = ranked(column)
        if len(found) > 1:
            both, sort = ranked(sort * len(found) + narrow)
            count = len(both)
    return sort, count


def groups(columns: Sequence[Ints]) -> Iterator[Ints]:
    """Positions that are alike in all columns, group by group."""
    sort, count = combined(columns)
    order = np.argsort(sort, kind="stable")
    ends = np.cumsum(np.bincount(sort, minlength=count))
    start = 0
    for end in ends.tolist() if len(sort) else ():
        yield order[start:end]
        start = end
