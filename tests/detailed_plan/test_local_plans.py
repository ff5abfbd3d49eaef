"""A local plan's rulebook speaks instead of the city's on its own zones, and nowhere else."""

import pytest

from apps.legal.answers import Question, WhyNot
from detailed_plan.source import DetailedPlanSource
from tests.city_isfahan.build import books, duties, facts, findings, hit, plan, provision, reasons, table, value


@pytest.mark.parametrize(
    ("edition", "passage", "storeys"),
    [
        ("hc-1393", 4, 3),  # plot and passage both short
        ("lpa-hc-1390", 4, 5),  # plan A keeps its code whatever plot and passage
        ("lpb-hc-1398", 4, 4),  # plan B takes one storey below 8 m, none for the plot
        ("lpb-hc-1398", 8, 5),
    ],
)
def test_heights(edition, passage, storeys):
    answer = plan(hit("height_code", "H5", edition=edition), plot_m2=120, passage_m=passage)
    assert value(answer, "max_storeys") == storeys
    assert value(answer, "max_density") == 60 * storeys, "the city's second stratum goes on from the local storeys"


@pytest.mark.parametrize(
    ("edition", "code", "coverage"),
    [
        ("lu-1393", "RES", 60),
        ("lpa-lu-1390", "RES", 50),
        ("lpa-lu-1390", "MIX", 55),
        ("lpb-lu-1398", "RES", 55),
        ("lpb-lu-1398", "OFF", 60),  # plan B says nothing of offices: the city's rule fills in
    ],
)
def test_coverage(edition, code, coverage):
    answer = plan(hit("land_use", code, edition=edition))
    assert value(answer, "max_coverage") == coverage
    assert value(answer, "max_coverage_ground") == coverage
    assert len([c for c in answer.candidates if c.subject == "max_coverage"]) == 1


def test_no_bonus_of_the_city_on_a_local_value():
    answer = plan(hit("height_code", "H3", edition="lpa-hc-1390"), worn_fabric=True)
    assert value(answer, "max_storeys") == 3


def test_land_without_building_right_stays_so_in_a_local_plan():
    answer = plan(hit("land_use", "GREEN", edition="lpa-lu-1390"), hit("height_code", "H5", edition="lpa-hc-1390"))
    assert value(answer, "max_storeys") == 0


LOCAL = [("a", "1390"), ("b", "1398")]


@pytest.mark.parametrize(("plan_letter", "year"), LOCAL)
def test_without_its_rulebook_a_local_layer_is_not_read_with_the_city_rules(plan_letter, year):
    """The order that stops a local rulebook leaves its codes on the map: what they mean is then not known."""
    standing = tuple(b for b in books("detailed_plan") if b.code != f"isf-local-{plan_letter}")
    code, use = hit("height_code", "H5", edition=f"lp{plan_letter}-hc-{year}"), f"lp{plan_letter}-lu-{year}"
    found = findings(code, hit("land_use", "RES", edition=use))
    answer = DetailedPlanSource().answer(Question(facts(), found, standing))
    for subject in ("max_storeys", "max_height", "max_density", "max_coverage", "max_coverage_ground"):
        assert reasons(answer, subject) == {WhyNot.NO_RULE}, subject
        assert not [c for c in answer.candidates if c.subject == subject], subject
    assert value(answer, "permitted_use") == {"RES"}, "local plans say nothing of uses: the city's rule stays"
    assert value(answer, "min_plot") == 150


@pytest.mark.parametrize(("plan_letter", "year"), LOCAL)
def test_city_rules_speak_on_city_layers_while_a_local_rulebook_is_stopped(plan_letter, year):
    standing = tuple(b for b in books("detailed_plan") if b.code != f"isf-local-{plan_letter}")
    found = findings(hit("height_code", "H5", edition="hc-1393"), hit("land_use", "RES", edition="lu-1393"))
    answer = DetailedPlanSource().answer(Question(facts(), found, standing))
    assert (value(answer, "max_storeys"), value(answer, "max_coverage")) == (5, 60)


def test_uses_of_which_a_local_plan_is_silent_keep_the_city_coverage_without_it():
    standing = tuple(b for b in books("detailed_plan") if b.code != "isf-local-a")
    found = findings(hit("land_use", "COM", edition="lpa-lu-1390"))
    assert value(DetailedPlanSource().answer(Question(facts(), found, standing)), "max_coverage_ground") == 80


def test_a_local_plan_is_mentioned_where_it_lies():
    assert ("warning", "local_plan") in duties(plan(hit("land_use", "RES", edition="lpa-lu-1390")))
    assert ("warning", "local_plan") not in duties(plan(hit("land_use", "RES", edition="lu-1393")))


def test_a_bonus_of_one_rulebook_does_not_lift_the_base_of_another():
    first = table(provision("a", "max_storeys", "set", "3", "height_code", "H3"), code="first")
    second = table(provision("b", "max_storeys", "raise", "2", "height_code", "H3"), code="second")
    third = table(provision("c", "max_storeys", "reduce", "1", "height_code", "H3"), code="third")
    found = findings(hit("height_code", "H3"))
    source = DetailedPlanSource()
    assert value(source.answer(Question(facts(), found, (first, second))), "max_storeys") == 3
    assert value(source.answer(Question(facts(), found, (first, third))), "max_storeys") == 2


def test_a_floor_never_lifts_above_the_base():
    rulebook = table(
        provision("a", "max_storeys", "set", "0", "height_code", "H0"),
        provision("b", "max_storeys", "floor", "1", "height_code", "H0"),
    )
    answer = DetailedPlanSource().answer(Question(facts(), findings(hit("height_code", "H0")), (rulebook,)))
    assert value(answer, "max_storeys") == 0


def test_the_largest_bonus_counts_and_the_highest_floor_holds():
    rulebook = table(
        provision("a", "max_storeys", "set", "5", "height_code", "H5"),
        provision("b", "max_storeys", "raise", "1", "height_code", "H5"),
        provision("c", "max_storeys", "raise", "2", "height_code", "H5"),
        provision("d", "max_storeys", "reduce", "4", "height_code", "H5", passage_m="..10"),
        provision("e", "max_storeys", "floor", "1", "height_code", "H5"),
        provision("f", "max_storeys", "floor", "4", "height_code", "H5"),
    )
    found = findings(hit("height_code", "H5"))
    source = DetailedPlanSource()
    assert value(source.answer(Question(facts(), found, (rulebook,))), "max_storeys") == 7
    assert value(source.answer(Question(facts(passage_m=9), found, (rulebook,))), "max_storeys") == 4
