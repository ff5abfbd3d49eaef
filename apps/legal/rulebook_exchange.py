"""Rulebooks between the city package and the planner's spreadsheet: check, export, take back."""

from dataclasses import dataclass
from pathlib import Path

from apps.common.errors import IntakeError, NotFoundError
from apps.legal.models import ProvisionRow, Rulebook
from apps.legal.rulebook_csv import read_csv, write_csv
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import COLUMNS, WHEN, Grid, Line, Table
from apps.legal.rulebook_lint.vocabulary import Vocabulary
from apps.legal.rulebook_reading import judged, read_grid, read_table
from apps.legal.rulebook_sheet import is_sheet
from apps.legal.rulebook_workbook import write_workbook
from apps.legal.rulebooks import read_file

_TEXTS = 2
"""The two texts stand last in a canonical table, behind the conditions."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The number of sound rows, and all faults in the order of the file."""

    rows: int
    faults: tuple[Fault, ...]


def faults_in(path: Path, words: Vocabulary) -> Checked:
    """What is wrong in a file. Raises IntakeError when it cannot be read at all."""
    table, faults = judged(read_grid(read_file(path), file=path.name), words)
    return Checked(len(table.rows), faults)


def export(book: str, out: Path, words: Vocabulary) -> str:
    """Write a file, or the stored rulebook of that code, as a workbook. What is in it is written, faults and all.

    Raises IntakeError for an unreadable file, NotFoundError for an unknown code.
    """
    path = Path(book)
    grid = read_grid(read_file(path), file=path.name) if path.suffix else _stored(book)
    out.write_bytes(write_workbook(grid, words))
    return f"{len(grid.lines)} rows"


def take_back(path: Path, out: Path, words: Vocabulary) -> str:
    """Write a sound table as CSV, columns in the order that `out` has already. Raises IntakeError with all faults."""
    table = read_table(read_file(path), file=path.name, words=words)
    header = _columns(table, out)
    lines = [[row.when.get(c.removeprefix(WHEN), "") if c.startswith(WHEN) else row.cells[c] for c in header]
             for row in table.rows]  # fmt: skip
    out.write_bytes(write_csv(header, lines))
    return f"{len(lines)} rows"


def canonical(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that every table has, with the conditions before the two texts."""
    asked = tuple(column for column in columns if column.startswith(WHEN))
    return (*COLUMNS[:-_TEXTS], *asked, *COLUMNS[-_TEXTS:])


def _columns(table: Table, out: Path) -> tuple[str, ...]:
    """The order of the standing file, so that a diff shows what was changed; new conditions behind the old ones."""
    if not out.exists():
        return canonical(table.header)
    standing = read_file(out)
    if is_sheet(standing):
        raise IntakeError(
            fa=f"«{out.name}» صفحه‌گسترده است؛ نام یک پروندهٔ CSV را بدهید.",
            en=f"“{out.name}” is a spreadsheet; name a CSV file.",
            file=out.name,
        )
    kept = [c for c in read_csv(standing, file=out.name).header if c in table.header]
    new = [c for c in table.header if c not in kept]
    if not new:
        return tuple(kept)
    texts = [c for c in kept if c in COLUMNS[-_TEXTS:]]
    return (*(c for c in kept if c not in texts), *new, *texts) if texts == kept[-len(texts) :] else (*kept, *new)


def _stored(code: str) -> Grid:
    rows = list(ProvisionRow.objects.filter(rulebook__code=code).order_by("position"))
    if not rows:
        known = ", ".join(Rulebook.objects.order_by("code").values_list("code", flat=True))
        raise NotFoundError(
            fa=f"دفتر ضوابطی با کد «{code}» نیست. شناخته‌ها: {known or '–'}",
            en=f"There is no rulebook “{code}”. Known: {known or '–'}",
        )
    facts = dict.fromkeys(f"{WHEN}{name}" for row in rows for name in row.when)
    header = canonical(tuple(facts))
    cells = [
        tuple(row.when.get(c.removeprefix(WHEN), "") if c.startswith(WHEN) else getattr(row, c) for c in header)
        for row in rows
    ]
    return Grid(code, header, tuple(Line(number, line) for number, line in enumerate(cells, start=2)))
