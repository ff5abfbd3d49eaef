"""The envelope in a real browser: the still picture, the turnable view or its notice, and the drawing on the map."""

from playwright.sync_api import Page, expect

from tests.browser.city import SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.browser.doing import until

SETTLED = (
    "document.querySelector('[data-envelope-stage] canvas') || document.querySelector('[data-envelope-turn]').hidden"
)
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"


def open_text(page: Page, city: SmallCity, name: str = "A", language: str = "/en") -> None:
    page.goto(f"{language}/parcels/{city.spot(name).code}/")


def test_the_picture_is_there_without_scripts(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(java_script_enabled=False)
    open_text(page, city)
    expect(page.locator("#envelope svg.envelope-picture")).to_be_visible()
    expect(page.locator("#envelope .envelope-main")).to_contain_text("888")
    expect(page.locator("[data-envelope-turn]")).to_be_hidden()


def test_the_button_gives_a_view_or_a_notice_and_never_waits_for_ever(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    open_text(page, city, language="")
    loaded = [
        r for r in page.evaluate("performance.getEntriesByType('resource').map(r => r.name)") if "envelope_view" in r
    ]
    assert loaded == []
    page.locator("[data-envelope-turn]").tap()
    until(page, f"Boolean({SETTLED})")
    expect(page.locator("[data-envelope-status]")).not_to_be_empty()
    expect(page.locator("[data-envelope-status]")).not_to_have_text("…")
    if page.locator("[data-envelope-stage] canvas").count():
        expect(page.locator("[data-envelope-stage]")).to_be_focused()
        for key in ("ArrowLeft", "ArrowUp", "+", "-", "Tab"):
            page.keyboard.press(key)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_webgl_the_picture_stays_and_it_is_said(new_page: NewPage, city: SmallCity) -> None:
    page = new_page()
    page.add_init_script(NO_WEBGL)
    open_text(page, city)
    page.locator("[data-envelope-turn]").click()
    expect(page.locator("[data-envelope-status]")).to_contain_text("cannot draw in 3-D")
    expect(page.locator("#envelope svg.envelope-picture")).to_be_visible()
    expect(page.locator("[data-envelope-turn]")).to_be_hidden()


def test_when_the_answer_does_not_come_one_may_try_again(new_page: NewPage, city: SmallCity) -> None:
    page = new_page()
    open_text(page, city)
    page.route("**/envelope/?*", lambda route: route.abort())
    page.locator("[data-envelope-turn]").click()
    expect(page.locator("[data-envelope-status]")).to_contain_text("did not load")
    expect(page.locator("[data-envelope-turn]")).to_be_enabled()


def test_the_envelope_on_the_map_goes_with_its_parcel(page: Page, city: SmallCity) -> None:
    page.goto(f"/en/?parcel={city.spot('A').code}&map=1")
    show = page.locator("[data-envelope-show]")
    drawn = page.locator("#map path[stroke='#07434b'][stroke-width='4']")
    show.click()
    expect(show).to_have_attribute("aria-pressed", "true")
    expect(drawn.first).to_be_attached()
    show.click()
    expect(show).to_have_attribute("aria-pressed", "false")
    expect(drawn).to_have_count(0)
    show.click()
    expect(drawn.first).to_be_attached()
    page.locator("#kind").select_option("REPAIR")
    expect(drawn).to_have_count(0)
