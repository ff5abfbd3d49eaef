"""The heritage office draws a building, sees whom it touches, and enters it in the register."""

from datetime import date

from playwright.sync_api import expect

from apps.parties.models import Role
from apps.parties.services import ensure_assignment, ensure_person
from heritage_zones.models import Registration
from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import NewPage
from tests.browser.doing import sign_in, until

MOBILE = "09121110077"
THEMES = ["heritage_core", "heritage_buffer"]


def test_a_building_is_drawn_looked_at_and_entered(new_page: NewPage, city: SmallCity) -> None:
    person = ensure_person(mobile=MOBILE, name_fa="میراث", name_en="Heritage", synthetic=True, verified=True)
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=date(2020, 1, 1), themes=THEMES)
    page = new_page()
    page.goto("/en/account/login/?next=/en/desk/heritage/new/")
    sign_in(page, city, MOBILE)
    expect(page.locator("#draw-map .leaflet-pm-toolbar").first).to_be_visible()
    spot = city.spot("A")
    page.fill("#number", "R-12")
    page.fill("#name_fa", "خانهٔ نمونه")
    page.fill("#name_en", "Sample House")
    square = [(spot.lon + dx, spot.lat + dy) for dx, dy in ((-5e-5, -5e-5), (5e-5, -5e-5), (5e-5, 5e-5), (-5e-5, 5e-5))]
    page.locator("#draw-map .leaflet-pm-icon-polygon").click()
    box = page.locator("#draw-map").bounding_box()
    assert box
    for dx, dy in ((0.45, 0.45), (0.55, 0.45), (0.55, 0.55), (0.45, 0.55), (0.45, 0.45)):
        page.mouse.click(box["x"] + box["width"] * dx, box["y"] + box["height"] * dy)
    until(page, "document.querySelector('input[name=scope]').value.includes('Polygon')")
    expect(page.locator("#drawn-area")).to_contain_text("m²")

    # The map of the form shows the whole city, where a hand cannot draw a house: the outline of one comes by the field.
    ring = [[lon, lat] for lon, lat in (*square, square[0])]
    shape = {"type": "Polygon", "coordinates": [ring]}
    page.evaluate("shape => { document.querySelector('input[name=scope]').value = JSON.stringify(shape) }", shape)
    page.get_by_role("button", name="Show whom it touches").click()
    expect(page.locator("#foreseen")).to_contain_text(CODES["A"])
    assert not Registration.objects.exists()
    page.get_by_role("button", name="Enter it in the register").click()
    expect(page.locator("tr", has_text="Sample House")).to_contain_text("Draft its approval")
    assert Registration.objects.get().number == "R-12"
