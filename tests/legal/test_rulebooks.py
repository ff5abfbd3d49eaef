"""Taking a decision table in: all or nothing, every fault named by file, cell, row and column."""

import pytest

from apps.common.errors import ConflictError, IntakeError
from apps.legal.models import InstrumentKind, ProvisionRow, Rulebook
from apps.legal.rulebook_csv import EFFECTS
from apps.legal.rulebooks import load_rulebook
from tests.legal.build import Desk, edition
from tests.legal.tables import Table, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(db: None):
    return edition("isf-heights", kind=InstrumentKind.RULEBOOK)


def test_a_table_is_taken_in_as_it_stands(book, tmp_path) -> None:
    second = {"row": "H5-passage", "effect": "reduce", "value": "1", "when:passage_m": "..10", "text_en": '"A, B"'}
    rulebook = table(tmp_path, {}, second, when=("passage_m", "corner")).load(book)
    assert (rulebook.code, rulebook.source, len(rulebook.checksum)) == ("isf-heights", "detailed_plan", 64)
    rows = list(rulebook.rows.values_list("position", "row", "effect", "value", "zone", "when", "text_en"))
    assert rows == [
        (1, "H5", "set", "5", "H5", {}, "Five storeys (sample)"),
        (2, "H5-passage", "reduce", "1", "H5", {"passage_m": "..10"}, "A, B"),
    ]


def test_byte_order_mark_and_windows_line_ends_do_no_harm(book, tmp_path) -> None:
    path = table(tmp_path).write()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    rulebook = load_rulebook(instrument=book, path=path, source="detailed_plan")
    assert rulebook.rows.get().text_fa == "پنج طبقه (نمونه)"


def test_the_same_file_again_changes_nothing(book, tmp_path, desk: Desk) -> None:
    sheet = table(tmp_path)
    first = sheet.load(book)
    rows = list(first.rows.values_list("pk", flat=True))
    assert sheet.load(book).pk == first.pk
    desk.do("approve", book, "2020-01-01")
    assert sheet.load(book).pk == first.pk
    assert list(ProvisionRow.objects.values_list("pk", flat=True)) == rows


def test_another_file_takes_its_place_until_the_first_act(book, tmp_path, desk: Desk) -> None:
    table(tmp_path).load(book)
    assert table(tmp_path, {"value": "6"}).load(book).rows.get().value == "6"
    desk.do("approve", book, "2020-01-01")
    with pytest.raises(ConflictError, match="its table is fixed"):
        table(tmp_path, {"value": "7"}).load(book)
    assert ProvisionRow.objects.get().value == "6"


def test_only_a_rulebook_holds_a_table(tmp_path, db: None) -> None:
    with pytest.raises(ConflictError, match="not a rulebook"):
        table(tmp_path).load(edition("layer"))


def fault(book, sheet: Table, row: int, column: str, words: str) -> None:
    """The error names file, row, column and cell, in both languages; what was there before is still there."""
    before = list(ProvisionRow.objects.values_list("pk", flat=True))
    with pytest.raises(IntakeError, match=words) as caught:
        sheet.load(book)
    found = caught.value.details["faults"]
    assert (len(found), found[0]["file"], found[0]["row"], found[0]["column"]) == (1, "heights.csv", row, column)
    assert {name: caught.value.details[name] for name in ("file", "row", "column", "cell")} == {
        name: value for name, value in found[0].items() if name != "text"
    }
    if column in sheet.columns:
        assert found[0]["cell"] in {f"{chr(65 + n)}{row}" for n, name in enumerate(sheet.columns) if name == column}
    for text in (caught.value.message.fa, caught.value.message.en):
        assert "heights.csv" in text
        assert found[0]["cell"] in text
        assert str(row) in text
        assert column in text
    assert list(ProvisionRow.objects.values_list("pk", flat=True)) == before


def test_all_faults_are_told_at_once_and_the_first_ten_in_words(book, tmp_path) -> None:
    wrong = [{"row": f"r{n}", "zone": f"Z{n}", "value": "many"} for n in range(12)]
    with pytest.raises(IntakeError) as caught:
        table(tmp_path, *wrong).load(book)
    details = caught.value.details
    assert [f["cell"] for f in details["faults"]] == [f"F{n}" for n in range(2, 14)]
    assert (details["cell"], details["row"]) == ("F2", 2)
    first, *listed, last = caught.value.message.en.splitlines()
    assert first == "“heights.csv”: 12 faults; nothing was taken in."
    assert [line.split(" (")[0] for line in listed] == [f"cell F{n}" for n in range(2, 12)]
    assert last == "… +2 more"
    assert "12 ایراد" in caught.value.message.fa.splitlines()[0]
    assert not Rulebook.objects.exists()


def test_a_row_that_contradicts_another_is_refused(book, tmp_path) -> None:
    table(tmp_path).load(book)
    other = {"row": "again", "value": "6"}
    fault(book, table(tmp_path, {"row": "first"}, other), 3, "value", r"contradicts F2 \(“first”\)")


def test_a_hole_between_ranges_is_refused(book, tmp_path) -> None:
    low, high = {"row": "low", "when:plot_m2": "..100"}, {"row": "high", "when:plot_m2": "120..", "value": "6"}
    fault(book, table(tmp_path, low, high, when=("plot_m2",)), 2, "when:plot_m2", r"100\.\.120 \(next to K2 and K3\)")


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"subject": "max_floors"}, "subject", "unknown. One of"),
        ({"subject": ""}, "subject", "unknown. One of"),
        ({"effect": "allow"}, "effect", "unknown. One of"),
        ({"effect": ""}, "effect", "must not be empty"),
        ({"article": ""}, "article", "must not be empty"),
        ({"category": " "}, "category", "must not be empty"),
        ({"text_fa": ""}, "text_fa", "must not be empty"),
        ({"text_en": ""}, "text_en", "must not be empty"),
        ({"row": ""}, "row", "must not be empty"),
        ({"row": "first", "zone": "H6"}, "row", "is there twice"),
        ({"value": "five"}, "value", "is no number"),
        ({"value": ""}, "value", "is no number"),
        ({"value": "-5"}, "value", "is no number"),
        ({"value": "fact:"}, "value", "is no number"),
        ({"effect": "reduce", "value": "A"}, "value", "is no number"),
        ({"effect": "require", "value": ""}, "value", "is no code"),
        ({"effect": "require", "value": "the office"}, "value", "is no code"),
        ({"effect": "undecided", "value": ""}, "value", "is no code"),
        ({"effect": "undecided", "value": "heritage", "subject": ""}, "subject", "unknown. One of"),
        ({"subject": "permitted_use", "value": "RES|"}, "value", "is no code"),
        ({"subject": "min_parking", "value": ""}, "value", "must not be empty"),
        ({"theme": ""}, "theme", "without its theme"),
        ({"text_en": "a\x0bb"}, "text_en", "control characters"),
        ({"article": "8" * 41}, "article", "longer than 40"),
        ({"when:plot_m2": "150..100"}, "when:plot_m2", "unreadable condition"),
        ({"when:plot_m2": "1..2..3"}, "when:plot_m2", "unreadable condition"),
        ({"text_en": "A, B"}, "?", "number of cells"),
    ],
)
def test_every_fault_is_named(book, tmp_path, change: dict[str, str], column: str, words: str) -> None:
    table(tmp_path).load(book)
    sheet = table(tmp_path, {"row": "first"}, {"row": "second", "zone": "H7", **change}, when=("plot_m2",))
    fault(book, sheet, 3, column, words)


@pytest.mark.parametrize(
    ("columns", "column", "words"),
    [
        (lambda names: [n for n in names if n != "article"], "article", "missing. Columns found"),
        (lambda names: [*names, "note"], "note", "unknown"),
        (lambda names: [*names, "when:"], "when:", "unknown"),
        (lambda names: [*names, "when:plot m2"], "when:plot m2", "unknown"),
        (lambda names: [*names, "value"], "value", "is there twice"),
    ],
)
def test_faults_of_the_header(book, tmp_path, columns, column: str, words: str) -> None:
    sheet = table(tmp_path)
    sheet.columns = columns(sheet.columns)
    fault(book, sheet, 1, column, words)


def test_a_table_without_rows_is_refused(book, tmp_path) -> None:
    fault(book, Table(path=tmp_path / "heights.csv"), 1, "row", "no rows")


def test_text_that_is_not_utf8_is_refused_with_its_line(book, tmp_path) -> None:
    path = table(tmp_path).write()
    path.write_bytes(path.read_bytes() + "پنج".encode("cp1256"))
    with pytest.raises(IntakeError, match="not UTF-8") as caught:
        load_rulebook(instrument=book, path=path, source="detailed_plan")
    assert caught.value.details["row"] == 3


def test_a_quote_that_never_closes_is_refused(book, tmp_path) -> None:
    sheet = table(tmp_path, {"text_en": '"never closed'})
    with pytest.raises(IntakeError, match="unreadable"):
        sheet.load(book)
    assert not Rulebook.objects.exists()


def test_a_file_that_is_not_there(book, tmp_path) -> None:
    with pytest.raises(IntakeError, match=r"“none.csv” cannot be read"):
        load_rulebook(instrument=book, path=tmp_path / "none.csv", source="detailed_plan")


@pytest.mark.parametrize(
    ("effect", "subject", "value"),
    [
        ("set", "max_height", "18.70"),
        ("set", "permitted_use", "RES|COM"),
        ("set", "min_parking", "1/50 m²"),
        ("cap", "max_height", "fact:existing_height_m"),
        ("derive", "max_density", "300"),
        ("floor", "max_storeys", "1"),
        ("raise", "max_storeys", "1"),
        ("reduce", "max_storeys", "1"),
        ("require", "", "heritage"),
        ("forbid", "", "NEW"),
        ("document", "", "facade_drawing"),
        ("duty", "", "keep_madi"),
        ("warn", "max_height", ""),
        ("undecided", "max_height", "heritage"),
        ("set", "max_height", "=0.1*plot_m2+5"),
        ("set", "min_parking", "=unit_m2/50"),
    ],
)
def test_every_effect_has_a_readable_form(book, tmp_path, effect: str, subject: str, value: str) -> None:
    base = {"row": "base", "subject": subject, "value": "5"} if effect in {"reduce", "raise", "floor"} else None
    said = {"row": "said", "effect": effect, "subject": subject, "value": value}
    stored = table(tmp_path, said, *[base] * (base is not None)).load(book).rows.get(row="said")
    assert (stored.effect, stored.subject, stored.value) == (effect, subject, value)


def test_a_policy_has_neither_zone_nor_conditions(book, tmp_path) -> None:
    policy = {"effect": "policy", "value": "majority", "zone": ""}
    assert table(tmp_path, policy).load(book).rows.get().value == "majority"


def test_rows_are_counted_as_a_spreadsheet_counts_them(book, tmp_path) -> None:
    """A line break in quotes makes no new row, an empty line does."""
    sheet = table(tmp_path, {"text_en": '"two\nlines"'}, {"row": "second", "value": "x"})
    path = sheet.write()
    path.write_text(path.read_text(encoding="utf-8").replace("\nsecond", "\n,,,,,,,,,\n\nsecond"), encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        load_rulebook(instrument=book, path=path, source="detailed_plan")
    assert [f["cell"] for f in caught.value.details["faults"]] == ["F5"]


def test_digits_and_letters_are_folded_and_the_texts_keep_their_digits(book, tmp_path) -> None:
    typed = {
        "value": "۵٫۵",
        "subject": "max_height",
        "article": "\u200f۸-۱",
        "text_fa": "كد ۵ يك",
        "when:plot_m2": "..١٠٠",
    }
    left = {"row": "rest", "effect": "undecided", "value": "planning", "subject": "max_height"}
    row = table(tmp_path, typed, left, when=("plot_m2",)).load(book).rows.get(row="H5")
    assert (row.value, row.article, row.text_fa, row.when) == ("5.5", "8-1", "کد ۵ یک", {"plot_m2": "..100"})


def test_the_effects_are_those_that_the_rule_rooms_know() -> None:
    known = "set reduce raise floor derive cap require forbid document duty warn undecided policy"
    assert set(EFFECTS) == set(known.split())
