"""Holes between ranges, at the cell that they follow. Columns as in test_rulebook_lint: I plot_m2, M storeys, …"""

import pytest

from apps.legal.rulebook_faults import Fault
from tests.legal.rulebooks import cells, found

UNDECIDED = {"effect": "undecided", "value": "planning"}


def ranged(*ranges: str, fact: str = "plot_m2", **rest: str) -> list[dict[str, str]]:
    return [{fact: cell, "value": str(n), **rest} for n, cell in enumerate(ranges, start=1)]


def the_fault(*rows: dict[str, str]) -> Fault:
    (fault,) = found(*rows)
    return fault


@pytest.mark.parametrize(
    ("ranges", "cell", "hole"),
    [
        (("..100", "120.."), "I2", "plot_m2 = 100..120 (next to I2 and I3)."),
        (("120..", "..100"), "I3", "plot_m2 = 100..120 (next to I3 and I2)."),
        (("..100", "100.01.."), "I2", "plot_m2 = 100..100.01 (next to I2 and I3)."),
        (("..100", "100..200"), "I3", "plot_m2 = 200.. (next to I3)."),
        (("50..100", "100.."), "I2", "plot_m2 = 0..50 (next to I2)."),
        (("0.01..",), "I2", "plot_m2 = 0..0.01 (next to I2)."),
        (("..100",), "I2", "plot_m2 = 100.. (next to I2)."),
    ],
)
def test_a_hole_is_named_with_its_bounds(ranges: tuple[str, ...], cell: str, hole: str) -> None:
    fault = the_fault(*ranged(*ranges))
    assert (fault.cell, fault.column) == (cell, "when:plot_m2")
    assert fault.text.en == f"no row gives max_coverage for {hole} Close the range or add an `undecided` row."
    assert "هیچ سطری" in fault.text.fa


@pytest.mark.parametrize("ranges", [("..100", "100.."), ("0..100", "100.."), ("..100", "100..200", "200..")])
def test_ranges_that_meet_leave_no_hole(ranges: tuple[str, ...]) -> None:
    assert cells(*ranged(*ranges)) == []


def test_two_holes_are_two_faults() -> None:
    assert cells(*ranged("10..20", "30..40", "40..")) == ["I2", "I2"]


@pytest.mark.parametrize(
    ("change", "closed"),
    [
        ({}, True),
        ({"zone": "H5"}, False),
        ({"theme": "heritage"}, False),
        ({"subject": "max_height"}, False),
        ({"corner": "yes"}, False),
        ({"plot_m2": "100..110"}, False),
        ({"plot_m2": ""}, True),
        ({"plot_m2": "50..150"}, True),
    ],
)
def test_an_undecided_row_leaves_a_hole_open_on_purpose(change: dict[str, str], closed: bool) -> None:
    left = {**UNDECIDED, "plot_m2": "100..120", **change}
    assert (cells(*ranged("..100", "120.."), left) == []) is closed


def test_a_row_for_every_zone_covers_each_zone_and_not_the_other_way_round() -> None:
    assert cells(*ranged("..100"), *ranged("100..", zone="H5")) == ["I2"]
    assert cells(*ranged("..100"), *ranged("100..")) == []
    assert cells({"plot_m2": "..100", "zone": "H5"}, {"plot_m2": "100..", "zone": ""}) == ["I3"]


def test_a_row_under_another_condition_closes_the_hole_only_there() -> None:
    fault = the_fault({"plot_m2": "..100"}, {"plot_m2": "100..", "corner": "yes", "value": "70"})
    assert fault.cell == "I2"
    assert "plot_m2 = 100.. where corner = no" in fault.text.en
    assert (
        cells({"plot_m2": "..100"}, {"plot_m2": "100..", "corner": "yes"}, {"plot_m2": "100..", "corner": "no"}) == []
    )


def test_the_place_of_a_hole_is_said_in_the_words_of_a_condition() -> None:
    rows = [{"plot_m2": "..100", "use": "A|B|C"}, {"plot_m2": "100..", "use": "A", "value": "1"}]
    assert "where use = B|C" in the_fault(*rows).text.en
    rows = [{"plot_m2": "..100"}, {"plot_m2": "100..", "use": "A", "value": "1"}]
    assert "where use = not A" in the_fault(*rows).text.en
    rows = [{"plot_m2": "..100"}, {"plot_m2": "100..", "consolidated": "2", "value": "1"}]
    assert {f.text.en.split(" where ")[1][:24] for f in found(*rows)} == {"consolidated = 0..2|2.. "}


def test_codes_and_yes_or_no_alone_leave_no_hole() -> None:
    assert cells({"corner": "yes"}, {"use": "A", "zone": "H5"}) == ["F3"]
    assert cells({"corner": "yes"}) == []
    assert cells({"consolidated": "2|3"}) == []


def test_a_local_plans_rows_are_not_completed_by_the_citys() -> None:
    city = ranged("..100", "100..")
    assert cells(*city, {"plot_m2": "..50", "edition": "lp"}) == ["I4"]
    assert cells(*city, {"plot_m2": "..50", "edition": "lp"}, {**UNDECIDED, "plot_m2": "50.."}) == []


@pytest.mark.parametrize(
    ("fact", "ranges", "holes"),
    [
        ("consolidated", ("1..2", "2.."), []),
        ("consolidated", ("..2.5", "3.."), []),
        ("consolidated", ("..2", "2.5.."), ["N2"]),
        ("consolidated", ("2..",), ["N2"]),
        ("zone_share", ("..0.98", "0.98.."), []),
        ("zone_share", ("..0.98", "0.98..1"), ["O3"]),
        ("zone_share", ("..0.98", "0.98..1.01"), []),
        ("zone_share", ("-1..0.98", "0.98..2"), []),
    ],
)
def test_only_values_that_there_can_be_are_asked_for(fact: str, ranges: tuple[str, ...], holes: list[str]) -> None:
    assert cells(*ranged(*ranges, fact=fact)) == holes


def derived(*ranges: str, **rest: str) -> list[dict[str, str]]:
    return ranged(*ranges, fact="storeys", effect="derive", subject="max_height", **rest)


BASE = {"subject": "max_storeys", "value": "3"}
STEPS = [
    {**BASE, "effect": "reduce", "value": "2"},
    {**BASE, "effect": "raise", "value": "1"},
    {**BASE, "effect": "raise", "value": "2", "corner": "yes"},
    {**BASE, "effect": "floor", "value": "2"},
]


def test_derived_values_answer_for_the_storeys_that_the_table_can_give() -> None:
    """Base 3, least 2 by the floor, most 5 by the larger bonus: 2, 3, 4, 5."""
    assert cells(BASE, *STEPS, *derived("2..3", "3..4", "4..6")) == []
    assert cells(BASE, *STEPS, *derived("2..4", "5..6")) == ["M7"]
    assert cells(BASE, *STEPS, *derived("3..6")) == ["M7"]
    assert "storeys = 5 " in the_fault(BASE, *STEPS, *derived("2..5")).text.en
    assert cells(BASE, *STEPS[:3], *derived("2..6")) == ["M6"]


def test_storeys_of_other_zones_and_themes_are_not_asked_for() -> None:
    high = {**BASE, "value": "9", "zone": "H9"}
    low = {**BASE, "zone": "H3"}
    assert cells(high, low, *derived("1..4", zone="H3")) == []
    assert cells(high, low, *derived("1..4")) == ["M4"]
    assert cells({**high, "theme": "heritage"}, low, *derived("1..4", zone="H3")) == []


@pytest.mark.parametrize("base", [[], [{**BASE, "value": "=plot_m2/100"}]])
def test_where_the_storeys_cannot_be_told_the_ranges_end_open(base: list[dict[str, str]]) -> None:
    assert cells(*base, *derived("1..2", "2..3")) == [f"M{len(base) + 3}"]
    assert cells(*base, *derived("1..2", "2..")) == []
