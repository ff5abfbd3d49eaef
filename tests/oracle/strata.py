"""The first stratum of a spot: bases, reductions, raises, floors; and the storeys that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.cells import Facts, UnknownFactError, holds, number
from tests.oracle.package import Row
from tests.oracle.spots import Spot
from tests.oracle.subjects import DIRECTIONS

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Base:
    """What one `set` row gives: `most` without open reductions, `least` with all of them."""

    row: Row
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class Stratum:
    """All bases of a subject on a spot, and whether something about them is not known."""

    bases: tuple[Base, ...] = ()
    doubt: bool = True

    @property
    def most(self) -> Decimal | None:
        """The most there can be: of several bases the smallest governs."""
        return min((b.most for b in self.bases), default=None)

    @property
    def least(self) -> Decimal | None:
        """The least there can be."""
        return min((b.least for b in self.bases), default=None)


def stratum(spot: Spot, subject: str) -> Stratum:
    """The first stratum of a subject whose values are numbers."""
    rows = spot.of(subject, "set", "reduce", "raise", "floor")
    doubt, bases = False, []
    for row in (r for r in rows if r.effect == "set"):
        answer = holds(row.when, spot.facts)
        doubt |= answer is None
        if answer:
            try:
                bases.append(_base(row, rows, spot.facts))
            except UnknownFactError:
                doubt = True
    return Stratum(tuple(bases), doubt or any(b.least != b.most for b in bases))


def _base(row: Row, rows: Sequence[Row], facts: Facts) -> Base:
    """Reductions of any rulebook; raises and floors of the base's own."""
    own = [r for r in rows if r.book == row.book]
    start = number(row.value, facts, strict=DIRECTIONS[row.subject])
    raised = max(_values(own, "raise", facts), default=NOTHING)
    floors = _values(own, "floor", facts)
    sure = sum(_values(rows, "reduce", facts), NOTHING)
    maybe = sum(_values(rows, "reduce", facts, open_too=True), NOTHING)

    def landed(down: Decimal) -> Decimal:
        value = start - down + raised
        return max(value, NOTHING, min(max(floors), start) if floors else NOTHING)

    return Base(row, landed(maybe), landed(sure))


def _values(rows: Sequence[Row], effect: str, facts: Facts, *, open_too: bool = False) -> list[Decimal]:
    wanted = (True, None) if open_too else (True,)
    return [
        number(r.value, facts, strict=DIRECTIONS[r.subject])
        for r in rows
        if r.effect == effect and holds(r.when, facts) in wanted
    ]
