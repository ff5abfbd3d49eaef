"""Silence is never a permission: themes not known, codes or subjects without rules, rows that cannot be read."""

from dataclasses import replace

import pytest

from apps.legal.answers import Question, WhyNot
from apps.legal.subjects import SUBJECTS
from detailed_plan.source import DetailedPlanSource
from tests.city_isfahan.build import NOT_KNOWN, books, facts, findings, hit, plan, provision, reasons, table, value

SOURCE = DetailedPlanSource()
WELLS = {f"light_well_{room}_{what}" for room in ("main", "service") for what in ("area", "side")}


@pytest.mark.parametrize(
    ("theme", "subjects"),
    [
        ("height_code", {"max_storeys", "max_height", "max_density", *WELLS}),
        ("density", {"max_density"}),
        (
            "land_use",
            {"permitted_use", "max_coverage", "max_coverage_ground", "min_parking", "min_plot", "min_frontage",
             "max_storeys", "max_height", "max_density"},
        ),
        ("road_widening", {"front_setback", "side_setback_exterior"}),
        ("madi_strip", {"no_build_strip"}),
    ],
)  # fmt: skip
def test_a_theme_not_known_makes_its_subjects_not_known_with_its_own_reason(theme, subjects):
    zones = (hit("height_code", "H4"), hit("land_use", "RES"), hit("density", "D240"))
    answer = plan(*(z for z in zones if z.theme != theme), unknown=[theme])
    found = {u.subject for u in answer.unknowns if u.theme == theme}
    assert found == subjects
    mine = [u for u in answer.unknowns if u.theme == theme]
    assert {(u.why, u.text.en, u.office, u.share) for u in mine} == {
        (WhyNot.PARTLY_OUTSIDE, f"{theme} unclear", "heritage", 0.4)
    }


def test_a_theme_partly_known_still_shows_what_its_known_part_says():
    answer = plan(hit("height_code", "H4", share=0.6), unknown=["height_code"])
    assert value(answer, "max_storeys") == NOT_KNOWN
    assert {c.value for c in answer.candidates if c.subject == "max_storeys"} == {4}


def test_a_theme_that_nobody_answered_is_not_known():
    found = findings(hit("land_use", "RES"))
    del found["height_code"]
    answer = SOURCE.answer(Question(facts(), found, books("detailed_plan")))
    assert reasons(answer, "max_storeys") == {WhyNot.NO_EDITION}


@pytest.mark.parametrize(
    ("theme", "code", "subjects"),
    [
        ("height_code", "H9", ("max_storeys", "max_height", "max_density")),
        ("land_use", "MARKET", ("permitted_use", "max_coverage", "max_storeys", "min_parking")),
        ("density", "D999", ("max_density",)),
        ("madi_strip", "CANAL", ("no_build_strip",)),
    ],
)
def test_a_code_in_no_rulebook_is_not_known(theme, code, subjects):
    answer = plan(hit(theme, code))
    for subject in subjects:
        assert WhyNot.NO_RULE in reasons(answer, subject)
    assert any(code in u.text.fa and code in u.text.en for u in answer.unknowns)


def test_a_subject_of_which_no_rulebook_in_force_speaks_is_not_known():
    only_heights = tuple(b for b in books("detailed_plan") if b.code == "isf-heights")
    answer = SOURCE.answer(Question(facts(), findings(hit("height_code", "H4")), only_heights))
    assert value(answer, "max_storeys") == 4
    for subject in set(SUBJECTS) - {"max_storeys", "max_height", "max_density"}:
        assert reasons(answer, subject) == {WhyNot.NO_RULE}


def test_no_rulebook_at_all_leaves_nothing_certain():
    answer = SOURCE.answer(Question(facts(), findings(hit("height_code", "H4")), ()))
    assert {u.subject for u in answer.unknowns} == set(SOURCE.subjects()) == set(SUBJECTS)
    assert answer.candidates == ()


def test_a_zone_without_a_row_for_a_subject_that_other_zones_have_is_not_known():
    rulebook = table(
        provision("a", "max_coverage", "set", "60", "land_use", "RES"),
        provision("b", "permitted_use", "set", "RES", "land_use", "RES"),
        provision("c", "permitted_use", "set", "COM", "land_use", "COM"),
    )
    answer = SOURCE.answer(Question(facts(), findings(hit("land_use", "COM")), (rulebook,)))
    assert reasons(answer, "max_coverage") == {WhyNot.NO_RULE}
    assert value(answer, "permitted_use") == {"COM"}


def test_a_hole_between_the_conditions_of_a_table_is_not_known():
    rulebook = table(
        provision("a", "max_coverage", "set", "60", "land_use", "RES", plot_m2="..100"),
        provision("b", "max_coverage", "set", "70", "land_use", "RES", plot_m2="200.."),
    )
    answer = SOURCE.answer(Question(facts(plot_m2=150), findings(hit("land_use", "RES")), (rulebook,)))
    assert reasons(answer, "max_coverage") == {WhyNot.NO_RULE}


def test_storeys_beyond_the_derive_rows_are_not_known():
    rulebook = table(
        provision("a", "max_storeys", "set", "9", "height_code", "H9"),
        provision("b", "max_height", "derive", "5.90", "height_code", "", storeys="1..2"),
    )
    answer = SOURCE.answer(Question(facts(), findings(hit("height_code", "H9")), (rulebook,)))
    assert value(answer, "max_storeys") == 9
    assert reasons(answer, "max_height") == {WhyNot.NO_RULE}


def test_slivers_do_not_count():
    found = findings(hit("height_code", "H4"))
    sliver = hit("height_code", "H1", feature=9, share=0.001)
    found["height_code"] = replace(found["height_code"], slivers=(sliver,))
    answer = SOURCE.answer(Question(facts(), found, books("detailed_plan")))
    assert value(answer, "max_storeys") == 4


@pytest.mark.parametrize(
    "row",
    [
        provision("a", "max_storeys", "abolish", "1", "height_code", "H1"),
        provision("a", "max_storeys", "set", "many", "height_code", "H1"),
        provision("a", "max_storeys", "set", "1", "height_code", "H1", plot_m2="yes"),
    ],
)
def test_a_row_that_cannot_be_read_is_not_swallowed(row):
    with pytest.raises((ValueError, TypeError)):
        SOURCE.answer(Question(facts(), findings(hit("height_code", "H1")), (table(row),)))


@pytest.mark.parametrize("effect", ["reduce", "raise"])
def test_adding_to_a_lower_limit_has_no_meaning_and_is_refused(effect):
    rulebook = table(provision("a", "min_plot", "set", "150"), provision("b", "min_plot", effect, "10"))
    with pytest.raises(ValueError, match="has no meaning"):
        SOURCE.answer(Question(facts(), findings(), (rulebook,)))
