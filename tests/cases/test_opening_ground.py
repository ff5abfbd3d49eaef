"""Where a case is, on a grid of whole metres.

y
10 ┌────┐          the parcel 3-2-14-5, 10 × 10 m, in district 3
   │ in │   s          f        in: on it · s: in the street, 5 m from it · f: too far from any parcel
 0 └────┘
   0   10  15         111  x
"""

from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from pytest_django import Settings

from apps.cadastre.models import District, ParcelVersion
from apps.cases.models import Case
from apps.cases.opening import Where, open_service
from apps.cases.opening_ground import BESIDE_M, ground_of
from apps.cases.types.registry import case_type
from apps.common.errors import BadInputError, ConflictError
from apps.parties.models import Person
from tests.cases.services_city import FOURTH, package
from tests.conftest import ORIGIN, SIDE, MakeParcel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def district(make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    square = MultiPolygon(Polygon.from_bbox((*ORIGIN, ORIGIN[0] + SIDE, ORIGIN[1] + SIDE)))
    square.srid = ParcelVersion._meta.get_field("geom").srid
    web = square.transform(3857, clone=True)
    three = District.objects.create(number=3, name_fa="سه", name_en="Three", geom=square, geom_web=web)
    ParcelVersion.objects.update(district=three)


def at(x: float, y: float) -> Where:
    """A point so many metres from the grid's corner."""
    point = Point(ORIGIN[0] + x, ORIGIN[1] + y, srid=Case._meta.get_field("place").srid)
    point.transform(4326)
    return Where(lon=point.x, lat=point.y)


@pytest.mark.parametrize(
    ("x", "number"),
    [(5, 3), (15, 3), (SIDE + BESIDE_M - 1, 3), (SIDE + BESIDE_M + 1, None)],
    ids=["in", "street", "just beside", "too far"],
)
def test_a_place_belongs_to_the_district_of_the_parcel_there_or_beside_it(x: float, number: int | None) -> None:
    ground = ground_of(case_type("tree_pruning"), at(x, 5))
    assert ground.district == number
    assert ground.parcel is None
    assert ground.point is not None
    assert (round(ground.point.x - ORIGIN[0], 2), round(ground.point.y - ORIGIN[1], 2)) == (x, 5), "metres, not degrees"


def test_a_place_that_may_be_left_out_is_left_out() -> None:
    ground = ground_of(case_type("complaint"), Where())
    assert (ground.point, ground.district, ground.parcel) == (None, None, None)
    with pytest.raises(BadInputError):
        ground_of(case_type("tree_pruning"), Where())


def test_a_parcel_brings_its_district() -> None:
    ground = ground_of(case_type("notary_inquiry"), Where(parcel="3-2-14-5"))
    assert ground.parcel is not None
    assert (ground.parcel.code, ground.district) == ("3-2-14-5-0-0-0", 3)


def test_a_service_is_refused_through_a_channel_that_it_does_not_have(
    person: Person, tmp_path: Path, settings: Settings
) -> None:
    phone = FOURTH.replace('["portal", "api", "call_137"]', '["call_137"]')
    settings.CITY_ROOT = package(tmp_path / "city", {"lost_item": phone})
    for channel in ("portal", "api", "fax"):
        with pytest.raises(ConflictError, match="not offered through this channel"):
            open_service(person=person, code="lost_item", where=Where(), channel=channel)
    assert not Case.objects.exists()
