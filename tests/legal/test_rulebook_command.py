"""`manage.py rulebook`: check, export, import, as a planner uses them."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from apps.common.city import City, current_city
from apps.legal.models import InstrumentKind
from apps.legal.rulebook_words import words_of
from tests.legal.build import edition
from tests.legal.tables import table

WHEN = ("plot_m2", "corner")
LOW, HIGH = {"row": "low", "when:plot_m2": "..100"}, {"row": "high", "when:plot_m2": "100..", "value": "6"}


def test_check_says_that_a_table_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, LOW, HIGH, when=WHEN).write()
    call_command("rulebook", "check", path)
    assert capsys.readouterr().out == f"{path}: no faults, rows: 2.\n"
    call_command("rulebook", "--language", "fa", "check", path)
    assert "بی‌ایراد" in capsys.readouterr().out


def test_check_names_every_fault_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, *({"row": f"r{n}", "value": "x"} for n in range(12))).write()
    with pytest.raises(CommandError, match="faults: 12"):
        call_command("rulebook", "check", path)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "cell F2 (row 2, column value): “x” is no number (4.5, fact:name, =2*name)."
    assert len(said) == 12
    with pytest.raises(CommandError, match="ایراد"):
        call_command("rulebook", "--language", "fa", "check", path)
    assert "عدد نیست" in capsys.readouterr().out


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rulebook", "check", tmp_path / "none.csv")


def test_export_and_import_bring_the_same_file_back(tmp_path: Path) -> None:
    path, sheet = table(tmp_path, LOW, HIGH, when=WHEN).write(), tmp_path / "heights.xlsx"
    before = path.read_bytes()
    call_command("rulebook", "export", str(path), sheet)
    call_command("rulebook", "import", sheet, path)
    assert path.read_bytes() == before


def test_a_new_csv_has_the_conditions_before_the_texts(tmp_path: Path) -> None:
    out = tmp_path / "new.csv"
    call_command("rulebook", "import", table(tmp_path, LOW, HIGH, when=WHEN).write(), out)
    header, first, *_ = out.read_text(encoding="utf-8").splitlines()
    assert header.endswith(",zone,when:plot_m2,when:corner,text_fa,text_en")
    assert first.endswith("H5,..100,,پنج طبقه (نمونه),Five storeys (sample)")


def test_import_keeps_the_order_of_the_file_that_stands(tmp_path: Path) -> None:
    """Columns that the planner moved stand where they stood; new conditions come behind the old ones."""
    moved = table(tmp_path, LOW, HIGH, when=("permit_kind", "plot_m2"))
    out = tmp_path / "out.csv"
    call_command("rulebook", "import", table(tmp_path, LOW, HIGH, when=WHEN).write(), out)
    call_command("rulebook", "import", moved.write(), out)
    header = out.read_text(encoding="utf-8").splitlines()[0]
    assert header.endswith(",zone,when:plot_m2,when:permit_kind,text_fa,text_en")
    out.write_text("text_en,row,text_fa\n", encoding="utf-8")
    call_command("rulebook", "import", moved.write(), out)
    assert out.read_text(encoding="utf-8").startswith("text_en,row,text_fa,article,")


def test_import_writes_nothing_while_there_is_a_fault(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(CommandError, match="contradicts F2"):
        call_command(
            "rulebook", "import", table(tmp_path, LOW, {**LOW, "row": "b", "value": "9"}, when=WHEN).write(), out
        )
    assert not out.exists()


def test_import_does_not_write_over_a_spreadsheet(tmp_path: Path) -> None:
    path, sheet = table(tmp_path, LOW, HIGH, when=WHEN).write(), tmp_path / "heights.xlsx"
    call_command("rulebook", "export", str(path), sheet)
    before = sheet.read_bytes()
    with pytest.raises(CommandError, match="name a CSV file"):
        call_command("rulebook", "import", path, sheet)
    assert sheet.read_bytes() == before


def test_a_faulty_file_can_be_exported_and_mended_in_the_spreadsheet(tmp_path: Path) -> None:
    sheet = tmp_path / "heights.xlsx"
    call_command("rulebook", "export", str(table(tmp_path, {"value": "x"}).write()), sheet)
    with pytest.raises(CommandError, match=r"cell F2|faults: 1"):
        call_command("rulebook", "check", sheet)
    book = load_workbook(sheet)
    book["rules"]["F2"] = 5
    book.save(sheet)
    call_command("rulebook", "check", sheet)


def test_a_stored_rulebook_is_exported_by_its_code(tmp_path: Path, db: None) -> None:
    sheet, out = tmp_path / "out.xlsx", tmp_path / "out.csv"
    table(tmp_path, LOW, HIGH, when=WHEN).load(edition("isf-heights", kind=InstrumentKind.RULEBOOK))
    call_command("rulebook", "export", "isf-heights", sheet)
    call_command("rulebook", "import", sheet, out)
    assert (
        out.read_text(encoding="utf-8")
        .splitlines()[2]
        .startswith("high,8-1,ISF-08,max_storeys,set,6,height_code,H5,100..")
    )
    with pytest.raises(CommandError, match=r"There is no rulebook “none”\. Known: isf-heights"):
        call_command("rulebook", "export", "none", sheet)


def test_a_rulebook_that_is_not_there_where_there_is_none(tmp_path: Path, db: None) -> None:
    with pytest.raises(CommandError, match="Known: –"):
        call_command("rulebook", "export", "none", tmp_path / "out.xlsx")


TOML = """
[units]
length = "ft"
area = "ac"
[facts.old]
themes = ["age"]
label = "old"
[parcel_facts.lot_width]
column = "width"
unit = "ft"
label = "lot width"
[net_areas.net]
minus = ["age"]
label = "net"
[inputs.use]
kind = "code"
label = "use"
[categories.X-1]
label = { fa = "یک", en = "One" }
"""


def test_the_words_of_a_city_are_those_of_its_package(tmp_path: Path) -> None:
    import tomllib
    from dataclasses import replace

    from apps.common.city_law import city_law

    (tmp_path / "themes.toml").write_text(
        '[[theme]]\ncode = "age"\nkind = "cumulative"\nlabel = "Age"\n', encoding="utf-8"
    )
    raw = tomllib.loads(TOML)
    city: City = replace(current_city(), root=tmp_path, raw=raw, law=city_law(raw))
    words = words_of(city)
    kinds = {name: (fact.kind.value, fact.unit) for name, fact in words.facts.items()}
    assert (kinds["plot_area"], kinds["old"], kinds["lot_width"]) == (
        ("number", "ac"),
        ("yes_no", ""),
        ("number", "ft"),
    )
    assert (kinds["net"], kinds["use"], kinds["plot_m2"]) == (("number", "m²"), ("code", ""), ("number", "m²"))
    assert "plot_area" not in words_of(current_city()).facts
    assert (words.themes["age"].partition, words.categories["X-1"].en) == (False, "One")
    assert words.subjects["max_height"].unit == "ft"
