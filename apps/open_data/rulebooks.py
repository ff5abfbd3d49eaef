"""Rulebooks that have acts, as a planner's spreadsheet and as CSV."""

import io

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.common.city import current_city
from apps.common.errors import NotFoundError
from apps.legal.models import LegalAct, ProvisionRow, Rulebook
from apps.legal.rulebook_csv import write_csv
from apps.legal.rulebook_exchange import canonical
from apps.legal.rulebook_grid import WHEN, Grid, Line
from apps.legal.rulebook_words import words_of
from apps.legal.rulebook_workbook import write_workbook
from apps.open_data.packages import acts_table

_TEXT = "@"


def rulebook_workbook(code: str) -> bytes:
    """The workbook of an instrument's rulebook, its acts on a sheet. Raises NotFoundError, also for a draft."""
    rulebook = _published(code)
    book = load_workbook(io.BytesIO(write_workbook(_grid(rulebook), words_of(current_city()))))
    _fill(book.create_sheet("acts"), rulebook)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def rulebook_table(code: str) -> bytes:
    """The rows as CSV. Raises NotFoundError, also for a draft."""
    grid = _grid(_published(code))
    return write_csv(grid.header, (line.cells for line in grid.lines))


def published_rulebooks() -> list[Rulebook]:
    """Every rulebook with an act."""
    acts = LegalAct.objects.values("instrument")
    return list(Rulebook.objects.filter(instrument__in=acts).select_related("instrument").order_by("instrument__code"))


def _published(code: str) -> Rulebook:
    found = next((book for book in published_rulebooks() if book.instrument.code == code), None)
    if found is None:
        raise NotFoundError(
            fa=f"دفتر ضوابطی با کد «{code}» که سندی داشته باشد نیست. فهرست در صفحهٔ «دادهٔ باز» است.",
            en=f"There is no rulebook “{code}” with a legal act. The page “Open data” lists the rulebooks.",
        )
    return found


def _grid(rulebook: Rulebook) -> Grid:
    """Of this rulebook alone: a revision may carry the same code as what it revises."""
    rows = list(ProvisionRow.objects.filter(rulebook=rulebook).order_by("position"))
    header = canonical(tuple(dict.fromkeys(f"{WHEN}{name}" for row in rows for name in row.when)))
    cells = (tuple(_cell(row, column) for column in header) for row in rows)
    return Grid(rulebook.code, header, tuple(Line(number, line) for number, line in enumerate(cells, start=2)))


def _cell(row: ProvisionRow, column: str) -> str:
    if column.startswith(WHEN):
        return str(row.when.get(column.removeprefix(WHEN), ""))
    return str(getattr(row, column))


def _fill(sheet: Worksheet, rulebook: Rulebook) -> None:
    acts = LegalAct.objects.filter(instrument=rulebook.instrument_id)
    table = acts_table(acts.select_related("lifts", "replaced_by").defer("scope"))
    sheet.append(list(table))
    for row in zip(*table.values(), strict=True):
        sheet.append([None if value is None else str(value) for value in row])
    for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.value is not None):
        cell.number_format, cell.data_type = _TEXT, "s"  # “=1” is a text and no formula
