"""On a phone: a complaint from the map to public tracking; a question that comes when it is asked."""

import re

from playwright.sync_api import Page, expect

from apps.cases.models import Case
from tests.browser.city import SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import sign_in


def on_the_map(page: Page) -> None:
    """A tap on the middle of the map of places."""
    expect(page.locator("#place-map.leaflet-container")).to_be_visible()
    page.locator("#place-map").scroll_into_view_if_needed()
    box = page.locator("#place-map").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#place-said")).to_have_text("The place is chosen.")


def test_a_complaint_from_the_map_to_public_tracking(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    page.goto("/en/services/")
    page.get_by_role("link", name="Complaint or praise").tap()
    page.get_by_role("link", name="Start", exact=True).tap()
    on_the_map(page)
    chosen = page.input_value("#place-lon")
    page.get_by_role("button", name="Sign in and go on").tap()
    sign_in(page, city, "09120000107")
    expect(page.locator("#place-lon")).to_have_value(chosen)
    page.get_by_role("button", name="Go on", exact=True).tap()
    expect(page).to_have_url(re.compile(r"/answers/$"))
    page.get_by_label("Complaint", exact=True).check()
    expect(page.locator("[data-field=happened_on]")).to_be_visible()
    page.get_by_label("Praise", exact=True).check()
    expect(page.locator("[data-field=happened_on]")).to_be_hidden()
    page.get_by_role("button", name="Save and send in").tap()
    expect(page.locator("[data-field=text] .errors")).to_have_text("This answer is needed.")
    expect(page.get_by_label("Praise", exact=True)).to_be_checked()
    page.get_by_label("Street, asphalt or gutter").check()
    page.fill("textarea[name=text]", "The street was mended within a day. Thank you.")
    page.get_by_role("button", name="Save and send in").tap()
    expect(page).to_have_url(re.compile(r"/receipt/$"))
    case = Case.objects.get()
    assert (case.status, case.case_type) == ("submitted", "complaint")
    assert case.place is not None
    link = page.locator("a[href*='/t/']").get_attribute("href")
    assert link
    stranger = new_page(**PHONE)
    stranger.goto(link)
    expect(stranger.locator("#found .badge")).to_have_text("Being handled")
    expect(stranger.locator("#found")).to_contain_text("Case officer")


def test_my_position_is_the_place(new_page: NewPage, city: SmallCity) -> None:
    spot = city.spot("A")
    where = {"latitude": spot.lat, "longitude": spot.lon, "accuracy": 5}
    page = new_page(**PHONE, geolocation=where, permissions=["geolocation"])
    page.goto("/en/services/tree_pruning/start/")
    expect(page.locator("#place-map.leaflet-container")).to_be_visible()
    page.get_by_role("button", name="My position").tap()
    expect(page.locator("#place-lat")).to_have_value(f"{spot.lat:.6f}")
    expect(page.locator("#place-said")).to_have_text("The place is chosen.")


def test_without_scripts_the_place_is_found_by_words(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE, java_script_enabled=False)
    spot = city.spot("A")
    page.goto("/en/services/tree_pruning/start/")
    expect(page.locator("#place-map")).to_be_hidden()
    page.fill("#near", spot.code)
    page.get_by_role("button", name="Find").tap()
    page.locator("#near-hits a").first.tap()
    expect(page.locator("#place-said")).to_have_text("The place is chosen.")


def test_the_panel_of_a_parcel_leads_to_other_services(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    spot = city.spot("A")
    page.goto(f"/en/parcels/{spot.code}/")
    page.get_by_role("link", name="Other services for this parcel").tap()
    page.get_by_role("link", name="Answer to a notary's inquiry").tap()
    page.get_by_role("link", name="Start", exact=True).tap()
    expect(page.locator("#start-parcel")).to_have_value(spot.code)
