"""The parcel endpoints over HTTP: point, search, code, extract, layers, and what bad input gets."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.contrib.gis.geos import Point
from django.test import Client

from apps.common import clock
from apps.permits.models import PermitKind
from tests.conftest import ORIGIN, SIDE, MakeParcel

pytestmark = pytest.mark.django_db
CODE = "3-2-14-5-0-0-0"
EXTRACT = f"/api/v1/parcels/{CODE}/extract"


@pytest.fixture(autouse=True)
def parcels(make_parcel: MakeParcel) -> None:
    """Two squares side by side: [3-2-14-5][3-2-14-6]."""
    make_parcel("3-2-14-5")
    make_parcel("3-2-14-6", col=1)


def error_of(client: Client, url: str, status: int) -> dict:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()
    error = response.json()["error"]
    assert set(error) == {"code", "message", "fault", "details"}
    assert error["message"]["fa"]
    assert error["message"]["en"]
    return error


def test_parcel_by_code_in_any_digits(client: Client) -> None:
    for written in (CODE, "3-2-14-5", quote("۳-۲-۱۴-۵")):
        body = client.get(f"/api/v1/parcels/{written}").json()
        assert set(body) == {"code", "plate", "address", "centroid", "bbox", "geometry"}
        assert body["code"] == CODE
        lon, lat = body["centroid"]
        west, south, east, north = body["bbox"]
        assert west < lon < east
        assert south < lat < north
        assert (51 < lon < 53, 32 < lat < 33) == (True, True)  # lon first
        assert body["geometry"]["type"] == "MultiPolygon"


def test_parcel_at_a_point_and_on_the_border(client: Client) -> None:
    here = client.get(f"/api/v1/parcels/{CODE}").json()
    lon, lat = here["centroid"]
    body = client.get(f"/api/v1/parcels/at?lon={lon}&lat={lat}").json()
    assert body == {"parcel": here, "on_border": False, "also": []}
    border = Point(ORIGIN[0] + SIDE, ORIGIN[1] + SIDE / 2, srid=django_settings.CITY_SRID)
    border.transform(4326)
    body = client.get(f"/api/v1/parcels/at?lon={border.x}&lat={border.y}&on=1404-09-01").json()
    assert (body["parcel"]["code"], body["on_border"], body["also"]) == (CODE, True, ["3-2-14-6-0-0-0"])


def test_no_parcel_here_names_the_nearest(client: Client) -> None:
    error = error_of(client, "/api/v1/parcels/at?lon=51.0&lat=32.0", 404)
    assert error["code"] == "no_parcel_here"
    assert error["details"]["nearest"]["code"] == CODE
    assert error["details"]["nearest"]["distance_m"] > 1000
    assert len(error["details"]["nearest"]["centroid"]) == 2


@pytest.mark.parametrize(
    "query", ["lon=200&lat=32", "lon=51&lat=91", "lon=nan&lat=32", "lon=x&lat=32", "lat=32", "lon=inf&lat=1"]
)
def test_impossible_points(client: Client, query: str) -> None:
    error = error_of(client, f"/api/v1/parcels/at?{query}", 400)
    assert error["code"] == "bad_input"
    assert {field["field"] for field in error["details"]["fields"]} <= {"lon", "lat"}


def test_search(client: Client) -> None:
    body = client.get("/api/v1/parcels/search", {"q": "۳-۲-۱۴-۵"}).json()
    assert [hit["code"] for hit in body["results"]] == [CODE]
    assert set(body["results"][0]) == {"kind", "code", "label", "lon", "lat", "bbox"}
    assert len(client.get("/api/v1/parcels/search", {"q": "3-2-14", "limit": 1}).json()["results"]) == 1
    error_of(client, "/api/v1/parcels/search", 400)
    error_of(client, f"/api/v1/parcels/search?q={'x' * 2001}", 400)
    error_of(client, "/api/v1/parcels/search?q=x&limit=1000", 400)
    error_of(client, "/api/v1/parcels/search?q=%00", 400)


def test_unknown_code_gets_suggestions(client: Client) -> None:
    for url in ("/api/v1/parcels/3-2-14-7", "/api/v1/parcels/3-2-14-7-0-0-0/extract"):
        error = error_of(client, url, 404)
        assert CODE in error["details"]["suggestions"]


def test_extract_reads_the_code_as_the_parcel_does(client: Client) -> None:
    for written in ("3-2-14-5", quote("۳-۲-۱۴-۵-۰-۰-۰")):
        assert client.get(f"/api/v1/parcels/{written}/extract").json()["parcel"]["code"] == CODE
    error_of(client, "/api/v1/parcels/rubbish/extract", 400)


def test_extract_is_the_composed_bytes_with_digest_as_tag(client: Client) -> None:
    instant = clock.now().astimezone(UTC).isoformat()
    response = client.get(EXTRACT, {"on": "1404-09-01", "known_at": instant, "permit_kind": "REPAIR"})
    body = response.json()
    assert response["Content-Type"] == "application/json"
    assert (body["schema"], body["on"], body["permit_kind"]) == ("parvaneh-extract/1", "2025-11-22", "REPAIR")
    assert datetime.fromisoformat(body["known_at"]) == datetime.fromisoformat(instant)
    assert response["ETag"] == f'"{body["digest"]}"'
    digest = body.pop("digest")
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert digest == "sha256:" + hashlib.sha256(canonical).hexdigest()
    again = client.get(
        EXTRACT,
        {"on": "1404-09-01", "known_at": instant, "permit_kind": "REPAIR"},
        headers={"If-None-Match": response["ETag"]},
    )
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])


@pytest.mark.parametrize("day", ["tomorrow", "1404-13-01", "2025-02-29", "22/11/2025", "1" * 500])
@pytest.mark.parametrize(
    "url", [EXTRACT, "/api/v1/layers", f"/api/v1/parcels/{CODE}", "/api/v1/parcels/at?lon=51&lat=32"]
)
def test_bad_day_names_both_formats(client: Client, url: str, day: str) -> None:
    error = error_of(client, f"{url}{'&' if '?' in url else '?'}on={day}", 400)
    assert "2025-11-22" in error["message"]["en"]
    assert "1404" in error["message"]["en"]


@pytest.mark.parametrize(
    "instant", ["now", "2025-11-22", "2025-11-22T08:30:00", "0001-01-01T00:00:00+14:00", "9999-12-31"]
)
def test_bad_instant_names_its_format(client: Client, instant: str) -> None:
    error = error_of(client, f"{EXTRACT}?known_at={quote(instant)}", 400)
    assert "2025-11-22T05:00:00Z" in error["message"]["en"]


def test_the_future_is_not_known_yet(client: Client) -> None:
    later = (clock.now() + timedelta(minutes=5)).isoformat()
    assert "future" in error_of(client, f"{EXTRACT}?known_at={quote(later)}", 400)["message"]["en"]


def test_an_offset_whose_plus_became_a_space_is_understood(client: Client) -> None:
    body = client.get(f"{EXTRACT}?known_at=2025-11-22T08:30:00+03:30&on=1404-09-01").json()
    assert body["known_at"] == "2025-11-22T05:00:00Z"


def test_unknown_kind_lists_the_kinds(client: Client) -> None:
    error = error_of(client, f"{EXTRACT}?permit_kind=CASTLE", 400)
    assert error["details"]["kinds"] == PermitKind.values
    kinds = client.get("/api/v1/permit-kinds").json()["kinds"]
    assert [kind["code"] for kind in kinds] == PermitKind.values
    assert all(kind["label"]["fa"] != kind["label"]["en"] for kind in kinds)


def test_layers(client: Client) -> None:
    body = client.get("/api/v1/layers", {"on": "1404-09-01"}).json()
    assert body["on"] == "2025-11-22"
    assert "{z}/{x}/{y}" in body["tiles"]["parcels"]


def test_unknown_addresses_are_json_under_the_api(client: Client) -> None:
    error_of(client, "/api/v1/nothing", 404)
    error_of(client, "/tiles/parcels/nokey/99/0/0.mvt", 400)
    assert client.post(EXTRACT).status_code == 405


def test_documentation_asks_nobody_outside(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "http" not in page.replace("https://www.w3.org", "")
    assert "/static/ninja/swagger-ui" in page
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")
