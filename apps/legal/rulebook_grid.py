"""A decision table as it stands in a file (Grid), and once its cells have been read (Table). Pure.

Columns: row, article, category, subject, effect, value, theme, zone, text_fa, text_en and `when:<fact>` conditions.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from apps.common.text import Text, latin_digits
from apps.legal.rulebook_faults import Fault, address

COLUMNS = ("row", "article", "category", "subject", "effect", "value", "theme", "zone", "text_fa", "text_en")
WHEN = "when:"
HEADER = 1
"""The header's row in the spreadsheet."""
NUMBER = re.compile(r"\d+(\.\d+)?")
"""A number written out; what limits and steps hold."""
# What `value` must be. measure: as the subject asks; amount: a plain number; code; policy; free: may be empty.
EFFECTS: Mapping[str, str] = {
    "set": "measure",
    "derive": "measure",
    "cap": "measure",
    "floor": "amount",
    "reduce": "amount",
    "raise": "amount",
    "require": "code",
    "forbid": "code",
    "undecided": "code",
    "document": "code",
    "duty": "code",
    "warn": "free",
    "policy": "policy",
}
_TEXTS = ("text_fa", "text_en")
_MARKS = dict.fromkeys((0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک"}
_POINT = {ord("٫"): "."}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number in the spreadsheet (the header is 1) and its cells as they stand."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A header and the lines that have as many readable cells and are not empty; `faults` of the others."""

    file: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One checked row: cells by column, conditions by fact (empty ones left out), its row in the spreadsheet."""

    cells: Mapping[str, str]
    when: Mapping[str, str]
    line: int = 0

    @property
    def subject(self) -> str:
        """The subject's code; '' for a duty that is tied to none."""
        return self.cells["subject"]

    @property
    def effect(self) -> str:
        """The effect's name."""
        return self.cells["effect"]


@dataclass(frozen=True, slots=True)
class Table:
    """The sound rows of a file, and where its columns stand."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def at(self, row: Row, column: str) -> str:
        """Address of a row's cell, like F12."""
        return address(self.header.index(column), row.line)

    def fault(self, row: Row, column: str, *, fa: str, en: str) -> Fault:
        """A fault in a row's cell."""
        return self.fault_on(row.line, column, fa=fa, en=en)

    def fault_on(self, line: int, column: str, *, fa: str, en: str) -> Fault:
        """A fault in a column on a line of the spreadsheet."""
        return Fault(self.file, line, column, self.header.index(column), Text(fa=fa, en=en))


def folded(column: str, cell: str) -> str:
    """The cell without marks and outer spaces; Arabic ي and ك as ی and ک; digits as 0-9, but not in the texts."""
    text = cell.translate(_MARKS).translate(_LETTERS).strip()
    return text if column in _TEXTS else latin_digits(text).translate(_POINT)
