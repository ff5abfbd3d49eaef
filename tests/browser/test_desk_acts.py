"""The walk of an order: an editor drafts a suspension with minutes, another signs with a code, a citizen sees it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from apps.parties.models import Role
from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import DESK, PHONE, NewPage
from tests.browser.doing import figure, sign_in, until
from tests.browser.test_access import serious, wide
from tests.desk.acts_build import PDF, officer


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def enter(page: Page, city: SmallCity, mobile: str, address: str) -> None:
    """Sign in on the way to a page of the desk."""
    page.goto(f"/en/account/login/?next={address}")
    sign_in(page, city, mobile)
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))


def newest_code(page: Page) -> str:
    outbox = page.context.new_page()
    outbox.goto("/en/outbox/")
    found = re.search(r"\b(\d{6})\b", outbox.locator(".list li").first.inner_text())
    outbox.close()
    assert found
    return found.group(1)


def fill(page: Page) -> None:
    """The form of a suspension of the plan in force."""
    page.fill(".choices-field .filter", "hc hc")
    page.locator("label.choice", has=page.get_by_text("hc", exact=True)).locator("input").check()
    page.fill("#id_number", "O-77")
    page.fill("#id_body_fa", "دیوان عدالت اداری")
    page.fill("#id_body_en", "Administrative Justice Court")
    page.select_option("#id_authority", "court")
    minutes = {"name": "order.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.set_input_files("#id_document", files=[minutes])


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_an_order_is_drafted_signed_and_seen(new_page: NewPage, city: SmallCity, device: dict[str, object]) -> None:
    editor, approver = officer(Role.RULE_EDITOR), officer(Role.RULE_APPROVER)
    citizen = new_page(**device)
    citizen.goto(f"/en/parcels/{CODES['A']}/")
    expect(figure(citizen, "max_storeys").locator(".figure-value")).to_contain_text("4")

    writing = new_page(**device)
    enter(writing, city, editor.mobile, "/en/desk/acts/new/?kind=suspend")
    fill(writing)
    assert wide(writing) == []
    assert serious(writing) == []
    writing.get_by_role("button", name="Save the draft").click()
    expect(writing.locator(".badge.drafted")).to_be_visible()
    expect(writing.locator("#sign")).to_contain_text("you wrote this draft")
    expect(writing.locator("#changes .shifts").first).to_contain_text("Suspended")

    signing = new_page(**device)
    enter(signing, city, approver.mobile, "/en/desk/")
    signing.locator(".acts-waiting a").click()
    signing.locator("#waiting .list a").click()
    expect(signing.locator("#changes .now-then").first).to_contain_text("Suspended")
    assert wide(signing) == []
    assert serious(signing) == []
    signing.get_by_role("button", name="Send a code").click()
    signing.fill("#id_code", "000000" if newest_code(signing) != "000000" else "000001")
    signing.get_by_role("button", name="Sign", exact=True).click()
    expect(signing.locator(".message.error")).to_contain_text("not right")
    signing.fill("#id_code", newest_code(signing))
    signing.get_by_role("button", name="Sign", exact=True).click()
    expect(signing.locator(".message.success")).to_contain_text("Signed")
    with signing.expect_download() as download:
        signing.get_by_role("link", name="Signed text").click()
    assert Path(download.value.path()).read_bytes() == PDF

    citizen.reload()
    expect(figure(citizen, "max_storeys")).to_have_class(re.compile("is-(not_known|none)"))
    citizen.goto(f"/en/?parcel={CODES['A']}")
    expect(figure(citizen, "max_storeys")).to_have_class(re.compile("is-(not_known|none)"))


def test_a_place_is_drawn_with_the_mouse_and_stays_through_a_refusal(new_page: NewPage, city: SmallCity) -> None:
    page = new_page()
    enter(page, city, officer(Role.RULE_EDITOR).mobile, "/en/desk/acts/new/?kind=suspend")
    fill(page)
    box = page.locator("#draw-map").bounding_box()
    assert box
    page.locator("#draw-map").scroll_into_view_if_needed()
    page.click(".leaflet-pm-icon-polygon")
    box = page.locator("#draw-map").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for dx, dy in ((-50, -40), (50, -40), (50, 40), (-50, 40), (-50, -40)):
        page.mouse.click(middle[0] + dx, middle[1] + dy)
        page.wait_for_timeout(120)
    until(page, "document.querySelector('input[name=scope]').value.includes('Polygon')")
    expect(page.locator("#drawn-area")).to_contain_text("m²")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".message.error")).to_contain_text("outside the place")
    expect(page.locator("#drawn-area")).to_contain_text("m²")
    expect(page.locator("input[name=kept]")).to_have_count(1)


def test_days_are_chosen_from_the_calendar(new_page: NewPage, city: SmallCity) -> None:
    page = new_page()
    enter(page, city, officer(Role.RULE_EDITOR).mobile, "/en/desk/acts/new/?kind=promulgate")
    page.locator("#id_effective_on-button").click()
    page.get_by_role("button", name="Next month").click()
    page.locator(".calendar:visible [data-day]").nth(9).click()
    chosen = page.locator("input[name=effective_on]").input_value()
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", chosen)
    assert chosen > page.locator("input[name=act_date]").input_value()
