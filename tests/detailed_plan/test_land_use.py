"""Land use: permitted use, coverage, parking, subdivision, and land that carries no building right."""

from decimal import Decimal

import pytest

from apps.legal.answers import Strength, WhyNot
from tests.city_isfahan.build import NOT_KNOWN, duties, hit, plan, reasons, value

FORMULA = "max(1, unit_m2/50)"
NO_BUILDING = ("GREEN", "GARDEN", "UTIL", "ROAD")
PUBLIC = ("EDU", "HEALTH", "SPORT", "CULT", "REL", "TOUR", "IND")
LIMITS = ("max_storeys", "max_height", "max_coverage", "max_coverage_ground", "max_density")


@pytest.mark.parametrize(
    ("code", "uses"),
    [
        ("RES", {"RES"}),
        ("MIX", {"RES", "COM", "OFF"}),
        ("COM", {"COM", "OFF"}),
        ("OFF", {"OFF"}),
        *((c, {c}) for c in PUBLIC),
        *((c, {c}) for c in NO_BUILDING),
    ],
)
def test_permitted_use(code, uses):
    assert value(plan(hit("land_use", code)), "permitted_use") == uses


@pytest.mark.parametrize(
    ("code", "plot", "coverage", "ground"),
    [
        ("RES", "100.01", 60, 60),
        ("RES", "100", 70, 70),
        ("RES", "80", 70, 70),
        ("MIX", "80", 60, 70),
        ("COM", "80", 60, 80),
        ("OFF", "80", 60, 60),
    ],
)
def test_coverage(code, plot, coverage, ground):
    answer = plan(hit("land_use", code), plot_m2=Decimal(plot))
    assert value(answer, "max_coverage") == coverage
    assert value(answer, "max_coverage_ground") == ground


def test_ceding_a_strip_makes_no_plot_small():
    """The relief for small plots asks the area before road widening."""
    answer = plan(hit("land_use", "RES"), plot_m2=Decimal("100.01"), net_plot_m2=Decimal(90))
    assert value(answer, "max_coverage") == value(answer, "max_coverage_ground") == 60


@pytest.mark.parametrize(("code", "ground"), [("COM", "80 %"), ("MIX", "70 %")])
def test_the_ground_floor_is_named_where_it_may_take_more(code, ground):
    coverage = next(c for c in plan(hit("land_use", code)).candidates if c.subject == "max_coverage")
    assert ground in coverage.explain.en


def test_unknown_area_makes_residential_coverage_not_known():
    answer = plan(hit("land_use", "RES"), plot_m2=None)
    assert value(answer, "max_coverage") == NOT_KNOWN
    assert reasons(answer, "max_coverage") == {WhyNot.FACT_UNKNOWN}
    assert value(plan(hit("land_use", "OFF"), plot_m2=None), "max_coverage") == 60


@pytest.mark.parametrize("code", PUBLIC)
def test_public_uses_are_decided_by_the_planning_office(code):
    answer = plan(hit("land_use", code))
    for subject in ("max_coverage", "max_coverage_ground", "min_parking", "min_plot", "min_frontage"):
        assert reasons(answer, subject) == {WhyNot.NEEDS_DECISION}
        assert {u.office for u in answer.unknowns if u.subject == subject} == {"planning"}


@pytest.mark.parametrize("code", NO_BUILDING)
def test_land_without_building_right_beats_code_and_bonus(code):
    answer = plan(hit("land_use", code), hit("height_code", "H5"), hit("density", "D300"), worn_fabric=True)
    for subject in LIMITS:
        assert value(answer, subject) == 0
        winner = min((c for c in answer.candidates if c.subject == subject), key=lambda c: c.value)
        assert winner.strength is Strength.CAP
        assert winner.provision.article == "2-3"
    assert value(answer, "permitted_use") == {code}


@pytest.mark.parametrize("code", NO_BUILDING)
def test_partly_on_such_land_needs_a_decision(code):
    answer = plan(
        hit("land_use", code, share=0.3), hit("land_use", "RES", feature=2, share=0.7), hit("height_code", "H5")
    )
    for subject in LIMITS:
        assert WhyNot.NEEDS_DECISION in reasons(answer, subject)


def test_several_features_of_one_code_count_together():
    """Two green features of 49 % and 50 % leave no building right, as one of 99 % would."""
    answer = plan(hit("land_use", "GREEN", share=0.49), hit("land_use", "GREEN", feature=2, share=0.5))
    assert value(answer, "max_storeys") == 0


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("RES", {"RES-parking-1": 1, "RES-parking-2": 2, "RES-parking-3": 3}),
        ("MIX", {"MIX-parking-1": 1, "MIX-parking-2": 2, "MIX-parking-3": 3, "MIX-parking-shop": FORMULA}),
        ("COM", {"COM-parking": FORMULA}),
        ("OFF", {"OFF-parking": FORMULA}),
    ],
)
def test_parking_is_a_schedule_that_shows_every_row_while_there_is_no_proposal(code, rows):
    found = [c for c in plan(hit("land_use", code)).candidates if c.subject == "min_parking"]
    assert {c.provision.row: c.value for c in found} == rows
    assert all(c.also == () for c in found)


@pytest.mark.parametrize(("unit", "stalls"), [("149.99", 1), ("150", 2), ("300", 2), ("300.01", 3)])
def test_parking_of_a_known_flat(unit, stalls):
    assert value(plan(hit("land_use", "RES"), unit_m2=Decimal(unit)), "min_parking") == {Decimal(stalls)}


@pytest.mark.parametrize(("unit", "stalls"), [("30", "1"), ("50", "1"), ("100", "2"), ("110", "2.2")])
def test_parking_of_a_known_shop_is_one_for_fifty_square_metres_and_at_least_one(unit, stalls):
    """A part of a stall is rounded up by whoever counts stalls, after all parts are added."""
    assert value(plan(hit("land_use", "COM"), unit_m2=Decimal(unit)), "min_parking") == {Decimal(stalls)}


@pytest.mark.parametrize(("use", "row"), [("RES", "MIX-parking-1"), ("COM", "MIX-parking-shop")])
def test_parking_on_mixed_land_follows_the_use_of_the_unit(use, row):
    found = [c for c in plan(hit("land_use", "MIX"), unit_m2=80, use=use).candidates if c.subject == "min_parking"]
    assert [c.provision.row for c in found] == [row]


def test_a_restored_house_for_tourism_may_park_elsewhere():
    assert ("duty", "off_plot_parking") in duties(plan(hit("land_use", "TOUR")))
    assert ("duty", "off_plot_parking") not in duties(plan(hit("land_use", "RES")))


@pytest.mark.parametrize(("plot", "there"), [("500", False), ("500.01", True)])
def test_the_public_share_starts_above_five_hundred_square_metres(plot, there):
    assert (("duty", "public_share") in duties(plan(plot_m2=Decimal(plot)))) is there


def test_worn_fabric_eases_parking_only_when_that_is_certain():
    eased = plan(hit("land_use", "RES"), worn_fabric=True)
    unclear = plan(hit("land_use", "RES"), worn_fabric=None)
    assert [[p.row for p in c.also] for c in eased.candidates if c.subject == "min_parking"] == [["worn-parking"]] * 3
    assert all(c.also == () for c in unclear.candidates if c.subject == "min_parking")
    assert any("11-4" in n.en for n in unclear.notes)
    assert "three quarters" in next(c for c in eased.candidates if c.subject == "min_parking").explain.en


@pytest.mark.parametrize(
    ("code", "plot", "frontage"), [("RES", 150, 8), ("MIX", 150, 8), ("OFF", 150, 8), ("COM", 60, 0)]
)
def test_subdivision(code, plot, frontage):
    answer = plan(hit("land_use", code))
    assert value(answer, "min_plot") == plot
    assert value(answer, "min_frontage") == frontage


def test_a_parcel_in_two_uses_may_do_only_what_both_allow():
    answer = plan(hit("land_use", "RES", share=0.5), hit("land_use", "COM", feature=2, share=0.5))
    assert value(answer, "permitted_use") == frozenset()
    assert value(answer, "min_plot") == 150
