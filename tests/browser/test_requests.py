"""Signing in by a code and starting a draft request."""

import re

from playwright.sync_api import expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import NewPage
from tests.browser.doing import sign_in


def test_sign_in_by_code_and_start_a_draft(new_page: NewPage, city: SmallCity) -> None:
    page = new_page()
    page.goto(f"/en/parcels/{CODES['A']}/")
    page.click(".start button")
    sign_in(page, city, "09123456789")
    expect(page).to_have_url(re.compile(rf"/en/parcels/{CODES['A']}/"))
    page.click(".start button")
    expect(page).to_have_url(re.compile(r"/en/requests/PR-"))
    expect(page.locator("h1")).to_contain_text("PR-")
    expect(page.locator("main")).to_contain_text("This is a draft")
    expect(page.locator("#minimap svg path").first).to_be_attached()
    tracking = page.locator("h1 bdi").inner_text()

    page.goto(f"/en/parcels/{CODES['A']}/?kind=REPAIR")
    page.click(".start button")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.get_by_role("link", name=re.compile(tracking)).click()
    expect(page.locator("h1")).to_contain_text(tracking)

    stranger = new_page()
    stranger.goto(f"/en/parcels/{CODES['A']}/")
    stranger.click(".start button")
    sign_in(stranger, city, "09123456780")
    stranger.click(".start button")
    expect(stranger.locator("h1")).to_contain_text("PR-")  # a draft holds the land against nobody else
    expect(stranger.locator("main")).not_to_contain_text(tracking)

    page.locator("#step-cancel summary").click()
    expect(page.locator(".case-state .badge")).to_have_text("Draft")
    page.get_by_role("button", name="Yes: Give the draft up").click()
    expect(page.locator(".case-state .badge")).to_have_text("Cancelled")


def test_a_wrong_code_is_said_beside_the_field(new_page: NewPage, city: SmallCity) -> None:
    page = new_page()
    page.goto("/account/login/code/")
    page.fill("input[name=phone]", "۰۹۱۲۳۴۵۶۷۸۹")
    page.click("main button[type=submit]")
    page.fill("input[name=code]", "000000")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".errors").first).to_be_visible()
    page.goto("/account/login/code/")
    page.fill("input[name=phone]", "12")
    page.click("main button[type=submit]")
    expect(page.locator(".errors").first).to_be_visible()
