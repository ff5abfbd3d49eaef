"""An inspector on the spot: the network drops, report and photos stay on the phone, and go when it is back."""

import pytest
from playwright.sync_api import Page, expect

from apps.parties import second_factor
from apps.parties.models import Person
from apps.permits.inspection_reports import content_of
from apps.permits.models import InspectionReport, InspectionVisit, PermitRequest
from tests.browser.city import SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import second_step, sign_in
from tests.cases.files_build import picture
from tests.permits.conftest import Street
from tests.permits.inspecting import at_inspection, today_visit
from tests.permits.walking import office
from tests.signing_in import give_authenticator

PLACE = {"geolocation": {"latitude": 32.6, "longitude": 51.6, "accuracy": 7}, "permissions": ["geolocation"]}


@pytest.fixture
def city(transactional_db: None) -> SmallCity:
    return Street()


@pytest.fixture
def made(city: Street) -> PermitRequest:
    return at_inspection(city)


@pytest.fixture
def visit(city: Street, made: PermitRequest) -> InspectionVisit:
    return today_visit(made, city.owner)


def enter(page: Page, city: SmallCity, url: str, person: Person) -> None:
    if second_factor.authenticator_of(person) is None:
        give_authenticator(person)
    page.goto(url)
    sign_in(page, city, person.mobile)
    second_step(page)


def fill(page: Page) -> None:
    page.get_by_label("as described", exact=True).check()
    page.fill("#area", "380")
    page.fill("#sides", "19 20 19 20")
    page.fill("#storeys", "2")


def test_the_network_drops_and_nothing_is_lost(new_page: NewPage, city: Street, visit: InspectionVisit) -> None:
    page = new_page(**PHONE, **PLACE)
    enter(page, city, f"/en/officer/inspections/{visit.pk}/", office("inspector"))
    expect(page.locator("#device-state")).to_contain_text("Nothing waits on this device")
    page.get_by_role("button", name="Take my position").click()
    expect(page.locator("#place-said")).to_contain_text("Position taken")
    page.context.set_offline(True)
    fill(page)
    shots = [("a.jpg", picture(size=(40, 30))), ("b.jpg", picture(size=(50, 30)))]
    page.set_input_files("#photos", [{"name": n, "mimeType": "image/jpeg", "buffer": b} for n, b in shots])
    expect(page.locator("#photo-list li")).to_have_count(2)
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#device-state")).to_contain_text("Kept on this device: 3")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not InspectionReport.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#reports")).to_contain_text("380 m²")
    expect(page.locator("#device-state")).to_contain_text("Nothing waits on this device")
    kept = InspectionReport.objects.get()
    content = content_of(kept)
    assert (content["area_m2"], content["sides_m"], len(content["photos"])) == (380, [19, 20, 19, 20], 2)
    assert content["position"] == {"lon": 51.6, "lat": 32.6, "accuracy_m": 7}
    assert content["visited_at"], "the device's own time of the report"


def test_what_was_typed_outlives_the_page(new_page: NewPage, city: Street, visit: InspectionVisit) -> None:
    page = new_page(**PHONE)
    enter(page, city, f"/en/officer/inspections/{visit.pk}/", office("inspector"))
    expect(page.locator("#device-state")).to_contain_text("Nothing waits on this device")
    fill(page)
    page.fill("#remarks", "half done")
    page.wait_for_timeout(200)
    page.reload()
    expect(page.locator("#remarks")).to_have_value("half done")
    expect(page.locator("#area")).to_have_value("380")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#reports")).to_contain_text("half done")


def test_a_time_is_booked_and_the_form_works_without_scripts(
    new_page: NewPage, city: Street, made: PermitRequest
) -> None:
    page = new_page(**PHONE, java_script_enabled=False)
    page.goto(f"/en/requests/{made.case.tracking}/inspection/")
    sign_in(page, city, city.owner.mobile)
    expect(page.locator("#needed")).to_contain_text("Somebody with the key")
    page.locator(".visit-time").first.click()
    page.get_by_role("button", name="Book this time").click()
    expect(page.locator(".visit-when")).to_be_visible()
    visit = InspectionVisit.objects.get()
    InspectionVisit.objects.filter(pk=visit.pk).update(day=visit.booked_at.date())
    officer = new_page(java_script_enabled=False)
    enter(officer, city, f"/en/officer/inspections/{visit.pk}/", office("inspector"))
    fill(officer)
    officer.get_by_role("button", name="Send the report").click()
    expect(officer.locator("#reports")).to_contain_text("380 m²")
