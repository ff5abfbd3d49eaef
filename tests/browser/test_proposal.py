"""An owner draws a house, writes its storeys and reads at once what is wrong; on a phone, and without scripts."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from apps.parties.services import ensure_person
from apps.permits import services
from apps.permits.models import PermitProposal
from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import sign_in, until

MOBILE = "09123456789"


@pytest.fixture
def tracking(city: SmallCity) -> str:
    """A draft of the person with this number."""
    owner = ensure_person(mobile=MOBILE, name_fa="مالک", name_en="Owner", verified=True)
    made = services.start(person=owner, parcel_code=CODES["A"], kind="NEW", extract_digest="")
    number: str = made.case.tracking
    return number


def open_proposal(page: Page, city: SmallCity, tracking: str) -> None:
    page.goto(f"/en/requests/{tracking}/proposal/")
    sign_in(page, city, MOBILE)
    expect(page.locator("h1")).to_have_text("Proposal")


def write_house(page: Page, *, storeys: str) -> None:
    page.fill("#number-0", "0")
    page.fill("#gross_m2-0", "100")
    page.fill("#height_m-0", "2.7")
    page.fill("#parking-0", "8")
    page.fill("#number-1", storeys)
    page.select_option("#use-1", "RES")
    for field, figure in (("gross_m2", "100"), ("countable_m2", "90"), ("height_m", "3.2"), ("units", "1")):
        page.fill(f"#{field}-1", figure)
    page.fill("#parapet_m", "1.1")


def test_a_house_is_drawn_and_checked(new_page: NewPage, city: SmallCity, tracking: str) -> None:
    page = new_page(**PHONE)
    open_proposal(page, city, tracking)
    page.locator("#proposal-map").scroll_into_view_if_needed()
    page.locator("#proposal-map .leaflet-pm-icon-polygon").click()
    box = page.locator("#proposal-map").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for dx, dy in ((-60, -60), (110, -60), (110, 60), (-60, 60), (-60, -60)):  # the parcel ends at 80
        page.mouse.click(middle[0] + dx, middle[1] + dy)
        page.wait_for_timeout(120)
    expect(page.locator("#drawn-area")).to_contain_text("Drawn: about")
    write_house(page, storeys="1-6")
    expect(page.locator("[data-total=storeys]")).to_have_text("6")
    expect(page.locator("[data-total=gross_m2]")).to_have_text("700 m²")
    page.get_by_role("button", name="Save and check").click()
    expect(page.locator(".verdict-line")).to_contain_text("does not keep to the rules")
    failing = page.locator(".checks-fail")
    expect(failing.locator("[data-check=max_storeys]")).to_contain_text("With 2 storeys less it would pass.")
    expect(failing.locator("[data-check=max_storeys] .why")).to_contain_text("8-1")
    expect(failing.locator("[data-check=inside_parcel]")).to_contain_text("red on the map")
    until(page, "document.querySelectorAll('#proposal-map path[stroke=\"#9b1c1c\"]').length > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    first = PermitProposal.objects.get()
    page.fill("#number-1", "1-4")
    page.get_by_role("button", name="Save and check").click()
    expect(page.locator("main")).to_contain_text("Version 2")
    expect(page.locator(".checks-fail [data-check=max_storeys]")).to_have_count(0)
    second = PermitProposal.objects.get(version=2)
    kept = [json.loads(bytes(version.body))["footprint"] for version in (first, second)]
    assert kept[0] == kept[1], "what was not drawn again stays to the millimetre"


def test_another_row_and_a_table_that_cannot_be_true(new_page: NewPage, city: SmallCity, tracking: str) -> None:
    page = new_page()
    open_proposal(page, city, tracking)
    write_house(page, storeys="2-3")
    page.get_by_role("button", name="Another row").click()
    expect(page.locator(".storey")).to_have_count(5)
    page.get_by_role("button", name="Save and check").click()
    expect(page.locator("[role=alert]")).to_contain_text("Storey 1 is missing")
    expect(page.locator("#number-1")).to_have_value("2-3")


def test_without_scripts_it_is_a_form(new_page: NewPage, city: SmallCity, tracking: str) -> None:
    page = new_page(java_script_enabled=False)
    open_proposal(page, city, tracking)
    write_house(page, storeys="1-2")
    page.get_by_role("button", name="Save and check").click()
    expect(page).to_have_url(re.compile(r"#checks$"))
    expect(page.locator(".checks-cannot_evaluate [data-check=inside_parcel]")).to_contain_text("No footprint is drawn")
    expect(page.locator("[data-total=units]")).to_have_text("2")
