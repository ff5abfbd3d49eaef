"""The parcel's shape on the wire: GeoJSON by RFC 7946, and the city's own coordinates by JSON-FG."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.test import Client
from shapely.geometry import shape

from apps.cadastre.models import ParcelVersion
from tests.browser.city import CODES, SmallCity
from tests.extracts.conftest import X0, Y0, web

pytestmark = pytest.mark.django_db
HOLE_CODE = "3-1-9-1-0-0-0"


def get(client: Client, code: str, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/v1/parcels/{code}/geometry{query}")
    assert response.status_code == 200, response.content
    return {"type_": response["Content-Type"], **response.json()}


def with_hole(city: SmallCity) -> None:
    """
    ┌───────┐        two parts: a square with a hole, and a small square beside it; rings run clockwise as stored
    │ ┌─┐   │ ┌─┐
    │ └─┘   │ └─┘
    └───────┘
    """
    outer = [(X0, Y0 + 100), (X0, Y0 + 120), (X0 + 20, Y0 + 120), (X0 + 20, Y0 + 100), (X0, Y0 + 100)]
    inner = [(X0 + 5, Y0 + 105), (X0 + 10, Y0 + 105), (X0 + 10, Y0 + 110), (X0 + 5, Y0 + 110), (X0 + 5, Y0 + 105)]
    small = [(X0 + 30, Y0 + 105), (X0 + 30, Y0 + 110), (X0 + 35, Y0 + 110), (X0 + 35, Y0 + 105), (X0 + 30, Y0 + 105)]
    srid = ParcelVersion._meta.get_field("geom").srid
    city.parcel(HOLE_CODE, MultiPolygon(Polygon(outer, inner, srid=srid), Polygon(small, srid=srid), srid=srid))


def test_a_feature_by_the_book(client: Client, city: SmallCity) -> None:
    with_hole(city)
    feature = get(client, HOLE_CODE)
    assert feature["type_"] == "application/geo+json"
    assert (feature["type"], feature["id"]) == ("Feature", HOLE_CODE)
    assert not {"crs", "coordRefSys", "place", "conformsTo"} & set(feature)
    assert feature["geometry"]["type"] == "MultiPolygon"
    made = shape(feature["geometry"])
    assert made.is_valid
    assert sorted(len(p.interiors) for p in made.geoms) == [0, 1]
    for polygon in made.geoms:
        assert polygon.exterior.is_ccw
        assert not any(ring.is_ccw for ring in polygon.interiors)
    west, south, east, north = made.bounds
    assert (51 < west < east < 53, 32 < south < north < 33) == (True, True), "longitude first"
    for number in (
        n for polygon in feature["geometry"]["coordinates"] for ring in polygon for pair in ring for n in pair
    ):
        assert round(number, 7) == number


def test_properties_name_the_city_crs_and_both_clocks(client: Client, city: SmallCity) -> None:
    feature = get(client, CODES["A"], "?on=1404-09-01")
    assert feature["properties"] == {
        "code": CODES["A"],
        "version": 1,
        "on": "2025-11-22",
        "known_at": "2012-01-01T00:00:00Z",
        "legal_area_m2": 400,
        "drawn_area_m2": 400,
        "crs_of_city": "EPSG:32639",
        "synthetic": True,
    }


def test_links_lead_to_both_forms_of_the_same(client: Client, city: SmallCity) -> None:
    feature = get(client, CODES["A"])
    links = {link["rel"]: link["href"].removeprefix("http://testserver") for link in feature["links"]}
    again, other = client.get(links["self"]).json(), client.get(links["alternate"]).json()
    assert again["geometry"] == other["geometry"] == feature["geometry"]
    assert again["properties"] == other["properties"] == feature["properties"]
    assert "place" in other


def test_city_coordinates_by_json_fg(client: Client, city: SmallCity) -> None:
    with_hole(city)
    feature = get(client, HOLE_CODE, "?crs=city")
    assert feature["type_"] == "application/vnd.ogc.fg+json"
    assert feature["coordRefSys"] == "http://www.opengis.net/def/crs/EPSG/0/32639"
    assert feature["conformsTo"] == ["http://www.opengis.net/spec/json-fg-1/1.0/conf/core"]
    assert feature["featureType"] == "parcel"
    assert feature["time"] == {"interval": ["2010-01-01", ".."]}
    place = shape(feature["place"])
    assert place.bounds == (X0, Y0 + 100, X0 + 35, Y0 + 120)
    assert place.area == pytest.approx(400 - 25 + 25)


def test_a_past_version_says_its_last_day_and_an_unknown_deed_is_unknown(client: Client, city: SmallCity) -> None:
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(
        legal=(None, date(2026, 1, 1)), deed_area_dm2=None, known=(datetime(2011, 1, 1, tzinfo=UTC), None)
    )
    feature = get(client, CODES["A"], "?crs=city&on=2025-12-31")
    assert feature["time"] == {"interval": ["..", "2025-12-31"]}
    assert feature["properties"]["legal_area_m2"] == 400
    assert client.get(f"/api/v1/parcels/{CODES['A']}/geometry?on=2026-01-01").status_code == 404


def test_refusals(client: Client, city: SmallCity) -> None:
    assert client.get(f"/api/v1/parcels/{CODES['A']}/geometry?crs=EPSG:4326").status_code == 400
    assert client.get("/api/v1/parcels/x/geometry").status_code == 400
    missing = client.get("/api/v1/parcels/3-1-1-9/geometry")
    assert missing.status_code == 404
    assert missing.json()["error"]["details"]["suggestions"]


def test_the_version_without_area_agreement_has_no_legal_area(client: Client, city: SmallCity) -> None:
    ParcelVersion.objects.filter(parcel__code=CODES["B"]).update(deed_area_dm2=400_000)
    assert get(client, CODES["B"])["properties"]["legal_area_m2"] is None


def test_the_shape_is_the_one_that_was_known(client: Client, city: SmallCity) -> None:
    version = ParcelVersion.objects.get(parcel__code=CODES["C"])
    turned = datetime(2024, 1, 1, tzinfo=UTC)
    ParcelVersion.objects.filter(pk=version.pk).update(known=(version.known.lower, turned))
    version.pk, version.known = None, (turned, None)
    wide = Polygon.from_bbox((X0 + 40, Y0 + 20, X0 + 80, Y0 + 40))
    wide.srid = version.geom.srid
    version.geom = MultiPolygon(wide, srid=wide.srid)
    version.geom_web = web(version.geom)
    version.save()
    then = get(client, CODES["C"], "?known_at=2023-12-31T00:00:00Z&crs=city")
    now = get(client, CODES["C"], "?crs=city")
    assert (shape(then["place"]).area, shape(now["place"]).area) == (400, 800)
    assert now["properties"]["version"] == 2


@pytest.mark.parametrize("query", ["", "?crs=city"])
def test_a_parcel_that_holds_and_is_known_since_ever(client: Client, city: SmallCity, query: str) -> None:
    """So are all parcels of a city that is built from files: neither clock has a beginning."""
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(legal=(None, None), known=(None, None))
    feature = get(client, CODES["A"], query)
    assert feature["properties"]["known_at"].endswith("Z")
    assert ("time" not in feature) or feature["time"]["interval"] == ["..", ".."]
