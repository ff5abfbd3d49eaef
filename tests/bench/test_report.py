"""Verdicts and the table."""

import pytest

from tools.bench.report import Row, as_json, table


@pytest.mark.parametrize(
    ("ratio", "less", "verdict"),
    [
        (0.40, False, "target"),
        (0.39, False, "floor"),
        (0.25, False, "floor"),
        (0.24, False, "missed"),
        (0.25, True, "target"),
        (0.41, True, "missed"),
        (None, False, ""),
    ],
)
def test_a_ratio_is_judged_against_target_and_floor(ratio: float | None, less: bool, verdict: str) -> None:
    assert Row("x", "", ratio, 0.40, 0.25, less=less).verdict == verdict


def test_the_floor_of_what_should_be_small_lies_above_its_target() -> None:
    assert Row("x", "", 1.3, 1.2, 1.5, less=True).verdict == "floor"
    assert Row("x", "", 1.6, 1.2, 1.5, less=True).verdict == "missed"


def test_without_a_target_nothing_is_judged() -> None:
    assert Row("x", "12 /s", 0.1).verdict == ""


def test_the_table_aligns_and_says_which_way_is_better() -> None:
    lines = table([Row("first", "1 s", 0.5, 1.0, 2.0, less=True), Row("a longer name", "2 /s")]).splitlines()
    assert lines[0].split() == ["what", "this", "run", "ratio", "target", "floor"]
    assert lines[1].split() == ["first", "1", "s", "0.5", "≤", "1", "≤", "2", "target"]
    assert lines[1].index("1 s") == lines[2].index("2 /s")


def test_json_carries_the_verdict() -> None:
    (row,) = as_json([Row("x", "1 s", 0.5, 0.4, 0.2)])
    assert row["verdict"] == "target"
    assert row["ratio"] == 0.5
