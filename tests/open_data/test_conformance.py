"""The conformance classes claimed, read over HTTP by OWSLib, a client that knows nothing of us (docs/open-data.md)."""

from collections.abc import Iterator
from typing import Any

import pyproj
import pytest
import requests
from owslib.ogcapi.features import Features
from pytest_django.live_server_helper import LiveServer

from apps.open_data.documents import CONFORMANCE
from tests.open_data.reading import CITY, CRS84
from tests.open_data.world import COUNTS, build, counted
from tests.overlay.grid import CORNER

pytestmark = pytest.mark.django_db(transaction=True)
TO_DEGREES = pyproj.Transformer.from_crs(32639, 4326, always_xy=True)
WEST, SOUTH = TO_DEGREES.transform(*CORNER)


@pytest.fixture
def client(live_server: LiveServer, transactional_db: None) -> Features:
    build()
    return Features(f"{live_server.url}/ogc/")


def get(address: str, **given: str) -> requests.Response:
    return requests.get(address, params=given, timeout=30)


def to_the_end(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every item of this page and of those that its links `next` lead to."""
    while True:
        yield from page["features"]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            return
        answer = get(following[0])
        assert answer.status_code == 200, answer.text
        page = answer.json()


def test_every_document_leads_to_the_next(client: Features) -> None:
    """Core: landing page, API definition, conformance, collections; every link answers with the type it names."""
    documents = [client.response, client.collections(), *client.collections()["collections"]]
    links = [link for document in documents for link in document["links"]]
    assert {"self", "service-desc", "service-doc", "conformance", "data", "items"} <= {link["rel"] for link in links}
    for link in links:
        answer = get(link["href"])
        assert answer.status_code == 200, link
        assert answer.headers["Content-Type"].startswith(link["type"]), link
    assert client.api()["openapi"].startswith("3.0")
    assert client.conformance()["conformsTo"] == list(CONFORMANCE)


def test_every_collection_is_described(client: Features) -> None:
    assert sorted(client.feature_collections()) == sorted(COUNTS)
    for name in COUNTS:
        described = client.collection(name)
        assert described["extent"]["spatial"]["bbox"] == [[51.50, 32.52, 51.85, 32.80]]
        assert described["crs"][0] == CRS84
        assert described["storageCrs"] == CITY
        dated = "temporal" in described["extent"]
        assert dated is (name != "districts")
        if dated:
            assert described["extent"]["temporal"]["interval"] == [["2014-01-01T00:00:00Z", None]]


def test_pages_of_every_collection_to_the_end(client: Features) -> None:
    """Core: no item twice, none missing; each can be asked for by its id."""
    for name in COUNTS:
        expected = counted(name)
        page = client.collection_items(name, limit=7)
        found = list(to_the_end(page))
        assert page["numberMatched"] == len(found) == len({f["id"] for f in found}) == expected > 0
        assert page["numberReturned"] == len(page["features"]) == min(7, expected)
        one = client.collection_item(name, found[-1]["id"])
        assert {k: one[k] for k in ("type", "id", "geometry", "properties")} == found[-1]
        whole = client.collection_items(name, limit=1000)
        assert [f["id"] for f in whole["features"]] == [f["id"] for f in found]
        assert not [link for link in whole["links"] if link["rel"] == "next"]


def test_a_page_that_is_full_to_the_last_item_has_no_next(client: Features) -> None:
    page = client.collection_items("districts", limit=2)
    assert len(page["features"]) == 2
    assert [link["rel"] for link in page["links"]] == ["self", "collection"]


def test_longitude_stands_first(client: Features) -> None:
    """GeoJSON, CRS84: the street's corner is 51.6 east and 32.6 north, never the other way round."""
    first = client.collection_item("height_code", "hc-1.1")["geometry"]["coordinates"][0][0][0]
    assert first == pytest.approx([WEST, SOUTH], abs=1e-8)
    assert (round(WEST, 1), round(SOUTH, 1)) == (51.6, 32.6)


def test_the_citys_own_system(client: Features) -> None:
    """Part 2: stored coordinates, named in Content-Crs; CRS84 named too; another system is refused."""
    address = f"{client.url}collections/height_code/items/hc-1.1"
    city = get(address, crs=CITY)
    assert city.headers["Content-Crs"] == f"<{CITY}>"
    assert city.json()["geometry"]["coordinates"][0][0][0] == [*map(float, CORNER)]
    assert get(address).headers["Content-Crs"] == f"<{CRS84}>"
    assert get(address, crs=CRS84).json()["geometry"] == get(address).json()["geometry"]
    assert get(address, crs="http://www.opengis.net/def/crs/EPSG/0/2154").status_code == 400


def test_boxes_in_both_systems(client: Features) -> None:
    """Items that meet the box, also where only the part that shows would: 5 zones of 10 m from 0 to 45."""
    east, north = TO_DEGREES.transform(CORNER[0] + 45, CORNER[1] + 50)
    degrees = client.collection_items("height_code", bbox=[WEST + 1e-7, SOUTH, east, north], limit=3)
    found = [f["id"] for f in to_the_end(degrees)]
    assert found == ["hc-1.1", "hc-1.2", "hc-1.3", "hc-1.4", "hc-1.5"]
    assert degrees["numberMatched"] == 5
    own = {"bbox": f"{CORNER[0]},{CORNER[1]},{CORNER[0] + 45},{CORNER[1] + 50}", "bbox-crs": CITY}
    metres = get(f"{client.url}collections/height_code/items", **own).json()
    assert [f["id"] for f in metres["features"]] == found
    hidden = {"bbox": f"{CORNER[0] + 301},{CORNER[1]},{CORNER[0] + 309},{CORNER[1] + 50}", "bbox-crs": CITY}
    assert [f["id"] for f in get(f"{client.url}collections/height_code/items", **hidden).json()["features"]] == [
        "hc-2.1"
    ]
    assert client.collection_items("height_code", bbox=[-180, -90, 180, 90])["numberMatched"] == counted("height_code")
    assert client.collection_items("height_code", bbox=[0, 0, 1, 1])["numberMatched"] == 0


def test_days_on_which_another_edition_was_in_force(client: Features) -> None:
    """Core, datetime: an instant, an interval, open ends."""
    for when, editions, many in (
        ("2019-12-31", {"hc-1"}, 100),
        ("2019-12-31T20:29:59Z", {"hc-1"}, 100),
        ("2019-12-31T20:30:00Z", {"hc-1", "hc-2"}, 72),  # midnight in Tehran
        ("2013-12-31", set(), 0),
        ("../2013-12-31", set(), 0),
        ("2014-06-01/2019-12-31", {"hc-1"}, 100),
        ("2019-12-31/..", {"hc-1", "hc-2"}, 172),
    ):
        page = client.collection_items("height_code", datetime_=when, limit=50)
        found = list(to_the_end(page))
        assert {f["properties"]["edition"] for f in found} == editions, when
        assert len(found) == page["numberMatched"] == many, when


def test_properties_asked_for_and_filtered_by(client: Features) -> None:
    page = client.collection_items("height_code", edition="hc-2", properties="code,act_number")
    assert [set(f["properties"]) for f in page["features"]] == [{"code", "act_number"}] * 2
    assert client.collection_items("height_code", code="Z5")["numberMatched"] == 1
    assert client.collection_items("buffers-pending", legal_status="suspended")["numberMatched"] == 1
    assert client.collection_items("buffers-pending", legal_status="annulled")["numberMatched"] == 0
    bare = get(f"{client.url}collections/parcels/items", skipGeometry="true", limit="1").json()
    assert bare["features"][0]["geometry"] is None


def test_more_than_the_most_gives_the_most_and_a_parameter_counts_once(client: Features) -> None:
    address = f"{client.url}collections/height_code/items"
    assert get(address, limit="100000").json()["numberReturned"] == counted("height_code")
    assert requests.get(f"{address}?limit=1&limit=2", timeout=30).status_code == 400


def test_only_reading(client: Features) -> None:
    for path in ("", "collections/height_code/items", "collections/height_code/items/hc-1.1"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert requests.request(method, f"{client.url}{path}", json={}, timeout=30).status_code in (403, 405)
    assert requests.head(f"{client.url}collections", timeout=30).status_code == 200
