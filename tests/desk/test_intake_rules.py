"""The small rules of intake, without files: guesses, mending, choices, the table of findings, shares of progress."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import BadInputError
from apps.desk.intake_coverage import choice
from apps.desk.intake_csv import report_csv
from apps.desk.intake_files import together
from apps.desk.intake_guess import guess, guess_theme
from apps.desk.intake_mending import BadRow, compare
from apps.desk.intake_plan import clean_crs
from apps.desk.intake_pulse import overall
from gis_layers.ingest.progress import Step


@dataclass(frozen=True)
class Field:
    name: str
    samples: tuple[str, ...] = ()
    few: bool = True

    @property
    def distinct(self) -> tuple[str, ...]:
        return self.samples if self.few else ()


FA, EN = Field("نام", ("کد ارتفاعی چهار",)), Field("name_en", ("Height four",))


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ([Field("code", ("H4",)), FA, EN], {"code": "code", "label_fa": "نام", "label_en": "name_en"}),
        ([Field("OBJECTID", ("1", "2")), Field("HC", ("H4", "H5"))], {"code": "HC"}),
        ([Field("CODE", ("7", "8"), few=False), Field("GRP", ("H4", "h5", "H۶"))], {"code": "GRP"}),
        ([Field("کد پهنه", ("X1",)), Field("name", ("Latin only",))], {"code": "کد پهنه"}),
        ([Field("empty")], {}),
        ([], {}),
    ],
)
def test_guessing_fields(fields: list[Field], found: dict[str, str]) -> None:
    assert guess(fields, known={"H4", "H5", "H6"}) == found


def test_guessing_the_theme_by_its_codes() -> None:
    known = {"height_code": {"H4", "H5"}, "density": {"D300"}, "none": set()}
    assert guess_theme([Field("a", ("1", "2")), Field("b", ("H4", "h5", "H9"))], known) == "height_code"
    assert guess_theme([Field("b", ("H4", "X", "Y"))], known) == ""
    assert guess_theme([Field("b")], known) == ""


def bad(row: int, said: str, reason: str = "no_code") -> BadRow:
    return BadRow(row, reason, said)


@pytest.mark.parametrize(
    ("before", "after", "mended", "still", "new"),
    [
        ([], [], 0, [], []),
        ([bad(1, "a"), bad(2, "b")], [], 2, [], []),
        ([bad(1, "a"), bad(2, "b")], [bad(1, "b")], 1, [1], []),  # rows moved up
        ([bad(4, "a")], [bad(4, "a, touched")], 0, [4], []),  # the same row, still at fault
        ([bad(4, "a")], [bad(4, "b", "invalid_geometry")], 1, [], [4]),
        ([bad(1, "a")], [bad(1, "a"), bad(2, "a")], 0, [1], [2]),  # one row became two
    ],
)
def test_what_became_of_bad_rows(before, after, mended, still, new) -> None:
    assert compare(before, after) == {"before": len(before), "mended": mended, "still": still, "new": new}


ROWS = st.lists(st.builds(BadRow, st.integers(1, 6), st.sampled_from("xy"), st.sampled_from("abc")), max_size=8)


@given(ROWS, ROWS)
def test_every_bad_row_is_counted_once(before, after) -> None:
    told = compare(before, after)
    assert told["mended"] + len(told["still"]) == len(before)
    assert len(told["still"]) + len(told["new"]) == len(after)
    assert compare(before, before)["mended"] == 0


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (["plan.gpkg"], "plan.gpkg"),
        (["a.zip"], "a.zip"),
        (["p.shp", "p.dbf", "p.shx", "p.prj", "p.cpg"], "p.zip"),
        (["p.shp"], "p.zip"),
    ],
)
def test_files_that_are_one_layer(names: list[str], name: str) -> None:
    assert together(names) == name


@pytest.mark.parametrize(
    "names", [["p.dbf"], ["p.shp", "p.shp"], ["p.shp", "q.dbf"], ["a.zip", "b.zip"], ["p.shp", "p.gpkg"]]
)
def test_files_that_are_not(names: list[str]) -> None:
    with pytest.raises(BadInputError):
        together(names)


@pytest.mark.parametrize("kind", ["", "layer", "edition", "district", "everywhere"])
def test_the_place_is_never_guessed(kind: str) -> None:
    with pytest.raises(BadInputError):
        choice(kind)


def test_choices_of_the_place() -> None:
    assert choice("features") == {"kind": "features"}
    assert choice("layer", layer="where", edition="x") == {"kind": "layer", "layer": "where"}
    assert choice("district", districts=[5, 3]) == {"kind": "district", "district": [3, 5]}
    assert choice("file") == {"kind": "file"}


@pytest.mark.parametrize(("raw", "clean"), [("", ""), ("۳۲۶۳۹", "EPSG:32639"), ("epsg:4326 ", "EPSG:4326")])
def test_a_reference_system_by_its_number(raw: str, clean: str) -> None:
    assert clean_crs(raw) == clean


def test_progress_never_goes_back() -> None:
    told = [overall(step, share) for step in Step for share in (0.0, 0.5, 1.0)]
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert overall(Step.REPORT, 7.0) == 1.0


def test_a_spreadsheet_takes_no_cell_of_ours_for_a_formula() -> None:
    spot = {"rows": [], "code": "=cmd()", "m2": 1.0, "shape": {"type": "Polygon", "coordinates": [[[51.5, 32.5]]]}}
    report = {
        "quarantine": {"rows": [{"row": 1, "reason": "no_code", "fa": "+1", "en": "@x", "shape": None}]},
        "gaps": None,
        "overlaps": {"spots": []},
        "outside": {"spots": [spot]},
        "codes": {"unknown": [{"code": "-2", "row": 3}], "unused": [{"code": "H9", "books": ["a", "b"]}]},
        "beyond": [7],
    }
    lines = report_csv(report).decode("utf-8-sig").splitlines()
    assert lines[1] == "quarantined,1,,,,no_code,'+1,'@x,,"
    assert lines[2] == "outside_district,,,'=cmd(),1.0,,,,51.5,32.5"
    assert lines[3:] == [
        "code_without_rule,3,,'-2,,,,,,",
        "code_not_in_layer,,,H9,,a b,,,,",
        "beyond_coverage,7,,,,,,,,",
    ]
