"""axe-core finds nothing serious in any state of the pages, and what axe does not see (WCAG 2.2) holds too."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import DESK, PHONE, NewPage
from tests.browser.doing import expect_parcel, sign_in

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = (
    "{resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
)
TARGET_PX = 24
SPACING = """document.querySelectorAll('*').forEach(e => {
  const wanted = {'line-height': '1.5', 'letter-spacing': '.12em', 'word-spacing': '.16em'};
  for (const [name, value] of Object.entries(wanted)) e.style.setProperty(name, value, 'important'); })"""
PATHS = [
    "/",
    "/en/",
    "/?light=1",
    "/en/?light=1",
    f"/?parcel={CODES['A']}",
    f"/en/?parcel={CODES['C']}",
    f"/parcels/{CODES['D']}/",
    f"/en/parcels/{CODES['B']}/",
    f"/parcels/{CODES['A']}/?on=1402/06/20&light=1",
    "/layers/",
    "/search/?q=3-1",
    "/en/search/?q=zz",
    "/search/?q=35.7, 51.4",
    "/account/login/code/",
    "/no-such-page/",
]


def serious(page: Page) -> list[str]:
    """Findings of impact serious or critical: rule and first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES})")
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def opened(page: Page, path: str) -> None:
    """The page with everything that folds unfolded."""
    page.goto(path)
    if page.locator("#map").count() and page.locator("#map").is_visible():
        expect(page.locator("#layers .layer").first).to_be_attached()
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(d => d.open = true)")


def wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return page.evaluate(
        """document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
        .filter(e => e.checkVisibility() && (e.getBoundingClientRect().right > innerWidth + 1
          || e.getBoundingClientRect().left < -1)).map(e => e.outerHTML.slice(0, 120))"""
    )


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(new_page: NewPage, city: SmallCity, device: dict[str, object]) -> None:
    for path in PATHS:
        page = new_page(**device)
        opened(page, path)
        assert serious(page) == [], path
        page.context.close()


def searching(page: Page) -> None:
    page.fill("#q", "3-1")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def reading_a_note(page: Page) -> None:
    page.fill("#q", "https://maps.app.goo.gl/abc")
    expect(page.locator("#results p")).not_to_be_empty()


def sheet_open(page: Page) -> None:
    page.fill("#q", CODES["A"])
    page.get_by_role("option").first.click()
    expect_parcel(page, CODES["A"])
    page.locator("details[data-subject=max_storeys] summary").click()
    page.locator("#share summary").click()


def month_open(page: Page) -> None:
    page.click("#date-button")


def layers_open(page: Page) -> None:
    page.click("#layers-button")


def menu_open(page: Page) -> None:
    if page.locator(".menu summary").is_visible():
        page.click(".menu summary")


def refused_location(page: Page) -> None:
    page.click("#locate")
    expect(page.locator("#map-status button")).to_be_visible()


STATES = (searching, reading_a_note, sheet_open, month_open, layers_open, menu_open, refused_location)


@pytest.mark.parametrize("language", ["", "/en"], ids=["fa", "en"])
@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_no_state_of_the_map_page_has_anything_serious(
    new_page: NewPage, city: SmallCity, device: dict[str, object], language: str
) -> None:
    for state in STATES:
        page = new_page(**device)
        page.goto(f"{language}/")
        expect(page.locator("#layers .layer").first).to_be_attached()
        state(page)
        assert serious(page) == [], state.__name__
        page.context.close()


def test_the_way_through_a_request_has_nothing_serious(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    page.goto(f"/parcels/{CODES['A']}/")
    page.click(".start button")
    assert serious(page) == []
    sign_in(page, city, "09123456789")
    page.click(".start button")
    page.reload()  # now somebody has looked at it, so that there is a log
    for fold in ("#step-cancel summary", ".case-head .facts-fold > summary", "#files > summary", "#log > summary"):
        page.locator(fold).first.click()
    page.locator("#checklist .do > summary").first.click()
    assert serious(page) == []
    for path in ("/requests/", "/my/parcels/"):
        page.goto(path)
        assert serious(page) == []


# --- what axe does not see -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", f"/parcels/{CODES['A']}/", "/search/?q=3-1", "/?light=1"])
def test_what_is_pressed_is_large_enough(new_page: NewPage, city: SmallCity, path: str) -> None:
    """2.5.8: at least 24 px, but for links inside a sentence and native boxes with a large label."""
    page = new_page(**PHONE)
    opened(page, path)
    small = page.evaluate(
        f"""[...document.querySelectorAll('button, summary, select, input:not([type=hidden]), nav a, .button')]
        .filter(e => e.checkVisibility() && !e.closest('label'))
        .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, b]) => b.width > 0 && (b.height < {TARGET_PX} || b.width < {TARGET_PX})).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize(
    "path", ["/", f"/?parcel={CODES['A']}", f"/en/parcels/{CODES['B']}/", "/search/?q=3-1", "/en/layers/"]
)
def test_nothing_is_cut_at_320_pixels_or_with_wide_spacing(new_page: NewPage, city: SmallCity, path: str) -> None:
    """1.4.10 and 1.4.12: no sideways scrolling, also with the spacing that readers may set."""
    page = new_page(viewport={"width": 320, "height": 640})
    opened(page, path)
    assert wide(page) == []
    page.evaluate(SPACING)
    assert wide(page) == []


def test_a_window_of_four_hundred_per_cent_reaches_the_rules(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(viewport={"width": 320, "height": 256})
    page.goto(f"/?parcel={CODES['A']}")
    expect_parcel(page, CODES["A"])
    page.locator("details[data-subject=max_storeys] summary").focus()
    page.locator("details[data-subject=max_storeys] summary").scroll_into_view_if_needed()
    expect(page.locator("details[data-subject=max_storeys] summary")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/", f"/?parcel={CODES['A']}", f"/parcels/{CODES['A']}/", "/search/", "/layers/"])
def test_landmarks_headings_and_languages(page: Page, city: SmallCity, path: str) -> None:
    page.goto(path)
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].filter(e => e.checkVisibility()).map(e => +e.tagName[1])"
    )
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert page.locator("a[hreflang=en]").first.get_attribute("lang") == "en"
    page.goto(f"/en{path}")
    foreign = page.evaluate(
        """(() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const bad = [];
        while (walk.nextNode()) { const e = walk.currentNode.parentElement;
          if (/[\\u0621-\\u06cc]/.test(walk.currentNode.data) && !e.closest('[lang=fa], script') && e.checkVisibility())
            bad.push(walk.currentNode.data.slice(0, 60)); }
        return bad; })()"""
    )
    assert foreign == []


def test_the_page_can_be_used_in_forced_colours_and_without_motion(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(forced_colors="active", reduced_motion="reduce")
    page.goto(f"/en/?parcel={CODES['C']}")
    expect_parcel(page, CODES["C"])
    page.fill("#q", "3-1")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_css("outline-style", "solid")
    assert page.evaluate("getComputedStyle(document.querySelector('.panel')).transitionDuration") == "0s"
