"""Real lots answer what was worked out by hand from their zoning file, and nothing where it says nothing."""

from decimal import Decimal
from typing import Any

import pytest

from tests.cockrell_hill.districts import NUMBERS, SCHEDULES, Lot, Row
from tests.cockrell_hill.lots import LOTS

UNITS = {"max_storeys": "stories", "max_coverage": "%"}
NO_RESIDENCE = {"none"}  # the code by which the rulebook says that a district has no residential use
UNITS_OF_ROWS = {"total_units <= 3": "..4", "total_units > 3": "4.."}  # whole numbers: below four, from four on
each_lot = pytest.mark.parametrize("lot", LOTS, ids=lambda lot: lot.number)


def subject(told: dict[str, Any], lot: Lot, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in told["extracts"][lot.number]["subjects"] if s["code"] == name)
    return found


def exact(raw: float | None) -> Decimal | None:
    return None if raw is None else Decimal(str(raw))


@each_lot
@pytest.mark.parametrize("name", NUMBERS)
def test_limits(lot: Lot, name: str, told: dict[str, Any]) -> None:
    found, expected = subject(told, lot, name), lot.values[name]
    known = expected.value is not None
    assert found["outcome"] == ("value" if known else "not_known"), expected.working
    assert exact(found["value"]) == expected.value, expected.working
    assert known or exact(found["bound"]) == expected.bound, expected.working
    assert bool(found["unknown"]) is not known
    assert found["unit"] == UNITS.get(name, "ft")


@each_lot
def test_uses(lot: Lot, told: dict[str, Any]) -> None:
    found = subject(told, lot, "permitted_use")
    assert found["outcome"] == ("not_known" if lot.uses is None else "value")
    if lot.uses is not None:
        assert set(found["value"]) - NO_RESIDENCE == lot.uses


@each_lot
def test_what_hangs_on_the_building_stays_written_out(lot: Lot, told: dict[str, Any]) -> None:
    """Lot sizes and parking: every row of every district that counts, none chosen."""
    for name in ("min_lot_for_use", "min_parking"):
        found = subject(told, lot, name)
        if not lot.schedules:
            assert found["outcome"] == "not_known"
            continue
        expected = {_hand(row) for code in lot.schedules for row in SCHEDULES[code][name]}
        assert {_engine(row) for row in found["value"]} == expected
        assert found["unit"] == {"min_lot_for_use": "ac", "min_parking": "spaces"}[name]


def _hand(row: Row) -> tuple[frozenset[str], str, str]:
    return row.uses, UNITS_OF_ROWS.get(row.condition, ""), row.value.replace(" ", "")


def _engine(row: dict[str, Any]) -> tuple[frozenset[str], str, str]:
    condition = row["condition"]
    return (
        frozenset(condition["use"].split("|")),
        condition.get("total_units", ""),
        str(row["value"]).replace(" ", ""),
    )


@each_lot
def test_a_cut_lot_has_the_value_of_each_district(lot: Lot, told: dict[str, Any]) -> None:
    for name in NUMBERS if lot.parts else ():
        parts = {part["zone"]["code"]: exact(part["value"]) for part in subject(told, lot, name)["parts"]}
        assert set(parts) == set(lot.parts)
        assert all(parts[zone] == values[name] for zone, values in lot.parts.items() if name in values)


@each_lot
def test_the_zones_are_those_of_the_table(lot: Lot, told: dict[str, Any]) -> None:
    themes = told["extracts"][lot.number]["themes"]
    (theme,) = themes["not_known" if lot.uses is None else "applies"]
    counting = {code: float(share) for code, share in lot.zones.items() if code not in lot.slivers}
    assert {zone["code"]: zone["share_pct"] for zone in theme["zones"]} == pytest.approx(counting, abs=0.06)
    assert {zone["code"] for zone in theme["slivers"] if zone["area_m2"] >= 0.1} == set(lot.slivers)


@each_lot
def test_facts_are_the_files_in_feet_and_acres(lot: Lot, told: dict[str, Any]) -> None:
    facts = {fact["name"]: fact for fact in told["extracts"][lot.number]["facts"]}
    assert {name: facts[name]["unit"] for name in ("lot_width", "lot_depth", "lot_area", "plot_area")} == {
        "lot_width": "ft", "lot_depth": "ft", "lot_area": "ac", "plot_area": "ac",
    }  # fmt: skip
    for name, said in (("lot_width", lot.width), ("lot_depth", lot.depth)):
        value = exact(facts[name]["value"])
        assert value is None if said is None else value == pytest.approx(said, abs=Decimal("0.0051"))


@each_lot
def test_an_answer_is_complete_only_when_everything_is_known(lot: Lot, told: dict[str, Any]) -> None:
    known = all(expected.value is not None for expected in lot.values.values()) and bool(lot.schedules)
    assert told["extracts"][lot.number]["complete"] is known


ALWAYS = {"height_measured", "townhome_meant"}


@each_lot
def test_what_cannot_be_expressed_is_a_warning(lot: Lot, told: dict[str, Any]) -> None:
    warned = {duty["code"] for duty in told["extracts"][lot.number]["duties"] if duty["kind"] == "warning"}
    own = {"other_uses"} if "C" in lot.zones else set()
    own |= {"sides_unknown"} if lot.sides == ("unknown",) else set()
    assert warned == ALWAYS | own


def test_warnings_carry_the_words_of_the_file(told: dict[str, Any]) -> None:
    duties = told["extracts"][LOTS[0].number]["duties"]
    height = next(duty for duty in duties if duty["code"] == "height_measured")
    assert "halfway between top and eave" in height["text"]["en"]


def test_a_district_without_numbers_says_so_and_whom_to_ask(told: dict[str, Any]) -> None:
    lot = next(lot for lot in LOTS if set(lot.zones) == {"C-A"})
    (unknown,) = subject(told, lot, "max_height")["unknown"]
    assert (unknown["why"], unknown["office"]["code"]) == ("needs_decision", "planning")
    assert "gives C-A no numbers" in unknown["text"]["en"]
