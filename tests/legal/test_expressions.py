"""Computed value cells: what is read, what is refused, and which way a result is rounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.text import Text
from apps.legal.answers import Fact, Provision
from apps.legal.tables import expressions
from apps.legal.tables.table import Row
from apps.legal.tables.values import valued

WIDE = {"lot_width": Decimal("119.802042"), "units": Decimal(4)}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("=5", "5"),
        ("= 0.1 * lot_width", "11.9802042"),
        ("=max(5, 0.1*lot_width)", "11.9802042"),
        ("=min(5, 0.1*lot_width)", "5"),
        ("=0.16 + 0.02*(units - 3)", "0.18"),
        ("=-1 + 3/2", "0.5"),
        ("=۵ + 1", "6"),
        ("=max(1, 2, 3)", "3"),
    ],
)
def test_exact_decimals(cell, value):
    assert expressions.evaluate(expressions.parse(cell), WIDE) == Decimal(value)


def test_the_facts_it_asks_are_named_without_the_functions():
    assert expressions.parse("=max(b, 0.1*a) + min(a, 2)").names == ("a", "b")


@pytest.mark.parametrize(
    "cell",
    [
        "=", "=1 +", "=a.b", "=a[0]", "=open('x')", "=max(1)", "=max(1, key=2)", "='a'", "=True", "=a if b else c",
        "=a**9", "=(lambda: 1)()", "=[1]", "=a == b", "=" + "1+" * 120 + "1",
    ],
)  # fmt: skip
def test_anything_else_is_refused(cell):
    with pytest.raises(ValueError, match="“="):
        expressions.parse(cell)


@pytest.mark.parametrize("cell", ["=1/(units - 4)", "=missing + 1"])
def test_what_cannot_be_computed_is_an_error_and_no_value(cell):
    with pytest.raises(ValueError, match="cannot be computed"):
        expressions.evaluate(expressions.parse(cell), WIDE)


@given(a=st.integers(0, 9999), b=st.integers(1, 9999))
def test_sums_and_products_are_those_of_whole_numbers(a, b):
    facts = {"a": Decimal(a), "b": Decimal(b)}
    assert expressions.evaluate(expressions.parse("=a*b + max(a, b) - min(a, b)"), facts) == a * b + abs(a - b)


def row(subject: str, cell: str) -> Row:
    provision = Provision("R", "1-1", "ISF-01", subject, "set", cell, "", "", {}, Text("متن", "text"))
    return Row("book", provision, frozenset())


def facts(**values) -> dict[str, Fact]:
    return {name: Fact(name, value, Text(name, name.title()), "m") for name, value in values.items()}


@pytest.mark.parametrize(("subject", "rounded"), [("max_height", "1.66"), ("rear_setback", "1.67")])
def test_a_limit_is_rounded_to_its_strict_side(subject, rounded):
    read = valued(row(subject, "=a/3"), facts(a=Decimal(5)))
    assert read.value == Decimal(rounded)
    assert "A: 5 m" in read.working.en
    assert f"a/3 = {rounded}" in read.working.en


def test_a_missing_fact_leaves_no_value_and_is_named():
    read = valued(row("rear_setback", "=max(5, 0.1*a)"), facts(a=None))
    assert (read.value, read.missing) == (None, ("a",))


def test_a_limit_below_nothing_is_an_error():
    with pytest.raises(ValueError, match="below nothing"):
        valued(row("max_height", "=a - 9"), facts(a=Decimal(5)))


def test_a_schedule_keeps_what_only_the_proposal_can_say():
    asked = {"units": Fact("units", None, Text("واحد", "Units"), of_proposal=True)}
    assert valued(row("min_parking", "=4*units"), asked).value == "4*units"
    assert valued(row("min_parking", "=4*units"), facts(units=None)).missing == ("units",)


def test_a_formula_for_people_names_its_facts_once():
    """Whole names only, and never inside a name that has just been put in."""
    names = {"units": "dwelling units of the use", "use": "kind of use"}
    assert expressions.spelled("4*units + max(2, units_b)", names) == (
        "4 × dwelling units of the use + max(2, units_b)"
    )
