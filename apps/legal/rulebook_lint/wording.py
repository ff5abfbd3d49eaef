"""Sets of cells in the words that a planner writes into a condition: 100..150, A|B, not A, yes. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from apps.common.text import Text
from apps.legal.rulebook_lint.space import Axis, Box
from apps.legal.rulebook_lint.vocabulary import Kind

Run = tuple[Decimal | None, Decimal | None]
"""Least and greatest value of neighbouring cells of a number; None = open."""


def runs(axis: Axis, cells: frozenset[int]) -> Iterator[Run]:
    """Neighbouring cells of a number, put together."""
    start: int | None = None
    for cell in range(len(axis.samples) + 1):
        if cell in cells and start is None:
            start = cell
        elif cell not in cells and start is not None:
            yield axis.bounds(start)[0], axis.bounds(cell - 1)[1]
            start = None


def spelt(run: Run) -> str:
    """100..150, 150.., ..100; one number alone."""
    low, high = ("" if bound is None else f"{bound.normalize():f}" for bound in run)
    return low if low == high else f"{low}..{high}"


def condition(axis: Axis, cells: frozenset[int]) -> str:
    """The cells of one fact as condition cells say them."""
    if axis.fact.kind is Kind.YES_NO:
        return "|".join("yes" if axis.samples[cell] else "no" for cell in sorted(cells))
    if axis.fact.kind is Kind.NUMBER:
        return "|".join(spelt(run) for run in runs(axis, cells))
    other = len(axis.samples) - 1
    named = axis.every - cells if other in cells else cells
    return ("not " if other in cells else "") + "|".join(str(axis.samples[cell]) for cell in sorted(named))


def place(box: Box, along: Mapping[str, Axis]) -> Text:
    """Where a box lies: 'plot_m2 = 100..150, corner = yes'; empty for everywhere."""
    said = [f"{name} = {condition(along[name], cells)}" for name, cells in box.items() if cells != along[name].every]
    return Text(fa="، ".join(f"\u2068{part}\u2069" for part in said), en=", ".join(said))
