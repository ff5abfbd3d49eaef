"""What was read by hand of each district, against the zoning file."""

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.cockrell_hill.districts import FIXED, PROPOSALS, SCHEDULES, Row
from tests.cockrell_hill.published import zoning

IN_FILE = {
    "setback_front": ("front_setback", "min_val"),
    "setback_side_ext": ("side_setback_exterior", "min_val"),
    "height": ("max_height", "max_val"),
    "lot_cov_bldg": ("max_coverage", "max_val"),
    "stories": ("max_storeys", "max_val"),
}


def holds(row: Row, units: int) -> bool:
    """Whether the row's condition (`total_units <= 3`, `total_units > 3` or none) is met."""
    limit = int(row.condition.split()[-1]) if row.condition else 0
    return {"": True, "<": units <= limit, ">": units > limit}[row.condition[12:13]]


def worth(formula: str, units: int) -> Decimal:
    """The three shapes of formula in the file: a number, `n * total_units`, `a + b * (total_units - c)`."""
    numbers = [Decimal(n) for n in re.findall(r"[\d.]+", formula)]
    if "total_units" not in formula:
        return numbers[0]
    if "(" not in formula:
        return numbers[0] * units
    base, step, start = numbers
    return base + step * (units - start)


@pytest.mark.parametrize("code", FIXED)
def test_district_numbers_are_the_files(code: str) -> None:
    said = zoning()[code]["properties"]
    for key, (subject, end) in IN_FILE.items():
        assert [Decimal(row[end]) for row in said[key]] == [FIXED[code][subject].value]
        assert [row["use_name"] for row in said[key]] == [said["res_uses"]]
    for key in ("setback_rear", "setback_side_int"):
        assert [row["min_val"] for row in said[key]] == [[{"select": "max", "expressions": [5, "0.1 * lot_width"]}]]


@pytest.mark.parametrize("code", SCHEDULES)
def test_schedules_are_the_files(code: str) -> None:
    for key, subject in (("lot_size", "min_lot_for_use"), ("parking_uncovered", "min_parking")):
        in_file = {
            (frozenset(row["use_name"]), condition, str(value))
            for row in zoning()[code]["properties"][key]
            for condition, value in conditional(row["min_val"])
        }
        assert in_file == {(r.uses, r.condition, r.value) for r in SCHEDULES[code][subject]}


def conditional(value: Any) -> list[tuple[str, Any]]:
    """A value of the file as (condition, expression) pairs; "" = always."""
    return [(v["conditions"][0], v["expression"]) for v in value] if isinstance(value, list) else [("", value)]


def test_no_district_but_four_has_a_shape_and_c_a_says_nothing() -> None:
    assert {code for code, f in zoning().items() if not f["geometry"]} == {"R", "PD"}
    assert set(zoning()["C-A"]["properties"]) == {"dist_name", "dist_abbr", "planned_dev", "overlay", "res_uses"}
    assert zoning()["C-A"]["properties"]["res_uses"] == "none"


@pytest.mark.parametrize(("subject", "use", "units", "value"), PROPOSALS)
def test_rows_come_to_what_was_worked_out(subject: str, use: str, units: int, value: str) -> None:
    for code in ("R-M", "C"):
        rows = [r for r in SCHEDULES[code][subject] if use in r.uses and holds(r, units)]
        assert [worth(r.value, units) for r in rows] == [Decimal(value)]
