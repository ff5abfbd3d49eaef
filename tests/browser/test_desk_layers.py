"""A planner brings a layer: upload with its progress, mapping, the run, a quarantined row on the map and as a file."""

import re
from datetime import date
from pathlib import Path

import pyogrio
import pytest
from playwright.sync_api import Page, expect

from apps.desk import intake_running
from apps.desk.models import IntakeRun
from apps.desk.upload_limits import MIB
from apps.parties.models import Role
from apps.parties.services import ensure_assignment, ensure_person
from tests.browser.city import SmallCity
from tests.browser.conftest import NewPage
from tests.browser.doing import sign_in
from tests.gis_layers.files import cell, frame, write

MOBILE = "09121110021"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr("apps.desk.tasks.run_intake.delay", lambda _run: None)


@pytest.fixture
def desk(new_page: NewPage, city: SmallCity) -> Page:
    """The desk, with a rule editor signed in."""
    person = ensure_person(mobile=MOBILE, name_fa="برنامه‌ریز", name_en="Planner", synthetic=True, verified=True)
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=date(2020, 1, 1), themes=["height_code"])
    page = new_page()
    page.goto("/en/account/login/code/")
    sign_in(page, city, MOBILE)
    page.goto("/en/desk/layers/")
    return page


def plan(folder: Path) -> Path:
    """Two sound rows and one without a code."""
    shapes = [cell(0, 0), cell(1, 0), cell(2, 0)]
    return write(frame(shapes, codes=["H4", "H5", None], crs=4326), folder / "heights.gpkg")


def test_from_the_file_to_the_bad_row(desk: Page, tmp_path: Path) -> None:
    desk.get_by_role("link", name="Bring a layer").click()
    desk.set_input_files("#file", plan(tmp_path))
    expect(desk.locator(".uploads li")).to_contain_text("Arrived")
    desk.get_by_role("button", name="Send and look into it").click()

    expect(desk.locator("#picture-said")).to_have_text("3 shapes are shown")
    expect(desk.locator("#picture svg path")).to_have_count(3)
    expect(desk.locator("#map_code")).to_have_value("code")
    expect(desk.locator("#map_label_fa")).to_have_value("label_fa")
    desk.fill("#title_fa", "بازنگری کد ارتفاعی")
    desk.fill("#title_en", "Height codes, revised")
    desk.check("input[name=coverage][value=features]")
    desk.get_by_role("button", name="Start the intake").click()
    expect(desk.locator("#run-state")).to_have_text("Waits for a worker")

    intake_running.perform(IntakeRun.objects.get().pk)  # a worker takes it up; the page sees it by itself
    expect(desk.locator("#counts")).to_contain_text("kept out")
    expect(desk.locator("#quarantine")).to_contain_text("Field code of this row is empty")
    desk.locator("[data-spot=q-3]").click()
    expect(desk.locator(".leaflet-popup")).to_have_text(re.compile("Row 3: No code"))
    with desk.expect_download() as loading:
        desk.get_by_role("link", name="Download the bad rows").click()
    saved = tmp_path / "bad.gpkg"
    loading.value.save_as(saved)
    bad = pyogrio.read_dataframe(saved)
    assert (list(bad.q_row), list(bad.q_reason), bad.crs.to_epsg()) == ([3], ["no_code"], 4326)


def test_an_upload_goes_on_after_the_line_broke_and_after_a_reload(desk: Page, tmp_path: Path) -> None:
    big = tmp_path / "big.geojson"
    big.write_bytes(b"{" + b" " * (5 * MIB))
    portions: list[str] = []

    def line(route, request) -> None:
        """The third portion is lost once; from the fourth on everything is, until the reload."""
        if request.method == "PATCH":
            portions.append(request.headers["upload-offset"])
            if len(portions) == 3 or len(portions) > 4:
                route.abort()
                return
        route.continue_()

    desk.goto("/en/desk/layers/new/")
    desk.route("**/desk/uploads/*/", line)
    desk.set_input_files("#file", big)
    expect(desk.locator(".uploads li")).to_contain_text("Trying again")
    for _ in range(200):
        if len(portions) > 4:
            break
        desk.wait_for_timeout(50)
    assert portions[:5] == ["0", str(MIB), str(2 * MIB), str(2 * MIB), str(3 * MIB)]  # the lost one went again
    desk.unroute("**/desk/uploads/*/")
    desk.reload()
    sent: list[str] = []
    desk.on("request", lambda r: sent.append(r.headers["upload-offset"]) if r.method == "PATCH" else None)
    desk.set_input_files("#file", big)
    expect(desk.locator(".uploads li")).to_contain_text("Arrived")
    assert sent[0] == str(3 * MIB)  # not from the beginning


def test_a_wrong_kind_of_file_is_refused_where_it_was_chosen(desk: Page, tmp_path: Path) -> None:
    desk.goto("/en/desk/layers/new/")
    wrong = tmp_path / "plan.exe"
    wrong.write_bytes(b"MZ")
    desk.set_input_files("#file", wrong)
    expect(desk.locator(".uploads li")).to_contain_text("not of a kind that is taken")
    desk.get_by_role("button", name="Remove").click()
    expect(desk.locator(".uploads li")).to_have_count(0)
    desk.get_by_role("button", name="Send and look into it").click()
    expect(desk.locator("[role=alert]")).to_contain_text("No file was chosen")
