"""Comparing a draft with the law: the border is dragged by mouse, finger and keys; the slider moves through the law."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from apps.map_services.difference_work import compute
from apps.map_services.differences import request_difference
from apps.map_services.selectors import tile_urls
from apps.parties.models import Role
from apps.parties.services import ensure_assignment
from gis_layers.models import Edition, Theme
from tests.browser.city import SQUARES, SmallCity
from tests.browser.conftest import DESK, PHONE, NewPage
from tests.browser.doing import until
from tests.browser.test_access import serious, wide

TODAY = date(2026, 11, 29)
LEFT = "document.querySelector('.leaflet-left-pane').style.clipPath"


@pytest.fixture
def draft(city: SmallCity) -> Edition:
    """A draft for A and B: H5 on A (H4 is law there), silent on B."""
    coverage = SQUARES["A"].union(SQUARES["B"])
    coverage = type(SQUARES["A"])(coverage, srid=SQUARES["A"].srid)
    heights = Theme.objects.get(code="height_code")
    return city.edition(heights, "draft", {"H5": SQUARES["A"]}, coverage=coverage)


@pytest.fixture
def cookie(city: SmallCity, draft: Edition) -> dict[str, str]:
    """The session of an editor."""
    ensure_assignment(person=city.clerk, role=Role.RULE_EDITOR, since=date(2020, 1, 1))
    client = Client()
    client.force_login(city.clerk)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture
def opened(new_page: NewPage, draft: Edition, cookie: dict[str, str], live_server) -> Callable[..., Page]:
    """`opened(device, language)`: the desk's page of the computed draft, its map drawn."""
    compute(request_difference(edition_id=draft.pk, on=TODAY))

    def make(device: dict[str, object] = DESK, language: str = "/en") -> Page:
        page = new_page(**device)
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        with page.expect_response(re.compile(r"/tiles/editions/")):
            page.goto(f"{language}/desk/compare/?edition={draft.pk}&on={TODAY}")
        expect(page.locator("#compare-stage")).to_be_visible()
        return page

    return make


def visible_left(page: Page) -> int:
    """Where the older state ends, in pixels from the left edge of the map (the map was not dragged)."""
    corners = re.findall(r"(-?\d+)px", page.evaluate(LEFT))
    return int(corners[2])


def drag(page: Page, share: float) -> None:
    """The handle to a share of the map's width, by mouse."""
    handle, box = page.locator("#swipe-handle").bounding_box(), page.locator("#compare-map").bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, handle["y"], steps=5)
    page.mouse.up()


@pytest.mark.parametrize("language", ["", "/en"], ids=["fa", "en"])
def test_the_border_is_dragged_by_mouse(opened, language: str) -> None:
    page = opened(language=language)
    width = page.locator("#compare-map").bounding_box()["width"]
    page.locator("#compare-stage").scroll_into_view_if_needed()
    assert visible_left(page) == pytest.approx(width / 2, abs=2)
    drag(page, 0.2)
    assert visible_left(page) == pytest.approx(width * 0.2, abs=2)
    drag(page, 0.9)
    assert visible_left(page) == pytest.approx(width * 0.9, abs=2)
    assert page.locator("#swipe-handle").get_attribute("aria-valuenow") == "90"


def spot_of_a(page: Page) -> bytes:
    """A few pixels of parcel A: its middle is 10 m (about 10 pixels) west of the middle of the map."""
    page.wait_for_timeout(400)
    box = page.locator("#compare-map").bounding_box()
    x, y = box["x"] + box["width"] / 2 - 10, box["y"] + box["height"] / 2
    return page.screenshot(clip={"x": x - 3, "y": y - 3, "width": 6, "height": 6})


def test_dragging_changes_what_is_seen(opened) -> None:
    """Right of the line A shows the draft's H5, left of it the law's H4: other pixels."""
    page = opened()
    page.locator("#compare-stage").scroll_into_view_if_needed()
    page.uncheck("#difference-switch")
    page.focus("#swipe-handle")
    page.keyboard.press("Home")
    page.wait_for_load_state("networkidle")
    new = spot_of_a(page)
    page.keyboard.press("End")
    old = spot_of_a(page)
    assert old != new
    page.keyboard.press("Home")
    assert spot_of_a(page) == new


def test_the_keys_move_the_border_and_it_says_so(opened) -> None:
    page = opened()
    width = page.locator("#compare-map").bounding_box()["width"]
    page.focus("#swipe-handle")
    page.keyboard.press("ArrowLeft")
    assert visible_left(page) == pytest.approx(width * 0.45, abs=2)
    page.keyboard.press("Home")
    assert visible_left(page) == 0
    page.keyboard.press("PageUp")
    assert page.locator("#swipe-handle").get_attribute("aria-valuetext") == "20% of the map shows the older state"


def test_a_finger_drags_it_on_a_phone(opened) -> None:
    page = opened(PHONE, "")
    assert wide(page) == []
    map_box, table = page.locator("#compare-map").bounding_box(), page.locator("#difference-table").bounding_box()
    assert map_box["y"] + map_box["height"] <= table["y"]
    handle = page.locator("#swipe-handle")
    handle.scroll_into_view_if_needed()
    box, spot = page.locator("#compare-map").bounding_box(), handle.bounding_box()
    touch = page.context.new_cdp_session(page)
    at = {"x": spot["x"] + spot["width"] / 2, "y": spot["y"] + spot["height"] / 2}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    to = {"x": box["x"] + box["width"] * 0.75, "y": at["y"]}
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [to]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(page, "Number(document.querySelector('#swipe-handle').ariaValueNow) > 70")
    assert visible_left(page) == pytest.approx(box["width"] * 0.75, abs=4)


def test_when_the_map_moves_the_border_stays_where_it_is(opened) -> None:
    page = opened()
    before = page.evaluate(LEFT)
    page.focus("#compare-map")
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.leaflet-pan-anim') === null")
    assert page.evaluate(LEFT) != before
    first, line = (int(n) for n in re.findall(r"(-?\d+)px", page.evaluate(LEFT))[0:3:2])
    width = page.locator("#compare-map").bounding_box()["width"]
    assert line - first == pytest.approx(width / 2, abs=2)


def test_the_slider_shows_the_law_of_other_days(opened) -> None:
    """hc alone since 2014; hc-1402 was in force from 2023-06-01 and suspended from 2024-01-20: other tiles."""
    page = opened()
    slider = page.locator("#timeline-range")
    slider.focus()
    assert slider.get_attribute("aria-valuetext").startswith("10 September 2025")
    for _ in range(2):
        slider.press("ArrowLeft")
    expect(page.locator("#timeline-said")).to_contain_text("1 June 2023")
    expect(page.locator("#timeline-said")).to_contain_text("came into force")
    expect(page.locator("#compare-left")).to_contain_text("1 June 2023")
    address = tile_urls(on=date(2023, 6, 1))["height_code"].split("{z}")[0]
    until(page, f"performance.getEntriesByType('resource').some(r => r.name.includes('{address}'))")
    assert address not in tile_urls(on=TODAY)["height_code"]
    slider.press("Home")
    expect(page.locator("#timeline-said")).to_contain_text("2014")


def test_the_difference_is_switched_and_a_row_shows_its_places(opened) -> None:
    page = opened()
    with page.expect_response(re.compile(r"/tiles/differences/.*mvt")):
        page.locator("#difference-table button").first.click()
    assert page.locator("#difference-switch").is_checked()
    expect(page.locator(".leaflet-difference-pane canvas").first).to_be_attached()
    page.uncheck("#difference-switch")
    expect(page.locator(".leaflet-difference-pane canvas")).to_have_count(0)
    expect(page.locator("#difference-table")).to_contain_text("H5")
    expect(page.locator("#difference-table")).to_contain_text("nothing (not known)")


def test_the_page_waits_for_the_difference_and_shows_it(
    new_page: NewPage, draft: Edition, cookie: dict[str, str], live_server
) -> None:
    page = new_page()
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    page.goto(f"/en/desk/compare/?edition={draft.pk}&on={TODAY}")
    expect(page.locator("#compare-progress")).to_be_visible()
    compute(request_difference(edition_id=draft.pk, on=TODAY))
    expect(page.locator("#difference-table")).to_be_visible()


def test_without_scripts_the_tables_say_it_all(
    new_page: NewPage, draft: Edition, cookie: dict[str, str], live_server
) -> None:
    compute(request_difference(edition_id=draft.pk, on=TODAY))
    page = new_page(java_script_enabled=False)
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    page.goto(f"/en/desk/compare/?edition={draft.pk}&on={TODAY}")
    expect(page.locator("#difference-table")).to_contain_text("H5")
    expect(page.locator(".compare-days")).to_contain_text("suspended")
    expect(page.locator("#compare-stage")).to_be_hidden()
    expect(page.get_by_text("The map needs scripts")).to_be_visible()
    expect(page.locator("[data-bbox]").first).to_be_hidden()


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_serious_is_found(opened, device: dict[str, object]) -> None:
    for language in ("", "/en"):
        page = opened(device, language)
        assert serious(page) == []
        assert wide(page) == []
