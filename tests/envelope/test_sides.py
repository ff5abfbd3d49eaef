"""Sides worked out from the neighbours: free edges lie on a passage, touched ones do not."""

from shapely import LineString, MultiLineString

from apps.envelope.sides import Stretch, derived

BACK = ("rear", "interior_side")
STREET, STREETS = ("front",), ("front", "exterior_side")
NOTHING = LineString()


def ring(*edges, number=1):
    """Edges as (start, end, free): True = whole edge free, False = touched, or the free part itself."""
    made = []
    for start, end, free in edges:
        line = LineString([start, end])
        open_part = line if free is True else NOTHING if free is False else free
        made.append(Stretch((1, number), number == 1, line, open_part))
    return made


def kinds(stretches):
    return [side.kinds for side in derived(stretches)]


def square(south, east, north, west):
    return ring(
        ((0, 0), (10, 0), south), ((10, 0), (10, 20), east), ((10, 20), (0, 20), north), ((0, 20), (0, 0), west)
    )


def test_one_passage_is_the_front():
    assert kinds(square(True, False, False, False)) == [STREET, BACK, BACK, BACK]


def test_on_a_corner_either_may_be_the_front():
    assert kinds(square(True, True, False, False)) == [STREETS, STREETS, BACK, BACK]


def test_a_lot_between_two_passages():
    assert kinds(square(True, False, True, False)) == [STREETS, BACK, STREETS, BACK]


def test_a_landlocked_lot_has_no_front():
    assert kinds(square(False, False, False, False)) == [BACK] * 4


def test_a_bend_of_the_passage_is_one_passage():
    bent = ring(((0, 0), (10, 0), True), ((10, 0), (20, 3), True), ((20, 3), (0, 20), False), ((0, 20), (0, 0), False))
    assert kinds(bent) == [STREET, STREET, BACK, BACK]


def test_the_passage_goes_on_over_the_first_corner_of_the_ring():
    split = ring(((5, 0), (10, 0), True), ((10, 0), (10, 9), False), ((10, 9), (0, 0), False), ((0, 0), (5, 0), True))
    assert kinds(split) == [STREET, BACK, BACK, STREET]


def test_a_hands_breadth_at_a_corner_is_not_another_side():
    """The neighbours' touch reaches 5 cm round the corners of the front, and leaves 4 cm open on a shared edge."""
    nearly = square(LineString([(0.05, 0), (9.95, 0)]), LineString([(10, 19.96), (10, 20)]), False, False)
    assert kinds(nearly) == [STREET, BACK, BACK, BACK]
    assert derived(nearly)[0].line.length == 10


def test_an_edge_half_free_is_two_sides():
    half = square(True, LineString([(10, 0), (10, 8)]), False, False)
    found = derived(half)
    assert [(side.kinds, round(side.line.length)) for side in found[:3]] == [(STREETS, 10), (STREETS, 8), (BACK, 12)]


def test_an_edge_free_in_its_middle():
    middle = square(LineString([(3, 0), (7, 0)]), False, False, False)
    assert [(s.kinds, round(s.line.length)) for s in derived(middle)[:3]] == [(BACK, 3), (STREET, 4), (BACK, 3)]
    twice = square(MultiLineString([[(0, 0), (2, 0)], [(8, 0), (10, 0)]]), False, False, False)
    assert [s.kinds for s in derived(twice)[:3]] == [STREETS, BACK, STREETS]


def test_a_short_edge_counts_by_its_half():
    assert kinds(ring(((0, 0), (0.1, 0), True)))[0] == STREET
    assert kinds(ring(((0, 0), (0.1, 0), LineString([(0, 0), (0.04, 0)]))))[0] == BACK


def test_the_free_edge_of_a_hole_may_be_anything():
    hole = ring(((4, 4), (6, 4), True), ((6, 4), (4, 6), False), ((4, 6), (4, 4), True), number=2)
    found = kinds([*square(True, False, False, False), *hole])
    assert found[0] == STREET
    assert [len(k) for k in found[4:]] == [4, 2, 4]
