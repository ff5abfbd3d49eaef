"""Which parcel answers for a point: inside, on borders, in gaps, and on two clocks.

2  . . . .
1  C C . D      A = 10-…, B = 2-…, C = 3-…, D = 4-…; the cell (2, 0) and the column 2 of row 1 are empty
0  A B . .
   0 1 2 3
"""

import math
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon

from apps.cadastre.models import District, ParcelVersion
from apps.cadastre.selectors import parcel_at, parcel_by_code
from apps.common.errors import BadInputError, ConflictError, NoParcelHereError, NotFoundError
from gis_layers.crs import city_srid
from tests.cadastre.conftest import ORIGIN, Put, lonlat, square

A, B, C, D = "10-1-1-1-0-0-0", "2-1-1-1-0-0-0", "3-1-1-1-0-0-0", "4-1-1-1-0-0-0"
TODAY = date(2026, 11, 1)
NOW = datetime.fromisoformat("2026-11-01T08:00:00+00:00")


@pytest.fixture(autouse=True)
def block(put: Put) -> None:
    put(A, square(0, 0))
    put(B, square(1, 0))
    put(C, square(0, 1, 2, 1))
    put(D, square(3, 1))


def ask(x: float, y: float) -> tuple[str, bool, tuple[str, ...]]:
    found = parcel_at(**lonlat(x, y), on=TODAY, known_at=NOW)
    return found.parcel.code, found.on_border, found.also


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        ((0.5, 0.5), (A, False, ())),
        ((1.5, 0.5), (B, False, ())),
        ((1, 0.5), (B, True, (A,))),  # shared by A and B: 2-… is lower than 10-…, as numbers
        ((0.5, 1), (C, True, (A,))),
        ((1, 1), (B, True, (C, A))),  # the corner of three
        ((0, 0.5), (A, False, ())),  # an outer border is shared with nobody
        ((2, 0.5), (B, False, ())),
        ((0, 0), (A, False, ())),
        ((1.0005, 0.5), (B, True, (A,))),  # 5 mm into B is still on the border
        ((0.9995, 0.5), (B, True, (A,))),  # and so is 5 mm into A: the same answer from both sides
        ((1.002, 0.5), (B, False, ())),  # 2 cm into B is not
        ((0.998, 0.5), (A, False, ())),
        ((2.0005, 0.5), (B, False, ())),  # 5 mm beside B, in the gap
    ],
)
def test_the_answer_is_the_same_however_it_is_clicked(
    point: tuple[float, float], answer: tuple[str, bool, tuple[str, ...]]
) -> None:
    assert ask(*point) == answer


def test_the_order_of_rows_does_not_matter(put: Put) -> None:
    """The later row has the lower code."""
    put("1-9-9-9", square(3, 0))
    assert ask(3.5, 1) == ("1-9-9-9-0-0-0", True, (D,))


@pytest.mark.parametrize(
    ("point", "nearest", "metres"),
    [((2.2, 0.5), B, 2.0), ((2.9, 1.5), D, 1.0), ((-3, 0.5), A, 30.0), ((1, 5), C, 30.0)],
)
def test_no_parcel_here_names_the_nearest(point: tuple[float, float], nearest: str, metres: float) -> None:
    with pytest.raises(NoParcelHereError) as caught:
        ask(*point)
    near = caught.value.details["nearest"]
    assert (caught.value.code, caught.value.status) == ("no_parcel_here", 404)
    assert near["code"] == nearest
    assert near["distance_m"] == pytest.approx(metres, abs=0.05)  # on the ground; the grid's scale differs by 0.4 ‰
    assert nearest in caught.value.message.en
    assert parcel_at(lon=near["centroid"][0], lat=near["centroid"][1], on=TODAY, known_at=NOW).parcel.code == nearest


@pytest.mark.parametrize("place", [(0, 0), (141, 0), (-39, 0), (-170, -85), (180, 90), (51.0, 35.7), (32.65, 51.67)])
def test_a_point_anywhere_on_the_earth_has_a_nearest(place: tuple[float, float]) -> None:
    with pytest.raises(NoParcelHereError) as caught:
        parcel_at(lon=place[0], lat=place[1], on=TODAY, known_at=NOW)
    assert caught.value.details["nearest"]["distance_m"] > 300_000
    assert re.search(r"\u2066[۰-۹-]+\u2069 در [۰-۹]+(٬[۰-۹]{3})* متری", caught.value.message.fa)


@pytest.mark.parametrize("place", [(math.nan, 32), (math.inf, 32), (181, 32), (51, -91), (51, math.nan)])
def test_impossible_coordinates(place: tuple[float, float]) -> None:
    with pytest.raises(BadInputError):
        parcel_at(lon=place[0], lat=place[1], on=TODAY, known_at=NOW)


def test_an_empty_cadastre() -> None:
    ParcelVersion.objects.all().delete()
    with pytest.raises(NoParcelHereError) as caught:
        ask(0, 0)
    assert caught.value.details["nearest"] is None


def test_facts(put: Put, district: District) -> None:
    put(
        "3-2-14-5",
        square(5, 5, 2, 1),
        plate="5/15185/23",
        address_fa="کوچهٔ نمونه",
        passage_name_fa="گذر",
        neighbourhood_fa="محله",
        district=3,
        deed_area_dm2=19_050,
        passage_width_cm=850,
        corner=True,
        consolidated=2,
        existing_storeys=2,
        existing_height_cm=640,
    )
    facts = parcel_at(**lonlat(6, 5.5), on=TODAY, known_at=NOW).parcel
    assert (facts.code, facts.land_code, facts.version) == ("3-2-14-5-0-0-0", "3-2-14-5", 1)
    assert facts.district is not None
    assert (facts.district.number, facts.district.name.en, facts.district.approximate) == (3, "District 3", True)
    assert (facts.drawn_area_m2, facts.deed_area_m2, facts.legal_area_m2) == (200, Decimal("190.5"), Decimal("190.5"))
    assert (facts.passage_width_m, facts.frontage_m) == (Decimal("8.5"), None)
    assert (facts.corner, facts.consolidated, facts.existing_storeys) == (True, 2, 2)
    assert facts.existing_height_m == Decimal("6.4")
    assert facts.chunk == ORIGIN[0] // 1000 * 1_000_000 + ORIGIN[1] // 1000
    middle = lonlat(6, 5.5)
    assert facts.centroid == pytest.approx((middle["lon"], middle["lat"]), abs=1e-7)
    west, south, east, north = facts.bbox
    assert west < facts.centroid[0] < east
    assert south < facts.centroid[1] < north
    assert facts.geometry["type"] == "MultiPolygon"
    corner = lonlat(5, 5)
    ring = facts.geometry["coordinates"][0][0]
    assert min(abs(lon - corner["lon"]) + abs(lat - corner["lat"]) for lon, lat in ring) < 1e-7
    assert len(ring) == 5


def test_the_drawn_area_is_legal_where_it_is_smaller_or_alone(put: Put) -> None:
    put("5-1-1-1", square(5, 0), deed_area_dm2=15_000)
    put("5-1-1-2", square(6, 0))
    areas = [parcel_by_code(code, on=TODAY, known_at=NOW).legal_area_m2 for code in ("5-1-1-1", "5-1-1-2")]
    assert areas == [100, 100]


# --- by code --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["2-1-1-1", "۲-۱-۱-۱", "2-1-1-1-0-0-0", " 2/1/1/1 "])
def test_by_code_in_any_spelling(raw: str) -> None:
    assert parcel_by_code(raw, on=TODAY, known_at=NOW).code == B


def test_an_unknown_code_suggests_the_nearest_ones(put: Put) -> None:
    for house in (2, 11):
        put(f"3-1-1-{house}", square(house, 9))
    with pytest.raises(NotFoundError) as caught:
        parcel_by_code("3-1-1-99", on=TODAY, known_at=NOW)
    assert caught.value.details["suggestions"] == [C, "3-1-1-2-0-0-0", "3-1-1-11-0-0-0"]
    assert C in caught.value.message.en


def test_a_flat_of_known_land_suggests_the_land() -> None:
    with pytest.raises(NotFoundError) as caught:
        parcel_by_code("3-1-1-1-1-4", on=TODAY, known_at=NOW)
    assert caught.value.details["suggestions"] == [C]


def test_a_code_like_no_other_suggests_nothing() -> None:
    with pytest.raises(NotFoundError) as caught:
        parcel_by_code("99-1", on=TODAY, known_at=NOW)
    assert caught.value.details["suggestions"] == []


# --- two clocks ----------------------------------------------------------------------------------------


JULY, MAY = date(2026, 7, 1), datetime.fromisoformat("2026-05-01T00:00:00+00:00")


def test_a_later_version_answers_from_its_day_and_since_it_is_known(put: Put) -> None:
    """In May 2026 it was recorded that A is a third wider from 1 July on."""
    put(A, square(-1, 0, 2, 1), legal_from=JULY, known_at=MAY, plate="new")

    def plate(day: date, instant: datetime) -> tuple[int, str, Decimal]:
        facts = parcel_by_code(A, on=day, known_at=instant)
        return facts.version, facts.plate, facts.drawn_area_m2

    before = MAY.replace(year=2025)
    assert plate(date(2026, 6, 30), NOW)[1:] == ("", 100)
    assert plate(JULY, NOW)[1:] == ("new", 200)
    assert plate(JULY, before)[1:] == ("", 100)
    assert plate(JULY, MAY)[1:] == ("new", 200)  # half-open: known from this very instant
    assert parcel_at(**lonlat(-0.5, 0.5), on=JULY, known_at=NOW).parcel.code == A
    with pytest.raises(NoParcelHereError):
        parcel_at(**lonlat(-0.5, 0.5), on=JULY, known_at=before)


def test_versions_are_numbered_and_the_shape_may_stay(put: Put) -> None:
    new = put(A, None, legal_from=JULY, known_at=MAY, existing_storeys=3)
    assert new.drawn_area_dm2 == 10_000
    assert parcel_by_code(A, on=JULY, known_at=NOW).existing_storeys == 3
    assert (
        parcel_by_code(A, on=JULY, known_at=NOW).version
        > parcel_by_code(A, on=JULY, known_at=MAY.replace(2025)).version
    )


def test_knowledge_is_never_written_back_in_time(put: Put) -> None:
    put(A, square(0, 0), legal_from=JULY, known_at=MAY)
    with pytest.raises(ConflictError, match="never written back"):
        put(A, square(0, 0), legal_from=JULY, known_at=MAY)


def test_a_correction_of_the_past_replaces_what_was_known(put: Put) -> None:
    put(A, square(0, 0), legal_from=JULY, known_at=MAY, plate="wrong")
    put(A, square(0, 0), legal_from=date(2026, 3, 1), known_at=NOW, plate="right")
    assert parcel_by_code(A, on=JULY, known_at=NOW).plate == "right"
    assert parcel_by_code(A, on=date(2026, 2, 28), known_at=NOW).plate == ""
    assert parcel_by_code(A, on=JULY, known_at=MAY).plate == "wrong"


def test_a_new_parcel_needs_a_valid_shape(put: Put) -> None:
    with pytest.raises(BadInputError, match="missing or not valid"):
        put("77-1-1-1", None)
    bow_tie = MultiPolygon(Polygon(((0, 0), (9, 9), (9, 0), (0, 9), (0, 0))), srid=city_srid())
    with pytest.raises(BadInputError, match="Self-intersection"):
        put("77-1-1-1", bow_tie)
    with pytest.raises(BadInputError, match="city's CRS"):
        put("77-1-1-1", square(0, 0).transform(4326, clone=True))


def test_an_unknown_district(put: Put) -> None:
    with pytest.raises(NotFoundError, match="District 44"):
        put("44-1-1-1", square(8, 8), district=44)
