"""A real Chromium on a live server with the small city. Every page must stay free of script errors."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.city import SmallCity

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
NewPage = Callable[..., Page]
PATIENCE_SECONDS = 5


class InFlight:
    """Counts requests the live server is answering: the database may be emptied only when there are none."""

    def __init__(self) -> None:
        self.count = 0
        request_started.connect(self._more, weak=False)
        request_finished.connect(self._fewer, weak=False)

    def _more(self, **_: object) -> None:
        self.count += 1

    def _fewer(self, **_: object) -> None:
        self.count -= 1

    def settle(self) -> None:
        """Waits for the last answer; one that was cut off may never be counted down."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.count > 0 and time.monotonic() < end:
            time.sleep(0.02)
        self.count = 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright_started() -> Iterator[Playwright]:
    # Playwright's loop runs in this thread; without this word Django would take our set-up for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright_started: Playwright) -> Iterator[Browser]:
    manifest = settings.DJANGO_VITE["default"]["manifest_path"]
    assert manifest.exists(), "The pages are not built: run `npm ci && npm run build`"
    path = os.environ.get("PARVANEH_CHROMIUM", "/usr/bin/chromium")
    browser = playwright_started.chromium.launch(executable_path=path, args=ARGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def in_flight() -> InFlight:
    return InFlight()


@pytest.fixture
def city(transactional_db: None) -> SmallCity:
    return SmallCity()


@pytest.fixture
def new_page(chromium: Browser, live_server: LiveServer, city: SmallCity, in_flight: InFlight) -> Iterator[NewPage]:
    """`new_page(**context options)`; fails the test on script errors and on any request to another host.

    `beside`: addresses of servers that the test started itself.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(*, beside: tuple[str, ...] = (), **options: object) -> Page:
        context = chromium.new_context(base_url=live_server.url, **{**DESK, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.set_default_navigation_timeout(60_000)  # the very first page of a server reads the whole program
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda request: wrong.append(request.url) if _outside(request.url, live_server.url, *beside) else None,
        )
        page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    in_flight.settle()
    assert wrong == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


def _outside(url: str, *ours: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.netloc not in {urlsplit(one).netloc for one in ours}
