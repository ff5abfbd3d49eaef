"""Every page: safe headers, no inline code, right language, useful errors."""

import json
import re
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.test import Client

from apps.common.errors import UnavailableError
from apps.common.text import Text
from apps.extracts.services import compose
from apps.parties.messaging import send_message
from tests.conftest import MakeParcel
from tests.extracts.conftest import Grid, box, grid
from tests.frontend.html import Page

__all__ = ["grid"]  # the fixture, so that it is found here

PAGES = [
    "/",
    "/en/",
    "/?parcel=3-2-14-7-0-0-0",
    "/parcels/5-1-7-2-0-0-0/",
    "/en/parcels/3-1-2-9-0-0-0/",
    "/search/",
    "/en/search/?q=zz",
    "/layers/",
    "/outbox/",
    "/account/login/code/",
    "/no-such-page/",
]
Documents = dict[str, Any]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_runs_inline_code_or_asks_another_host(client: Client, documents: Documents, path: str) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = Page(str(response.content, "utf-8"))
    assert all(a.get("src") or a.get("type") == "application/json" for a in page.attributes("script"))
    for _tag, attrs, _text in page.elements:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        assert not re.match(r"(https?:)?//", attrs.get("src", ""))
    assert not [a for a in page.attributes("link") if re.match(r"(https?:)?//", a.get("href", ""))]


@pytest.mark.parametrize("path", [p for p in PAGES if not p.startswith("/en/")])
def test_persian_is_the_first_language(client: Client, documents: Documents, path: str) -> None:
    html = Page(str(client.get(path, headers={"accept-language": "en"}).content, "utf-8")).attributes("html")[0]
    assert (html["lang"], html["dir"]) == ("fa", "rtl")


def test_pages_link_to_themselves_in_the_other_language(client: Client, documents: Documents) -> None:
    page = Page(str(client.get("/parcels/3-2-14-5-0-0-0/?kind=REPAIR").content, "utf-8"))
    links = {a["href"] for a in page.attributes("a") if a.get("hreflang") == "en"}
    assert {link for link in links if not link.startswith("/api/")} == {"/en/parcels/3-2-14-5-0-0-0/?kind=REPAIR"}


def test_synthetic_and_unofficial_is_said_on_top(client: Client, documents: Documents) -> None:
    for path in ("/", "/parcels/3-2-14-5-0-0-0/", "/layers/"):
        notice = Page(str(client.get(path).content, "utf-8")).texts("notice")[0]
        assert "قطعات ساختگی" in notice
        assert "ضوابط نمونه / غیررسمی" in notice


@pytest.mark.parametrize("bad", ["?lat=x&lon=1&z=2", "?lat=nan&lon=1&z=2", "?lat=99&lon=51&z=14"])
def test_a_broken_link_still_opens_the_map(client: Client, documents: Documents, bad: str) -> None:
    response = client.get(f"/{bad}")
    assert response.status_code == 200
    assert '"place": null' in str(response.content, "utf-8")


def test_an_away_part_gives_a_page_in_both_languages(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def away(**_: object) -> None:
        raise UnavailableError(fa="پایگاه داده نیست.", en="The database is away.", retry_after=5)

    monkeypatch.setattr("frontend.parcel_page.compose", away)
    response = client.get("/parcels/3-2-14-5-0-0-0/")
    text = str(response.content, "utf-8")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "پایگاه داده نیست." in text
    assert "The database is away." in text
    assert Page(text).texts("oops")


def test_search_leads_parcels_to_their_page_and_places_to_the_map(client: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    page = Page(str(client.get("/search/?q=۳-۲-۱۴-۵").content, "utf-8"))
    assert "/parcels/3-2-14-5-0-0-0/" in [a.get("href") for a in page.attributes("a")]
    point = Page(str(client.get("/search/?q=32.65, 51.67").content, "utf-8"))
    assert [a["href"] for a in point.attributes("a") if a.get("href", "").startswith("/?lat=32.65")]


def test_the_outbox_shows_the_demo_what_would_be_sent(client: Client, db: None) -> None:
    send_message(to="+989120000001", body=Text("کد ۱۲۳۴۵۶", "code 123456"))
    assert "کد ۱۲۳۴۵۶" in Page(str(client.get("/outbox/").content, "utf-8")).texts("list")[0]
    assert "code 123456" in Page(str(client.get("/en/outbox/").content, "utf-8")).texts("list")[0]


def test_the_outbox_is_no_page_in_production(client: Client, settings: Any, db: None) -> None:
    settings.OUTBOX_SHOWN = False
    assert client.get("/outbox/").status_code == 404
    assert "/outbox/" not in str(client.get("/").content, "utf-8")


def test_a_request_is_its_applicants_only(signed_in: Client, client: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    digest = compose(parcel="3-2-14-5").digest
    stale = signed_in.post("/parcels/3-2-14-5-0-0-0/request/", {"kind": "NEW", "digest": "sha256:" + "0" * 64})
    assert stale.status_code == 409
    assert "پاسخ تازه را بخوانید" in str(stale.content, "utf-8")
    answer = signed_in.post("/parcels/3-2-14-5-0-0-0/request/", {"kind": "NEW", "digest": digest})
    assert answer.status_code == 302
    page = signed_in.get(answer.url)
    assert page.status_code == 200
    assert digest in str(page.content, "utf-8")
    assert client.get(answer.url).url.startswith("/account/login/")
    again = signed_in.post("/parcels/3-2-14-5-0-0-0/request/", {"kind": "REPAIR", "digest": digest})
    assert again.status_code == 409
    assert answer.url in str(again.content, "utf-8")
    assert answer.url.split("/")[-2] in str(signed_in.get("/requests/").content, "utf-8")
    assert signed_in.post(f"{answer.url}cancel/").url == answer.url
    assert signed_in.post("/parcels/3-2-14-5-0-0-0/request/", {"kind": "REPAIR", "digest": ""}).status_code == 302


def test_who_is_not_signed_in_signs_in_first_and_comes_back(client: Client, db: None) -> None:
    answer = client.post("/en/parcels/3-2-14-5-0-0-0/request/", {"kind": "REPAIR", "digest": ""})
    assert answer.url == "/en/account/login/code/?next=%2Fen%2Fparcels%2F3-2-14-5-0-0-0%2F%3Fkind%3DREPAIR%23start"


def test_who_was_signed_out_meanwhile_comes_back_to_the_request_not_to_its_form(client: Client, db: None) -> None:
    answer = client.post("/en/requests/PR-AAAA-BBBB-1/cancel/")
    assert answer.url == "/en/account/login/code/?next=%2Fen%2Frequests%2FPR-AAAA-BBBB-1%2F"


def test_a_changed_answer_is_not_called_an_open_request(signed_in: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    stale = signed_in.post("/en/parcels/3-2-14-5-0-0-0/request/", {"kind": "NEW", "digest": "sha256:" + "0" * 64})
    heading = Page(str(stale.content, "utf-8")).texts("narrow")[0]
    assert "The answer has changed" in heading
    assert "already open" not in heading


def test_a_link_with_an_unreadable_code_still_opens_the_map(client: Client, db: None) -> None:
    response = client.get("/?parcel=hello")
    assert response.status_code == 200
    assert "کد نوسازی «hello» خوانا نیست" in str(response.content, "utf-8")


def test_a_code_in_a_search_result_is_written_once_and_in_order(client: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    hit = Page(str(client.get("/search/?q=۳-۲-۱۴-۵").content, "utf-8")).texts("list")[0]
    assert "\u2066۳-۲-۱۴-۵-۰-۰-۰\u2069" in hit
    assert "3-2-14-5" not in hit


def test_the_number_of_a_phone_is_shown_by_an_example(client: Client, db: None) -> None:
    assert "۰۹۱۲ ۳۴۵ ۶۷۸۹" in str(client.get("/account/login/code/").content, "utf-8")


def test_starting_needs_the_forms_token(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/parcels/3-2-14-5-0-0-0/request/", {"kind": "NEW"}).status_code == 403


def test_the_part_of_a_parcel_in_a_zone(client: Client, grid: Grid) -> None:
    """Parcel 0–20, zone 15–40: a strip of 5 m, a quarter of the parcel, is lit.

    0      15 20      40
    ├───────┬──┤       |   parcel
            ├──┴───────┤   zone
    """
    zone = grid.edition(
        grid.theme("t"), "e", {"Z": box(15, 0, 40, 20), "FAR": box(90, 0, 99, 9)}, coverage=box(0, 0, 99, 99)
    )
    shape = box(0, 0, 20, 20)
    grid.parcel("3-1-1-1-0-0-0", shape)
    draft = zone.features.get(code="Z").pk
    assert client.get(f"/parcels/3-1-1-1/parts/{draft}/").status_code == 404, "a draft without any act is not shown"
    grid.in_force("e", "2014-09-27")
    near, far = zone.features.get(code="Z").pk, zone.features.get(code="FAR").pk
    answer = client.get(f"/parcels/3-1-1-1/parts/{near}/")
    part = GEOSGeometry(json.dumps(answer.json()["geometry"]), srid=4326)
    part.transform(shape.srid)
    assert part.area == pytest.approx(100, abs=0.1)
    assert client.get(f"/parcels/3-1-1-1/parts/{far}/").status_code == 404
    assert client.get("/parcels/3-1-1-1/parts/0/").status_code == 404
