"""Two tables of rules held against each other, row by row. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CELLS = ("article", "category", "subject", "effect", "value", "theme", "zone", "text_fa", "text_en")
_WHEN = "when:"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row: its id, its cells by column, its conditions by fact."""

    row: str
    cells: Mapping[str, str]
    when: Mapping[str, str]

    def said(self) -> dict[str, str]:
        """Every cell that is not empty, conditions as when:<fact>."""
        cells = {name: self.cells.get(name, "") for name in CELLS}
        conditions = {f"{_WHEN}{fact}": value for fact, value in self.when.items()}
        return {name: value for name, value in {**cells, **conditions}.items() if value}


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs: what it said, what it says ('' = nothing)."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows that came and went, and those that say something else: (row, its changes)."""

    added: tuple[RuleRow, ...]
    removed: tuple[RuleRow, ...]
    changed: tuple[tuple[RuleRow, tuple[Change, ...]], ...]
    same: int

    @property
    def is_none(self) -> bool:
        """Whether both tables say the same."""
        return not (self.added or self.removed or self.changed)


def difference(before: Sequence[RuleRow], after: Sequence[RuleRow]) -> Difference:
    """What `after` says otherwise; rows are known again by their id, and their order says nothing."""
    old, new = {row.row: row for row in before}, {row.row: row for row in after}
    changes = [(row, _changes(old[row.row], row)) for row in after if row.row in old]
    return Difference(
        added=tuple(row for row in after if row.row not in old),
        removed=tuple(row for row in before if row.row not in new),
        changed=tuple((row, found) for row, found in changes if found),
        same=sum(not found for _, found in changes),
    )


def _changes(before: RuleRow, after: RuleRow) -> tuple[Change, ...]:
    old, new = before.said(), after.said()
    columns = [*old, *(name for name in new if name not in old)]
    return tuple(
        Change(name, old.get(name, ""), new.get(name, "")) for name in columns if old.get(name, "") != new.get(name, "")
    )
