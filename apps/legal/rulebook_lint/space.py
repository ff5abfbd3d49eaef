"""Conditions as sets: every fact is cut into cells that no condition of the table tells apart. Pure.

A cell is judged by one sample of it with the engine's own conditions, so the lint cannot read a cell in another way.
Cells of a number lie between and on its marks: (… , m0), m0, (m0, m1), m1, (m1, …).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import floor

from apps.legal.answers import FactValue
from apps.legal.decision_table import Between, Condition, OneOf, parse_condition
from apps.legal.rulebook_grid import Row
from apps.legal.rulebook_lint.vocabulary import Kind, KnownFact

Box = Mapping[str, frozenset[int]]
"""Cells by fact; a fact that is not named may be anything."""
_OTHER = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """One fact, the values that conditions name (for numbers: with 0 and the top), and a sample of every cell."""

    fact: KnownFact
    marks: tuple[Decimal, ...]
    samples: tuple[FactValue, ...]

    @property
    def every(self) -> frozenset[int]:
        """All cells."""
        return frozenset(range(len(self.samples)))

    def cells(self, condition: Condition) -> frozenset[int]:
        """Cells on which a condition holds. Raises TypeError for a condition of another kind."""
        return frozenset(i for i, sample in enumerate(self.samples) if condition.holds(sample))

    @property
    def possible(self) -> frozenset[int]:
        """Cells that hold a value there can be: above 0, up to the top, a whole number where only those are."""
        if self.fact.kind is not Kind.NUMBER:
            return self.every
        return frozenset(i for i in self.every if self._is_possible(i))

    def bounds(self, cell: int) -> tuple[Decimal | None, Decimal | None]:
        """Least and greatest value of a number's cell; equal for a mark; None = open."""
        mark, between = divmod(cell, 2)
        if between:
            return self.marks[mark], self.marks[mark]
        low = self.marks[mark - 1] if mark else None
        return low, self.marks[mark] if mark < len(self.marks) else None

    def _is_possible(self, cell: int) -> bool:
        low, high = self.bounds(cell)
        if low is None or (high is not None and high <= 0):
            return False
        if self.fact.top is not None and (high is None or high > self.fact.top):
            return False
        if not self.fact.whole or high is None:
            return True
        return low == floor(low) if low == high else floor(low) + 1 < high


def axis(fact: KnownFact, conditions: Iterable[Condition]) -> Axis:
    """The axis of a fact, fine enough for these conditions."""
    listed = tuple(conditions)
    if fact.kind is Kind.YES_NO:
        return Axis(fact, (), (True, False))
    if fact.kind is Kind.CODE:
        options = sorted({o for c in listed if isinstance(c, OneOf) for o in c.options})
        return Axis(fact, (), (*options, _OTHER))
    marks = tuple(sorted({Decimal(0), *_ends(fact), *(m for c in listed for m in _marks(c))}))
    middles = [(low + high) / 2 for low, high in pairwise(marks)]
    inner = [sample for pair in zip(marks, (*middles, marks[-1] + 1), strict=True) for sample in pair]
    return Axis(fact, marks, (marks[0] - 1, *inner))


def axes(rows: Iterable[Row], facts: Mapping[str, KnownFact]) -> dict[str, Axis]:
    """An axis for every fact that these rows ask."""
    asked: dict[str, list[Condition]] = {}
    for row in rows:
        for name, condition in conditions(row).items():
            asked.setdefault(name, []).append(condition)
    return {name: axis(facts[name], listed) for name, listed in asked.items()}


def conditions(row: Row) -> dict[str, Condition]:
    """The row's conditions by fact."""
    read = ((name, parse_condition(cell)) for name, cell in row.when.items())
    return {name: condition for name, condition in read if condition is not None}


def box(row: Row, along: Mapping[str, Axis]) -> Box:
    """Where the row holds."""
    return {name: along[name].cells(condition) for name, condition in conditions(row).items()}


def meet(a: Box, b: Box) -> Box | None:
    """Where both hold; None = nowhere."""
    both = {name: a[name] & b[name] if name in a and name in b else a.get(name, b.get(name)) for name in {**a, **b}}
    known = {name: cells for name, cells in both.items() if cells is not None}
    return known if all(known.values()) else None


def without(whole: Box, taken: Box, along: Mapping[str, Axis]) -> list[Box]:
    """What is left of `whole` outside `taken`, in pieces that do not overlap."""
    rest, pieces = dict(whole), list[Box]()
    for name, cells in taken.items():
        here = rest.get(name, along[name].every)
        if not here & cells:
            return [whole]
        if here - cells:
            pieces.append({**rest, name: here - cells})
        rest[name] = here & cells
    return pieces


def _ends(fact: KnownFact) -> tuple[Decimal, ...]:
    return () if fact.top is None else (fact.top,)


def _marks(condition: Condition) -> Iterable[Decimal]:
    if isinstance(condition, Between):
        return tuple(bound for bound in (condition.low, condition.high) if bound is not None)
    return condition.numbers if isinstance(condition, OneOf) else ()
