"""Reading a decision table from a spreadsheet (.xlsx): the sheet “rules”, or the first one.

What a spreadsheet may turn a cell into behind the planner's back is refused with the cell's address: formulas, dates
(“8-1” typed into an unformatted cell), percentages, TRUE/FALSE, merged cells. Numbers read back as they are written.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.common.errors import IntakeError
from apps.common.text import Text
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import Grid, Line

SHEET = "rules"
_MAGIC = b"PK\x03\x04"
_MOST_BYTES = 50_000_000
_MOST_CELLS = 500_000
# What the reader lets through of a file that is broken inside: it looks for parts and fields that are not there.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, InvalidFileException,
           LookupError, ValueError, SyntaxError, TypeError, AttributeError, RuntimeError)  # fmt: skip
_REFUSED: Mapping[str, Text] = {
    "formula": Text(
        "فرمول پذیرفته نیست؛ مقدار را بنویسید. عبارت =… را در خانه‌ای با قالب «متن» بنویسید.",
        "formulas are not taken; write the value. Write an =expression in a cell formatted as text.",
    ),
    "date": Text(
        "صفحه‌گسترده این را تاریخ کرده است؛ قالب خانه را «متن» کنید و دوباره بنویسید.",
        "the spreadsheet has made this a date; format the cell as text and write it again.",
    ),
    "share": Text("درصد پذیرفته نیست؛ به‌جای 60% بنویسید 60.", "percentages are not taken; write 60 and not 60%."),
    "truth": Text("بنویسید yes یا no.", "write yes or no."),
    "error": Text("این خانه خطای صفحه‌گسترده دارد.", "this cell holds an error of the spreadsheet."),
    "stray": Text("این ستون سرستون ندارد.", "this column has no header."),
}


def is_sheet(raw: bytes) -> bool:
    """Whether the bytes are a spreadsheet and not text."""
    return raw.startswith(_MAGIC)


def read_sheet(raw: bytes, *, file: str) -> Grid:
    """The grid of a workbook; cells that cannot be taken are faults, and their rows are left out.

    Raises IntakeError for a file that is no workbook, or too large for a rulebook.
    """
    sheet = _chosen(_opened(raw, file))
    if sheet is None or sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise _unreadable(file)
    rows = [[_read(cell) for cell in row] for row in sheet.iter_rows()]
    header = _header(rows[0] if rows else [])
    faults = list(_merged(sheet, file, header))
    lines = []
    for number, cells in enumerate(rows, start=1):
        wrong = [_fault(file, number, header, place, why) for place, why in _refused(cells, len(header))]
        faults.extend(wrong)
        if number > 1 and not wrong and any(text.strip() for text, _ in cells):
            lines.append(Line(number, tuple(text for text, _ in cells[: len(header)])))
    merged = {number for area in sheet.merged_cells.ranges for number in range(area.min_row, area.max_row + 1)}
    return Grid(file, header, tuple(line for line in lines if line.number not in merged), tuple(faults))


def _opened(raw: bytes, file: str) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise _unreadable(file)
        return load_workbook(io.BytesIO(raw))
    except _BROKEN as error:
        raise _unreadable(file) from error


def _chosen(book: Workbook) -> Worksheet | None:
    sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
    named = [sheet for sheet in sheets if sheet.title.strip().lower() == SHEET]
    return next(iter([*named, *sheets]), None)


def _unreadable(file: str) -> IntakeError:
    return IntakeError(
        fa=f"«{file}» به‌صورت دفتر ضوابط خوانده نشد. آن را دوباره با قالب xlsx یا CSV UTF-8 ذخیره کنید.",
        en=f"“{file}” cannot be read as a rulebook. Save it again as .xlsx or as CSV UTF-8.",
        file=file,
    )


def _read(cell: Any) -> tuple[str, str]:
    """The text of a cell, and why it is refused ('' = it is not)."""
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, date | datetime | time | timedelta):
        return "", "date"
    if cell.data_type in {"f", "e", "b"}:
        return "", {"f": "formula", "e": "error", "b": "truth"}[cell.data_type]
    if isinstance(value, int | float):
        return (_number(value), "share" if "%" in str(cell.number_format) else "")
    return str(value), ""


def _number(value: float) -> str:
    """5.0 → '5', 0.8 → '0.8', 1e-7 → '0.0000001'."""
    exact = Decimal(repr(value))
    return f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize():f}"


def _header(cells: list[tuple[str, str]]) -> tuple[str, ...]:
    names = [text.strip() for text, _ in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _refused(cells: list[tuple[str, str]], width: int) -> Iterator[tuple[int, str]]:
    for place, (text, why) in enumerate(cells):
        if why:
            yield place, why
        elif place >= width and text.strip():
            yield place, "stray"


def _fault(file: str, number: int, header: tuple[str, ...], place: int, why: str) -> Fault:
    return Fault(file, number, header[place] if place < len(header) else "?", place, _REFUSED[why])


def _merged(sheet: Worksheet, file: str, header: tuple[str, ...]) -> Iterator[Fault]:
    for area in sheet.merged_cells.ranges:
        place = area.min_col - 1
        name = header[place] if place < len(header) else "?"
        text = Text(
            f"خانه‌های \u2068{area.coord}\u2069 ادغام شده‌اند؛ ادغام را باز کنید و هر خانه را پر کنید.",
            f"{area.coord} are merged; unmerge them and fill every cell.",
        )
        yield Fault(file, area.min_row, name, place, text)
