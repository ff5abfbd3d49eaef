"""A rulebook with one cell changed, for the oracle only: a comparison that sees nothing then is worth nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.oracle.layers import Plot
from tests.oracle.package import Package, Row


@dataclass(frozen=True)
class Change:
    """What to write in which cell of a row; `when:` names a condition."""

    row: str
    cell: str
    written: str


def changed(package: Package, change: Change) -> Package:
    """The package with the one cell changed. Raises KeyError for a row that is not there."""
    books = {book: tuple(_row(r, change) for r in rows) for book, rows in package.rows.items()}
    if books == dict(package.rows):
        raise KeyError(change)
    return replace(package, rows=books)


def _row(row: Row, change: Change) -> Row:
    if row.row != change.row:
        return row
    if change.cell.startswith("when:"):
        return replace(row, when={**row.when, change.cell.removeprefix("when:"): change.written})
    cell: dict[str, Any] = {change.cell: change.written}
    return replace(row, **cell)


def holding(extracts: Mapping[str, dict[str, Any]], plots: Iterable[Plot], row: str) -> list[Plot]:
    """The parcels whose extract names the row, as a candidate or as what changed one."""
    return [plot for plot in plots if row in _rows(extracts[plot.code])]


def _rows(extract: Mapping[str, Any]) -> set[str]:
    candidates = [c for subject in extract["subjects"] for c in subject["candidates"]]
    return {c["row"] for c in candidates} | {also["row"] for c in candidates for also in c["also"]}
