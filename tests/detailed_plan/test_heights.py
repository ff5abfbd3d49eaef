"""Height codes: the table of the sample rulebook, its reductions, its bonuses and what follows from the storeys."""

from decimal import Decimal

import pytest

from apps.legal.answers import WhyNot
from tests.city_isfahan.build import NOT_KNOWN, duties, hit, plan, reasons, value

CODES = [  # code, storeys, height, density, least plot, least passage
    ("H1", 1, "5.90", 60, 80, 3),
    ("H2", 2, "9.10", 120, 100, 4),
    ("H3", 3, "12.30", 180, 150, 6),
    ("H4", 4, "15.50", 240, 200, 8),
    ("H5", 5, "18.70", 300, 250, 10),
    ("H6", 6, "21.90", 360, 300, 12),
    ("H7", 7, "25.10", 420, 500, 16),
]
CM = Decimal("0.01")


@pytest.mark.parametrize(("code", "storeys", "height", "density", "plot", "passage"), CODES)
def test_exactly_on_the_conditions_gives_the_code(code, storeys, height, density, plot, passage):
    answer = plan(hit("height_code", code), plot_m2=plot, passage_m=passage)
    assert value(answer, "max_storeys") == storeys
    assert value(answer, "max_height") == Decimal(height)
    assert value(answer, "max_density") == density


@pytest.mark.parametrize(("code", "storeys", "height", "density", "plot", "passage"), CODES)
def test_each_unmet_condition_takes_one_storey_down_to_one(code, storeys, height, density, plot, passage):
    small = plan(hit("height_code", code), plot_m2=plot - CM, passage_m=passage)
    narrow = plan(hit("height_code", code), plot_m2=plot, passage_m=passage - CM)
    both = plan(hit("height_code", code), plot_m2=plot - CM, passage_m=passage - CM)
    assert value(small, "max_storeys") == value(narrow, "max_storeys") == max(1, storeys - 1)
    assert value(both, "max_storeys") == max(1, storeys - 2)
    effective = max(1, storeys - 2)
    assert value(both, "max_height") == Decimal("2.70") + Decimal("3.20") * effective
    assert value(both, "max_density") == 60 * effective


@pytest.mark.parametrize(("code", "storeys", "height", "density", "plot", "passage"), CODES)
def test_joined_plots_get_one_storey_from_one_and_a_half_times_the_least_plot(
    code, storeys, height, density, plot, passage
):
    enough = Decimal(plot) * Decimal("1.5")
    joined = hit("height_code", code)
    assert value(plan(joined, plot_m2=enough, consolidated=2), "max_storeys") == storeys + 1
    assert value(plan(joined, plot_m2=enough - CM, consolidated=2), "max_storeys") == storeys
    assert value(plan(joined, plot_m2=enough, consolidated=1), "max_storeys") == storeys
    assert value(plan(joined, plot_m2=enough, consolidated=2, heritage=True), "max_storeys") == storeys
    assert (
        value(plan(joined, plot_m2=enough, consolidated=2), "max_height") == Decimal("5.90") + Decimal("3.2") * storeys
    )


def test_bonuses_do_not_add_up():
    assert value(plan(hit("height_code", "H3"), worn_fabric=True), "max_storeys") == 4
    assert value(plan(hit("height_code", "H3"), worn_fabric=True, consolidated=3), "max_storeys") == 4
    assert value(plan(hit("height_code", "H3"), worn_fabric=True, heritage=True), "max_storeys") == 3


def test_bonus_meets_reduction_before_the_floor():
    assert value(plan(hit("height_code", "H1"), plot_m2=50, passage_m=2, worn_fabric=True), "max_storeys") == 1
    assert value(plan(hit("height_code", "H5"), plot_m2=240, worn_fabric=True), "max_storeys") == 5


@pytest.mark.parametrize("missing", ["heritage", "worn_fabric"])
def test_bonus_with_an_unknown_condition_is_not_granted_and_a_note_says_so(missing):
    answer = plan(hit("height_code", "H4"), **{"worn_fabric": True, missing: None})
    assert value(answer, "max_storeys") == 4
    assert [missing in n.en and "8-6" in n.en for n in answer.notes] == [True]


def test_no_note_about_a_bonus_that_would_add_nothing():
    answer = plan(hit("height_code", "H4"), worn_fabric=True, consolidated=None)
    assert value(answer, "max_storeys") == 5
    assert answer.notes == ()


def test_unknown_passage_makes_storeys_and_what_follows_not_known():
    answer = plan(hit("height_code", "H5"), passage_m=None)
    for subject in ("max_storeys", "max_height", "max_density"):
        assert value(answer, subject) == NOT_KNOWN
        assert reasons(answer, subject) == {WhyNot.FACT_UNKNOWN}
    unknown = next(u for u in answer.unknowns if u.subject == "max_storeys")
    assert "عرض گذر" in unknown.text.fa
    assert "Width of the passage" in unknown.text.en
    assert unknown.office == "district"
    bounds = {c.subject: c.value for c in answer.candidates}
    assert (bounds["max_storeys"], bounds["max_height"], bounds["max_density"]) == (5, Decimal("18.70"), 300)


def test_unknown_passage_does_not_matter_where_both_ways_give_the_same():
    answer = plan(hit("height_code", "H1"), passage_m=None)
    assert value(answer, "max_storeys") == 1
    assert value(answer, "max_height") == Decimal("5.90")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("H2", set()),
        ("H3", {("consultation", "fire")}),
        ("H5", {("consultation", "fire")}),
        ("H6", {("consultation", "fire"), ("duty", "highrise_check")}),
        ("H7", {("consultation", "fire"), ("consultation", "planning")}),
    ],
)
def test_fire_and_high_rise_follow_the_effective_storeys(code, expected):
    storeys_duties = {("consultation", "fire"), ("consultation", "planning"), ("duty", "highrise_check")}
    assert duties(plan(hit("height_code", code))) & storeys_duties == expected


def test_a_reduced_code_asks_only_what_its_storeys_ask():
    assert ("consultation", "fire") not in duties(plan(hit("height_code", "H3"), plot_m2=100))
    assert ("consultation", "planning") not in duties(plan(hit("height_code", "H7"), plot_m2=100))


@pytest.mark.parametrize(("code", "asked"), [("H2", False), ("H3", True), ("H4", True)])
def test_fire_is_asked_when_the_storeys_may_reach_three(code, asked):
    """H3 with an unknown passage is 2 or 3 storeys: asked, and the sentence says on what it hangs."""
    answer = plan(hit("height_code", code), passage_m=None)
    found = [d for d in answer.duties if d.code == "fire"]
    assert bool(found) is asked
    assert [("hangs on" in d.explain.en) for d in found] == [code == "H3"] * asked
    assert ("consultation", "planning") not in duties(answer)


def test_every_code_on_the_parcel_gives_its_own_candidate():
    answer = plan(hit("height_code", "H5", share=0.7), hit("height_code", "H3", feature=2, share=0.3))
    offered = {c.zone.code: c.value for c in answer.candidates if c.subject == "max_storeys"}
    assert offered == {"H5": 5, "H3": 3}
    assert {c.value for c in answer.candidates if c.subject == "max_height"} == {Decimal("18.70"), Decimal("12.30")}


def test_the_sentence_names_code_fact_article_and_result():
    answer = plan(hit("height_code", "H5"), passage_m=8)
    storeys = next(c for c in answer.candidates if c.subject == "max_storeys")
    assert storeys.explain.en == (
        "Code H5 allows 5 storeys over pilotis; the width of the passage is 8 m and article 8-3 asks for 10 m: "
        "one storey less; that makes four storeys."
    )
    assert storeys.explain.fa == (
        "کد H5 پنج طبقه روی پیلوت می‌دهد؛ عرض گذر ۸ متر است و مادهٔ ۸-۳ دست‌کم ۱۰ متر می‌خواهد: یک طبقه کمتر؛ "
        "در نتیجه چهار طبقه."
    )
    assert [p.row for p in storeys.also] == ["H5-passage"]


def test_floor_and_bonus_are_named_among_the_rows_that_changed_the_value():
    floored = plan(hit("height_code", "H1"), passage_m=2)
    raised = plan(hit("height_code", "H4"), worn_fabric=True)
    rows = [[p.row for p in c.also] for a in (floored, raised) for c in a.candidates if c.subject == "max_storeys"]
    assert rows == [["H1-passage", "storeys-floor"], ["worn-storey"]]


def test_density_zone_is_a_candidate_beside_the_derived_one():
    answer = plan(hit("height_code", "H5"), hit("density", "D240"))
    offered = {c.provision.row: c.value for c in answer.candidates if c.subject == "max_density"}
    assert offered == {"density-5": 300, "D240": 240}


@pytest.mark.parametrize("density", [60, 120, 180, 240, 300, 360, 420])
def test_density_codes(density):
    assert value(plan(hit("density", f"D{density}")), "max_density") == density
