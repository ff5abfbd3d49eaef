"""What tables say they read, and expressions made ready: held against the readers of the extract."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.text import Text
from apps.legal.answers import Fact, Provision, RulebookInForce
from apps.legal.subjects import SUBJECTS
from apps.legal.tables.growing import working
from apps.legal.tables.reads import reads_of, table_reads, tame
from apps.legal.tables.table import Row, table_of
from apps.legal.tables.values import valued

NUMBERS = st.decimals(min_value=0, max_value=10**6, places=2)
LEAVES = st.one_of(st.sampled_from(["plot_m2", "passage_m"]), NUMBERS.map(lambda n: f"{n:f}"))
GROWING = st.recursive(
    LEAVES,
    lambda more: st.one_of(
        st.tuples(more, st.sampled_from("+*"), more).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), more, more).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
    ),
    max_leaves=4,
)


def row(
    value: str, *, subject: str = "max_height", effect: str = "set", when: dict | None = None, theme: str = "t"
) -> Row:
    words = Text("-", "-")
    return Row("book", Provision("r", "1", "C", subject, effect, value, theme, "", when or {}, words), frozenset())


@pytest.mark.parametrize("subject", ["max_height", "light_well_main_area"])
@given(cell=GROWING, plot=NUMBERS, passage=NUMBERS)
def test_an_expression_made_ready_has_the_value_of_the_extract(subject, cell, plot, passage):
    facts = {"plot_m2": plot, "passage_m": passage}
    told = {name: Fact(name, value, Text("-", "-")) for name, value in facts.items()}
    expected = valued(row(f"={cell}", subject=subject), told).value
    assert working(f"={cell}", SUBJECTS[subject].direction)(facts) == expected


def test_a_fact_that_is_not_known_gives_no_value():
    ready = working("=0.06*plot_m2", SUBJECTS["max_height"].direction)
    assert ready({"plot_m2": None}) is None
    assert working("fact:plot_m2", SUBJECTS["max_height"].direction)({"plot_m2": "?"}) is None


def test_what_does_not_grow_is_not_made_ready():
    with pytest.raises(ValueError, match="only grow"):
        working("=plot_m2-5", SUBJECTS["max_height"].direction)


CASES = {
    "taken alone": ([row("fact:plot_m2")], True),
    "only grows": ([row("=max(2, 0.5*plot_m2)")], True),
    "may fall below nothing": ([row("=plot_m2-5")], False),
    "may be divided by nothing": ([row("=5/plot_m2")], False),
    "immense": ([row("=" + "9" * 30 + "*plot_m2")], False),
    "something is taken off": ([row("=2*plot_m2"), row("1", effect="reduce")], False),
    "a cap beside what is taken off": ([row("fact:plot_m2", effect="cap"), row("1", effect="reduce")], True),
    "other rows ask for it": ([row("=2*plot_m2", subject="max_storeys")], False),
    "a cap on what other rows ask for": ([row("fact:plot_m2", subject="max_storeys", effect="cap")], True),
    "the share of the zone": ([row("=5*zone_share")], False),
    "in an amount": ([row("=2*plot_m2", effect="raise")], False),
}


@pytest.mark.parametrize(("rows", "contained"), CASES.values(), ids=CASES.keys())
def test_where_a_computed_value_stays_within_its_subject(rows, contained):
    book = RulebookInForce("b", "b", "detailed_plan", Text("-", "-"), "1", tuple(r.provision for r in rows))
    reads = table_reads((book,), feeding=frozenset({"max_storeys"}))
    assert (rows[0].provision.subject in reads.contained) is contained
    assert table_of((book,)) is reads.table


def test_conditions_and_values_that_rows_read():
    reads = reads_of(
        [row("=0.5*plot_m2", when={"passage_m": "..6", "corner": ""}), row("3", when={"passage_m": "6.."})]
    )
    assert reads.cells == {"passage_m": {"..6", "6.."}}
    assert reads.taken == {"max_height": {"plot_m2"}}
    assert reads_of([row("=)(")]).taken == {}


@pytest.mark.parametrize(
    ("value", "is_tame"), [(Decimal(0), True), (Decimal(-1), False), (Decimal(10) ** 11, False), (None, True)]
)
def test_tame(value, is_tame):
    assert tame(value) is is_tame
