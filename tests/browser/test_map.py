"""Picking a parcel and reading its rules, by pointer, keyboard and search."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import click_middle, expect_parcel, figure, open_map, until


def test_a_click_shows_the_rules_and_outlines_the_parcel(page: Page, city: SmallCity) -> None:
    open_map(page, city.spot("A"))
    click_middle(page)
    expect_parcel(page, CODES["A"])
    expect(page.locator("#crosshair")).to_have_css("opacity", "0")
    expect(figure(page, "max_storeys").locator(".figure-value")).to_have_text(re.compile("۴"))
    expect(page.locator("#map path.leaflet-interactive, #map svg path").first).to_be_attached()
    expect(page).to_have_url(re.compile(rf"parcel={CODES['A']}"))


def test_the_keyboard_alone_picks_and_opens_a_reason(page: Page, city: SmallCity) -> None:
    open_map(page, city.spot("B"))
    page.focus("#map")
    page.keyboard.press("Shift")
    expect(page.locator("#crosshair")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect_parcel(page, CODES["B"])
    summary = figure(page, "max_storeys").locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(figure(page, "max_storeys").locator(".reasons")).to_be_visible()
    expect(figure(page, "max_storeys").locator(".source").first).to_contain_text("مادهٔ")


def test_an_opened_reason_lights_its_part_of_the_parcel(page: Page, city: SmallCity) -> None:
    page.goto(f"/?parcel={CODES['D']}")
    lit = page.locator("#map path[fill='#f2a72e']")
    expect(page.locator("#map path[stroke='#07434b']")).to_be_attached()
    expect(lit).to_have_count(0)
    with page.expect_response(re.compile(r"/parts/\d+/")) as asked:
        figure(page, "max_height").locator("summary").click()
    assert asked.value.ok
    expect(lit).to_have_count(1)
    figure(page, "max_height").locator("summary").click()
    expect(lit).to_have_count(0)


def test_arrow_keys_move_to_the_neighbour(page: Page, city: SmallCity) -> None:
    """At zoom 19 a parcel is about 80 px wide and one key moves 90 px."""
    open_map(page, city.spot("A"))
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.leaflet-pan-anim') === null")
    page.keyboard.press("Enter")
    expect_parcel(page, CODES["B"])


def test_search_is_worked_by_keyboard(page: Page, city: SmallCity) -> None:
    open_map(page, city.spot("A"), zoom=16)
    page.fill("#q", "۳-۱-۱-۳")
    expect(page.get_by_role("option").first).to_contain_text("۳-۱-۱-۳-۰-۰-۰")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_parcel(page, CODES["C"])


def test_a_point_outside_offers_the_nearest(page: Page, city: SmallCity) -> None:
    spot = city.spot("A")
    page.goto(f"/?lat={spot.lat - 0.0004}&lon={spot.lon}&z=19")
    expect(page.locator("#layers .layer").first).to_be_attached()
    click_middle(page)
    status = page.locator("#map-status")
    expect(status).to_contain_text("در این نقطه قطعه‌ای نیست")
    status.get_by_role("button", name=re.compile("نزدیک‌ترین")).click()
    expect_parcel(page, CODES["A"])


def test_a_shared_border_says_so_and_offers_the_other(page: Page, city: SmallCity) -> None:
    open_map(page, city.spot("A"))
    answer = {}

    def on_the_border(route):
        response = route.fetch()
        answer.update(response.json() | {"on_border": True, "also": [CODES["B"]]})
        route.fulfill(response=response, json=answer)

    page.route("**/api/v1/parcels/at?*", on_the_border)
    click_middle(page)
    note = page.locator(".border-note")
    expect(note).to_contain_text("مرز مشترک")
    note.get_by_role("button").click()
    expect_parcel(page, CODES["B"])


def test_pending_and_suspended_law_stand_apart(page: Page, city: SmallCity) -> None:
    page.goto(f"/en/?parcel={CODES['A']}")
    pending = page.locator(".pending")
    expect(pending).to_have_count(1)
    expect(pending).to_contain_text("Approved, not promulgated")
    expect(pending.locator(".not-law").first).to_have_text("not law")
    expect(figure(page, "max_storeys").locator(".figure-value")).to_contain_text("4")
    page.goto(f"/en/?parcel={CODES['B']}")
    expect(page.locator(".pending")).to_contain_text("Suspended")
    expect(figure(page, "max_storeys").locator(".figure-value")).to_contain_text("3")


def test_what_is_not_known_is_said_with_whom_to_ask(page: Page, city: SmallCity) -> None:
    page.goto(f"/?parcel={CODES['C']}")
    storeys = figure(page, "max_storeys")
    expect(storeys).to_have_class(re.compile("is-not_known"))
    expect(storeys.locator(".figure-value")).to_have_text("معلوم نیست")
    storeys.locator("summary").click()
    expect(storeys.locator(".unknown .ask").first).to_be_visible()
    page.goto(f"/?parcel={CODES['E']}")
    expect(page.locator(".heritage")).to_have_class(re.compile("is-not_known"))


def test_heritage_beats_the_height_code(page: Page, city: SmallCity) -> None:
    page.goto(f"/en/?parcel={CODES['D']}")
    expect(figure(page, "max_height").locator(".figure-value")).to_contain_text("5")
    expect(page.locator(".heritage")).to_have_class(re.compile("is-inside"))
    expect(page.locator(".consult")).to_be_visible()


def test_the_other_language_keeps_the_place_and_the_parcel(page: Page, city: SmallCity) -> None:
    open_map(page, city.spot("A"))
    click_middle(page)
    expect_parcel(page, CODES["A"])
    page.click(".nav-language")
    expect(page).to_have_url(re.compile(rf"/en/\?.*parcel={CODES['A']}"))
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator(".parcel h2")).to_contain_text("Parcel")


def test_another_day_is_chosen_from_a_jalali_month(page: Page, city: SmallCity) -> None:
    """Before 1402's suspension its six storeys were law: reduced by the 7 m passage."""
    page.goto(f"/?parcel={CODES['B']}&on=2023-12-20")
    expect(figure(page, "max_storeys").locator(".figure-value")).not_to_contain_text("۳")
    page.click("#date-button")
    expect(page.locator(".calendar-head b")).to_have_text("آذر")
    expect(page.locator(".calendar-year")).to_have_value("1402")
    page.click("[aria-label='ماه بعد']")
    page.click("[aria-label='ماه بعد']")
    page.click("[data-day='2024-02-10']")
    expect(page).to_have_url(re.compile("on=2024-02-10"))
    expect(figure(page, "max_storeys").locator(".figure-value")).to_contain_text("۳")
    expect(page.locator("#date-button")).to_have_text("۲۱ بهمن ۱۴۰۲")


def test_the_permit_kind_is_asked_anew(page: Page, city: SmallCity) -> None:
    page.goto(f"/en/?parcel={CODES['A']}")
    page.focus("#kind")
    page.select_option("#kind", "REPAIR")
    expect(page).to_have_url(re.compile("kind=REPAIR"))
    expect(page.locator("#kind")).to_have_value("REPAIR")
    expect(page.locator("#kind")).to_be_focused()


def test_layers_are_switched_and_remembered(page: Page, city: SmallCity) -> None:
    open_map(page, city.spot("A"))
    page.click("#layers-button")
    with page.expect_request(re.compile("/tiles/height_code/")):
        page.check("[data-layer='height_code/hc-1404']")
    expect(page.locator("#layers")).to_contain_text("قانون نیست")
    page.reload()
    expect(page.locator("[data-layer='height_code/hc-1404']")).to_be_checked()
    page.click("#layers-button")
    page.keyboard.press("Escape")
    expect(page.locator("#layers")).to_be_hidden()
    expect(page.locator("#layers-button")).to_be_focused()


def test_a_server_that_fails_is_said_and_can_be_asked_again(page: Page, city: SmallCity) -> None:
    open_map(page, city.spot("A"))
    page.route("**/panel/**", lambda route: route.abort())
    click_middle(page)
    expect(page.locator(".trouble")).to_contain_text("پاسخی نرسید")
    page.unroute("**/panel/**")
    page.locator(".trouble button").click()
    expect_parcel(page, CODES["A"])


def test_a_phone_reads_the_rules_in_a_sheet(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    open_map(page, city.spot("A"))
    box = page.locator("#map").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect_parcel(page, CODES["A"])
    until(page, "document.querySelector('#panel').getBoundingClientRect().top < innerHeight * 0.6")
    page.locator("#handle").tap()
    until(page, "document.querySelector('#panel').getBoundingClientRect().top < innerHeight * 0.3")
    figure(page, "max_height").locator("summary").tap()
    expect(figure(page, "max_height").locator(".reasons")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, select, input:not([type=hidden])')]"
        ".filter(e => e.checkVisibility() && !e.matches('.show-part, .handle, .search-button'))"
        ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height]).filter(([, h]) => h > 0 && h < 40)"
    )
    assert small == []


def test_on_a_phone_a_found_parcel_lies_above_the_sheet(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    open_map(page, city.spot("D"), zoom=14)
    page.fill("#q", CODES["A"])
    page.locator("#results [role=option]").first.tap()
    expect_parcel(page, CODES["A"])
    expect(page).to_have_url(re.compile("z=18"))
    until(page, "document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim') === null")
    until(
        page,
        "(() => { const path = document.querySelector('#map path[stroke=\"#07434b\"]');"
        " const box = (e) => e.getBoundingClientRect(), at = (s) => box(document.querySelector(s));"
        " return path && box(path).bottom < at('#panel').top && box(path).top > at('#map').top; })()",
    )


@pytest.mark.parametrize("size", [(390, 844), (320, 568)])
def test_on_a_phone_nothing_covers_the_month_or_the_layers(
    new_page: NewPage, city: SmallCity, size: tuple[int, int]
) -> None:
    page = new_page(**{**PHONE, "viewport": {"width": size[0], "height": size[1]}})
    page.goto(f"/en/?parcel={CODES['A']}")
    expect_parcel(page, CODES["A"])
    ends = {"#date-button": ".calendar-foot .button", "#layers-button": "#layers label:last-of-type"}
    for button, last in ends.items():
        page.locator("#handle").tap()
        page.locator(button).tap()
        page.locator(last).last.scroll_into_view_if_needed()
        page.locator(last).last.tap(trial=True, timeout=3000)
        page.keyboard.press("Escape")
