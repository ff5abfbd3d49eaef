"""Names that nobody knows, rows that contradict, steps without a base: each at its cell.

Columns: A row, B article, C category, D subject, E effect, F value, G theme, H zone, I plot_m2, J corner, K use,
L edition, M storeys, N consolidated, O zone_share, P unit_m2, Q text_fa, R text_en.
"""

from dataclasses import replace

import pytest

from apps.common.text import Text
from apps.legal.rulebook_faults import Fault, address
from tests.legal.rulebooks import WORDS, cells, found

BASE = {"subject": "max_storeys", "value": "3"}


def the_fault(*rows: dict[str, str]) -> Fault:
    (fault,) = found(*rows)
    return fault


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ({"subject": "max_floors"}, "D2", "unknown. One of: max_storeys"),
        ({"effect": "allow"}, "E2", "unknown. One of: set"),
        ({"article": ""}, "B2", "must not be empty"),
        ({"theme": "noise"}, "G2", "unknown theme. One of: height_code, heritage"),
        ({"theme": "", "zone": "H5"}, "G2", "without its theme"),
        ({"value": "fact:age"}, "F2", "no fact “age”"),
        ({"value": "=2*age"}, "F2", "no fact “age”"),
        ({"value": "=corner*2"}, "F2", "corner is no number"),
        ({"value": "fact:use"}, "F2", "use is no number"),
        ({"value": "=2*"}, "F2", "unreadable expression"),
        ({"subject": "min_parking", "value": "=max(1)"}, "F2", "unreadable expression"),
        ({"value": "=0.1*storeys"}, "F2", "not known yet"),
        ({"effect": "cap", "theme": "", "value": "=10*zone_share"}, "F2", "known on a zone only"),
        ({"effect": "cap", "theme": "", "edition": "lp-1"}, "L2", "known on a zone only"),
        ({"storeys": "1.."}, "M2", "not known yet"),
        ({"corner": "1..2"}, "J2", "corner is asked as yes, no"),
        ({"plot_m2": "yes"}, "I2", "plot_m2 is asked as 100..150"),
        ({"plot_m2": "100|big"}, "I2", "plot_m2 is asked as 100..150"),
        ({"use": "yes"}, "K2", "use is asked as A|B"),
        ({"use": "A||B"}, "K2", "unreadable condition"),
        ({"subject": "permitted_use", "value": "RES", "effect": "derive"}, "E2", "no meaning for permitted_use"),
        ({"subject": "permitted_use", "value": "=plot_m2"}, "F2", "is no code"),
        ({"effect": "reduce", "value": "fact:plot_m2"}, "F2", "is no number"),
        ({"effect": "raise", "value": "=2*3"}, "F2", "is no number"),
        ({"effect": "policy", "value": "loosest"}, "F2", "none of strictest|by_part|majority"),
        ({"effect": "policy", "value": "majority", "theme": ""}, "G2", "names a partition theme: height_code"),
        ({"effect": "policy", "value": "majority", "theme": "heritage"}, "G2", "names a partition theme"),
        ({"effect": "policy", "value": "majority", "zone": "H5"}, "H2", "stays empty"),
        ({"effect": "policy", "value": "majority", "corner": "yes"}, "J2", "stays empty"),
        ({"effect": "policy", "value": "majority", "subject": ""}, "D2", "unknown. One of"),
    ],
)
def test_a_cell_that_cannot_be_meant(row: dict[str, str], cell: str, words: str) -> None:
    fault = the_fault(row)
    assert (fault.cell, fault.file) == (cell, "made-up.csv")
    assert words in fault.text.en
    assert fault.text.fa != fault.text.en


@pytest.mark.parametrize("effect", ["reduce", "raise", "floor"])
def test_steps_have_no_meaning_for_a_least_value(effect: str) -> None:
    base = {"subject": "front_setback", "value": "3"}
    fault = the_fault(base, {**base, "effect": effect, "value": "1"})
    assert (fault.cell, fault.text.en) == ("E3", f"“{effect}” has no meaning for front_setback.")


def test_a_schedule_is_raised_and_not_reduced() -> None:
    base = {"subject": "min_parking", "value": "1"}
    assert cells(base, {**base, "effect": "raise", "value": "0.75"}) == []
    assert cells(base, {**base, "effect": "reduce", "value": "0.75"}) == ["E3"]


@pytest.mark.parametrize(
    "row",
    [
        {"value": "=max(5, 0.1*plot_m2)"},
        {"value": "fact:plot_m2"},
        {"value": "۶۰"},
        {"effect": "derive", "value": "=3*storeys"},
        {"effect": "cap", "edition": "not lp-1|lp-2", "zone_share": "0.98.."},
        {"subject": "min_parking", "value": "=unit_m2/50"},
        {"subject": "min_parking", "value": "one per flat"},
        {"use": "not A|B"},
        {"consolidated": "3|4"},
        {"effect": "policy", "value": "by_part"},
        {"effect": "warn", "value": "", "subject": "", "theme": ""},
        {"effect": "require", "value": "fire", "storeys": "3.."},
    ],
)
def test_cells_that_mean_something(row: dict[str, str]) -> None:
    assert cells(row) == []


def test_one_policy_for_a_subject() -> None:
    policy = {"effect": "policy", "value": "majority"}
    fault = the_fault(policy, {**policy, "value": "by_part"}, {**policy, "subject": "max_height"})
    assert (fault.cell, fault.text.en) == ("D3", "max_coverage has a policy already (D2); take one out.")


def test_categories_are_checked_where_a_city_declares_them() -> None:
    words = replace(WORDS, categories={"ISF-08": Text.of("x")})
    assert cells({}, words=words) == []
    assert cells({"category": "ISF-99"}, words=words) == ["C2"]


def test_a_column_that_nobody_knows_is_one_fault_at_its_head() -> None:
    words = replace(WORDS, facts={name: fact for name, fact in WORDS.facts.items() if name != "corner"})
    rows = [
        {"corner": "yes"},
        {"corner": "no", "value": "70"},
        {"value": "50", "zone": "A"},
        {"value": "1", "zone": "A"},
    ]
    assert cells(*rows, words=words) == ["J1", "F5"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({}, {}),
        ({"zone": "H5"}, {}),
        ({"zone": "H5"}, {"zone": "H5"}),
        ({"corner": "yes"}, {"use": "A"}),
        ({"corner": "yes"}, {"corner": "yes"}),
        ({"use": "A|B"}, {"use": "B|C"}),
        ({"use": "not A"}, {"use": "B|A"}),
        ({"use": "not A"}, {"use": "not B"}),
        ({"consolidated": "2|3"}, {"consolidated": "3|4"}),
        ({"consolidated": "2|3.0"}, {"consolidated": "3|4"}),
        ({"consolidated": "not 3"}, {"consolidated": "not 4"}),
        ({"edition": "a|b"}, {"edition": "b"}),
        ({"edition": "not a"}, {}),
        ({"edition": "not a"}, {"edition": "not b"}),
    ],
)
def test_rows_that_hold_together_contradict_or_repeat(a: dict[str, str], b: dict[str, str]) -> None:
    """B beside A, and A beside B: the fault is at the value of the lower row and names the upper."""
    for rows in ((a, b), (b, a)):
        against = the_fault(rows[0], {**rows[1], "value": "70"})
        assert against.cell == "F3"
        assert against.text.en.startswith("contradicts F2 (“r1”): both ")
        assert "“70” here and “60” there" in against.text.en
        again = the_fault(rows[0], {**rows[1], "value": "60.0"})
        assert (again.cell, again.text.en[:11]) == ("F3", "overlaps F2")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"zone": "H5"}, {"zone": "H6"}),
        ({"theme": ""}, {"theme": "height_code"}),
        ({"subject": "max_height"}, {"subject": "max_density"}),
        ({"corner": "yes"}, {"corner": "no"}),
        ({"use": "A|B"}, {"use": "C"}),
        ({"use": "A|B"}, {"use": "not B|A|C"}),
        ({"consolidated": "2|3"}, {"consolidated": "4"}),
        ({"edition": "a"}, {"edition": "b"}),
        ({"edition": "a"}, {}),
        ({"edition": "a"}, {"edition": "not b"}),
        ({"effect": "cap"}, {"effect": "cap"}),
        ({"effect": "cap"}, {}),
        ({"effect": "derive"}, {}),
    ],
)
def test_rows_that_never_hold_together_stand_side_by_side(a: dict[str, str], b: dict[str, str]) -> None:
    assert cells(a, {**b, "value": "70"}) == []


@pytest.mark.parametrize(("upper", "clash"), [("100..", False), ("99.99..", True)])
def test_ranges_are_half_open(upper: str, clash: bool) -> None:
    faults = found({"plot_m2": "..100"}, {"plot_m2": upper, "value": "70"})
    assert [f.cell for f in faults] == ["F3"] * clash
    assert all("both hold where plot_m2 = 99.99..100, “70” here" in f.text.en for f in faults)


def test_rows_of_a_schedule_are_told_apart_by_the_proposal() -> None:
    stall = {"subject": "min_parking"}
    small, large = {**stall, "value": "1", "unit_m2": "..150"}, {**stall, "value": "2", "unit_m2": "150.."}
    assert cells(small, large) == []
    assert cells(small, {**large, "unit_m2": "100.."}) == ["F3"]
    assert cells(small, {**large, "unit_m2": ""}) == ["F3"]


@pytest.mark.parametrize(
    ("subject", "one", "other"),
    [("permitted_use", "RES|COM", "COM|RES"), ("max_height", "fact:plot_m2", "=plot_m2"),
     ("max_height", "=2*plot_m2", "= 2 * plot_m2"), ("min_parking", "one", "one")],
)  # fmt: skip
def test_the_same_value_in_other_words(subject: str, one: str, other: str) -> None:
    fault = the_fault({"subject": subject, "value": one}, {"subject": subject, "value": other})
    assert fault.text.en == "overlaps F2 (“r1”): both always hold. Part the conditions or take one row out."


@pytest.mark.parametrize("effect", ["reduce", "raise", "floor"])
@pytest.mark.parametrize(
    ("base", "step", "lonely"),
    [
        ({}, {}, False),
        ({"zone": "H5"}, {}, False),
        ({}, {"zone": "H5"}, False),
        ({"zone": "H5"}, {"zone": "H6"}, True),
        ({"theme": ""}, {}, True),
        ({"subject": "max_height"}, {}, True),
        ({"corner": "yes"}, {"corner": "no"}, True),
        ({"effect": "cap"}, {}, True),
        ({"edition": "a"}, {"edition": "a"}, False),
        ({"edition": "a"}, {}, True),
        ({}, {"edition": "a"}, True),
    ],
)
def test_a_step_needs_a_value_to_act_on(effect: str, base: dict[str, str], step: dict[str, str], lonely: bool) -> None:
    assert cells({**BASE, **base}, {**BASE, "effect": effect, "value": "1", **step}) == ["E3"] * lonely


def test_what_is_missing_proves_nothing_while_a_row_cannot_be_read() -> None:
    broken = {**BASE, "value": "three", "corner": "no", "plot_m2": "100.."}
    ranged = {**BASE, "plot_m2": "..100"}
    assert cells(broken, ranged, {**BASE, "zone": "H5", "effect": "reduce", "value": "1"}) == ["F2"]


def test_all_faults_at_once_in_the_order_of_the_file() -> None:
    rows = [{"article": "", "value": "x"}, {"zone": "A"}, {"theme": "noise"}, {"zone": "A", "value": "70"}]
    assert cells(*rows) == ["B2", "F2", "G4", "F5"]


@pytest.mark.parametrize(("place", "cell"), [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7")])
def test_addresses_are_those_of_a_spreadsheet(place: int, cell: str) -> None:
    assert address(place, 7) == cell
