"""Without a pointer: everything is reached in a sensible order, seen while it has the focus, and can be left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import expect_parcel, figure, sign_in, until

FOCUS = """(() => { const e = document.activeElement; const box = e.getClientRects()[0] ?? e.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return {name: e.id || e.className || e.tagName, outline: getComputedStyle(e).outlineStyle,
    covered: !(at && (e.contains(at) || at.contains(e))) && box.width > 1 && !e.matches('.map, main, aside')}; })()"""


def tabs(page: Page, limit: int = 60) -> list[dict[str, object]]:
    """What has the focus, step by step, until it leaves the page or comes back."""
    seen: list[dict[str, object]] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        page.wait_for_timeout(30)
        now = page.evaluate(FOCUS)
        if now["name"] == "BODY":
            break
        seen.append(now)
    return seen


def until_focused(page: Page, selector: str, key: str = "Tab", limit: int = 80) -> None:
    for _ in range(limit):
        page.keyboard.press(key)
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"the keyboard never came to {selector}")


def test_home_search_pick_read_another_day_start(page: Page, city: SmallCity) -> None:
    """The whole way of an owner, by keyboard only."""
    page.goto("/en/")
    expect(page.locator("#layers .layer").first).to_be_attached()
    until_focused(page, "#q")
    page.keyboard.type("3-1-1")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(page.locator("#search-said")).to_contain_text("3 results")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_parcel(page, CODES["A"])
    until(page, "document.activeElement.closest('.panel') || document.activeElement.id === 'map'")

    page.goto(f"/en/parcels/{CODES['A']}/")
    until_focused(page, "details[data-subject=max_storeys] summary")
    page.keyboard.press("Enter")
    expect(figure(page, "max_storeys").locator(".source").first).to_be_visible()
    until_focused(page, "#question-on", key="Shift+Tab")
    page.keyboard.type("1402/06/20")
    page.keyboard.press("Enter")
    expect(page.locator(".other-day")).to_contain_text("not of today")
    until_focused(page, ".other-day a")
    page.keyboard.press("Enter")
    expect(page.locator(".other-day")).to_have_count(0)
    until_focused(page, ".start button")
    page.keyboard.press("Enter")
    sign_in(page, city, "09123456789")
    until_focused(page, ".start button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/requests/PR-"))


def test_the_skip_links_come_first_and_lead_past_the_bar(page: Page, city: SmallCity) -> None:
    page.goto(f"/en/?parcel={CODES['A']}")
    expect_parcel(page, CODES["A"])
    page.keyboard.press("Tab")
    expect(page.locator(".skip").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".skip").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#panel')")


@pytest.mark.parametrize("where", ["/en/", f"/parcels/{CODES['A']}/", "/en/search/?q=3-1", "/?light=1"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_what_has_the_focus_is_outlined_and_not_covered(
    new_page: NewPage, city: SmallCity, where: str, device: dict[str, object]
) -> None:
    page = new_page(**device)
    page.goto(where, wait_until="networkidle")
    seen = tabs(page)
    assert len(seen) > 5
    assert [step for step in seen if step["outline"] == "none"] == []
    assert [step for step in seen if step["covered"]] == []


def test_the_focus_in_the_sheet_is_brought_above_its_edge(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    page.goto(f"/?parcel={CODES['A']}", wait_until="networkidle")
    page.focus("#kind")
    until_focused(page, ".start button", limit=120)
    until(page, "document.activeElement.getBoundingClientRect().bottom <= innerHeight + 1")
    until(page, "document.activeElement.getBoundingClientRect().top >= 0")


def test_escape_leaves_the_list_the_month_and_the_layers(page: Page, city: SmallCity) -> None:
    page.goto("/en/")
    expect(page.locator("#layers .layer").first).to_be_attached()
    page.fill("#q", "3-1")
    expect(page.locator("#results")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#results")).to_be_hidden()
    expect(page.locator("#q")).to_be_focused()
    page.focus("#date-button")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".calendar")).to_be_hidden()
    expect(page.locator("#date-button")).to_be_focused()
    page.fill("#q", "3-1-1")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#results")).to_be_hidden()


def test_the_map_is_moved_without_dragging(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    spot = city.spot("A")
    page.goto(f"/?lat={spot.lat}&lon={spot.lon}&z=17", wait_until="networkidle")
    page.focus("#map")
    page.keyboard.press("ArrowUp")
    expect(page).not_to_have_url(re.compile(f"lat={spot.lat:.5f}"))
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("z=18"))
    page.locator("#zoom-out").click()
    expect(page).to_have_url(re.compile("z=17"))
