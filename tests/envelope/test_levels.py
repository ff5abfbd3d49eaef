"""Levels, heights, floor area and which limit binds, on a lot of 10 × 20 m (200 m²)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from shapely import box

from apps.common.text import Text
from apps.common.units import Units
from apps.envelope.inputs import Building, Doubt
from apps.envelope.solve import solve
from tests.envelope.grid import ISFAHAN, PILOTIS, cut, law, limit, lot, part, rectangle, same

H4 = {"max_storeys": 4, "max_height": 15.5, "max_coverage": 60, "max_density": 240}


def levels(found):
    return [(x.index, float(x.from_m), float(x.to_m), x.counted, round(x.built_m2, 2)) for x in found.stack.levels]


def allowed(found):
    return {row.key: round(row.allows_m2, 2) for row in found.floor.limits}


def test_the_pilotis_is_drawn_and_not_counted():
    found = solve(rectangle(), law(**H4))
    assert levels(found) == [
        (0, 0, 2.7, False, 120),
        (1, 2.7, 5.9, True, 120),
        (2, 5.9, 9.1, True, 120),
        (3, 9.1, 12.3, True, 120),
        (4, 12.3, 15.5, True, 120),
    ]
    assert found.outcome == "value"
    assert found.floor.max_m2 == pytest.approx(480)
    assert found.space_m3 == pytest.approx(200 * 15.5)
    assert found.built_m3 == pytest.approx(120 * 15.5)


def test_a_pilotis_that_counts_is_floor_area():
    counted = replace(ISFAHAN, base=replace(PILOTIS, counted=True))
    assert solve(rectangle(), law(counted, **{**H4, "max_density": 900})).floor.max_m2 == pytest.approx(600)


@pytest.mark.parametrize(
    ("height", "storeys"), [(5.89, None), (5.9, 1), (9.09, 1), (9.1, 2), (15.49, 3), (15.5, 4), (99, 4)]
)
def test_height_and_storeys_both_limit_the_levels(height, storeys):
    found = solve(rectangle(), law(**{**H4, "max_height": height}))
    if storeys is None:  # not even one over the pilotis; one storey on the ground is 3.20 m
        assert [x.label.en for x in found.stack.levels] == ["Ground storey, nothing under it"]
    else:
        assert len(found.stack.levels) == storeys + 1


@pytest.mark.parametrize(("height", "outcome"), [(3.2, "value"), (3.19, "impossible")])
def test_a_storey_on_the_ground_where_none_stands_over_the_pilotis(height, outcome):
    """A cap of 5 m holds no pilotis with a storey on it, but one storey on the ground."""
    found = solve(rectangle(), law(max_storeys=0, max_height=height, max_coverage=60, max_density=100))
    assert found.outcome == outcome
    if outcome == "value":
        assert levels(found) == [(1, 0, 3.2, True, 120)]
        assert found.floor.max_m2 == pytest.approx(120)


def test_no_storey_on_the_ground_unless_the_city_says_so():
    found = solve(rectangle(), law(replace(ISFAHAN, ground_storey=False), max_storeys=0, max_height=5, max_coverage=60))
    assert (found.outcome, [r.why for r in found.reasons]) == ("impossible", ["max_storeys_zero"])


def test_density_binds_before_storeys_and_coverage():
    found = solve(rectangle(), law(**{**H4, "max_density": 200}))
    assert allowed(found) == {
        "max_density": 400, "max_storeys": 480, "max_height": 480, "max_coverage": 480, "shape": 800,
    }  # fmt: skip
    assert [row.key for row in found.floor.limits if row.binds] == ["max_density"]
    assert found.floor.named == ("max_density",)
    assert found.floor.text == Text(
        "تراکم: ۴۰۰ متر مربع، پیش از طبقات × سطح اشغال ۴۸۰ متر مربع", "density: 400 m² before storeys × coverage 480 m²"
    )


def test_coverage_binds_before_density():
    found = solve(rectangle(), law(**{**H4, "max_coverage": 50}))
    assert found.floor.text.en == "storeys × coverage: 400 m² before density 480 m²"
    assert found.floor.named == ("max_storeys", "max_coverage")


def test_the_shape_binds_where_setbacks_leave_less_than_coverage():
    """5 m off the front and 8 off the rear leave 10 × 7 = 70 m² of 200; coverage would allow 120."""
    found = solve(rectangle(), law(**H4, front_setback=5, rear_setback=8))
    assert found.floor.max_m2 == pytest.approx(280)
    assert found.floor.text.en == "storeys × shape of the lot: 280 m² before density 480 m²"
    assert {p.subject for row in found.floor.limits if row.key == "shape" for p in row.provisions} == {
        "front_setback", "rear_setback",
    }  # fmt: skip


def test_the_height_binds_before_the_storeys():
    found = solve(rectangle(), law(max_storeys=4, max_height=10.5, max_coverage=60, max_density=240))
    assert allowed(found)["max_height"] == 240
    assert allowed(found)["max_storeys"] == 480
    assert found.floor.text.en == "height × coverage: 240 m² before density 480 m²"


def test_without_density_only_the_product_is_named():
    assert solve(rectangle(), law(max_storeys=2, max_coverage=60)).floor.text.en == "storeys × coverage: 240 m²"


def test_both_at_once():
    assert solve(rectangle(), law(**H4)).floor.text.en == "density and storeys × coverage: 480 m²"


def test_percentages_are_of_the_plot_not_of_the_drawing():
    """The deed says 180 m², the drawing 200: 60 % are 108."""
    found = solve(lot(box(0, 0, 10, 20), plot=180), law(max_storeys=1, max_coverage=60))
    assert found.floor.max_m2 == pytest.approx(108)


def test_light_wells_come_off_every_storey_and_not_off_the_pilotis():
    found = solve(rectangle(), law(**H4, light_well_main_area=12, light_well_service_area=6))
    assert [row[4] for row in levels(found)] == [120, 102, 102, 102, 102]
    assert found.floor.max_m2 == pytest.approx(408)
    assert any("18 m²" in note.en for note in found.notes)


def test_light_wells_that_take_everything():
    found = solve(rectangle(), law(max_storeys=2, max_coverage=5, light_well_main_area=12))
    assert (found.outcome, found.reasons[0].why) == ("impossible", "light_wells")


def test_the_ground_floor_may_cover_more():
    found = solve(rectangle(), law(**H4, max_coverage_ground=80))
    assert [row[4] for row in levels(found)] == [160, 120, 120, 120, 120]


def test_two_zones_with_different_caps():
    """West half 2 storeys, east half 4, each part by its own rule.

        west 2 │ east 4
    ┌──────────┼──────────┐
    0          5         10
    """
    halves = (part("max_storeys", box(0, 0, 5, 20), 2), part("max_storeys", box(5, 0, 10, 20), 4))
    found = solve(lot(box(0, 0, 10, 20), parts=halves), law(max_storeys=2))
    assert [round(x.region_m2) for x in found.stack.levels] == [200, 200, 200, 100, 100]
    assert same(found.stack.levels[3].shape, box(5, 0, 10, 20))
    inner = next(e for e in found.stack.levels[3].edges if e.kind == "part")
    assert inner.line.length == pytest.approx(20)
    assert inner.provision.row == "part-2"
    assert found.floor.max_m2 == pytest.approx(600)


def test_a_part_without_a_value_of_its_own_keeps_to_the_whole_parcels():
    found = solve(lot(box(0, 0, 10, 20), parts=(part("max_storeys", box(5, 0, 10, 20), 3),)), law(max_storeys=1))
    assert [round(x.region_m2) for x in found.stack.levels] == [200, 200, 100, 100]
    assert {e.kind for e in found.stack.levels[2].edges} == {"part", "parcel_boundary"}


def test_density_by_part():
    """100 m² at 100 % and 100 m² at 200 %: 300 m²."""
    halves = (part("max_density", box(0, 0, 5, 20), 100), part("max_density", box(5, 0, 10, 20), 200))
    found = solve(lot(box(0, 0, 10, 20), parts=halves), law(max_storeys=9, max_density=100))
    assert found.floor.max_m2 == pytest.approx(300)


def test_a_law_without_storey_heights():
    """2.5 storeys in 10.668 m (35 ft): two whole storeys in equal parts, and the half is told."""
    found = solve(rectangle(), law(Building(), max_storeys=2.5, max_height=10.668, max_coverage=45))
    assert [(float(x.from_m), float(x.to_m)) for x in found.stack.levels] == [(0, 5.334), (5.334, 10.668)]
    assert found.floor.max_m2 == pytest.approx(180)
    assert [n.en[:14] for n in found.notes][:2] == ["The half store", "The rules give"]


def test_height_alone_without_storey_heights_needs_a_density():
    bare = solve(rectangle(), law(Building(), max_height=9))
    assert (bare.outcome, bare.reasons[0].why) == ("not_known", "no_storeys")
    dense = solve(rectangle(), law(Building(), max_height=9, max_density=100))
    assert (dense.outcome, dense.floor.max_m2, dense.floor.text.en) == ("value", 200, "density: 200 m²")
    assert dense.stack.unlimited


def test_storeys_without_any_height():
    found = solve(rectangle(), law(Building(), max_storeys=3))
    assert [x.to_m for x in found.stack.levels] == [None, None, None]
    assert found.space_m3 is None


def test_the_ceded_strip_is_no_building_ground():
    found = solve(lot(box(0, 0, 10, 20), plot=180, cut_outs=(cut(box(0, 0, 10, 2)),)), law(max_storeys=1))
    assert found.floor.max_m2 == pytest.approx(180)


@pytest.mark.parametrize("name", ["max_coverage", "max_density", "max_height", "max_storeys", "max_coverage_ground"])
def test_zero_is_impossible_with_its_reason(name):
    found = solve(rectangle(), law(**{**H4, "max_height": 2, name: 0}))
    assert found.outcome == "impossible"
    assert f"text of {name}" in found.reasons[0].text.en
    assert found.stack.levels == ()
    assert found.floor.max_m2 is None


def test_zeros_of_one_article_are_one_reason():
    found = solve(rectangle(), law(max_storeys=0, max_height=0, max_coverage=0))
    assert [r.text.en for r in found.reasons] == ["max_coverage; max_height; max_storeys: none. text of max_coverage"]


def test_setbacks_that_eat_the_lot_are_named():
    found = solve(rectangle(), law(**H4, front_setback=12, rear_setback=9))
    assert (found.outcome, found.reasons[0].why) == ("impossible", "nothing_left")
    assert "front_setback; text of rear_setback" in found.reasons[0].text.en


def test_sentences_speak_the_units_of_the_citys_law():
    """444 m² are 4,779.18 ft²; the numbers of the answer stay metric."""
    metric = law(max_storeys=4, max_coverage=55.5)
    found = solve(rectangle(), replace(metric, units=Units(length="ft", area="ac")))
    assert found.floor.max_m2 == pytest.approx(444)
    assert found.floor.text == Text("طبقات × سطح اشغال: ۴٬۷۷۹٫۱۸ فوت مربع", "storeys × coverage: 4,779.18 ft²")
    low = solve(rectangle(), replace(law(max_height=3.048, max_storeys=1), units=Units(length="ft")))
    assert low.reasons[0].text.en == "max_height: 10 ft; not even one storey fits."


def test_a_lot_of_absurd_size():
    found = solve(lot(box(0, 0, 0.5, 1)), law(**H4))
    assert (found.outcome, found.reasons[0].why) == ("impossible", "lot_area")
    assert "0.5 m²" in found.reasons[0].text.en
    assert "۰٫۵" in found.reasons[0].text.fa


def test_less_than_one_storey():
    low = solve(rectangle(), law(replace(ISFAHAN, ground_storey=False), max_height=5.8, max_storeys=3))
    assert (low.outcome, low.reasons[0].why) == ("impossible", "too_low")
    half = solve(rectangle(), law(Building(), max_storeys=0.5, max_height=9))
    assert (half.outcome, half.reasons[0].why) == ("impossible", "max_storeys_zero")


def test_what_is_not_known_is_never_a_value():
    """Density unknown with a bound of 150 %: at most 300 m², and called a limit."""
    found = solve(rectangle(), law(**{**H4, "max_density": (150,)}))
    assert found.outcome == "not_known"
    assert [r.text.en for r in found.reasons] == ["max_density is not known"]
    assert found.floor.max_m2 == pytest.approx(300)
    assert "not a permission" in found.notes[0].en


def test_an_unknown_setback_with_a_bound_still_cuts_that_much():
    found = solve(rectangle(), law(**H4, front_setback=(3,), rear_setback=None))
    assert found.outcome == "not_known"
    assert same(found.stack.levels[0].shape, box(0, 3, 10, 20))


def test_nothing_known_of_the_height():
    found = solve(rectangle(), law(max_storeys=None, max_height=None, max_coverage=60))
    assert found.outcome == "not_known"
    assert (len(found.stack.levels), found.stack.levels[0].to_m, found.floor.max_m2) == (1, None, None)
    silent = solve(rectangle(), law(max_coverage=60))
    assert [r.why for r in silent.reasons] == ["no_vertical"]


def test_zero_is_certain_though_other_things_are_not_known():
    found = solve(rectangle(), law(**{**H4, "max_coverage": 0, "max_density": None}))
    assert found.outcome == "impossible"


def test_percentages_of_an_unknown_plot():
    found = solve(lot(box(0, 0, 10, 20), plot=-1), law(**H4))
    assert (found.outcome, [r.why for r in found.reasons]) == ("not_known", ["plot_area"])
    assert found.floor.max_m2 == pytest.approx(800)  # storeys × region: all that is certain


def test_doubts_of_the_extract_are_kept():
    base = law(max_storeys=1)
    found = solve(rectangle(), replace(base, doubts=(Doubt("gap", Text("؟", "a layer is not known")),)))
    assert [r.why for r in found.reasons] == ["gap"]


def test_a_side_of_unknown_kind_takes_the_largest_setback_and_says_so():
    place = lot(box(0, 0, 10, 20), {"front|rear": [(0, 0), (10, 0)]})
    found = solve(place, law(max_storeys=1, front_setback=2, rear_setback=5))
    assert (found.outcome, found.strict) == ("value", True)
    assert same(found.stack.levels[0].shape, box(0, 5, 10, 20))
    assert found.notes[0].en.startswith("Of some sides")
    equal = solve(place, law(max_storeys=1, front_setback=2, rear_setback=2))
    assert not equal.strict


def test_nothing_left_only_by_the_strictest_kind_is_no_certain_no():
    place = lot(box(0, 0, 10, 20), {"front|rear": [(0, 0), (10, 0)]})
    found = solve(place, law(max_storeys=1, front_setback=2, rear_setback=25))
    assert (found.outcome, found.reasons[0].why) == ("not_known", "side_kind")
    assert same(found.stack.levels[0].shape, box(0, 2, 10, 20))


def test_setbacks_without_a_place():
    no_sides = solve(lot(box(0, 0, 10, 20)), law(max_storeys=1, side_setback_interior=1))
    assert [r.why for r in no_sides.reasons] == ["no_sides"]
    no_front = solve(lot(box(0, 0, 10, 20), {"rear": [(0, 0), (10, 0)]}), law(max_storeys=1, front_setback=1))
    assert [r.why for r in no_front.reasons] == ["no_front"]
    no_corner = solve(lot(box(0, 0, 10, 20), {"front": [(0, 0), (10, 0)]}), law(max_storeys=1, corner_chamfer=2))
    assert (no_corner.outcome, no_corner.reasons[0].why) == ("not_known", "no_corner")


def test_a_limit_without_a_provision_or_a_doubt_still_speaks():
    bare = {"max_storeys": replace(limit("max_storeys", 0), provision=None)}
    assert solve(rectangle(), replace(law(Building()), limits=bare)).reasons[0].why == "max_storeys_zero"
    mute = {"max_storeys": replace(limit("max_storeys", (2,)), doubts=())}
    assert solve(rectangle(), replace(law(), limits=mute)).reasons[0].text.en == "max_storeys"


def test_a_short_plan_keeps_decimals_exact():
    """15.50 = 2.70 + 4 × 3.20 exactly; binary fractions would lose the fourth storey."""
    assert Decimal("15.50") - Decimal("2.70") == 4 * Decimal("3.20")
    assert len(solve(rectangle(), law(max_height=15.5)).stack.levels) == 5
