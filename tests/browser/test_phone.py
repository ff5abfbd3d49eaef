"""On a phone and on a slow line: where am I, the light page, and what the first view weighs."""

import gzip
import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import expect_parcel, until

FIRST_CONTENT_BYTES = 75_000  # the promise is 150 kB
FIRST_VIEW_BYTES = 150_000
FIRST_VIEW_REQUESTS = 25
LIGHT_BYTES = 40_000
OF_THE_MAP = re.compile(r"leaflet|/tiles|map_page|/layers")


def standing(new_page: NewPage, city: SmallCity, *, accuracy: float, at: str = "A", **options: object) -> Page:
    """A phone whose person stands in the middle of a parcel and allows the page to ask."""
    spot = city.spot(at)
    where = {"latitude": spot.lat, "longitude": spot.lon, "accuracy": accuracy}
    return new_page(**{**PHONE, "geolocation": where, "permissions": ["geolocation"], **options})


def weights(page: Page) -> dict[str, int]:
    """Bytes on the line by address, filled as answers come; a body that was stored is not asked for twice."""
    found: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.ok and response.url not in found:
            body = response.body()
            packed = response.url.endswith((".woff2", ".png"))
            found[response.url] = len(body) if packed else min(len(body), len(gzip.compress(body, 6)))

    page.on("response", weigh)
    return found


# --- where am I ------------------------------------------------------------------------------------------


def test_a_sure_position_picks_the_parcel(new_page: NewPage, city: SmallCity) -> None:
    page = standing(new_page, city, accuracy=5)
    page.goto("/")
    expect(page.locator("#layers .layer").first).to_be_attached()
    page.locator("#locate").tap()
    expect_parcel(page, CODES["A"])
    expect(page.locator("#map path[stroke='#0a6cff']")).to_be_attached()


def test_a_vague_position_shows_its_circle_and_picks_nothing(new_page: NewPage, city: SmallCity) -> None:
    page = standing(new_page, city, accuracy=35)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    expect(page.locator("#layers .layer").first).to_be_attached()
    assert not [url for url in asked if "/parcels/at" in url], "nobody asks where the person is before they press"
    page.locator("#locate").tap()
    expect(page.locator("#map-status")).to_contain_text("۳۵ متر")
    expect(page.locator("#map path[stroke='#0a6cff']")).to_be_attached()
    expect(page.locator("#panel .parcel")).to_have_count(0)
    spot = city.spot("A")
    carrying = [url for url in asked if f"{spot.lat:.4f}" in url]
    assert all("/parcels/at?" in url for url in carrying), (
        "the position goes nowhere but into the question about the point"
    )


def test_a_place_beyond_the_city_is_said(new_page: NewPage, city: SmallCity) -> None:
    tehran = {"latitude": 35.7, "longitude": 51.4, "accuracy": 5}
    page = new_page(**PHONE, geolocation=tehran, permissions=["geolocation"])
    page.goto("/en/")
    expect(page.locator("#layers .layer").first).to_be_attached()
    page.locator("#locate").tap()
    expect(page.locator("#map-status")).to_contain_text("outside the area")


def test_a_refused_position_says_what_to_do(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)  # no permission: the browser refuses for the person
    page.goto("/en/")
    expect(page.locator("#layers .layer").first).to_be_attached()
    page.locator("#locate").tap()
    expect(page.locator("#map-status")).to_contain_text("You did not allow your location")
    expect(page.locator("#map-status")).to_contain_text("search for the address")


# --- little data -----------------------------------------------------------------------------------------


def test_the_first_view_is_light_and_its_text_comes_long_before_the_map(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    found = weights(page)
    page.goto("/", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    until(page, "document.querySelectorAll('canvas.leaflet-tile').length > 3")
    first = {url: size for url, size in found.items() if not OF_THE_MAP.search(url)}
    assert sum(first.values()) <= FIRST_CONTENT_BYTES, first
    assert sum(found.values()) <= FIRST_VIEW_BYTES, found
    assert len(found) <= FIRST_VIEW_REQUESTS, found


def test_zones_of_a_whole_city_wait_until_the_map_is_near(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    spot = city.spot("A")
    page.goto(f"/?lat={spot.lat}&lon={spot.lon}&z=14", wait_until="networkidle")
    assert not [url for url in asked if "/tiles/land_use/" in url]
    with page.expect_request(re.compile("/tiles/land_use/")):
        page.evaluate("document.querySelector('#zoom-in').click()")


@pytest.mark.parametrize("how", ["asked for", "wished by the browser"])
def test_the_light_page_has_all_but_the_map(new_page: NewPage, city: SmallCity, how: str) -> None:
    wish = {"extra_http_headers": {"Save-Data": "on"}} if how == "wished by the browser" else {}
    page = new_page(**PHONE, **wish)
    found = weights(page)
    page.goto("/" if wish else "/?light=1", wait_until="networkidle")
    assert sum(found.values()) <= LIGHT_BYTES, found
    assert not [url for url in found if re.search(r"leaflet|/tiles|\.woff2", url)]
    page.fill("#q", CODES["A"])
    page.keyboard.press("Enter")
    expect(page.locator(".parcel")).to_have_attribute("data-code", CODES["A"])


def test_the_light_page_shows_the_map_when_asked(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    page.goto("/?light=1")
    expect(page.locator("#map")).to_be_hidden()
    page.locator("#show-map").tap()
    expect(page.locator("#layers .layer").first).to_be_attached()
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#show-map")).to_be_hidden()


def test_the_light_page_tells_where_one_stands(new_page: NewPage, city: SmallCity) -> None:
    page = standing(new_page, city, accuracy=5, at="B")
    page.goto("/?light=1")
    page.locator("#locate-text").tap()
    expect(page).to_have_url(re.compile(rf"/parcels/{CODES['B']}/"))
    vague = standing(new_page, city, accuracy=500)
    vague.goto("/en/?light=1")
    vague.locator("#locate-text").tap()
    expect(vague.locator("#locate-said")).to_contain_text("500 m")
    vague.locator("#locate-said a").tap()
    expect(vague.locator("#layers .layer").first).to_be_attached()


def test_a_map_that_does_not_come_leaves_search_working(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto("/en/")
    expect(page.locator("#map-status")).to_contain_text("The map did not load")
    page.fill("#q", CODES["A"])
    expect(page.get_by_role("option").first).to_be_visible()


# --- sharing ---------------------------------------------------------------------------------------------


def test_the_link_is_copied_and_its_picture_is_loaded_only_when_opened(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE, permissions=["clipboard-read", "clipboard-write"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/en/parcels/{CODES['A']}/", wait_until="networkidle")
    assert not [url for url in asked if "qr.svg" in url]
    page.locator("#share summary").tap()
    with page.expect_response(re.compile(r"qr\.svg")) as picture:
        page.locator(".qr").scroll_into_view_if_needed()
    assert picture.value.ok
    page.locator("[data-copy]").tap()
    expect(page.locator(".share-said")).to_have_text("The link was copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied)
    expect(page.locator(".parcel")).to_have_attribute("data-code", CODES["A"])
    expect(page.locator(".incomplete").first).to_contain_text("as it was recorded")
