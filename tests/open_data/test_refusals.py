"""What is refused, and what stays readable without asking anew."""

import pytest
from django.db import InternalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from apps.common.errors import UnavailableError
from gis_layers import postgis_ogc
from tests.legal.build import Desk
from tests.map_services.build import enact, plan
from tests.open_data.reading import CITY
from tests.open_data.world import build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "given", "status", "code"),
    [
        ("collections/nothing", {}, 404, "NotFound"),
        ("collections/nothing/items", {}, 404, "NotFound"),
        ("collections/height_code/items/hc-1.4711", {}, 404, "NotFound"),
        ("collections/height_code/items/draft.1", {}, 404, "NotFound"),
        ("collections/height_code/items/hc-3.1.approved_not_promulgated", {}, 404, "NotFound"),
        ("collections/height_code/items/hc-1.1~20130101", {}, 404, "NotFound"),
        ("collections/height_code/items/hc-1.1~20139999", {}, 404, "NotFound"),
        ("collections/height_code/items/what?", {}, 404, "NotFound"),
        ("collections/parcels/items/9-9-9", {}, 404, "NotFound"),
        ("collections/districts/items/99", {}, 404, "NotFound"),
        ("collections/districts/items/one", {}, 404, "NotFound"),
        ("collections/height_code/items", {"unknown": "1"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"limit": "0"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"limit": "many"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"bbox": "1,2,3"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"bbox-crs": CITY}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"datetime": "soon"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"datetime": "2020-01-01", "on": "2020-01-01"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"on": "2020-13-01"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"known_at": "2999-01-01T00:00:00Z"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"after": "x"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"after": "x.1"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"properties": "secret"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"f": "html"}, 400, "InvalidParameterValue"),
        ("collections/height_code/items", {"lang": "xx"}, 400, "InvalidParameterValue"),
        ("collections/height_code", {"limit": "1"}, 400, "InvalidParameterValue"),
        ("collections", {"limit": "1"}, 400, "InvalidParameterValue"),
        ("conformance", {"limit": "1"}, 400, "InvalidParameterValue"),
        ("api", {"limit": "1"}, 400, "InvalidParameterValue"),
        ("", {"limit": "1"}, 400, "InvalidParameterValue"),
    ],
)  # fmt: skip
def test_what_is_refused_says_so(path: str, given: dict[str, str], status: int, code: str) -> None:
    build()
    answer = Client().get(f"/ogc/{path}", given)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["description"]
    assert "ETag" not in answer.headers


def test_nothing_can_be_written_while_reading() -> None:
    with pytest.raises(InternalError, match="read-only"), postgis_ogc.reading() as cursor:
        cursor.execute("DELETE FROM open_data_mask")


def test_what_takes_too_long_is_given_up_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgis_ogc, "TIMEOUT_S", "0.05")
    with pytest.raises(UnavailableError) as caught, postgis_ogc.reading() as cursor:
        cursor.execute("SELECT pg_sleep(10)")
    assert "bbox" in caught.value.message.en


def test_the_same_tag_until_something_changes(desk: Desk) -> None:
    enact(desk, plan("hc-1", 0, 1000), "2014-01-01")
    address = "/ogc/collections/height_code/items"
    first = Client().get(address)
    tag = first["ETag"]
    assert first["Cache-Control"] == "public, max-age=60"
    again = Client().get(address, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    enact(desk, plan("hc-2", 0, 500), "2015-01-01")
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 200
    assert Client().get(address)["ETag"] != tag
    assert Client().get(f"{address}?limit=1")["ETag"] != Client().get(address)["ETag"]


def test_titles_in_the_callers_language(desk: Desk) -> None:
    for given, headers, language in (
        ({"lang": "en"}, {}, "en"),
        ({}, {"accept-language": "en"}, "en"),
        ({}, {}, "fa"),
    ):
        answer = Client().get("/ogc/collections/parcels", given, headers=headers)
        assert answer["Content-Language"] == language
        assert answer.json()["title"] == {"en": "Parcels", "fa": "قطعات"}[language]
    assert Client().get("/ogc/", {"lang": "en"}).json()["title"] == "Open layers of Parvaneh, Isfahan"


def test_a_page_of_another_site_may_read(desk: Desk) -> None:
    for path in ("/ogc/", "/ogc/collections/nothing"):
        assert Client().get(path)["Access-Control-Allow-Origin"] == "*"


def test_links_lead_to_where_people_find_the_site(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://rules.example"
    links = Client().get("/ogc/").json()["links"]
    assert {link["href"].split("/")[2] for link in links} == {"rules.example"}


def test_a_page_whose_law_changed_meanwhile_says_so(desk: Desk) -> None:
    enact(desk, plan("hc-1", 0, 500, 1000), "2014-01-01")
    page = Client().get("/ogc/collections/height_code/items", {"limit": 1, "crs": CITY}).json()
    following = next(link["href"] for link in page["links"] if link["rel"] == "next")
    enact(desk, plan("hc-2", 0, 400), "2015-01-01")
    answer = Client().get(following)
    assert answer.status_code == 400
    assert "first page" in answer.json()["description"]


def test_what_was_asked_once_is_asked_with_few_questions(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enact(desk, plan("hc-1", 0, 500, 1000), "2014-01-01")
    address = "/ogc/collections/height_code/items"
    Client().get(address)
    with django_assert_max_num_queries(6):  # state; savepoint, read only, page, release
        Client().get(address)
