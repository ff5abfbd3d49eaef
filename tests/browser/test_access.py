"""axe-core finds nothing serious; the first view on a phone stays light."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
LIMIT_BYTES = 150_000
LIMIT_REQUESTS = 12


def serious(page: Page) -> list[str]:
    """Findings of impact serious or critical: rule and first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        f"/?parcel={CODES['A']}",
        f"/en/?parcel={CODES['C']}",
        f"/parcels/{CODES['D']}/",
        f"/en/parcels/{CODES['B']}/",
        "/layers/",
        "/search/?q=3-1",
        "/account/login/code/",
        "/no-such-page/",
    ],
)
def test_axe_finds_nothing_serious(page: Page, path: str) -> None:
    page.goto(path)
    if page.locator("#map").count():
        expect(page.locator("#layers .layer").first).to_be_attached()
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(d => d.open = true)")
    assert serious(page) == []


def test_open_tools_have_nothing_serious(new_page: NewPage, city: SmallCity) -> None:
    page = new_page(**PHONE)
    page.goto("/")
    expect(page.locator("#layers .layer").first).to_be_attached()
    page.click("#date-button")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.click("#layers-button")
    assert serious(page) == []


def test_the_first_view_on_a_phone_is_light(new_page: NewPage, city: SmallCity) -> None:
    """What must arrive before the page says something useful and the map can start; tiles and lists come after."""
    page = new_page(**PHONE)
    sizes: dict[str, int] = {}

    def weigh(response):
        if response.request.resource_type in ("document", "stylesheet", "script", "font", "image"):
            sizes[response.url] = _weight(response)

    page.on("response", weigh)
    page.goto("/", wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert len(sizes) <= LIMIT_REQUESTS, sizes
    assert sum(sizes.values()) <= LIMIT_BYTES, sizes


def _weight(response) -> int:
    body = response.body()
    packed = response.url.endswith((".woff2", ".png")) or response.headers.get("content-encoding")
    return len(body) if packed and not response.headers.get("content-encoding") else len(gzip.compress(body, 6))
