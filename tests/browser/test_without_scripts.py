"""Everything the map says can be read with scripts off."""

import re

from playwright.sync_api import expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage


def test_search_parcel_and_reasons_without_scripts(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    expect(page.locator(".no-script")).to_be_visible()
    page.fill("#q", "3-1-1-1")
    page.click(".search-button")
    page.locator("main .list a").first.click()
    expect(page.locator(".parcel")).to_have_attribute("data-code", CODES["A"])
    page.click("details[data-subject=max_storeys] summary")
    expect(page.locator("details[data-subject=max_storeys] .source").first).to_be_visible()
    page.select_option("#kind", "REPAIR")
    page.click("[data-question] button")
    expect(page).to_have_url(re.compile("kind=REPAIR"))


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


def test_a_phone_without_scripts_reads_the_whole_panel_and_chooses_a_day(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(java_script_enabled=False, **PHONE)
    page.goto(f"/?parcel={CODES['A']}")
    page.locator(".seal").scroll_into_view_if_needed()
    expect(page.locator(".seal")).to_be_in_viewport()
    page.fill("#on", "1402/06/20")
    page.locator("#date-form button").tap()
    expect(page).to_have_url(re.compile("on=1402"))
    expect(page.locator(".other-day")).to_contain_text("نه ضوابط امروز")
