"""What setbacks, cut-outs and chamfers leave of a lot, on integer grids (metres)."""

import pytest
import shapely
from shapely import Polygon, box

from apps.envelope.edges import BOUNDARY
from apps.envelope.ground import ground_of
from apps.envelope.solve import solve
from tests.envelope.grid import cut, law, lot, rectangle, same


def ground(place, *, lenient=False, **values):
    return ground_of(place, law(**values), lenient=lenient)


def test_without_rules_the_whole_lot_is_left():
    assert same(ground(rectangle()).shape, box(0, 0, 10, 20))


def test_each_side_keeps_its_own_distance():
    """
    20 ┌────rear 2───┐
    18 │ ┌─────────┐ │
       │0│         │1│      west 0, east 1, front 3
     3 │ └─────────┘ │
     0 └───front 3───┘
    """
    found = ground(
        rectangle(), front_setback=3, rear_setback=2, side_setback_interior=0, side_setback_exterior=1
    )  # fmt: skip
    assert same(found.shape, box(0, 3, 9, 18))


def test_setbacks_that_just_touch_leave_nothing():
    assert ground(rectangle(), front_setback=10, rear_setback=10).shape.is_empty
    assert ground(rectangle(), front_setback=12, rear_setback=12).shape.is_empty
    assert same(ground(rectangle(), front_setback=10, rear_setback=9).shape, box(0, 10, 10, 11))


def test_concave_lot_is_rounded_at_its_inner_corner_and_nowhere_nearer():
    """An L; every edge is the front, 2 m. Around the inner corner (10, 10) the limit is a circle.

    20 ┌────┐
       │    │
    10 │    └────┐
       │         │
     0 └─────────┘
       0   10   20
    """
    ell = Polygon([(0, 0), (20, 0), (20, 10), (10, 10), (10, 20), (0, 20)])
    place = lot(ell, {"front": list(ell.exterior.coords)})
    found = ground(place, front_setback=2).shape
    assert shapely.distance(found, ell.exterior) == pytest.approx(2)
    exact = ell.difference(ell.exterior.buffer(2, quad_segs=400))
    assert 0 <= exact.area - found.area < 0.005
    assert not shapely.intersects_xy(found, 8.7, 8.7)  # 1.84 m from the corner
    assert shapely.intersects_xy(found, 8.55, 8.55)  # 2.05 m from it: a mitred corner would have lost this


def test_the_setback_goes_round_the_end_of_its_side():
    """The front ends at (10, 0) and the lot goes on to the east beside it: distance, not a prolonged line.

    10 ┌───────────┐
       │           │
     0 └────┐      │      front only from x = 0 to 10; then the edge drops to y = -10
            │      │
            └──────┘
    """
    shape = Polygon([(0, 0), (10, 0), (10, -10), (20, -10), (20, 10), (0, 10)])
    found = ground(lot(shape, {"front": [(0, 0), (10, 0)]}), front_setback=3).shape
    assert shapely.intersects_xy(found, 14, 0)
    assert not shapely.intersects_xy(found, 12, 1)  # 2.24 m from the end
    assert shapely.distance(found, shapely.LineString([(0, 0), (10, 0)])) == pytest.approx(3)


def test_triangle():
    """(0,0) (12,0) (0,9): legs 12 and 9, 1 m from each leg, 0 from the long side."""
    found = ground(
        lot(Polygon([(0, 0), (12, 0), (0, 9)]), {"front": [(0, 0), (12, 0)], "interior_side": [(0, 9), (0, 0)]}),
        front_setback=1, side_setback_interior=1,
    ).shape  # fmt: skip
    # What is left is the similar triangle with its right angle at (1, 1): legs 12 - 1 - 4/3 and 9 - 1 - 3/4.
    assert found.area == pytest.approx((12 - 1 - 4 / 3) * (9 - 1 - 3 / 4) / 2)


def test_a_hole_keeps_its_own_side():
    """A lot 20 × 20 with a hole 4 × 4 in its middle whose edge is of no known kind; setback 2 for one kind."""
    shape = box(0, 0, 20, 20).difference(box(8, 8, 12, 12))
    place = lot(shape, {"front|rear": list(box(8, 8, 12, 12).exterior.coords)})
    strict, lenient = ground(place, rear_setback=2).shape, ground(place, rear_setback=2, lenient=True).shape
    assert shapely.distance(strict, box(8, 8, 12, 12)) == pytest.approx(2)
    assert same(lenient, shape)


def test_a_lot_in_two_pieces():
    two = shapely.MultiPolygon([box(0, 0, 10, 10), box(20, 0, 30, 10)])
    found = ground(lot(two, {"front": [(0, 0), (30, 0)]}), front_setback=4).shape
    assert same(found, shapely.MultiPolygon([box(0, 4, 10, 10), box(20, 4, 30, 10)]))


def test_the_widening_moves_the_edge_that_the_setback_counts_from():
    """2 m are ceded along the front (y 0..2); 3 m of setback count from the new edge: 5 m in all."""
    place = rectangle()
    ceded = lot(place.shape, {"front": [(0, 0), (10, 0)]}, cut_outs=(cut(box(-1, 0, 11, 2)),))
    assert same(ground(ceded).shape, box(0, 2, 10, 20))
    assert same(ground(ceded, front_setback=3).shape, box(0, 5, 10, 20))
    kept = lot(place.shape, {"front": [(0, 0), (10, 0)]}, cut_outs=(cut(box(-1, 0, 11, 2), ceded=False),))
    assert same(ground(kept, front_setback=3).shape, box(0, 3, 10, 20))


def test_the_chamfer_cuts_the_corner_of_two_passages():
    """
    20 ┌────────┐
       │        │   front y = 0, exterior side x = 10: the corner (10, 0) loses a triangle of 2 × 2
     0 └──────╱ │
    """
    found = ground(rectangle(), corner_chamfer=2)
    assert found.chamfer_placed
    assert same(found.shape, box(0, 0, 10, 20).difference(Polygon([(8, 0), (10, 0), (10, 2)])))


def test_the_chamfer_is_cut_at_the_corner_that_the_widening_makes():
    place = rectangle()
    wide = lot(
        place.shape,
        {"front": [(0, 0), (10, 0)], "exterior_side": [(10, 0), (10, 20)]},
        cut_outs=(cut(box(0, 0, 10, 4)),),
    )
    found = ground(wide, corner_chamfer=2).shape
    assert same(found, box(0, 4, 10, 20).difference(Polygon([(8, 4), (10, 4), (10, 6)])))


def test_a_chamfer_on_an_acute_corner_follows_both_edges():
    shape = Polygon([(0, 0), (20, 0), (20, 15)])
    found = ground(
        lot(shape, {"front": [(0, 0), (20, 0)], "exterior_side": [(20, 15), (0, 0)]}), corner_chamfer=5
    ).shape
    assert same(shape.difference(found), Polygon([(0, 0), (5, 0), (4, 3)]))


def test_no_corner_no_chamfer():
    """Two passages that do not meet, and a reflex corner: nothing is cut, and it is said."""
    apart = lot(box(0, 0, 10, 20), {"front": [(0, 0), (10, 0)], "exterior_side": [(10, 20), (0, 20)]})
    assert not ground(apart, corner_chamfer=2).chamfer_placed
    ell = Polygon([(0, 0), (20, 0), (20, 10), (10, 10), (10, 20), (0, 20)])
    reflex = lot(ell, {"front": [(20, 10), (10, 10)], "exterior_side": [(10, 10), (10, 20)]})
    assert not ground(reflex, corner_chamfer=2).chamfer_placed
    assert ground(lot(ell), corner_chamfer=2).chamfer_placed is False


def test_a_passage_that_only_bends_has_no_corner():
    bent = Polygon([(0, 0), (10, 0), (20, 4), (20, 20), (0, 20)])  # 22 degrees
    place = lot(bent, {"front": [(0, 0), (10, 0), (20, 4)]})
    assert same(ground(place, corner_chamfer=3).shape, bent)


def test_every_edge_knows_what_made_it():
    place = lot(
        box(0, 0, 10, 20),
        {"front": [(0, 0), (10, 0)], "exterior_side": [(10, 0), (10, 20)], "rear": [(10, 20), (0, 20)]},
        cut_outs=(cut(box(0, 0, 10, 2)),),
    )
    found = solve(place, law(max_storeys=1, max_height=5.9, rear_setback=1, corner_chamfer=2))
    made = sorted(
        (e.kind, e.provision.subject if e.provision else "", round(e.line.length, 3))
        for e in found.stack.levels[0].edges
    )
    assert made == [
        ("chamfer", "corner_chamfer", 2.828),
        ("cut_out", "front_setback", 8),
        (BOUNDARY, "", 15),
        (BOUNDARY, "", 17),
        ("setback", "rear_setback", 10),
    ]
    total = sum(e.line.length for e in found.stack.levels[0].edges)
    assert total == pytest.approx(found.stack.levels[0].shape.length)


def test_two_makers_on_one_line_are_two_edges():
    """West half of the front is ceded 2 m, the east half keeps 2 m of setback: one line y = 2, two reasons."""
    place = lot(box(0, 0, 10, 20), {"exterior_side": [(5, 0), (10, 0)]}, cut_outs=(cut(box(0, 0, 5, 2), ceded=False),))
    level = solve(place, law(max_storeys=1, max_height=5.9, side_setback_exterior=2)).stack.levels[0]
    on_line = {e.kind for e in level.edges if shapely.intersects(e.line, box(0.5, 1.9, 9.5, 2.1))}
    assert on_line == {"cut_out", "setback"}
