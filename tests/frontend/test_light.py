"""The light page: asked for, remembered, or wished by the browser."""

from typing import Any

import pytest
from django.test import Client

from tests.frontend.html import Page


def classes(client: Client, path: str, **headers: str) -> set[str]:
    response = client.get(path, headers=headers)
    return set(Page(str(response.content, "utf-8")).attributes("html")[0]["class"].split())


def test_the_ordinary_page_shows_the_map(client: Client, db: None) -> None:
    assert classes(client, "/") == {"is-map"}


def test_the_choice_is_remembered_until_another_one(client: Client, db: None) -> None:
    assert classes(client, "/?light=1") == {"is-map", "is-light", "is-light-map"}
    cookie = client.cookies["light"]
    assert (cookie.value, cookie["samesite"], bool(cookie["httponly"])) == ("1", "Lax", True)
    assert "is-light" in classes(client, "/en/")
    assert "is-light" in classes(client, "/search/")
    assert "is-light" not in classes(client, "/?light=0")
    assert "is-light" not in classes(client, "/")


@pytest.mark.parametrize(("value", "light"), [("on", True), ("On", True), ("off", False), ("", False)])
def test_the_browsers_wish_counts_when_nothing_was_said(client: Client, db: None, value: str, light: bool) -> None:
    assert ("is-light" in classes(client, "/", **{"save-data": value})) is light
    assert "is-light" not in classes(client, "/?light=0", **{"save-data": value})
    assert "is-light" not in classes(client, "/", **{"save-data": value}), "what the person said outweighs the browser"


def test_nonsense_is_no_choice(client: Client, db: None) -> None:
    assert "is-light" not in classes(client, "/?light=yes")
    assert "light" not in client.cookies


def test_caches_keep_both_pages_apart(client: Client, db: None) -> None:
    assert "Save-Data" in client.get("/").headers["Vary"]
    assert "Save-Data" not in client.get("/api/v1/permit-kinds").headers.get("Vary", "")


def test_the_light_page_loads_no_map_but_offers_it(client: Client, db: None) -> None:
    page = Page(str(client.get("/?light=1").content, "utf-8"))
    assert not [a for a in page.attributes("script") if "leaflet" in a.get("src", "")]
    assert not [a for a in page.attributes("link") if "leaflet" in a.get("href", "")]
    assert [a for a in page.attributes("button") if a.get("id") == "show-map"]


def test_the_map_is_shown_for_once_where_it_is_asked_for(client: Client, db: None) -> None:
    assert classes(client, "/?light=1&map=1") == {"is-map", "is-light"}


def test_every_page_leads_to_the_other_one_and_keeps_its_question(client: Client, documents: dict[str, Any]) -> None:
    def links(path: str) -> set[str]:
        page = Page(str(client.get(path).content, "utf-8"))
        return {a["href"] for a in page.attributes("a") if "light=" in a.get("href", "") and "hreflang" not in a}

    assert links("/parcels/3-2-14-5-0-0-0/?kind=REPAIR") == {"?kind=REPAIR&light=1"}
    assert links("/parcels/3-2-14-5-0-0-0/?kind=REPAIR&light=1") == {"?kind=REPAIR&light=0"}
