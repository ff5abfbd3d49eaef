"""A planner asks what a draft would change: progress, tables, the parcels behind a number, the map, the file."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, expect

from apps.impact import running
from apps.impact.models import ImpactReport
from apps.parties.models import Role
from apps.parties.services import ensure_assignment, ensure_person
from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import NewPage
from tests.browser.doing import sign_in

MOBILE = "09123456701"


def planner(city: SmallCity) -> None:
    person = ensure_person(mobile=MOBILE, name_fa="طراح", name_en="Planner", synthetic=True, verified=True)
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=date(2020, 1, 1))


def test_from_the_question_to_the_parcel(new_page: NewPage, city: SmallCity, chromium: Browser, tmp_path: Path) -> None:
    planner(city)
    page = new_page()
    page.goto("/en/desk/impact/")
    sign_in(page, city, MOBILE)  # and comes back to the page
    page.get_by_label("hc-1404").check()
    page.get_by_role("button", name="Compute what changes").click()
    expect(page.locator("#run-state")).to_have_text("Waits for its turn")
    report = ImpactReport.objects.get()
    running.perform(report.pk)

    expect(page.get_by_role("heading", name="New building")).to_be_visible()  # the page finds out by itself
    expect(page.locator("main")).to_contain_text("H4")
    expect(page.locator("#impact-drawn")).to_contain_text("1 parcels are touched")
    expect(page.locator("#impact-map canvas").first).to_be_attached()
    number = page.locator(".impact-group").first.locator("td.number a").first
    expect(number).to_have_text("1")
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile("HTML")).click()
    file.value.save_as(tmp_path / "meeting.html")
    number.click()
    page.get_by_role("link", name=CODES["A"]).click()
    expect(page.locator("main")).to_contain_text(CODES["A"])
    _opens_without_a_network(chromium, tmp_path / "meeting.html")


def _opens_without_a_network(chromium: Browser, file: Path) -> None:
    context = chromium.new_context(offline=True)
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    expect(page.locator(".leaflet-container canvas").first).to_be_attached()
    expect(page.locator("body")).to_contain_text("H5")
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert wrong == []


def test_on_a_phone_nothing_sticks_out(new_page: NewPage, city: SmallCity) -> None:
    planner(city)
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto("/desk/impact/")
    sign_in(page, city, MOBILE)
    expect(page.locator("h1")).to_have_text("چه چیزی عوض می‌شود")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
