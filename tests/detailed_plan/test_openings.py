"""Light-wells, windows, projections and chamfers of the sample rulebook."""

from decimal import Decimal

import pytest

from apps.legal.answers import WhyNot
from tests.city_isfahan.build import NOT_KNOWN, hit, plan, reasons, value

WELLS = [f"light_well_{room}_{what}" for room in ("main", "service") for what in ("area", "side")]
CHAMFERS = [
    ("5", "1.5"), ("11.99", "1.5"), ("12", "2"), ("19.99", "2"), ("20", "3"), ("30", "3"), ("30.01", "5"), ("60", "5"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "projection"), [("11.99", "0"), ("12", "0.80"), ("20", "0.80"), ("20.01", "1.20"), ("45", "1.20")]
)
def test_projection_by_passage(passage, projection):
    answer = plan(passage_m=Decimal(passage))
    assert value(answer, "max_projection") == Decimal(projection)
    assert value(answer, "projection_clearance") == Decimal("3.5")


def test_projection_over_a_passage_of_unknown_width_is_not_known():
    assert reasons(plan(passage_m=None), "max_projection") == {WhyNot.FACT_UNKNOWN}


def test_windows():
    answer = plan()
    assert value(answer, "facing_windows") == 6
    assert value(answer, "facing_windows_service") == 4
    assert value(answer, "window_to_yard") == 3
    assert value(answer, "window_sill") == Decimal("1.75")


@pytest.mark.parametrize(
    ("plot", "net", "wells"),
    [
        ("50", "50", ["3", "2", "1.5", "2"]),
        ("200", "200", ["12", "2", "6", "2"]),
        ("200", "150", ["9", "2", "4.5", "2"]),  # the share counts on what is left after road widening
        ("200.01", "200.01", ["12", "3", "6", "2"]),
        ("210", "190", ["12", "3", "6", "2"]),  # ceding a strip does not make a large plot a small one
        ("133.33", "133.33", ["8", "2", "4", "2"]),  # 7.9998 and 3.9999, to the strict side
        ("900", "900", ["12", "3", "6", "2"]),
    ],
)
def test_light_wells(plot, net, wells):
    answer = plan(plot_m2=Decimal(plot), net_plot_m2=Decimal(net))
    assert [value(answer, w) for w in WELLS] == [Decimal(v) for v in wells]


def test_a_computed_light_well_shows_its_working():
    area = next(c for c in plan(plot_m2=150).candidates if c.subject == "light_well_main_area")
    assert "0.06*net_plot_m2 = 9 m²" in area.explain.en


@pytest.mark.parametrize("missing", ["plot_m2", "net_plot_m2"])
def test_light_wells_of_an_unknown_area_are_not_known(missing):
    answer = plan(**{"plot_m2": 150, "net_plot_m2": 150, missing: None})
    assert reasons(answer, "light_well_main_area") == {WhyNot.FACT_UNKNOWN}


def test_a_large_plot_needs_no_net_area_for_its_light_wells():
    assert value(plan(plot_m2=300, net_plot_m2=None), "light_well_main_area") == 12


@pytest.mark.parametrize(
    ("code", "changes", "known"),
    [
        ("H4", {"worn_fabric": True}, True),  # five storeys
        ("H5", {}, True),
        ("H5", {"worn_fabric": True}, False),  # the bonus makes it six
        ("H6", {}, False),
        ("H6", {"passage_m": 10}, True),  # reduced to five
        ("H7", {}, False),
        ("H5", {"passage_m": None}, False),  # four or five, but the engine knows no number here
        ("H4", {"passage_m": None}, True),
    ],
)
@pytest.mark.parametrize("well", WELLS)
def test_the_light_well_rule_covers_up_to_five_storeys(code, changes, known, well):
    answer = plan(hit("height_code", code), **changes)
    assert (value(answer, well) != NOT_KNOWN) is known


@pytest.mark.parametrize(("both", "chamfer"), CHAMFERS)
def test_chamfer_by_the_sum_of_both_passages(both, chamfer):
    assert value(plan(corner=True, passage_sum_m=Decimal(both)), "corner_chamfer") == Decimal(chamfer)


@pytest.mark.parametrize(("corner", "chamfer"), [(False, 0), (True, NOT_KNOWN), (None, NOT_KNOWN)])
def test_chamfer_without_the_sum(corner, chamfer):
    assert value(plan(corner=corner, passage_sum_m=None), "corner_chamfer") == chamfer


def test_an_unknown_corner_is_not_known_whatever_the_sum():
    answer = plan(corner=None, passage_sum_m=Decimal(10))
    assert reasons(answer, "corner_chamfer") == {WhyNot.FACT_UNKNOWN}
