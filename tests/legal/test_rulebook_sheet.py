"""Spreadsheets in and out: nothing that one does to a cell goes unnoticed, and a round trip changes nothing."""

import io
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from apps.common.city import current_city
from apps.common.errors import IntakeError
from apps.legal.models import InstrumentKind
from apps.legal.rulebook_csv import COLUMNS, read_csv, write_csv
from apps.legal.rulebook_reading import judged, read_grid
from apps.legal.rulebook_sheet import read_sheet
from apps.legal.rulebook_words import words_of
from apps.legal.rulebook_workbook import write_workbook
from apps.legal.rulebooks import load_rulebook
from tests.legal.build import edition
from tests.legal.rulebooks import HEADER, WORDS, lines

FILE = "made-up.xlsx"
TABLES = sorted((current_city().root / "rulebooks").glob("*.csv"))
TYPED: tuple[object, ...] = ("r1", "8-1", "ISF-08", "max_height", "set", 5, "height_code", "H5", "متن", "text")


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: tuple[object, ...], header: tuple[object, ...] = COLUMNS, title: str = "Sheet1") -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in (header, *rows):
        sheet.append(row)
    return book


WHOLE = saved(workbook(TYPED))


def typed(**change: object) -> tuple[object, ...]:
    return tuple(change.get(name, value) for name, value in zip(COLUMNS, TYPED, strict=True))


def faults(book: Workbook) -> list[tuple[str, str]]:
    return [(f.cell, f.text.en) for f in judged(read_grid(saved(book), file=FILE), WORDS)[1]]


@pytest.mark.parametrize(
    ("value", "text"),
    [(5, "5"), (5.0, "5"), (0.8, "0.8"), (18.7, "18.7"), (100.01, "100.01"), (1e-7, "0.0000001"),
     (1e21, "1" + "0" * 21),
     (100, "100"), ("5.90", "5.90"), ("۵٫۹", "5.9"), (None, "")],
)  # fmt: skip
def test_numbers_read_back_as_they_are_written(value: object, text: str) -> None:
    table, _ = judged(read_grid(saved(workbook(typed(value=value, effect="warn"))), file=FILE), WORDS)
    assert [row.cells["value"] for row in table.rows] == [text]


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({"value": "=1+4"}, "F2", "formulas are not taken"),
        ({"article": datetime(2026, 1, 8)}, "B2", "has made this a date"),  # noqa: DTZ001 - a spreadsheet has no zones
        ({"article": date(2026, 1, 8)}, "B2", "has made this a date"),
        ({"article": time(8, 1)}, "B2", "has made this a date"),
        ({"article": timedelta(hours=8)}, "B2", "has made this a date"),
        ({"zone": True}, "H2", "write yes or no"),
        ({"zone": "#N/A"}, "H2", "an error of the spreadsheet"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_refused(change: dict[str, object], cell: str, words: str) -> None:
    ((found, said),) = faults(workbook(typed(**change)))
    assert found == cell
    assert words in said


def test_a_percentage_is_refused_for_it_is_not_the_number_that_is_seen() -> None:
    book = workbook(typed(value=0.6))
    book.worksheets[0]["F2"].number_format = "0%"
    assert faults(book) == [("F2", "percentages are not taken; write 60 and not 60%.")]


def test_an_expression_is_text_and_not_a_formula() -> None:
    book = workbook(typed(value="=2*plot_m2"))
    book.worksheets[0]["F2"].data_type = "s"
    assert faults(book) == []


def test_merged_cells_are_refused_at_their_corner() -> None:
    book = workbook(typed(), typed(row="r2", zone="H6"), typed(row="r3", zone="H7"))
    book.worksheets[0].merge_cells("B2:C3")
    assert faults(book) == [("B2", "B2:C3 are merged; unmerge them and fill every cell.")]


def test_merged_cells_beside_the_table_are_refused_too() -> None:
    book = workbook(typed())
    book.worksheets[0].merge_cells("L5:M5")
    assert [cell for cell, _ in faults(book)] == ["L5"]


def test_a_value_without_a_header_is_refused() -> None:
    assert faults(workbook((*typed(), None, "note"))) == [("L2", "this column has no header.")]


def test_empty_rows_and_columns_are_passed_over_and_rows_keep_their_numbers() -> None:
    book = workbook((None,), (" ",), typed(value="x"), header=(*COLUMNS, None, " "))
    assert [cell for cell, _ in faults(book)] == ["F4"]


def test_the_sheet_called_rules_is_read_wherever_it_stands() -> None:
    book = workbook(("nothing",), header=("notes",))
    rules = book.create_sheet("Rules ")
    for row in (COLUMNS, typed(value="x")):
        rules.append(row)
    assert [cell for cell, _ in faults(book)] == ["F2"]
    assert faults(workbook(typed(), title="first")) == []


def test_a_sheet_without_anything_lacks_its_columns() -> None:
    assert {cell for cell, said in faults(Workbook()) if "missing" in said} == {"A1"}


@pytest.mark.parametrize("raw", [b"PK\x03\x04 no archive", b"PK\x03\x04"])
def test_what_is_no_workbook_says_what_to_do(raw: bytes) -> None:
    with pytest.raises(IntakeError, match=r"Save it again as .xlsx") as caught:
        read_grid(raw, file=FILE)
    assert "xlsx" in caught.value.message.fa


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(IntakeError, match="cannot be read as a rulebook"):
        read_sheet(path.read_bytes(), file=path.name)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_an_error_that_says_so_or_still_a_grid(data: st.DataObject) -> None:
    raw = bytearray(WHOLE)
    for place in data.draw(st.lists(st.integers(4, len(raw) - 1), min_size=1, max_size=6)):
        raw[place] = data.draw(st.integers(0, 255))
    with suppress(IntakeError):
        judged(read_grid(bytes(raw), file=FILE), WORDS)


@pytest.mark.parametrize("name", ["_MOST_BYTES", "_MOST_CELLS"])
def test_a_workbook_too_large_for_a_rulebook_is_not_opened(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    raw = saved(workbook(typed()))
    monkeypatch.setattr(f"apps.legal.rulebook_sheet.{name}", 10)
    with pytest.raises(IntakeError, match="cannot be read as a rulebook"):
        read_sheet(raw, file=FILE)


def test_a_workbook_of_charts_alone_holds_no_table() -> None:
    book = Workbook()
    book.create_chartsheet("chart")
    book.remove(book.worksheets[0])
    with pytest.raises(IntakeError, match="cannot be read as a rulebook"):
        read_sheet(saved(book), file=FILE)


def rich() -> bytes:
    """A table with everything that a spreadsheet likes to change."""
    rows = lines(
        {"article": "8-1", "value": "5.90", "subject": "max_height", "text_en": 'with "quotes", commas\nand a break'},
        {"article": "1/2", "value": "=max(5, 0.1*plot_m2)", "subject": "max_height", "zone": "007"},
        {"value": "RES|COM", "subject": "permitted_use", "plot_m2": "..100", "corner": "yes"},
        {"value": "TRUE", "subject": "min_parking", "text_fa": "ویرگول، نیم‌فاصله"},
    )
    return write_csv(HEADER, rows)


def test_a_round_trip_changes_no_byte() -> None:
    grid = read_csv(rich(), file="rich.csv")
    back = read_grid(write_workbook(grid, WORDS), file="rich.csv")
    assert back == grid
    assert write_csv(back.header, [line.cells for line in back.lines]) == rich()


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_table_of_the_city_is_sound_and_survives_the_round_trip(path: Path) -> None:
    words = words_of(current_city())
    grid = read_csv(path.read_bytes(), file=path.name)
    assert judged(grid, words)[1] == ()
    back = read_grid(write_workbook(grid, words), file=path.name)
    assert write_csv(back.header, [line.cells for line in back.lines]) == path.read_bytes()


def test_the_workbook_can_be_read_and_edited() -> None:
    """A frozen header, text cells down to spare rows, right-to-left Persian, lists to choose from, a guide."""
    book = load_workbook(io.BytesIO(write_workbook(read_csv(rich(), file="rich.csv"), WORDS)))
    assert book.sheetnames == ["rules", "guide", "lists"]
    rules, guide = book["rules"], book["guide"]
    assert rules.freeze_panes == "B2"
    assert {rules.cell(row=row, column=column).number_format for row in (2, 150) for column in (2, 6, 9)} == {"@"}
    persian = rules.cell(row=2, column=HEADER.index("text_fa") + 1).alignment
    assert (persian.readingOrder, persian.horizontal, persian.wrap_text) == (2, "right", True)
    offered = {str(v.sqref)[0]: v.formula1.removeprefix("=") for v in rules.data_validations.dataValidation}
    assert set(offered) == {"C", "D", "E", "G", "J"}
    choices = {}
    for column, name in offered.items():
        ((sheet, area),) = book.defined_names[name].destinations
        found = book[sheet][area.replace("$", "")]
        choices[column] = [cell.value for (cell,) in (found if isinstance(found, tuple) else ((found,),))]
    assert choices["C"] == ["ISF-08"]
    assert choices["D"] == list(WORDS.subjects)
    assert choices["J"] == ["yes", "no"]
    named = {row[0].value: row[1].value for row in guide.iter_rows()}
    assert named["max_height"] == "m (max)"
    assert named["plot_m2"] == "m² number"
    assert {"set", "policy", "height_code", "unit_m2"} <= set(named)


def test_the_guide_names_the_categories_of_a_city_that_declares_them() -> None:
    from dataclasses import replace

    from apps.common.text import Text

    words = replace(
        WORDS, categories={"ISF-08": Text("ارتفاع", "Height"), "ISF-09": Text("تراکم", "Density")}, themes={}
    )
    book = load_workbook(io.BytesIO(write_workbook(read_csv(rich(), file="rich.csv"), words)))
    assert ["ISF-09", None, "تراکم", "Density"] in [[c.value for c in row] for row in book["guide"].iter_rows()]
    assert book["lists"]["C2"].value == "ISF-09"


def test_a_spreadsheet_is_loaded_like_a_csv(tmp_path: Path, db: None) -> None:
    book = edition("isf-heights", kind=InstrumentKind.RULEBOOK)
    path = tmp_path / "heights.xlsx"
    path.write_bytes(saved(workbook(typed())))
    assert load_rulebook(instrument=book, path=path, source="detailed_plan").rows.get().value == "5"
    path.write_bytes(saved(workbook(typed(), typed(row="r2", value=6))))
    with pytest.raises(IntakeError, match=r"cell F3 .*contradicts F2"):
        load_rulebook(instrument=book, path=path, source="detailed_plan")
