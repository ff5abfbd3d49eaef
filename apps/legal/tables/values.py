"""The value cell of a row, read by the direction of its subject. Pure.

A cell `fact:NAME` stands for a fact of the parcel: 'existing height only' is the cap `fact:existing_height_m`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from apps.legal.answers import Fact, Value
from apps.legal.subjects import SUBJECTS, Direction
from apps.legal.tables.table import Row

_FACT = "fact:"


@dataclass(frozen=True, slots=True)
class Valued:
    """A value, and the fact it was taken from ('' = written in the row). `value` None = that fact is not known."""

    value: Value | None
    fact: str = ""


def valued(row: Row, facts: Mapping[str, Fact]) -> Valued:
    """The row's value: Decimal for limits, codes for sets, number or words for schedules.

    Raises ValueError for a cell that holds no number where a limit needs one.
    """
    cell = row.provision.value.strip()
    direction = SUBJECTS[row.provision.subject].direction
    if cell.startswith(_FACT):
        name = cell.removeprefix(_FACT)
        known = facts[name].value if name in facts else None
        return Valued(value=known if isinstance(known, Decimal) else None, fact=name)
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
