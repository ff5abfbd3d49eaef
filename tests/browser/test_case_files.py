"""Files of a case in a browser: sent with progress and without scripts; what is hostile never runs."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from apps.cadastre.models import Parcel
from apps.cases.documents import Upload, add_version
from apps.cases.files import storing
from apps.cases.files.choosing import case_store
from apps.cases.files.receiving import received
from apps.cases.models import Case, DocumentVersion
from apps.cases.services import open_case
from apps.cases.types import registry
from apps.cases.types.definition import CaseType, Place
from apps.common.clock import now
from apps.common.text import Text
from apps.parties.models import Person
from apps.parties.services import ensure_person
from apps.permits.workflow import STATES, TABLE
from tests.browser.city import CODES, SmallCity
from tests.browser.conftest import PHONE, NewPage
from tests.cases import files_build as build
from tests.cases.documents_build import DEED, PLAN

HOSTILE = b"<!doctype html><script>document.title='ran'; fetch('/ran')</script><img src=data:x onerror=fetch('/ran2')>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload=\"fetch('/ran')\"><script>fetch('/ran2')</script></svg>"


@pytest.fixture
def owner(city: SmallCity) -> Person:
    return ensure_person(mobile="09123456789", name_fa="نمونه", name_en="Sample", verified=True)


@pytest.fixture
def case(owner: Person, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Case:
    settings.STORAGES = {**settings.STORAGES, "cases": case_store({}, var=tmp_path)}
    settings.CLAMD, settings.SCAN_REQUIRED = "", False
    sample = CaseType("sample", Text("نمونه", "Sample"), "SM", Place.PARCEL, STATES, TABLE, documents=(DEED, PLAN))
    monkeypatch.setitem(registry._brought, "sample", lambda: sample)
    parcel = Parcel.objects.get(code=CODES["A"])
    return open_case(parcel=parcel, applicant=owner, case_type="sample", prefix="SM")


@pytest.fixture
def cookie(owner: Person, live_server: LiveServer) -> dict[str, str]:
    client = Client()
    client.force_login(owner)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server.url}


@pytest.fixture
def opened(new_page: NewPage, case: Case, cookie: dict[str, str]) -> Callable[..., Page]:
    def make(**options: object) -> Page:
        page = new_page(**options)
        page.context.add_cookies([cookie])
        Client().get(f"/en/case-files/{case.tracking}/")  # the first page of a process reads all of the site's code
        page.goto(f"/en/case-files/{case.tracking}/")
        return page

    return make


def sample(name: str, body: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


def test_a_file_is_sent_with_its_progress(opened: Callable[..., Page], case: Case) -> None:
    page = opened()
    form = page.locator("#wanted-deed form")
    form.get_by_role("button", name="Send").click()
    expect(form.locator(".said")).to_have_text("Choose a file or take a photo first.")
    form.locator("input[name=file]").set_input_files(sample("page.pdf", b"<svg/>"))
    form.get_by_role("button", name="Send").click()
    expect(form.locator(".said")).to_contain_text("is not known")
    form.locator("input[name=file]").set_input_files(sample("deed.pdf", build.pdf()))
    form.get_by_role("button", name="Send").click()
    expect(page.locator(".messages")).to_contain_text("version 1")
    kept = page.locator("section", has=page.get_by_role("heading", name="Title deed"))
    expect(kept).to_contain_text("Not scanned for viruses")
    with page.expect_download() as saved:
        kept.get_by_role("link", name="deed.pdf").click()
    assert Path(saved.value.path()).read_bytes() == build.pdf()
    assert saved.value.suggested_filename == "deed.pdf"
    kept.get_by_text("Send a new version").click()
    kept.locator("input[name=file]").set_input_files(sample("IMG.jpg", build.picture()))
    kept.get_by_role("button", name="Send", exact=True).click()
    expect(kept.locator(".versions > li")).to_have_count(2)
    expect(kept.locator("img").first).to_have_js_property("naturalWidth", 40)


def test_without_scripts_on_a_phone_with_its_camera(opened: Callable[..., Page], case: Case) -> None:
    page = opened(java_script_enabled=False, **PHONE)
    form = page.locator("#wanted-deed form")
    camera = form.locator("input[name=photo]")
    expect(camera).to_be_visible()
    assert (camera.get_attribute("capture"), camera.get_attribute("accept")) == ("environment", "image/*")
    expect(page.locator("#wanted-plan form input[name=photo]")).to_have_count(0)
    camera.set_input_files(sample("image.jpg", build.picture()))
    form.get_by_role("button", name="Send").click()
    expect(page.locator(".messages")).to_contain_text("version 1")
    another = page.locator("#another form")
    another.locator("input[name=title]").fill("Letter")
    another.locator("input[name=file]").set_input_files(sample("x.pdf", b"nothing"))
    another.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_visible()


def planted(case: Case, owner: Person, body: bytes, media_type: str) -> DocumentVersion:
    """A row of hostile bytes, as if every check at the door had failed."""
    first = add_version(
        person=owner, tracking=case.tracking, upload=Upload(io.BytesIO(build.pdf()), name="a"), title="Letter"
    )
    with received(io.BytesIO(body)) as got:
        stored = storing.keep(got)
    return DocumentVersion.objects.create(
        document=first.document,
        number=2,
        name="page.html",
        stored=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        media_type=media_type,
        family="image",
        by=owner,
        capacity="applicant",
        at=now(),
    )


def laid_open(route: Route) -> None:
    """The answer as a browser would see it that knows no attachments and takes a file for what it looks like."""
    answer = route.fetch()
    headers = {k: v for k, v in answer.headers.items() if k not in ("content-disposition", "content-type")}
    body = answer.body()
    kind = "image/svg+xml" if body.startswith(b"<svg") else "text/html"
    route.fulfill(status=answer.status, headers={**headers, "content-type": kind}, body=body)


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(HOSTILE, "text/html"), (SVG, "image/svg+xml"), (HOSTILE, "image/jpeg")],
    ids=["page", "svg", "page as a picture"],
)
def test_a_hostile_file_never_runs(
    chromium: Browser,
    live_server: LiveServer,
    case: Case,
    owner: Person,
    cookie: dict[str, str],
    body: bytes,
    media_type: str,
) -> None:
    version = planted(case, owner, body, media_type)
    asked: list[str] = []
    context = chromium.new_context(base_url=live_server.url)
    context.add_cookies([cookie])
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    url = f"/case-files/{case.tracking}/{version.document_id}/2/"
    page.goto(f"/en/case-files/{case.tracking}/")
    with page.expect_download():
        page.evaluate("url => { location.href = url }", url)
    page.goto(f"{url}picture/")  # drawn anew or refused; the sentence of the refusal is our own page
    page.route(re.compile(re.escape(url) + "$"), laid_open)
    page.goto(url)
    page.wait_for_timeout(300)
    assert page.title() != "ran"
    context.close()
    assert [address for address in asked if "/ran" in address] == []


def test_the_proof_would_see_a_script_that_runs(chromium: Browser, live_server: LiveServer, city: SmallCity) -> None:
    """The same page without our headers does run: so the test above can fail."""
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    page.route("**/open/", lambda route: route.fulfill(status=200, content_type="text/html", body=HOSTILE))
    with page.expect_request("**/ran"):
        page.goto("/open/")
    assert page.title() == "ran"
    context.close()
