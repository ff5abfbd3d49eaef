"""Rows of a schedule asked of one row of the table: which of them hold, and what number they give. Pure.

A schedule hangs on facts of the proposal (`use`, `unit_m2`, `units`, `total_units`); its other facts stand in the
extract. A fact that nobody knows leaves the schedule open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.legal.answers import FactValue
from apps.legal.decision_table import parse_condition
from apps.legal.tables import expressions
from apps.permits.proposal import Storey, totals
from apps.permits.proposal_check import Asked, Document

Facts = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Needed:
    """The largest number of the rows that hold; None with the names of the facts it hangs on (none = no row holds)."""

    number: Decimal | None
    open_facts: tuple[str, ...] = ()


def facts_of(asked: Asked, row: Storey) -> dict[str, FactValue]:
    """What is known for one row of the table: the extract's facts, then the proposal's own."""
    stated = {fact["name"]: _value(fact["value"]) for fact in asked.document["facts"]}
    units = totals(asked.proposal).units
    area = row.counted_m2
    own: dict[str, FactValue] = {
        "use": row.use or None,
        "unit_m2": area / row.units if area is not None and row.units else None,
        "units": None if units is None else Decimal(units),
        "total_units": None if units is None else Decimal(units),
    }
    return {**stated, **own}


def needed(rows: Sequence[Document], facts: Facts) -> Needed:
    """What the schedule asks for under these facts. Raises ValueError or TypeError for a row that cannot be read."""
    found: list[Decimal] = []
    missing: list[str] = []
    for row in rows:
        verdict, unknown = _holds(row["condition"], facts)
        if verdict is False:
            continue
        number, hangs_on = _number(row["value"], facts)
        missing += [*unknown, *hangs_on]
        if number is not None:
            found.append(number)
    if missing or not found:
        return Needed(None, tuple(dict.fromkeys(missing)))
    return Needed(max(found))


def label_of(asked: Asked, name: str) -> Text:
    """What people call a fact."""
    fact = next((f for f in asked.document["facts"] if f["name"] == name), None)
    return Text.of(name) if fact is None else Text.of(fact["label"])


def _holds(condition: Mapping[str, str], facts: Facts) -> tuple[bool | None, list[str]]:
    unknown = []
    for name, cell in condition.items():
        asked = parse_condition(cell)
        if asked is None:
            continue
        value = facts.get(name)
        if value is None:
            unknown.append(name)
        elif not asked.holds(value):
            return False, []
    return (None, unknown) if unknown else (True, [])


def _number(raw: object, facts: Facts) -> tuple[Decimal | None, list[str]]:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Decimal(str(raw)), []
    expression = expressions.parse(str(raw))
    known = {name: value for name in expression.names if isinstance(value := facts.get(name), Decimal)}
    missing = [name for name in expression.names if name not in known]
    return (None, missing) if missing else (expressions.evaluate(expression, known), [])


def _value(raw: object) -> FactValue:
    if isinstance(raw, bool) or raw is None:
        return raw
    return Decimal(str(raw)) if isinstance(raw, int | float) else str(raw)
