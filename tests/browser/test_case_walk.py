"""A request on two phones: start, documents, the co-owner consents, sent in, asked, answered, disputed, the log."""

import re
from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from apps.cases import asks
from apps.cases.asked import Asked
from apps.cases.models import Case
from apps.cases.steps import take_step
from apps.common.text import Text
from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment
from tests.browser.city import CODES
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import sign_in
from tests.permits.conftest import Street
from tests.permits.filling import fill
from tests.permits.proposing import propose

OWNER, PARTNER = "09123456789", "09123456788"


def deed() -> bytes:
    """A PDF of one empty page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def city(transactional_db: None) -> Street:
    return Street()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"


def start(page: Page, city: Street) -> str:
    page.goto(f"/en/?parcel={CODES['A']}")
    page.goto(f"/en/parcels/{CODES['A']}/")
    page.click(".start button")
    sign_in(page, city, OWNER)
    page.click(".start button")
    expect(page).to_have_url(re.compile(r"/requests/PR-"))
    expect(page.locator(".whereabouts")).to_contain_text("Yours")
    fits(page)
    return page.locator("h1 bdi").inner_text()


def name_partner(page: Page) -> None:
    page.locator("#owners > summary").click()
    page.get_by_text("Name a co-owner").click()
    for field, value in {"name": "Ali", "mobile": PARTNER, "national_id": "0012345679", "part": "2"}.items():
        page.locator(f"#owners [name={field}]").fill(value)
    page.get_by_role("button", name="Name this co-owner").click()
    expect(page.locator("#owners")).to_contain_text("2 of 6 dang")


def consent(page: Page, city: Street, tracking: str) -> None:
    page.goto("/en/account/login/code/")
    sign_in(page, city, PARTNER)
    page.goto("/en/requests/")
    page.get_by_role("link", name=re.compile(tracking)).first.click()
    expect(page.locator("#my-consent")).to_contain_text("Building permit: New building")
    fits(page)
    page.get_by_role("button", name="I consent to this").click()
    expect(page.locator("#my-consent")).to_contain_text("You consented")


def asked_for(city: Street, tracking: str) -> None:
    for title in ("Plan of the roof", "Colour of the door"):
        asked = Asked("answer", Text(title, title), Text("لازم است", "It is needed"), article="Rule 4")
        asks.ask(person=city.officer, tracking=tracking, asked=asked)
    take_step(tracking=tracking, actor=city.officer, verb="send_back", said="Two things are missing")


def test_a_request_from_the_map_to_the_log(new_page: NewPage, city: Street) -> None:
    page, other = new_page(**PHONE), new_page(**PHONE)
    tracking = start(page, city)
    owner = Person.objects.get(mobile="+98" + OWNER[1:])
    ensure_assignment(person=city.officer, role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])

    wanted = page.locator("#checklist li[id^=wanted-]").first
    wanted.locator(".do > summary").first.click()
    wanted.locator("input[type=file]").first.set_input_files(
        {"name": "deed.pdf", "mimeType": "application/pdf", "buffer": deed()}
    )
    wanted.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("deed.pdf")

    other.goto("/en/account/login/code/")
    Person.objects.create_user(mobile="+98" + PARTNER[1:])
    page.goto(f"/en/requests/{tracking}/")
    name_partner(page)
    propose(owner, tracking)
    fill(owner, tracking)
    consent(other, city, tracking)

    page.reload()
    page.get_by_role("link", name="Everything is ready: take the next step").click()
    page.get_by_role("button", name="Send in").click()
    expect(page.locator(".case-state .badge").first).to_have_text("Sent in")
    expect(page.locator(".whereabouts")).to_contain_text("Case officer, district 3")

    asked_for(city, tracking)
    page.reload()
    expect(page.locator(".do-now")).to_contain_text("Complete what is asked for (2)")
    fits(page)
    roof, door = (page.locator("#checklist > .checklist > li").nth(n) for n in (0, 1))
    roof.locator("summary.primary").click()
    roof.locator("textarea").first.fill("It is flat")
    roof.get_by_role("button", name="Send the answer").click()
    expect(page.locator("#checklist")).to_contain_text("It is flat")
    door = page.locator("#checklist > .checklist > li").filter(has_text="Colour of the door").first
    door.locator("summary").filter(has_text="I do not accept this").click()
    door.locator("textarea").last.fill("No rule asks for a colour")
    door.get_by_role("button", name="Send the objection").click()
    expect(page.locator("#checklist")).to_contain_text("Disputed")

    page.get_by_role("button", name="Answered; let the office go on").click()
    expect(page.locator(".case-state .badge").first).to_have_text("Sent in")
    assert Case.objects.get(tracking=tracking).status == "submitted"
    page.locator("#log > summary").click()
    expect(page.locator("#log")).to_contain_text("a co-owner")
    expect(page.locator("#time")).to_contain_text("No rule asks for a colour")
