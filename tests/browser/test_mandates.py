"""On a phone: the owner lets an agent act and takes it back with one tap; an agent asks, the owner's code confirms."""

import re

from playwright.sync_api import Page, expect

from apps.parties.services import ensure_person
from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import NewPage
from tests.browser.doing import sign_in

OWNER, AGENT = "09123456789", "09123456780"
PHONE = {"width": 390, "height": 844}


def enter(page: Page, city: SmallCity, mobile: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/en/mandates/")
    sign_in(page, city, mobile)
    expect(page.locator("h1")).to_have_text("My mandates")


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_owner_gives_and_takes_back_with_one_tap(new_page: NewPage, city: SmallCity) -> None:
    ensure_person(mobile=AGENT, name_fa="هما", name_en="Homa", verified=True)
    page = new_page()
    enter(page, city, OWNER)
    page.get_by_role("link", name="Let somebody act for me").click()
    fits(page)
    page.get_by_label("Mobile number of who is to act").fill(AGENT)
    page.get_by_label("Code of the parcel").fill(CODES["A"])
    page.get_by_label("take steps").check()
    page.get_by_role("button", name="Give the mandate").click()
    given = page.locator("#given li").filter(has_text="Homa")
    expect(given).to_contain_text("see the case, take steps")
    expect(given.locator(".badge")).to_have_text("stands")
    fits(page)
    given.get_by_role("button", name=re.compile("Take back")).click()
    expect(page.get_by_role("status")).to_contain_text("has ended")
    expect(given.locator(".badge")).to_have_text("ended")
    expect(given.get_by_role("button")).to_have_count(0)
    expect(page.locator("#log li")).to_have_count(2)


def test_an_agent_asks_and_the_owners_code_confirms(new_page: NewPage, city: SmallCity) -> None:
    ensure_person(mobile=OWNER, name_fa="سارا", name_en="Sara", verified=True)
    page = new_page()
    enter(page, city, AGENT)
    page.get_by_role("link", name="Ask to act for somebody").click()
    page.get_by_label("Mobile number of the owner").fill(OWNER)
    page.get_by_label("Code of the parcel").fill(CODES["A"])
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("main")).to_contain_text("“see the case” on parcel")
    page.get_by_role("button", name="Send the owner the code").click()
    outbox = page.context.new_page()
    outbox.goto("/en/outbox/")
    message = outbox.locator(".list li").first.inner_text()
    outbox.close()
    found = re.search(r": ([0-9A-Z-]+) \(valid", message)
    assert found, message
    page.fill("input[name=code]", found.group(1))
    fits(page)
    page.get_by_role("button", name="Confirm the mandate").click()
    expect(page.locator("#held li").first).to_contain_text("Sara")
