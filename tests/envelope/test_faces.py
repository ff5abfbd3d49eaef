"""The envelope over the API and on the pages, in both languages."""

import json
import re

import pytest
from django.test import Client

from apps.envelope import services
from tests.browser.city import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
A, C, D = CODES["A"], CODES["C"], CODES["D"]


def section(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    found = re.search(r'<section class="block envelope.*?</section>', html, re.DOTALL)
    assert found, html[:500]
    return found[0]


def test_the_api_answers_geojson_with_its_own_tag(client: Client) -> None:
    response = client.get(f"/api/v1/parcels/{A}/envelope")
    assert (response.status_code, response["Content-Type"]) == (200, "application/geo+json")
    body = response.json()
    assert body["envelope"]["outcome"] == "value"
    assert body["envelope"]["max_floor_area_m2"] == 888
    again = client.get(f"/api/v1/parcels/{A}/envelope", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_api_takes_the_extracts_questions(client: Client) -> None:
    asked = client.get(f"/api/v1/parcels/{A}/envelope?on=1404-09-01&permit_kind=REPAIR").json()["envelope"]
    assert (asked["on"], asked["permit_kind"]) == ("2025-11-22", "REPAIR")
    early = client.get(f"/api/v1/parcels/{A}/envelope?on=2025-11-22&known_at=2013-01-01T00:00:00Z").json()["envelope"]
    assert (early["outcome"], early["levels"] == []) == (
        "not_known",
        False,
    )  # nothing was law yet: only the lot is sure
    assert early["max_floor_area_m2"] is None


@pytest.mark.parametrize(
    ("query", "status"),
    [("?on=yesterday", 400), ("?permit_kind=CASTLE", 400), ("?known_at=2999-01-01T00:00:00Z", 400)],
)
def test_the_api_refuses_what_it_cannot_read(client: Client, query: str, status: int) -> None:
    assert client.get(f"/api/v1/parcels/{A}/envelope{query}").status_code == status


def test_an_unknown_parcel_gets_suggestions(client: Client) -> None:
    response = client.get("/api/v1/parcels/3-1-1-9/envelope")
    assert response.status_code == 404
    assert A in response.json()["error"]["details"]["suggestions"]


def test_the_page_says_how_much_and_what_binds(client: Client) -> None:
    html = section(client, f"/parcels/{A}/")
    assert 'data-outcome="value"' in html
    assert "<b>۸۸۸</b>" in html
    assert "طبقات × سطح اشغال: ۸۸۸ متر مربع، پیش از تراکم ۹۶۰ متر مربع" in html
    assert html.count('class="level roof"') == 4
    assert 'class="level-base roof"' in html
    assert "۱۵٫۵" in html
    assert "style=" not in html
    assert "<script" not in html


def test_the_english_page_is_english(client: Client) -> None:
    html = section(client, f"/en/parcels/{A}/")
    assert "<b>888</b>" in html
    assert "storeys × coverage: 888 m² before density 960 m²" in html
    own = re.sub(r'<bdi class="code".*?</bdi>', "", html)  # numbers of acts are Persian data
    assert not re.search("[\u0600-\u06ff]", own)


def test_what_is_not_known_is_called_a_limit(client: Client) -> None:
    html = section(client, f"/en/parcels/{C}/")
    assert 'data-outcome="not_known"' in html
    assert "a limit that holds in any case, not a permission" in html
    assert "Width of the passage" in html
    assert "Ask:" in html


def test_what_is_impossible_says_why(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = services.read

    def no_coverage(extract, rules):
        zero = {**extract, "subjects": [_zero(s) if s["code"] == "max_coverage" else s for s in extract["subjects"]]}
        return kept(zero, rules)

    monkeypatch.setattr(services, "read", no_coverage)
    html = section(client, f"/en/parcels/{A}/")
    assert 'data-outcome="impossible"' in html
    assert "nothing can be built here" in html
    assert "<svg" not in html.split("seal-links")[0]


def _zero(subject):
    return {**subject, "value": 0}


def test_the_panel_has_the_same_section(client: Client) -> None:
    panel = section(client, f"/parcels/{A}/panel/")
    assert panel == section(client, f"/parcels/{A}/")


def test_the_link_of_the_figure_gives_shapes_and_scene(client: Client) -> None:
    html = section(client, f"/en/parcels/{A}/?on=1404-09-01&kind=NEW")
    link = re.search(r'data-url="([^"]+)"', html)[1].replace("&amp;", "&")
    assert link == f"/en/parcels/{A}/envelope/?on=2025-11-22&kind=NEW"
    body = json.loads(client.get(link).content)
    assert set(body) == {"collection", "scene"}
    assert len(body["scene"]["levels"]) == 5


def test_a_permanent_question_keeps_its_instant(client: Client) -> None:
    html = section(client, f"/parcels/{A}/?on=2025-11-22&known_at=2025-11-22T05:00:00Z")
    assert "known_at=" in re.search(r'data-url="([^"]+)"', html)[1]
    assert "known_at=" in re.search(r'href="(/api[^"]+)"', html)[1]


def test_five_metres_are_told_in_words(client: Client) -> None:
    html = section(client, f"/en/parcels/{D}/")
    assert "Ground storey, nothing under it" in html
