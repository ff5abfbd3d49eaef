"""Everything the map says can be read with scripts off, and a request can be started."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import sign_in


@pytest.fixture
def plain(new_page: NewPage) -> Page:
    return new_page(java_script_enabled=False, **PHONE)


def test_search_parcel_and_reasons_without_scripts(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    expect(page.locator(".no-script")).to_be_visible()
    expect(page.locator("#show-map")).to_be_hidden()
    page.fill("#q", "3-1-1-1")
    page.click(".search-button")
    page.locator("main .list a").first.click()
    expect(page.locator(".parcel")).to_have_attribute("data-code", CODES["A"])
    page.click("details[data-subject=max_storeys] summary")
    expect(page.locator("details[data-subject=max_storeys] .source").first).to_be_visible()
    page.select_option("#kind", "REPAIR")
    page.click("[data-question] button")
    expect(page).to_have_url(re.compile("kind=REPAIR"))


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("۳-۱-۱", "A"),  # a piece of a code
        ("۵/۱۰۰/۲", "B"),  # a plate
        ("نمونه", "A"),  # a word of the address
    ],
)
def test_every_way_of_searching_leads_to_the_whole_text(plain: Page, city: SmallCity, q: str, first: str) -> None:
    plain.goto("/")
    plain.fill("#q", q)
    plain.tap(".search-button")
    plain.locator("main .list a").first.tap()
    expect(plain.locator(".parcel")).to_have_attribute("data-code", re.compile("^3-1-1-"))
    if first == "B":
        expect(plain.locator(".parcel")).to_have_attribute("data-code", CODES["B"])


def test_the_text_is_the_whole_extract(plain: Page, city: SmallCity) -> None:
    """Values, reasons, articles, three lists, pending law, what is not known and whom to ask, links to the same."""
    plain.goto(f"/en/parcels/{CODES['A']}/")
    plain.locator("details[data-subject=max_storeys] summary").tap()
    storeys = plain.locator("details[data-subject=max_storeys]")
    expect(storeys.locator(".figure-value").first).to_contain_text("4")
    expect(storeys.locator(".source").first).to_contain_text("article")
    expect(plain.locator(".pending")).to_contain_text("not law")
    plain.locator("#themes summary").tap()
    for state in ("Applies", "Does not apply"):
        expect(plain.locator("#themes .state", has_text=state).first).to_be_visible()
    expect(plain.locator(".seal-links a[href*='/extract?']")).to_have_count(1)
    expect(plain.locator("[data-copy]")).to_be_hidden()
    plain.goto(f"/en/parcels/{CODES['C']}/")
    plain.locator("details[data-subject=max_storeys] summary").tap()
    expect(plain.locator("details[data-subject=max_storeys] .unknown .ask").first).to_be_visible()


def test_a_point_on_the_street_offers_the_parcels_around_it(plain: Page, city: SmallCity) -> None:
    spot = city.spot("A")
    plain.goto("/en/")
    plain.fill("#q", f"{spot.lat + 0.00018}, {spot.lon}")  # the passage north of A
    plain.tap(".search-button")
    expect(plain.locator("h2")).to_have_text("Parcels around this place")
    plain.locator("main .list").nth(1).locator("a").first.tap()
    expect(plain.locator(".parcel")).to_have_attribute("data-code", CODES["A"])


def test_a_day_is_chosen_and_a_request_started_by_plain_forms(plain: Page, new_page: NewPage, city: SmallCity) -> None:
    plain.goto(f"/en/parcels/{CODES['A']}/")
    plain.fill("#question-on", "1402/06/20")
    plain.tap("[data-question] button")
    expect(plain.locator(".other-day")).to_contain_text("not of today")
    expect(plain.locator(".start button")).to_have_count(0)
    plain.locator(".other-day a").tap()
    plain.tap(".start button")
    sign_in(plain, city, "09123456789")
    plain.tap(".start button")
    expect(plain).to_have_url(re.compile(r"/en/requests/PR-"))
    plain.locator("#step-cancel summary").tap()
    plain.get_by_role("button", name="Yes: Give the draft up").tap()
    expect(plain.locator(".case-state .badge")).to_have_text("Cancelled")


def test_the_permanent_link_of_the_map_holds_its_panel(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/?parcel={CODES['A']}")
    expect(page.locator("#panel .parcel")).to_have_attribute("data-code", CODES["A"])


def test_layers_and_legends_as_text(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/en/layers/")
    heights = page.locator(".card", has_text="Height code")
    expect(heights.first).to_contain_text("not law")
    expect(heights.first.locator(".swatches li").first).to_be_visible()


def test_a_phone_without_scripts_reads_the_whole_panel_and_chooses_a_day(plain: Page, city: SmallCity) -> None:
    plain.goto(f"/?parcel={CODES['A']}")
    plain.locator(".seal").scroll_into_view_if_needed()
    expect(plain.locator(".seal")).to_be_in_viewport()
    plain.fill("#on", "1402/06/20")
    plain.locator("#date-form button").tap()
    expect(plain).to_have_url(re.compile("on=1402"))
    expect(plain.locator(".other-day")).to_contain_text("نه ضوابط امروز")
