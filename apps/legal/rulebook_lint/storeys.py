"""How many storeys the rows of a table can give: `derive` rows need to answer for these and no others. Pure."""

from decimal import Decimal

from apps.legal.rulebook_grid import NUMBER, Row, Table
from apps.legal.rulebook_lint.pairs import same_spot, together
from apps.legal.rulebook_lint.space import Axis
from apps.legal.rulebook_lint.vocabulary import Vocabulary

STOREYS = "storeys"
_SUBJECT = "max_storeys"
Reach = tuple[Decimal, Decimal]
"""The least and the most storeys."""


def reach(table: Table, row: Row, words: Vocabulary) -> Reach | None:
    """What `set`, `reduce`, `raise` and `floor` of the row's theme can give together; None = it cannot be told."""
    theme = [r for r in table.rows if r.subject == _SUBJECT and r.cells["theme"] == row.cells["theme"]]
    bases = [r for r in theme if r.effect == "set" and _beside(r, row) and together(r, row, words) is not None]
    if not all(NUMBER.fullmatch(base.cells["value"]) for base in bases):
        return None
    found = [_of(base, [r for r in theme if same_spot(base, r)]) for base in bases]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def within(axis: Axis, between: Reach) -> frozenset[int]:
    """Cells of `storeys` that hold a whole number from least to most."""
    least, most = between
    return frozenset(cell for cell in axis.every if _holds_one(*axis.bounds(cell), least=least, most=most))


def _holds_one(low: Decimal | None, high: Decimal | None, *, least: Decimal, most: Decimal) -> bool:
    for number in range(int(least), int(most) + 1):
        inside = (low is None or low < number) and (high is None or number < high)
        if inside or low == number == high:
            return True
    return False


def _of(base: Row, steps: list[Row]) -> Reach:
    value = Decimal(base.cells["value"])
    down = sum((_amount(r) for r in steps if r.effect == "reduce"), start=Decimal(0))
    up = max((_amount(r) for r in steps if r.effect == "raise"), default=Decimal(0))
    floor = max((_amount(r) for r in steps if r.effect == "floor"), default=Decimal(0))
    return max(min(floor, value), value - down), value + up


def _beside(a: Row, b: Row) -> bool:
    return "" in (a.cells["zone"], b.cells["zone"]) or a.cells["zone"] == b.cells["zone"]


def _amount(row: Row) -> Decimal:
    return Decimal(row.cells["value"])
