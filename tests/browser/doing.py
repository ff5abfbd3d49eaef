"""What people do on the map, in the words of the tests."""

from playwright.sync_api import Page, expect

from tests.browser.city import SmallCity, Spot
from tests.signing_in import code_now


def open_map(page: Page, spot: Spot, *, zoom: int = 19, language: str = "", extra: str = "") -> None:
    """The map with `spot` in the middle; returns when its script has drawn the list of layers."""
    page.goto(f"{language}/?lat={spot.lat}&lon={spot.lon}&z={zoom}{extra}")
    expect(page.locator("#layers .layer").first).to_be_attached()


def click_middle(page: Page) -> None:
    """A click (or tap) on the middle of the map."""
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def expect_parcel(page: Page, code: str) -> None:
    """The panel shows the rules of `code`."""
    expect(page.locator("#panel .parcel")).to_have_attribute("data-code", code)


def until(page: Page, expression: str) -> None:
    """Waits for a JavaScript condition. (Playwright's own wait needs eval, which our policy forbids.)"""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never became true: {expression}")


def figure(page: Page, subject: str):
    """A number of the panel."""
    return page.locator(f"details[data-subject={subject}]")


def sign_in(page: Page, city: SmallCity, mobile: str) -> None:
    """By the code that the outbox shows; the page that asked for it is open."""
    page.fill("input[name=phone]", mobile)
    page.click("main button[type=submit]")
    outbox = page.context.new_page()
    outbox.goto("/en/outbox/")
    text = outbox.locator(".list li").first.inner_text()
    outbox.close()
    code = next(word.strip(".,") for word in text.split() if word.strip(".,").isdigit() and len(word.strip(".,")) == 6)
    page.fill("input[name=code]", code)
    page.locator("main form button[type=submit]").first.click()


def second_step(page: Page) -> None:
    """With the code of the authenticator that `tests.signing_in.give_authenticator` gave."""
    page.fill("input[name=code]", code_now())
    page.get_by_role("main").get_by_role("button").click()
