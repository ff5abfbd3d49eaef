"""The lint against brute force: every point of a grid of facts, judged cell by cell without the lint's own sets."""

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.legal.decision_table import parse_condition
from tests.legal.rulebooks import found, read

NUMBERS = [Decimal(n) / 2 for n in range(-1, 20)]
"""Above and below every bound that a range of the strategy can have, and on it."""
GRID = [
    {"plot_m2": p, "corner": c, "use": u} for p, c, u in product(NUMBERS, (True, False), ("A", "B", "C", "elsewhere"))
]
bounds = st.integers(0, 6)
ranges = st.one_of(
    st.just(""),
    bounds.map(lambda n: f"{n}.."),
    bounds.map(lambda n: f"..{n}"),
    st.tuples(bounds, st.integers(1, 3)).map(lambda t: f"{t[0]}..{t[0] + t[1]}"),
)
numbers = st.one_of(ranges, st.sampled_from(["2|4", "not 3", "3"]))
codes = st.sampled_from(["", "A", "B", "A|B", "B|C", "not A", "not A|B", "not B|C"])
yes_no = st.sampled_from(["", "yes", "no"])
facts = {"plot_m2": numbers, "corner": yes_no, "use": codes}
zones = st.sampled_from(["", "H1", "H2"])
conflicting = st.fixed_dictionaries({**facts, "zone": zones, "value": st.sampled_from(["5", "5.0", "6"])})


def holds(row: dict[str, str], point: dict[str, object]) -> bool:
    for name, value in point.items():
        condition = parse_condition(row.get(name, ""))
        if condition is not None and not condition.holds(value):  # type: ignore[arg-type]
            return False
    return True


def on_zone(row: dict[str, str], zone: str) -> bool:
    return row["zone"] in ("", zone)


@settings(deadline=None)
@given(conflicting, conflicting)
def test_two_rows_contradict_exactly_where_both_hold_and_differ(a: dict[str, str], b: dict[str, str]) -> None:
    both = any(
        holds(a, point) and holds(b, point) and on_zone(a, zone) and on_zone(b, zone)
        for zone in ("H1", "H2", "elsewhere")
        for point in GRID
    )
    differ = Decimal(a["value"]) != Decimal(b["value"])
    said = [fault.text.en for fault in found(a, b) if fault.cell == "F3"]
    assert any(text.startswith("contradicts F2") for text in said) is (both and differ)
    assert any(text.startswith("overlaps F2") for text in said) is (both and not differ)


tiling = st.fixed_dictionaries({"plot_m2": ranges, "corner": yes_no, "use": codes})


@settings(deadline=None)
@given(st.lists(st.tuples(tiling, st.booleans()), min_size=1, max_size=4))
def test_a_hole_is_told_exactly_where_a_ranged_row_leaves_a_number_unsaid(rows) -> None:
    """A hole: a number above 0 at which nothing speaks, though a range of that fact does under the same conditions."""
    open_row = {"effect": "undecided", "value": "planning"}
    table = [{**row, **(open_row if left else {}), "zone": "H1"} for row, left in rows]
    ranged = [row for row, left in rows if not left and row["plot_m2"]]
    unsaid = any(
        not any(holds(row, point) for row, _ in rows) and any(holds({**row, "plot_m2": ""}, point) for row in ranged)
        for point in GRID
        if point["plot_m2"] > 0
    )
    assert any("no row gives" in fault.text.en for fault in found(*table)) is unsaid


@settings(deadline=None)
@given(st.lists(conflicting, min_size=2, max_size=5))
def test_sound_tables_never_give_two_values(rows) -> None:
    table, faults = read(*rows)
    if any(fault.column == "value" for fault in faults):
        return
    assert len(table.rows) == len(rows)
    for zone, point in product(("H1", "H2", "elsewhere"), GRID):
        assert sum(on_zone(row, zone) and holds(row, point) for row in rows) <= 1
