"""The page of results, and the link that is shared."""

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from apps.documents import links
from frontend.asking import Ask
from frontend.sharing import question
from tests.conftest import MakeParcel
from tests.frontend.html import Page


def page_of(client: Client, path: str) -> Page:
    return Page(str(client.get(path).content, "utf-8"))


def test_the_number_of_results_and_the_query_are_said(client: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    page = page_of(client, "/en/search/?q=3-2-14")
    assert "1 found" in page.texts("muted")
    assert page.texts("grammar") == []
    assert "3-2-14" in next("".join(text) for tag, _attrs, text in page.elements if tag == "title")


def test_a_full_page_of_results_says_that_there_are_more(
    client: Client, make_parcel: MakeParcel, monkeypatch: Any
) -> None:
    make_parcel("3-2-14-5")
    monkeypatch.setattr("frontend.views.search.LIMIT", 1)
    assert "there are more" in page_of(client, "/en/search/?q=3-2-14").texts("muted")[0]


@pytest.mark.parametrize("q", ["", "ژژژژ", "https://maps.app.goo.gl/abc", "35.7, 51.4"])
def test_who_finds_nothing_reads_what_may_be_written(client: Client, db: None, q: str) -> None:
    page = page_of(client, f"/search/?q={q}")
    assert "۳-۲-۱۴-۵" in page.texts("grammar")[0]
    assert "۳۲.۶۵" in page.texts("grammar")[0]


def test_what_to_do_instead_is_said(client: Client, db: None) -> None:
    assert "short link" in page_of(client, "/en/search/?q=https://maps.app.goo.gl/abc").texts("incomplete")[0]
    assert "بیرون از محدودهٔ اصفهان" in page_of(client, "/search/?q=35.7, 51.4").texts("incomplete")[0]


def test_a_place_leads_to_the_parcels_around_it_without_a_map(client: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    links = [a["href"] for a in page_of(client, "/search/?q=32.6540, 51.6741").attributes("a")]
    around = [link for link in links if link.startswith("/search/?q=")]
    assert around
    assert client.get(around[0]).status_code == 200


def test_markup_in_a_query_stays_text(client: Client, db: None) -> None:
    text = str(client.get("/search/", {"q": '"><script>alert(1)</script>'}).content, "utf-8")
    assert "<script>alert" not in text


def test_the_shared_link_holds_the_day_the_kind_and_what_was_recorded(
    client: Client, documents: dict[str, Any]
) -> None:
    page = page_of(client, "/en/parcels/3-2-14-5-0-0-0/?kind=REPAIR&on=2026-01-05")
    link = next(a["value"] for a in page.attributes("input") if a.get("id") == "share-link")
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == ("http", "testserver", "/en/parcels/3-2-14-5-0-0-0/")
    asked = parse_qs(parts.query)
    assert (asked["on"], asked["kind"]) == (["2026-01-05"], ["REPAIR"])
    shown = next(d for d in documents.values() if d["parcel"]["code"] == "3-2-14-5-0-0-0")
    assert asked["known_at"] == [shown["known_at"]]
    picture = next(a["src"] for a in page.attributes("img") if a.get("class") == "qr")
    assert picture == f"/en/parcels/3-2-14-5-0-0-0/qr.svg?{parts.query}"


def test_the_qr_code_is_a_picture_of_that_link(client: Client, make_parcel: MakeParcel, monkeypatch: Any) -> None:
    make_parcel("3-2-14-5")
    drawn: list[str] = []
    make = links.segno.make
    monkeypatch.setattr(links.segno, "make", lambda link, **options: drawn.append(link) or make(link, **options))
    asked = {"on": "2026-11-01", "kind": "NEW", "known_at": "2026-11-01T08:00:00Z"}
    response = client.get("/parcels/3-2-14-5/qr.svg", asked)
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "private" in response.headers["Cache-Control"]
    svg = str(response.content, "utf-8")
    assert re.search(r"<svg[^>]*>", svg)
    assert "style=" not in svg
    assert "<script" not in svg
    assert urlsplit(drawn[0]).path == "/parcels/3-2-14-5-0-0-0/"
    assert parse_qs(urlsplit(drawn[0]).query) == {name: [value] for name, value in asked.items()}


def test_no_qr_code_for_what_is_not_there(client: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    assert client.get("/parcels/3-2-14-6/qr.svg").status_code == 404
    assert client.get("/parcels/hello/qr.svg").status_code == 400
    assert client.get("/parcels/3-2-14-5/qr.svg?on=nonsense").status_code == 400
    assert client.get("/parcels/3-2-14-5/qr.svg?known_at=nonsense").status_code == 400


def test_an_unknown_instant_is_left_out() -> None:
    assert question(ask=Ask(on=date(2026, 1, 5), dated=True, kind="NEW"), known_at="") == "on=2026-01-05&kind=NEW"


def test_the_day_is_chosen_on_the_text_page_by_a_plain_form(client: Client, documents: dict[str, Any]) -> None:
    page = page_of(client, "/parcels/3-2-14-5-0-0-0/?on=2026-01-05")
    field = next(a for a in page.attributes("input") if a.get("id") == "question-on")
    assert field["value"] == "۱۴۰۴/۱۰/۱۵"
    assert page_of(client, f"/parcels/3-2-14-5-0-0-0/?on={field['value']}").texts("other-day")
