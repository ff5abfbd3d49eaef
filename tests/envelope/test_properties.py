"""What must hold for every lot and every law."""

import math

import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import MultiPoint, Polygon, affinity

from apps.envelope.ground import ground_of
from apps.envelope.inputs import INTERIOR, KINDS, SETBACKS, Lot, Side
from apps.envelope.offsets import strip
from apps.envelope.overlay import less
from apps.envelope.solve import solve
from tests.envelope.grid import law, lot

SOME = settings(
    max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
TINY_M2 = 1e-4  # a line of 100 m moved by ten times the grid
metres = st.integers(0, 40)
setbacks = st.integers(0, 12).map(lambda n: n / 2)


@st.composite
def lots(draw) -> Lot:
    """Star-shaped lots of 4 to 9 corners, some concave, now and then with a hole; each edge of some kind."""
    count = draw(st.integers(4, 9))
    reach = [draw(st.integers(5, 30)) for _ in range(count)]
    points = [
        (r * math.cos(i * 2 * math.pi / count), r * math.sin(i * 2 * math.pi / count)) for i, r in enumerate(reach)
    ]
    shape = Polygon(points)
    assume(shape.is_valid and shape.area > 20)
    if draw(st.booleans()):
        shape = shape.difference(MultiPoint([(0, 0)]).buffer(1, quad_segs=1))
    ring = shapely.get_coordinates(shape.exterior)
    kinds = [draw(st.sampled_from([*KINDS, "|".join(KINDS)])) for _ in range(len(ring) - 1)]
    sides = tuple(
        Side(tuple(k.split("|")), shapely.LineString([a, b]))
        for k, a, b in zip(kinds, ring[:-1], ring[1:], strict=True)
    )
    return Lot(shape, sides, plot_m2=lot(shape).plot_m2)


distances = st.fixed_dictionaries(dict.fromkeys(SETBACKS.values(), setbacks))


@SOME
@given(lots(), distances)
def test_the_envelope_lies_in_the_lot_and_keeps_every_distance(place, asked):
    left = ground_of(place, law(**asked), lenient=False).shape
    assert shapely.difference(left, place.shape, grid_size=1e-7).area < TINY_M2
    for side in place.sides:
        least = max(asked[SETBACKS[kind]] for kind in side.kinds)
        if not left.is_empty:
            assert shapely.distance(left, side.line) >= least - 1e-6


@SOME
@given(lots(), distances, st.sampled_from(sorted(SETBACKS.values())), st.integers(1, 6))
def test_a_larger_setback_never_enlarges(place, asked, name, more):
    before = ground_of(place, law(**asked), lenient=False).shape
    after = ground_of(place, law(**{**asked, name: asked[name] + more}), lenient=False).shape
    assert shapely.difference(after, before, grid_size=1e-7).area < TINY_M2


@SOME
@given(lots(), distances)
def test_little_more_than_the_exact_distance_is_lost(place, asked):
    """Against circles drawn with 400 corners a quarter: only the tangents' excess at corners is missing."""
    left = ground_of(place, law(**asked), lenient=False).shape
    exact = place.shape
    for kinds in {side.kinds for side in place.sides}:
        least = max(asked[SETBACKS[kind]] for kind in kinds)
        for side in place.sides:
            if side.kinds == kinds and least:
                exact = exact.difference(side.line.buffer(least, quad_segs=400), grid_size=1e-7)
    corners = len(place.sides) * 2
    assert exact.area - left.area < 0.0015 * corners * math.pi * 6**2


@SOME
@given(lots(), distances)
def test_the_strict_shape_lies_in_the_lenient_one(place, asked):
    strict = ground_of(place, law(**asked), lenient=False).shape
    lenient = ground_of(place, law(**asked), lenient=True).shape
    assert shapely.difference(strict, lenient, grid_size=1e-7).area < TINY_M2


@SOME
@given(lots(), distances, st.integers(1, 100), st.integers(1, 9))
def test_areas_keep_to_coverage_and_edges_to_the_outline(place, asked, coverage, storeys):
    found = solve(place, law(max_storeys=storeys, max_coverage=coverage, **asked))
    allowed = float(place.plot_m2) * coverage / 100
    for level in found.stack.levels:
        assert level.built_m2 <= allowed + 1e-6
        assert level.built_m2 <= level.region_m2 + 1e-6
        assert sum(e.line.length for e in level.edges) == pytest.approx(level.shape.length)
        drawn = shapely.union_all([e.line for e in level.edges])
        assert shapely.distance(drawn, level.shape.boundary) < 1e-6
        assert shapely.difference(level.shape.boundary, drawn.buffer(1e-6), grid_size=1e-7).length < 1e-6
    if found.floor.max_m2 is not None:
        assert found.floor.max_m2 <= storeys * allowed + 1e-6
        assert all(row.allows_m2 >= found.floor.max_m2 - 1e-6 for row in found.floor.limits)


@SOME
@given(lots(), distances, st.integers(-500, 500), st.integers(0, 359))
def test_moving_and_turning_the_lot_moves_the_envelope(place, asked, step, angle):
    def moved(shape):
        return affinity.rotate(affinity.translate(shape, step, -step), angle, origin=(0, 0))

    other = Lot(moved(place.shape), tuple(Side(s.kinds, moved(s.line)) for s in place.sides), plot_m2=place.plot_m2)
    here = ground_of(place, law(**asked), lenient=False).shape
    there = ground_of(other, law(**asked), lenient=False).shape
    assert shapely.symmetric_difference(moved(here), there, grid_size=1e-7).area < 1e-4


@SOME
@given(st.lists(st.tuples(metres, metres), min_size=2, max_size=6), st.integers(1, 8))
def test_a_strip_covers_the_round_buffer_and_hardly_more(points, distance):
    line = shapely.LineString(points)
    assume(line.length > 0)
    kept, true = strip(line, distance), line.buffer(distance, quad_segs=60)
    assert shapely.difference(true, kept, grid_size=1e-7).area < TINY_M2
    assert shapely.difference(kept, line.buffer(distance * 1.0015, quad_segs=200), grid_size=1e-7).area < 1e-3


def test_no_crack_where_the_pieces_of_a_strip_meet():
    """A slanting side whose straight piece and round end once met along a line one rounding wide."""
    ends = [(9 * math.cos(8 * math.pi / 5), 9 * math.sin(8 * math.pi / 5)), (5.0, 0.0)]
    lot_there = Polygon([*ends, (1.55, 4.76), (-4.05, 2.94), (-4.05, -2.94)])
    side = shapely.LineString(ends)
    assert shapely.distance(less(lot_there, strip(side, 0.5)), side) >= 0.5 - 1e-6


def test_a_closed_side_has_no_ends():
    """All round a square: the strip is 12 × 12 with round corners, less the 8 × 8 that is left inside."""
    ring = shapely.LineString([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)])
    assert strip(ring, 1).area == pytest.approx(4 * 10 + math.pi + 100 - 64, abs=0.01)


def test_no_distance_no_strip():
    assert strip(shapely.LineString([(0, 0), (1, 0)]), 0).is_empty
    assert strip(shapely.LineString(), 3).is_empty
    assert strip(shapely.LineString([(0, 0), (0, 0)]), 3).is_empty
    assert INTERIOR in KINDS
