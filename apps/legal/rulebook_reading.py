"""A rulebook file, CSV or spreadsheet, read and judged in the words of a city."""

from apps.legal.rulebook_cells import checked
from apps.legal.rulebook_csv import read_csv
from apps.legal.rulebook_faults import Fault, in_order, refusal
from apps.legal.rulebook_grid import HEADER, Grid, Table
from apps.legal.rulebook_lint import lint
from apps.legal.rulebook_lint.vocabulary import Vocabulary
from apps.legal.rulebook_sheet import is_sheet, read_sheet


def read_grid(raw: bytes, *, file: str) -> Grid:
    """The grid of a file, by its content and not by its name. Raises IntakeError if it cannot be read at all."""
    return read_sheet(raw, file=file) if is_sheet(raw) else read_csv(raw, file=file)


def judged(grid: Grid, words: Vocabulary) -> tuple[Table, tuple[Fault, ...]]:
    """The sound rows and all faults, in the order of the file."""
    table, wrong = checked(grid, words.subjects)
    if any(fault.line == HEADER for fault in wrong):
        return table, in_order(wrong)
    return table, in_order((*wrong, *lint(table, words, whole=not wrong)))


def read_table(raw: bytes, *, file: str, words: Vocabulary) -> Table:
    """The table of a file without a fault. Raises IntakeError that lists every fault with its cell."""
    table, faults = judged(read_grid(raw, file=file), words)
    if faults:
        raise refusal(faults)
    return table
