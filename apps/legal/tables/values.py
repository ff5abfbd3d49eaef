"""The value cell of a row, read by the direction of its subject. Pure.

A cell `fact:NAME` stands for a fact of the parcel: 'existing height only' is the cap `fact:existing_height_m`.
A cell `=EXPR` is computed from facts (expressions.py), and rounded to the strict side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation

from apps.common.text import Text
from apps.legal.answers import Fact, Value
from apps.legal.subject_list import Direction
from apps.legal.subjects import SUBJECTS
from apps.legal.tables import expressions, wording
from apps.legal.tables.table import Row

FACT = "fact:"
CENT = Decimal("0.01")
_SHOWN = 4  # decimals of a fact in a sentence; the reckoning takes all of them


@dataclass(frozen=True, slots=True)
class Valued:
    """A value; the facts it hangs on that are not known (then `value` is None); how it was worked out."""

    value: Value | None
    missing: tuple[str, ...] = ()
    working: Text | None = None


def valued(row: Row, facts: Mapping[str, Fact]) -> Valued:
    """The row's value: Decimal for limits, codes for sets, number or words for schedules.

    Raises ValueError for a cell that holds no number where a limit needs one, or gives a negative one.
    """
    cell = row.provision.value.strip()
    direction = SUBJECTS[row.provision.subject].direction
    if cell.startswith(FACT):
        return _of_fact(cell.removeprefix(FACT), facts)
    if expressions.is_expression(cell):
        return _computed(row, direction, facts)
    if direction is Direction.SET:
        return Valued(value=tuple(part.strip() for part in cell.split("|")))
    try:
        return Valued(value=Decimal(cell))
    except InvalidOperation as error:
        if direction is Direction.SCHEDULE:
            return Valued(value=cell)
        raise ValueError(f"{row.rulebook}, row {row.provision.row}: “{cell}” is no number") from error


def amount(row: Row) -> Decimal:
    """The number of a row that adds, takes off or bounds. Raises ValueError when it is none."""
    try:
        return Decimal(row.provision.value.strip())
    except InvalidOperation as error:
        raise ValueError(f"{row.rulebook}, row {row.provision.row}: “{row.provision.value}” is no number") from error


def _of_fact(name: str, facts: Mapping[str, Fact]) -> Valued:
    fact = facts.get(name)
    if fact is None or not isinstance(fact.value, Decimal):
        return Valued(value=None, missing=(name,))
    shown = wording.quantity(round(fact.value, _SHOWN), fact.unit)
    return Valued(fact.value, working=Text(f"{fact.label.fa}: {shown.fa}", f"{fact.label.en}: {shown.en}"))


def _computed(row: Row, direction: Direction, facts: Mapping[str, Fact]) -> Valued:
    expression = expressions.parse(row.provision.value)
    held = {name: facts[name].value for name in expression.names if name in facts}
    known = {name: value for name, value in held.items() if isinstance(value, Decimal)}
    missing = tuple(name for name in expression.names if name not in known)
    if missing:
        open_input = direction is Direction.SCHEDULE and all(n in facts and facts[n].of_proposal for n in missing)
        return Valued(expression.text) if open_input else Valued(None, missing=missing)
    exact = expressions.evaluate(
        expression, {name: value for name, value in known.items() if isinstance(value, Decimal)}
    )
    if exact < 0:
        raise ValueError(f"{row.rulebook}, row {row.provision.row}: “{expression.text}” gives {exact}, below nothing")
    value = exact.quantize(CENT, ROUND_FLOOR if direction is Direction.MAX else ROUND_CEILING).normalize() + 0
    return Valued(value, working=_worked(row, expression, facts, value))


def _worked(row: Row, expression: expressions.Expression, facts: Mapping[str, Fact], value: Decimal) -> Text:
    """'lot width: 119.8 ft; max(5, 0.1*lot_width) = 11.98 ft'."""
    parts = [_of_fact(name, facts).working or Text.of(name) for name in expression.names]
    result = wording.quantity(value, SUBJECTS[row.provision.subject].unit)
    parts.append(Text(fa=f"\u2068{expression.text}\u2069 = {result.fa}", en=f"{expression.text} = {result.en}"))
    return Text(fa="؛ ".join(p.fa for p in parts), en="; ".join(p.en for p in parts))
