"""Setback, madi, projection, windows, chamfer, documents."""

from decimal import Decimal

import pytest

from apps.legal.answers import WhyNot
from tests.city_isfahan.build import NOT_KNOWN, duties, hit, plan, reasons, value


@pytest.mark.parametrize(
    ("passage", "projection"), [("11.99", "0"), ("12", "0.80"), ("20", "0.80"), ("20.01", "1.20"), ("45", "1.20")]
)
def test_projection_by_passage(passage, projection):
    assert value(plan(passage_m=Decimal(passage)), "max_projection") == Decimal(projection)


def test_projection_over_a_passage_of_unknown_width_is_not_known():
    assert reasons(plan(passage_m=None), "max_projection") == {WhyNot.FACT_UNKNOWN}


def test_setback_only_where_the_passage_is_widened():
    assert value(plan(), "front_setback") == 0
    widened = plan(hit("road_widening", "WIDEN", share=0.0625))
    assert value(widened, "front_setback") == NOT_KNOWN
    assert {u.office for u in widened.unknowns if u.subject == "front_setback"} == {"district"}
    assert {("duty", "cede_widening"), ("warning", "ceded_area")} <= duties(widened)
    area = next(d for d in widened.duties if d.code == "ceded_area")
    assert "12.5 m²" in area.explain.en
    assert "۱۲٫۵ متر مربع" in area.explain.fa


def test_madi():
    assert value(plan(), "no_build_strip") is None
    assert value(plan(hit("madi_strip", "MADI", share=0.1)), "no_build_strip") == 3


def test_facing_windows():
    answer = plan()
    assert value(answer, "facing_windows") == 6
    assert {("duty", "window_to_yard"), ("duty", "light_well"), ("duty", "stall_size")} <= duties(answer)


@pytest.mark.parametrize(("corner", "there"), [(True, True), (False, False), (None, True)])
def test_a_corner_that_may_be_one_is_treated_as_one(corner, there):
    found = [d for d in plan(corner=corner).duties if d.code == "corner_chamfer"]
    assert bool(found) is there
    assert [("hangs on" in d.explain.en) for d in found] == [corner is None] * there


@pytest.mark.parametrize(("kind", "there"), [("NEW", True), ("ADDED_STOREY", True), ("REPAIR", False)])
def test_facade_drawing(kind, there):
    assert (("document", "facade_drawing") in duties(plan(permit_kind=kind))) is there


def test_worn_fabric_is_mentioned():
    assert ("duty", "worn_fabric") in duties(plan(hit("worn_fabric", "WORN")))
