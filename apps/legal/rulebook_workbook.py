"""Writing a decision table as a spreadsheet that a planner can read and edit: sheet “rules”, and a guide beside it.

Every cell is text, empty ones too: otherwise a spreadsheet makes dates of articles (“8-1”) and drops zeros (“5.90”).
"""

import io
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from apps.legal.rulebook_grid import EFFECTS, WHEN, Grid
from apps.legal.rulebook_guide import write_guide
from apps.legal.rulebook_lint.vocabulary import Vocabulary
from apps.legal.rulebook_sheet import SHEET

SPARE = 200
"""Empty rows below the table that are ready to be filled in: text cells with the same drop-down lists."""
_TEXT = "@"
_RIGHT_TO_LEFT = 2
_WIDTHS = {"row": 26, "article": 9, "category": 10, "subject": 22, "effect": 11, "value": 22, "theme": 17, "zone": 12}
_WIDE, _OTHER = 60, 16
_LISTS = "lists"
_HEAD = PatternFill("solid", fgColor="1F3B4D")


def write_workbook(grid: Grid, words: Vocabulary) -> bytes:
    """The bytes of the workbook. Reading it back gives the same grid."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    rules = book.create_sheet(SHEET)
    _fill(rules, grid)
    write_guide(book.create_sheet("guide"), words)
    choices = _choices(grid, words)
    _offer(book, rules, grid, choices)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, grid: Grid) -> None:
    last = max((line.number for line in grid.lines), default=1)
    cells = {line.number: line.cells for line in grid.lines}
    for place, name in enumerate(grid.header, start=1):
        head = sheet.cell(row=1, column=place, value=name)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[get_column_letter(place)].width = _width(name)
        aligned = _aligned(name)
        for number in range(2, last + SPARE + 1):
            cell = sheet.cell(row=number, column=place)
            cell.number_format, cell.alignment = _TEXT, aligned
            text = cells[number][place - 1] if number in cells else ""
            if text:
                cell.value = text
                cell.data_type = "s"  # an =expression is our text and not a formula of the spreadsheet
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(grid.header))}{last}"


def _width(name: str) -> int:
    return _WIDE if name.startswith("text_") else _WIDTHS.get(name, max(_OTHER, len(name) + 2))


def _aligned(name: str) -> Alignment:
    if name == "text_fa":
        return Alignment(horizontal="right", vertical="top", wrap_text=True, readingOrder=_RIGHT_TO_LEFT)
    return Alignment(vertical="top", wrap_text=name == "text_en")


def _choices(grid: Grid, words: Vocabulary) -> dict[str, list[str]]:
    """Drop-down lists by column. A city that declares no categories is offered those that its table has."""
    used = {line.cells[grid.header.index("category")] for line in grid.lines}
    return {
        "effect": list(EFFECTS),
        "subject": list(words.subjects),
        "category": list(words.categories) or sorted(used),
        "theme": list(words.themes),
        **{WHEN + f.name: ["yes", "no"] for f in words.facts.values() if f.kind == "yes_no"},
    }


def _offer(book: Workbook, rules: Worksheet, grid: Grid, choices: Mapping[str, Iterable[str]]) -> None:
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    last = max((line.number for line in grid.lines), default=1) + SPARE
    for place, (column, options) in enumerate(((c, list(o)) for c, o in choices.items() if c in grid.header), start=1):
        if not options:
            continue
        for number, option in enumerate(options, start=1):
            lists.cell(row=number, column=place, value=option)
        letter, name = get_column_letter(place), f"{_LISTS}_{place}"
        book.defined_names[name] = DefinedName(name, attr_text=f"{_LISTS}!${letter}$1:${letter}${len(options)}")
        offered = DataValidation(type="list", formula1=f"={name}", allow_blank=True, showErrorMessage=True)
        offered.error, offered.errorTitle = "Choose one of the list.", column
        target = get_column_letter(grid.header.index(column) + 1)
        offered.add(f"{target}2:{target}{last}")
        rules.add_data_validation(offered)
