"""A held request on its owner's phone: what holds it, what is different, the choice; and on the officer's screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment
from tests.browser.city import CODES
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import second_step, sign_in
from tests.permits.conftest import Street, hear
from tests.permits.filling import fill
from tests.permits.proposing import propose
from tests.signing_in import give_authenticator

OWNER, OFFICER = "09123456789", "09123456787"


@pytest.fixture
def city(transactional_db: None) -> Street:
    return Street()


def started(page: Page, city: Street, *, language: str = "/en") -> None:
    """A draft on parcel A with everything that is asked for; its page is open."""
    page.goto(f"{language}/parcels/{CODES['A']}/")
    page.click(".start button")
    sign_in(page, city, OWNER)
    page.click(".start button")
    expect(page).to_have_url(re.compile(r"/requests/PR-"))
    tracking, owner = page.locator("h1 bdi").inner_text(), Person.objects.get(mobile="+98" + OWNER[1:])
    propose(owner, tracking)
    fill(owner, tracking)
    page.reload()


def test_the_owner_reads_the_difference_and_is_judged_anew(new_page: NewPage, city: Street) -> None:
    page = new_page(**PHONE)
    started(page, city)
    expect(page.get_by_role("button", name="Send in")).to_be_visible()
    act = city.decree("hc-1404", "promulgate")

    page.reload()
    expect(page.locator("main")).to_contain_text("Your request is being examined")
    expect(page.get_by_role("button", name="Send in")).to_have_count(0)

    hear()
    page.reload()
    expect(page.locator(".badge.held")).to_have_text("Held")
    expect(page.locator(".card.hold")).to_contain_text(act.number)
    expect(page.get_by_role("button", name="Send in")).to_have_count(0)
    storeys = page.locator(".differences tbody tr").filter(has_text="Storeys over pilotis").first
    expect(storeys.locator("td").nth(0)).to_contain_text("4")
    expect(storeys.locator("td").nth(1)).to_contain_text("5")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"
    expect(page.locator("#choose")).not_to_contain_text("Go on under the kept answer")

    page.get_by_text("Be judged by the law of now").click()
    page.get_by_role("button", name="Choose this").click()
    expect(page.locator(".badge.held")).to_have_count(0)
    expect(page.locator("#time .history")).to_contain_text("Chosen: be judged by the law of now")
    page.get_by_role("button", name="Send in").click()
    expect(page.locator(".case-state .badge").first).to_have_text("Sent in")
    expect(page.locator(".whereabouts")).to_contain_text("Case officer, district 3")


def test_a_choice_made_on_an_old_page_is_read_again(new_page: NewPage, city: Street) -> None:
    page = new_page(**PHONE)
    started(page, city)
    city.heard("hc-1404", "promulgate")
    page.reload()
    city.heard("dn", "suspend")
    page.locator("#choose").get_by_text("Withdraw the request", exact=True).click()
    page.get_by_role("button", name="Choose this").click()
    expect(page.get_by_role("alert")).to_contain_text("Another act was recorded since the page was opened")
    expect(page.locator(".badge").first).to_have_text("Draft")


def test_the_officer_sees_it_and_enters_a_courts_order(new_page: NewPage, city: Street) -> None:
    owner = new_page(**PHONE)
    started(owner, city)
    owner.get_by_role("button", name="Send in").click()
    expect(owner.locator(".case-state .badge").first).to_have_text("Sent in")
    tracking = owner.locator("h1 bdi").inner_text()
    city.heard("hc-1404", "promulgate")

    desk = new_page()
    desk.goto("/en/officer/cases/")
    sign_in(desk, city, OFFICER)
    officer = Person.objects.get(mobile="+98" + OFFICER[1:])
    ensure_assignment(person=officer, role=Role.CASE_OFFICER, since="2020-01-01", districts=[3])
    give_authenticator(officer)
    desk.goto("/en/officer/cases/?held=1")
    second_step(desk)
    row = desk.locator(".worklist li").filter(has_text=tracking)
    expect(row).to_contain_text("4 storeys → 5 storeys")
    row.get_by_role("link").first.click()
    expect(desk.locator(".differences")).to_contain_text("Storeys over pilotis")
    expect(desk.get_by_role("button", name="Choose this")).to_have_count(0)

    desk.get_by_text("Enter an order that holds this request").click()
    form = desk.locator("form[action$='/hold/']")
    form.locator("[name=rank]").select_option(label="Court")
    form.locator("[name=body]").fill("Administrative Justice Court, branch 3")
    form.locator("[name=number]").fill("140509101")
    form.locator("[name=dated]").fill("1405/09/99")
    form.locator("[name=reason]").fill("Building stopped until the ruling.")
    form.get_by_role("button").click()
    expect(desk.get_by_role("alert")).to_contain_text("cannot be read")
    form.locator("[name=dated]").fill("1405/09/01")
    form.get_by_role("button").click()
    expect(desk.locator(".card.hold")).to_have_count(2)

    owner.reload()
    expect(owner.locator("main")).to_contain_text("Building stopped until the ruling.")
    expect(owner.locator("#choose")).not_to_contain_text("Be judged by the law of now")
    expect(owner.locator("#choose")).to_contain_text("Withdraw the request")
