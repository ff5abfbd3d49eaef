"""The other way in and the second step, in a real Chromium: our policy lets both through, and nothing else."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings

from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment, ensure_person
from tests.browser.city import SmallCity
from tests.browser.conftest import DESK, PHONE, NewPage
from tests.browser.doing import sign_in
from tests.browser.test_access import serious, wide
from tests.oidc import Stub, running_stub
from tests.signing_in import code_now

OFFICER = "09120000301"


@pytest.fixture
def stub(settings: Settings) -> Iterator[Stub]:
    with running_stub() as stub:
        stub.configure(settings)
        yield stub


@pytest.fixture
def pages(new_page: NewPage, stub: Stub) -> NewPage:
    """Pages that may also call the stub: it is the other host of this walk."""

    def make(**options: object) -> Page:
        return new_page(beside=(stub.url,), **options)

    return make


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_sign_in_through_the_provider_and_back(pages: NewPage, size: dict[str, object]) -> None:
    page = pages(**size)
    page.goto("/en/account/login/?next=/en/requests/")
    page.get_by_role("button", name="Sign in with Sample service").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign-in stub")
    page.get_by_role("button", name="سارا نمونه").first.click()
    expect(page).to_have_url(re.compile(r"/en/requests/$"))
    assert Person.objects.get(mobile="+989120002001").identities.count() == 1
    page.goto("/en/account/")
    expect(page.get_by_role("main")).to_contain_text("Sample service")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/en/requests/$"))


def test_without_a_number_it_is_asked_for_once(pages: NewPage, city: SmallCity) -> None:
    page = pages(**PHONE)
    page.goto("/account/login/")
    page.get_by_role("button", name="ورود با سامانهٔ نمونه").click()
    page.get_by_role("button", name="حمید نمونه").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("شمارهٔ همراه شما")
    fits(page)
    sign_in(page, city, "09120004444")
    page.goto("/account/")
    expect(page.get_by_role("main")).to_contain_text("سامانهٔ نمونه")
    fits(page)


def test_no_is_an_answer_too(pages: NewPage) -> None:
    page = pages()
    page.goto("/en/account/login/")
    page.get_by_role("button", name="Sign in with Sample service").click()
    page.get_by_role("button", name=re.compile("Cancel")).click()
    expect(page.get_by_role("alert")).to_contain_text("You did not sign in")
    fits(page)
    page.get_by_role("link", name="Back to signing in").click()
    fits(page)
    expect(page.locator("input[name=phone]")).to_be_visible()


def test_an_officer_sets_up_an_authenticator_and_uses_it(new_page: NewPage, city: SmallCity) -> None:
    officer = ensure_person(mobile=OFFICER, verified=True)
    ensure_assignment(person=officer, role=Role.CASE_OFFICER, since=date(2020, 1, 1))
    page = new_page(**PHONE)
    page.goto("/en/officer/cases/")
    sign_in(page, city, OFFICER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator")
    expect(page.locator("img.qr")).to_have_js_property("complete", True)
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 100
    fits(page)
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_role("button", name="Send me a code").click()
    page.fill("input[name=sms_code]", _code_in_outbox(page))
    page.fill("input[name=code]", code_now(secret))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    fits(page)
    recovery = page.locator(".recovery-codes li").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile(r"/en/officer/cases/$"))

    cache.clear()  # a phone rings twice a minute at most
    again = new_page(**PHONE)
    again.goto("/en/officer/cases/")
    sign_in(again, city, OFFICER)
    expect(again.get_by_role("heading", level=1)).to_have_text("Second step")
    again.fill("input[name=code]", "000000")
    again.get_by_role("button", name="Confirm").click()
    expect(again.get_by_role("alert")).to_contain_text("not accepted")
    fits(again)
    again.fill("input[name=code]", recovery)
    again.get_by_role("button", name="Confirm").click()
    expect(again).to_have_url(re.compile(r"/en/officer/cases/$"))


def fits(page: Page) -> None:
    """Nothing that a screen reader stumbles over, nothing wider than the screen."""
    assert serious(page) == []
    assert wide(page) == []


def _code_in_outbox(page: Page) -> str:
    outbox = page.context.new_page()
    outbox.goto("/en/outbox/")
    found = re.search(r"\b\d{6}\b", outbox.locator(".list li").first.inner_text())
    outbox.close()
    assert found is not None
    return found.group(0)
