"""A building registered later: its ground, its rings, and what they mean for the parcels around it.

 y        (metres; R is the building, 10 × 10)
10 ┌────┐ ┌────┐  · · ·  ┌────┐
   │ R  │ │ N  │         │ F  │     N begins 15 m east of R, F 45 m, O 200 m
 0 └────┘ └────┘         └────┘
   0   10 25   35        55  65  x
"""

import json
from decimal import Decimal

import pytest

from apps.common.errors import BadInputError, ConflictError
from apps.common.text import Text
from apps.extracts.overlays import compute_overlays
from apps.extracts.services import compose
from apps.legal.acts import Status
from apps.legal.selectors import law_snapshot
from gis_layers.models import Edition
from gis_layers.postgis_registration import parcels_under, rings
from heritage_zones.city_rules import registration_rules
from heritage_zones.models import Registration
from heritage_zones.services import instruments_of, places_of, register_building
from tests.browser.city import CODES, SmallCity
from tests.extracts.conftest import box
from tests.legal.build import at

NAME = Text("خانهٔ نمونه", "Sample House")
DISTANCES = {"BUFFER_1": 30, "BUFFER_2": 60}


@pytest.fixture
def city(db: None) -> SmallCity:
    return SmallCity()


def registered(city: SmallCity, **changed) -> Registration:
    asked = {"number": "نمونه/۱۲", "name": NAME, "grade": "national", "footprint": box(0, 60, 20, 80)}
    return register_building(**{**asked, "distances": DISTANCES, "person": city.clerk, **changed})


def test_rings_hold_all_within_their_distance_and_nothing_twice(db: None) -> None:
    core = box(0, 0, 10, 10)
    near, far = rings(core, [30, 60])
    assert near.covers(box(25, 0, 35, 10))
    assert far.covers(box(55, 0, 65, 10))
    assert not near.intersection(core).area
    assert near.intersection(far).area == pytest.approx(0, abs=1e-6)
    everything = core.union(near).union(far)
    assert everything.covers(core.buffer(60, 64))  # GEOS's own round corners lie inside ours
    assert core.buffer(60.05, 256).covers(everything)  # and ours are no more than centimetres wider


def test_the_package_says_which_themes_and_codes() -> None:
    rules = registration_rules()
    assert rules is not None
    assert (rules.core_theme, rules.core_code, rules.buffer_theme) == ("heritage_core", "CORE", "heritage_buffer")
    assert [b.code for b in rules.buffers] == ["BUFFER_1", "BUFFER_2", "LINE_ONLY"]
    assert registration_rules({}) is None


def test_a_registration_makes_two_editions_that_bind_nobody_yet(city: SmallCity) -> None:
    made = registered(city)
    core, buffers = instruments_of(made)
    codes = {e.instrument.code: sorted(e.features.values_list("code", flat=True)) for e in Edition.objects.all()}
    assert codes[core.code] == ["CORE"]
    assert codes[buffers.code] == ["BUFFER_1", "BUFFER_2"]
    assert core.code == "hr-reg-12-core"
    assert law_snapshot(on=at("2030-01-01").date()).statuses(core.pk) == {Status.DRAFT}


def test_parcels_under_a_place_are_those_of_more_than_a_touch(city: SmallCity) -> None:
    """D is the building's own ground; E touches it along x = 20, A to C begin 20 m south of it."""
    core, near, far = places_of(footprint=box(0, 60, 20, 80), distances=DISTANCES)
    assert [t.code for t in parcels_under(core.shape)] == [CODES["D"]]
    assert [t.code for t in parcels_under(near.shape)] == [CODES["A"], CODES["B"], CODES["C"], CODES["E"]]
    assert {t.code for t in parcels_under(far.shape)} >= {CODES["A"], CODES["B"], CODES["C"]}
    assert all(t.district == 3 for t in parcels_under(near.shape))


def consultations(code: str) -> set[str]:
    document = json.loads(compose(parcel=code).body)
    return {duty["code"] for duty in document["duties"] if duty["kind"] == "consultation"}


def storeys(code: str) -> object:
    document = json.loads(compose(parcel=code).body)
    return next(s["value"] for s in document["subjects"] if s["code"] == "max_storeys")


def test_from_the_moment_it_is_promulgated_heritage_must_be_asked_all_around(city: SmallCity) -> None:
    assert "heritage" not in consultations(CODES["A"])
    assert storeys(CODES["A"]) == 4
    made = registered(city)
    compute_overlays()
    assert "heritage" not in consultations(CODES["A"])
    for instrument in instruments_of(made):
        city.act(instrument.code, "approve", "2026-01-10")
    assert "heritage" not in consultations(CODES["A"])
    for instrument in instruments_of(made):
        city.act(instrument.code, "promulgate", "2026-01-11")
    assert {code for code in CODES.values() if "heritage" in consultations(code)} == set(CODES.values())
    assert storeys(CODES["A"]) == 0  # in the first-degree buffer no storey over pilotis fits


def test_a_line_without_rules_leaves_the_decision_to_heritage(city: SmallCity) -> None:
    made = registered(city, distances={"LINE_ONLY": 30})
    compute_overlays()
    for instrument in instruments_of(made):
        city.in_force(instrument.code, "2026-01-11")
    document = json.loads(compose(parcel=CODES["A"]).body)
    height = next(s for s in document["subjects"] if s["code"] == "max_height")
    assert height["outcome"] == "not_known"
    assert "heritage" in consultations(CODES["A"])


def test_no_buffer_ordered_is_a_core_alone(city: SmallCity) -> None:
    made = registered(city, distances={})
    assert made.buffer is None
    assert instruments_of(made) == (made.core,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"distances": {"BUFFER_1": 60, "BUFFER_2": 30}},
        {"distances": {"BUFFER_1": -1}},
        {"distances": {"BUFFER_1": 501}},
        {"distances": {"OTHER": 30}},
        {"number": "  "},
        {"name": Text("", "House")},
        {"grade": "best"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left(city: SmallCity, wrong: dict) -> None:
    before = Edition.objects.count()
    with pytest.raises(BadInputError):
        registered(city, **wrong)
    assert not Registration.objects.exists()
    assert Edition.objects.count() == before


def test_a_number_is_given_once(city: SmallCity) -> None:
    registered(city)
    with pytest.raises(ConflictError, match="already"):
        registered(city, footprint=box(100, 60, 120, 80))
    assert Registration.objects.count() == 1


def test_the_shape_of_the_footprint_is_kept_on_the_millimetre(city: SmallCity) -> None:
    assert Decimal(str(registered(city).footprint.area)) == Decimal("400.0")
