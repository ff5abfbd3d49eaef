"""Footprints on the small city's grid, borders first. Parcel A is the square (0, 20)–(20, 40); B lies east of it.

y 40 ┌────────┬────────┐
     │   A    │   B    │      A: no setbacks asked for, so that the envelope's ground is the whole plot
  20 └────────┴────────┘      north and south of the parcels lies free ground
     0        20       40 x
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from shapely import MultiPolygon, Polygon, affinity, area, box

from apps.extracts.services import compose
from apps.permits import proposal_ground
from apps.permits.proposal_checked import Draft, checks_of
from apps.permits.proposal_ground import measure
from apps.permits.proposal_shape import from_coordinates
from tests.browser.city import CODES, SmallCity
from tests.extracts.conftest import X0, Y0
from tests.extracts.conftest import box as zone
from tests.permits.proposing import house, on_grid

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def city(db):
    return SmallCity()


def extract(name="A"):
    return compose(parcel=CODES[name]).data


def on(document, *boxes):
    return measure(document, on_grid(*boxes))


def outcome(document, shape, code):
    found = checks_of(Draft(house(1, gross=1), shape), document)
    return next(c.outcome.value for c in found.result.checks if c.code == code)


@pytest.mark.parametrize(
    ("boxes", "outside", "expected"),
    [
        ([(2, 22, 18, 38)], 0, "pass"),  # inside
        ([(0, 20, 20, 40)], 0, "pass"),  # exactly the parcel: touching every line
        ([(0, 20, 20.012, 40)], 0.24, "pass"),  # a sliver of 12 mm along 20 m: the drawing's own accuracy
        ([(0, 20, 20.013, 40)], 0.26, "fail"),  # a millimetre more is land
        ([(10, 30, 30, 35)], 50, "fail"),  # straddling the border to B
        ([(20, 20, 40, 40)], 400, "fail"),  # the neighbour's plot, which only touches
        ([(2, 22, 8, 38), (12, 22, 18, 38)], 0, "pass"),  # two parts
        ([(2, 22, 8, 38), (22, 22, 28, 38)], 96, "fail"),  # one of the two on the neighbour's plot
        ([(100, 100, 110, 110)], 100, "fail"),  # nowhere near
    ],
    ids=["inside", "touching", "sliver", "over", "straddling", "neighbour", "parts", "one part", "away"],
)
def test_the_parcels_border(city, boxes, outside, expected):
    document = extract()
    found = on(document, *boxes)
    assert found.measured.outside_parcel_m2 == D(str(outside))
    assert outcome(document, on_grid(*boxes), "inside_parcel") == expected
    assert (found.outside is None) == (outside == 0)


def test_a_courtyard_is_not_built_on(city):
    """
    40 ┌──────────┐
       │  ┌────┐  │    the ring measures 400 − 64 m²
       │  │yard│  │
       │  └────┘  │
    20 └──────────┘
    """
    ring = Polygon(box(0, 20, 20, 40).exterior.coords, [box(6, 26, 14, 34).exterior.coords])
    found = measure(extract(), MultiPolygon([affinity.translate(ring, X0, Y0)]))
    assert found.measured.footprint_m2 == 336
    assert found.measured.outside_parcel_m2 == 0


def test_nothing_drawn_is_nothing_measured(city):
    found = measure(extract(), None)
    assert (found.measured.footprint_m2, found.measured.outside_m2) == (None, None)
    assert found.measured.envelope == "value"
    assert outcome(extract(), None, "inside_envelope") == "cannot_evaluate"


def test_a_strip_to_be_kept_free_is_drawn_in_red(city):
    """The west 4 m of A are a madi's strip. A house from x = 1 to x = 11, y = 25 to 35: 3 × 10 m stand on it."""
    city._layer("madi_strip", "madi-1402", {"MADI": zone(0, 0, 4, 60)})
    city.in_force("madi-1402", "2023-06-01")
    city.overlay()
    document = extract()
    found = on(document, (1, 25, 11, 35))
    assert (found.measured.outside_parcel_m2, found.measured.outside_m2) == (0, 30)
    assert found.measured.taken["no_build_strip"].sure_m2 == 30
    assert area(found.outside) == pytest.approx(30)
    checked = checks_of(Draft(house(1, gross=100), on_grid((1, 25, 11, 35))), document)
    failed = {c.code: c for c in checked.result.checks if c.outcome.value == "fail"}
    assert set(failed) == {"inside_envelope", "no_build_strip"}
    assert failed["no_build_strip"].source.article == "10-4"
    assert failed["no_build_strip"].margin.en == "Take these 30 m² (red on the map) away or move them."
    assert checked.outside["type"] == "Polygon"
    assert 51 < checked.outside["coordinates"][0][0][0] < 53  # WGS 84, longitude first
    assert outcome(document, on_grid((4, 25, 14, 35)), "no_build_strip") == "pass"  # touching the strip


def with_setback(document, code, metres):
    """The extract with a setback of this many metres where the sample asks for none."""
    said = [{**s, "value": metres} if s["code"] == code else s for s in document["subjects"]]
    return {**document, "subjects": said}


@pytest.mark.parametrize(
    ("south", "expected"), [(25, "pass"), (24.98, "cannot_evaluate"), (22, "cannot_evaluate")], ids=["kept", "1", "2"]
)
def test_a_side_of_unknown_kind(city, south, expected):
    """A is free on three sides: which of them is the front nobody knows, so 5 m may be due on each."""
    document = with_setback(extract(), "front_setback", 5)
    assert outcome(document, on_grid((5, south, 18, 35)), "front_setback") == expected


def test_a_side_of_known_kind(city):
    """Of B only the west and east sides touch neighbours: rear or interior, 2 m are asked for on both."""
    document = with_setback(with_setback(extract("B"), "rear_setback", 2), "side_setback_interior", 2)
    found = on(document, (21, 25, 39, 35)).measured
    assert found.taken["rear_setback"].perhaps_m2 == found.taken["side_setback_interior"].perhaps_m2 == 20
    assert found.taken["rear_setback"].sure_m2 == 0
    assert found.outside_m2 == found.outside_sure_m2 == 20  # whichever they are, 2 m are kept
    assert outcome(document, on_grid((21, 25, 39, 35)), "inside_envelope") == "fail"
    assert outcome(document, on_grid((22, 25, 38, 35)), "inside_envelope") == "pass"


def test_an_envelope_that_is_not_known_accepts_nothing_and_still_refuses_what_is_sure(city):
    """C: nobody knows the width of its passage, so not how high; the ground that there is at most is its plot."""
    document = extract("C")
    assert document["complete"] is False
    assert outcome(document, on_grid((42, 22, 58, 38)), "inside_envelope") == "cannot_evaluate"
    assert outcome(document, on_grid((42, 22, 62, 38)), "inside_envelope") == "fail"


def test_an_impossible_envelope_refuses_everything_and_says_why(city):
    document = extract()
    zero = [{**s, "value": 0} if s["code"] in ("max_storeys", "max_height", "max_coverage") else s
            for s in document["subjects"]]  # fmt: skip
    document = {**document, "subjects": zero}
    found = on(document, (2, 22, 18, 38))
    assert found.measured.envelope == "impossible"
    assert area(found.outside) == pytest.approx(256)
    assert outcome(document, on_grid((2, 22, 18, 38)), "inside_envelope") == "fail"


def test_a_parcel_without_a_shape_leaves_everything_open(city):
    document = extract()
    lost = {**document, "parcel": {**document["parcel"], "code": "9-9-9-9-0-0-0"}}
    assert outcome(lost, on_grid((2, 22, 18, 38)), "inside_parcel") == "cannot_evaluate"
    assert outcome(lost, on_grid((2, 22, 18, 38)), "inside_envelope") == "cannot_evaluate"


def test_what_cannot_be_measured_is_not_known(city, monkeypatch, caplog):
    def broken(*_, **__):
        raise ValueError("a shape nobody foresaw")

    monkeypatch.setattr(proposal_ground, "solve", broken)
    document = extract()
    assert outcome(document, on_grid((2, 22, 18, 38)), "inside_parcel") == "cannot_evaluate"
    assert "could not be measured" in caplog.text


@pytest.mark.parametrize(("gross", "expected"), [(100, "cannot_evaluate"), (101, "fail"), (None, "cannot_evaluate")])
def test_an_upper_level_that_is_smaller(city, monkeypatch, gross, expected):
    """Level 1 may stand on the west half of A alone; the footprint of 20 × 10 m has 100 m² there.

    A storey of more cannot stand there; one of less may, if it stands in the west.
    """
    solved = proposal_ground.solve

    def halved(lot, law):
        found = solved(lot, law)
        levels = tuple(
            replace(level, shape=box(0, 0, 10, 20)) if level.index == 1 else level for level in found.stack.levels
        )
        return replace(found, stack=replace(found.stack, levels=levels))

    monkeypatch.setattr(proposal_ground, "solve", halved)
    shape = on_grid((0, 25, 20, 35))
    found = checks_of(Draft(house(1, gross=gross), shape), extract())
    one = next(c for c in found.result.checks if c.code == "inside_envelope")
    assert one.outcome.value == expected


def test_far_off_is_told_apart_from_outside(city):
    assert not on(extract(), (100, 100, 110, 110)).far
    assert on(extract(), (9000, 9000, 9010, 9010)).far


def test_no_shape_in_a_document_is_none():
    assert from_coordinates(None) is None
