"""What a table reads of a parcel: so that parcels which it cannot tell apart need be asked only once. Pure.

A rule source whose answers follow from its rows alone says so by `reads` (pieces.py). What it says on a spot then
depends on nothing but: which zone lies there; whether the conditions of the rows that speak hold; and the very value
of facts that a value cell takes or computes with.

Most values that are computed reach one subject and nothing else (the light-well of 6 % of the plot). Where that is
certain the subject is `contained`: all other subjects are alike on plots of different sizes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from apps.legal.answers import FactValue, Provision, RulebookInForce
from apps.legal.tables import expressions
from apps.legal.tables.spots import ZONE_SHARE, rows_on
from apps.legal.tables.table import EDITION, Row, Table, table_of
from apps.legal.tables.values import FACT


@dataclass(frozen=True, slots=True)
class Reads:
    """`cells`: condition cells by fact. `taken`: facts whose very value enters the value of a subject, by subject."""

    cells: Mapping[str, frozenset[str]]
    taken: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TableReads:
    """What one table reads, place by place.

    `contained`: subjects of which computed values reach nothing but their own value, as long as facts are `tame`.
    """

    table: Table
    contained: frozenset[str]
    known: dict[tuple[str, str, str], Reads] = field(default_factory=dict, compare=False, repr=False)

    def at(self, *, theme: str, code: str, edition: str) -> Reads:
        """What the rows that speak on a zone read; theme, code and edition '' = on the parcel as a whole."""
        key = (theme, code, edition)
        if key not in self.known:
            self.known[key] = reads_of(rows_on(self.table, theme=theme, code=code, edition=edition).rows)
        return self.known[key]


def table_reads(rulebooks: tuple[RulebookInForce, ...], *, feeding: frozenset[str] = frozenset()) -> TableReads:
    """What the table of these rulebooks reads. `feeding`: subjects whose value becomes a fact for other rows."""
    table = table_of(rulebooks)
    subjects = reads_of(table.rows).taken
    return TableReads(table, frozenset(s for s in subjects if _is_contained(s, table.rows, feeding)))


def reads_of(rows: Sequence[Row]) -> Reads:
    """The conditions and values of these rows."""
    cells: dict[str, set[str]] = {}
    taken: dict[str, set[str]] = {}
    for row in rows:
        for name, cell in row.provision.when.items():
            if cell.strip():
                cells.setdefault(name, set()).add(cell)
        if names := taken_by(row.provision):
            taken.setdefault(row.provision.subject, set()).update(names)
    return Reads(
        cells={name: frozenset(found) for name, found in cells.items()},
        taken={subject: frozenset(names) for subject, names in taken.items()},
    )


def taken_by(provision: Provision) -> tuple[str, ...]:
    """Facts whose value the row's value takes or is computed from. A cell that cannot be read fails for every value."""
    cell = provision.value.strip()
    if cell.startswith(FACT):
        return (cell.removeprefix(FACT),)
    if not expressions.is_expression(cell):
        return ()
    try:
        return expressions.parse(cell).names
    except ValueError:
        return ()


def tame(value: FactValue) -> bool:
    """Whether an expression that only grows is sure to be computed from this value: not below nothing, not immense."""
    return not isinstance(value, Decimal) or 0 <= value <= _IMMENSE


def _is_contained(subject: str, rows: Sequence[Row], feeding: frozenset[str]) -> bool:
    """Whether computed values of a subject reach nothing but its own value.

    They would reach further where they are a fact for other rows; where something is added to or taken off them
    (whether that matters can hang on the value); and where they may fail to be computed (then the source is silent).
    """
    mine = [r.provision for r in rows if r.provision.subject == subject]
    computed = [p for p in mine if taken_by(p)]
    based = any(p.effect == "set" for p in computed)
    moved = any(p.effect in _MOVING for p in mine)
    return (
        all(p.effect in _VALUED and _grows(p.value.strip()) for p in computed)
        and not (based and (moved or subject in feeding))
        and not any({EDITION, ZONE_SHARE} & set(taken_by(p)) for p in computed)
    )


def _grows(cell: str) -> bool:
    """Whether the cell takes a fact, or only adds, multiplies and compares: tame facts then make it a number."""
    if cell.startswith(FACT):
        return True
    expression = expressions.parse(cell)
    if not expressions.only_grows(expression):
        return False
    try:
        return expressions.evaluate(expression, dict.fromkeys(expression.names, _IMMENSE)) < _IMMENSE**2
    except ValueError:
        return False


_VALUED = frozenset({"set", "cap", "derive"})
_MOVING = frozenset({"reduce", "raise", "floor"})
_IMMENSE = Decimal(10) ** 10
