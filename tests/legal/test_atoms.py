"""Scopes cut the plane into atoms. Grid of metres; letters are scopes.

y 10 ┌────A────┬────┐
     │   1    │1+2 │──B──┐
   0 └────────┴────┘     │
     0        5   10    15
"""

import pytest
from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPolygon, Polygon
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common.errors import BadInputError
from apps.legal.acts import scope_key
from apps.legal.atoms import clean_scope, cut
from tests.legal.build import EAST, NORTH, box


def areas(atoms) -> dict[str, float]:
    return {scope_key(inside): round(place.area, 6) for inside, place in atoms.items() if place is not None}


def test_no_scope_is_one_atom_without_geometry() -> None:
    assert cut({}) == {frozenset(): None}


def test_two_overlapping_scopes_make_three_places_and_the_outside() -> None:
    atoms = cut({2: box(5, 0, 15, 10), 1: box(0, 0, 10, 10)})
    assert areas(atoms) == {"1": 50, "1+2": 50, "2": 50}
    assert atoms[frozenset()] is None


def test_a_scope_inside_another_leaves_a_ring() -> None:
    atoms = cut({1: box(0, 0, 10, 10), 2: box(4, 4, 6, 6)})
    assert areas(atoms) == {"1": 96, "1+2": 4}


def test_scopes_that_only_touch_share_no_place() -> None:
    assert areas(cut({1: box(0, 0, 10, 10), 2: box(10, 0, 20, 10), 3: box(20, 10, 30, 20)})) == {
        "1": 100, "2": 100, "3": 100,
    }  # fmt: skip


def test_the_same_scope_twice_is_one_place() -> None:
    assert areas(cut({1: box(0, 0, 10, 10), 2: box(0, 0, 10, 10)})) == {"1+2": 100}


def test_slivers_of_noisy_borders_are_no_places() -> None:
    """1 mm of overlap along 1 km (1 m²) is noise; so is a corner under 0.01 m². A metre is a place."""
    assert areas(cut({1: box(0, 0, 10, 1000), 2: box(9.999, 0, 20, 1000)})).keys() == {"1", "2"}
    assert areas(cut({1: box(0, 0, 10, 10), 2: box(9.95, 9.95, 20, 20)})).keys() == {"1", "2"}
    assert areas(cut({1: box(0, 0, 10, 10), 2: box(9, 0, 20, 10)})).keys() == {"1", "1+2", "2"}


_box = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 5), st.integers(1, 5)).map(
    lambda b: box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_box, min_size=1, max_size=4))
def test_atoms_part_the_union_and_keep_to_their_names(boxes) -> None:
    scopes = dict(enumerate(boxes, start=1))
    atoms = {inside: place for inside, place in cut(scopes).items() if place is not None}
    union = GEOSGeometry(MultiPolygon(Polygon()).wkt, srid=boxes[0].srid)
    for scope in boxes:
        union = union.union(scope)
    assert sum(place.area for place in atoms.values()) == pytest.approx(union.area)
    for inside, place in atoms.items():
        for name, scope in scopes.items():
            assert place.intersection(scope).area == pytest.approx(place.area if name in inside else 0)


def test_a_scope_is_kept_on_the_millimetre_grid_as_multipolygon() -> None:
    ring = [(EAST, NORTH), (EAST + 10.00049, NORTH), (EAST + 10, NORTH + 10), (EAST, NORTH)]
    scope = clean_scope(Polygon(ring, srid=box(0, 0, 1, 1).srid))
    assert scope.geom_type == "MultiPolygon"
    assert scope.srid == box(0, 0, 1, 1).srid
    assert scope.coords[0][0][1] == (EAST + 10, NORTH)


BOWTIE = Polygon([(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)])


@pytest.mark.parametrize(
    "scope",
    [
        BOWTIE,
        MultiPolygon(),
        LineString((0, 0), (1, 1)),
        Polygon([(0, 0), (0.0001, 0), (0.0001, 0.0001), (0, 0)]),
    ],
    ids=["bowtie", "empty", "line", "no area"],
)
def test_what_is_no_area_is_refused(scope: GEOSGeometry) -> None:
    scope.srid = box(0, 0, 1, 1).srid
    with pytest.raises(BadInputError, match="Mend it"):
        clean_scope(scope)


@pytest.mark.parametrize("srid", [None, 4326])
def test_a_scope_in_another_crs_is_refused(srid: int | None) -> None:
    with pytest.raises(BadInputError, match="EPSG"):
        clean_scope(Polygon.from_bbox((51, 32, 52, 33)) if srid is None else _in(srid))


def _in(srid: int) -> Polygon:
    area = Polygon.from_bbox((51, 32, 52, 33))
    area.srid = srid
    return area
