"""Setback, madi, documents, and what is counted how. Openings and chamfers: test_openings.py."""

from decimal import Decimal

import pytest

from tests.city_isfahan.build import NOT_KNOWN, duties, hit, plan, value

SETBACKS = ("front_setback", "side_setback_exterior", "rear_setback", "side_setback_interior")
ROOF = {"parapet_height": "1.10", "stair_head_height": "3", "stair_head_share": "20"}
CLEAR = {"storey": "2.90", "pilotis": "2.40", "basement": "2.20", "shop": "4.50"}


@pytest.mark.parametrize("subject", SETBACKS)
def test_the_sample_asks_for_no_setback_of_its_own_and_says_so(subject):
    answer = plan()
    assert value(answer, subject) == 0
    assert "o setback" in next(c.explain.en for c in answer.candidates if c.subject == subject)


@pytest.mark.parametrize("subject", SETBACKS)
def test_setback_only_where_the_passage_is_widened(subject):
    widened = plan(hit("road_widening", "WIDEN", share=0.0625))
    on_a_passage = subject in SETBACKS[:2]
    assert value(widened, subject) == (NOT_KNOWN if on_a_passage else 0)
    assert {u.office for u in widened.unknowns if u.subject == subject} == ({"district"} if on_a_passage else set())


def test_what_is_ceded_is_told_with_its_area():
    widened = plan(hit("road_widening", "WIDEN", share=0.0625))
    assert {("duty", "cede_widening"), ("warning", "ceded_area")} <= duties(widened)
    area = next(d for d in widened.duties if d.code == "ceded_area")
    assert "12.5 m²" in area.explain.en
    assert "۱۲٫۵ متر مربع" in area.explain.fa


def test_madi():
    assert value(plan(), "no_build_strip") is None
    assert value(plan(hit("madi_strip", "MADI", share=0.1)), "no_build_strip") == 3


@pytest.mark.parametrize(("subject", "limit"), [*ROOF.items(), *((f"clear_height_{s}", v) for s, v in CLEAR.items())])
def test_roof_and_clear_heights(subject, limit):
    assert value(plan(), subject) == Decimal(limit)


def test_ramp_and_stall():
    answer = plan()
    assert value(answer, "ramp_slope") == 15
    assert ("duty", "stall_size") in duties(answer)


@pytest.mark.parametrize(("kind", "there"), [("NEW", True), ("REPAIR", False)])
@pytest.mark.parametrize("code", ["count_from_passage", "count_pilotis", "count_basement", "local_facade"])
def test_how_floors_are_counted_goes_with_building(kind, there, code):
    assert (("duty", code) in duties(plan(permit_kind=kind))) is there


@pytest.mark.parametrize(("plots", "there"), [(1, False), (2, True), (None, True)])
def test_joined_plots_count_as_one(plots, there):
    assert (("duty", "joined_as_one") in duties(plan(consolidated=plots))) is there


@pytest.mark.parametrize(("units", "there"), [(1, False), (2, True), (None, True)])
def test_the_sample_says_where_it_has_no_number_for_complexes(units, there):
    found = [d for d in plan(units=units).duties if d.provision.category == "ISF-14"]
    assert [d.code for d in found] == ["no_number"] * there


@pytest.mark.parametrize(("kind", "there"), [("NEW", True), ("ADDED_STOREY", True), ("REPAIR", False)])
def test_facade_drawing(kind, there):
    assert (("document", "facade_drawing") in duties(plan(permit_kind=kind))) is there


def test_worn_fabric_is_mentioned():
    assert ("duty", "worn_fabric") in duties(plan(hit("worn_fabric", "WORN")))
