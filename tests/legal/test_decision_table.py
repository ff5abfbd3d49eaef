"""Condition cells: what is readable, what holds, and the third truth value."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.text import Text
from apps.legal.answers import Fact, Provision
from apps.legal.decision_table import matches, parse_condition, unknown_facts


def row(**when: str) -> Provision:
    return Provision("r", "1", "C", "max_storeys", "set", "1", "", "", when, Text("ف", "e"))


def facts(**values) -> dict[str, Fact]:
    return {
        name: Fact(name, Decimal(str(v)) if isinstance(v, int | float) and not isinstance(v, bool) else v, Text("", ""))
        for name, v in values.items()
    }


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("100..150", 100, True),
        ("100..150", 149.99, True),
        ("100..150", 150, False),
        ("100..150", 99.99, False),
        ("..150", -3, True),
        ("..150", 150, False),
        ("150..", 150, True),
        ("150..", 149, False),
        ("۱۰۰..۱۵۰", 120, True),
        ("0.5..0.75", 0.5, True),
        (" 3 .. 4 ", 3, True),
        ("3", 3, True),
        ("3|5", 4, False),
        ("3|5", 5, True),
        ("yes", True, True),
        ("yes", False, False),
        ("no", False, True),
        ("no", True, False),
        ("A|B", "B", True),
        ("A | B", "B", True),
        ("A|B", "AB", False),
        ("A", "a", False),
        ("not A|B", "B", False),
        ("not A|B", "C", True),
        ("not A|B", None, None),
        ("not 3|5", 4, True),
        ("not 3|5", 5, False),
        ("", 5, True),
        ("  ", None, True),
        ("yes", None, None),
        ("100..150", None, None),
        ("A|B", None, None),
    ],
)
def test_one_condition(cell: str, value, expected: bool | None) -> None:
    assert matches(row(fact=cell), facts(fact=value)) is expected


@pytest.mark.parametrize(
    "cell", ["..", "5..3", "5..5", "a..b", "1..2..3", "A||B", "|", "not ", "not A||B", "1,5..2", "1e3..", "..x"]
)
def test_unreadable_cells_are_errors(cell: str) -> None:
    with pytest.raises(ValueError, match="“"):
        parse_condition(cell)
    with pytest.raises(ValueError, match="“"):
        matches(row(fact=cell), facts(fact=1))


@pytest.mark.parametrize(("cell", "value"), [("1..2", "x"), ("1..2", True), ("yes", "yes"), ("A|B", 3), ("A", True)])
def test_a_fact_of_another_kind_is_an_error_and_not_an_answer(cell: str, value) -> None:
    with pytest.raises(TypeError):
        matches(row(fact=cell), facts(fact=value))


@pytest.mark.parametrize(("a", "b"), list(product((True, False, None), repeat=2)))
def test_any_false_is_false_else_any_unknown_is_unknown(a: bool | None, b: bool | None) -> None:
    expected = False if False in (a, b) else None if None in (a, b) else True
    assert matches(row(a="yes", b="yes"), facts(a=a, b=b)) is expected


def test_a_row_without_conditions_always_holds() -> None:
    assert matches(row(), {}) is True


def test_a_fact_that_nobody_gave_is_unknown() -> None:
    assert matches(row(width="..8"), {}) is None
    assert matches(row(width="..8", corner="yes"), facts(corner=False)) is False


def test_unknown_facts_are_named_in_the_order_of_the_columns() -> None:
    provision = row(width="..8", plot="100..", corner="", use="RES")
    assert unknown_facts(provision, facts(plot=120, use=None)) == ("width", "use")
    assert unknown_facts(provision, facts(plot=120, use="RES", width=3)) == ()


@given(st.integers(-50, 50), st.integers(1, 50), st.integers(-120, 120))
def test_ranges_side_by_side_leave_no_gap_and_no_overlap(low: int, size: int, value: int) -> None:
    cells = [f"..{low}", f"{low}..{low + size}", f"{low + size}.."]
    assert [matches(row(f=cell), facts(f=value)) for cell in cells].count(True) == 1


@given(st.dictionaries(st.sampled_from("abc"), st.sampled_from(["yes", "no", "3..5", "X|Y", ""])), st.data())
def test_learning_an_unknown_fact_never_turns_an_answer_around(when: dict[str, str], data) -> None:
    kinds = {"yes": st.booleans(), "no": st.booleans(), "3..5": st.integers(0, 9), "X|Y": st.sampled_from("XYZ")}
    full = {name: data.draw(kinds[cell]) for name, cell in when.items() if cell}
    some = {name: value for name, value in full.items() if data.draw(st.booleans())}
    partial = matches(row(**when), facts(**some))
    assert partial is None or partial is matches(row(**when), facts(**full))
    assert (partial is None) <= bool(unknown_facts(row(**when), facts(**some)))
