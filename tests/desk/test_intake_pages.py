"""The pages of the desk for layers, over HTTP: from the upload form to the report, in both languages, by role."""

import csv
import io
import json
import re
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.desk import intake, intake_running
from apps.desk.models import IntakeRun, RunState
from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment
from gis_layers.models import Edition
from tests.desk.intake_build import SINCE, build_rulebooks_of_city, done, planner, send, started
from tests.gis_layers.files import cell, frame, write

pytestmark = pytest.mark.django_db(transaction=True)
FORM = {
    "do": "start", "layer": "features", "theme": "height_code", "map_code": "code", "map_label_fa": "label_fa",
    "map_label_en": "label_en", "title_fa": "بازنگری", "title_en": "Revision", "instrument": "", "rank": "local",
    "coverage": "layer", "coverage_layer": "where",
}  # fmt: skip


@pytest.fixture(autouse=True)
def city(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr("apps.desk.tasks.run_intake.delay", lambda _run: None)
    build_rulebooks_of_city()


@pytest.fixture
def editor() -> Person:
    return planner()


@pytest.fixture
def desk(editor: Person) -> Client:
    return client_of(editor)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Rows: H4, one without a code, two that overlap, H99; and the place in a layer of its own."""
    shapes = [cell(0, 0), cell(1, 0), cell(2, 0), cell(2.5, 0), cell(4, 0)]
    file = write(frame(shapes, codes=["H4", None, "H5", "H6", "H99"]), tmp_path / "plan.gpkg")
    return write(frame([cell(0, 0, 7, 1)]), file, layer="where")


def text(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def test_the_walk_of_a_planner_without_scripts(desk: Client, path: Path) -> None:
    assert "هنوز نسخه‌ای نیست" in text(desk.get("/desk/layers/"))
    sent = desk.post("/desk/layers/new/", {"file": SimpleUploadedFile("plan.gpkg", path.read_bytes())})
    run = IntakeRun.objects.get()
    assert sent["Location"] == f"/desk/layers/{run.pk}/map/"
    page = text(desk.get(sent["Location"]))
    assert '<option value="height_code" selected>' in page  # told by its codes
    assert '<option value="code" selected>' in page
    assert "EPSG:32639" in page
    assert "height-code-" in page
    drawn = desk.get(f"/desk/layers/{run.pk}/picture/?layer=features").json()
    assert len(drawn["features"]) == 5
    begun = desk.post(f"/desk/layers/{run.pk}/map/", FORM)
    assert begun["Location"] == f"/desk/layers/{run.pk}/"
    waiting = desk.get(begun["Location"])
    assert "در صف" in text(waiting)
    assert desk.get(f"{begun['Location']}state/").json()["ended"] is False
    assert str(run.pk) in text(desk.get("/desk/"))
    intake_running.perform(run.pk)
    state = desk.get(f"{begun['Location']}state/").json()
    assert (state["state"], state["ended"], state["progress"]) == ("done", True, 1.0)
    report = text(desk.get(begun["Location"]))
    for said in ("پیش‌نویس", "بی کد", "H99", "ردیف‌های ۳ و ۴: ۵٬۰۰۰ متر مربع", "bad.gpkg", "report.csv"):
        assert said in report, said
    english = text(desk.get(f"/en/desk/layers/{run.pk}/"))
    assert "rows 3 and 4: 5,000 m²" in english
    assert "Field code of this row is empty" in english
    run.refresh_from_db()
    assert run.rank == 20
    assert run.instrument_code in text(desk.get("/desk/layers/"))


def test_the_bad_rows_and_the_table_are_downloads(editor: Person, desk: Client, path: Path) -> None:
    run = done(editor, path, coverage={"kind": "layer", "layer": "where"})
    bad = desk.get(f"/desk/layers/{run.pk}/bad.gpkg")
    assert bad["Content-Disposition"] == 'attachment; filename="height-code-1405-1-bad-rows.gpkg"'
    assert bad.content.startswith(b"SQLite format 3\x00")
    table = desk.get(f"/desk/layers/{run.pk}/report.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(table)))
    assert [(one["kind"], one["row"]) for one in lines[:3]] == [
        ("quarantined", "2"),
        ("quarantined", "3"),
        ("quarantined", "4"),
    ]
    kinds = {one["kind"] for one in lines}
    assert {"gap", "overlap", "code_without_rule"} <= kinds
    overlap = next(one for one in lines if one["kind"] == "overlap")
    assert (overlap["row"], overlap["other_row"], overlap["m2"]) == ("3", "4", "5000.0")
    assert 51 < float(overlap["lon"]) < 52


def test_a_sound_run_has_no_bad_rows_to_download(editor: Person, desk: Client, tmp_path: Path) -> None:
    run = done(editor, write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "sound.gpkg"))
    assert desk.get(f"/desk/layers/{run.pk}/bad.gpkg").status_code == 404
    assert "هیچ: همهٔ ردیف‌ها پذیرفته شدند" in text(desk.get(f"/desk/layers/{run.pk}/"))


def test_bringing_it_again_from_the_report(editor: Person, desk: Client, path: Path, tmp_path: Path) -> None:
    run = done(editor, path, coverage={"kind": "layer", "layer": "where"})
    assert "height-code-1405-1" in text(desk.get(f"/desk/layers/new/?corrects={run.pk}"))
    mended = write(frame([cell(0, 0), cell(1, 0)], codes=["H4", "H5"]), tmp_path / "mended.gpkg")
    sent = desk.post("/desk/layers/new/", {"uploads": str(send(editor, mended).pk), "corrects": str(run.pk)})
    page = text(desk.get(sent["Location"]))
    assert "با همان نام جای پیش‌نویس" in page
    desk.post(sent["Location"], {**FORM, "coverage": "features"})
    second = IntakeRun.objects.exclude(pk=run.pk).get()
    intake_running.perform(second.pk)
    report = text(desk.get(f"/desk/layers/{second.pk}/"))
    assert "۳ ردیف از ۳ ردیف نادرست اصلاح شده است" in report
    assert f"/desk/layers/{run.pk}/" in report
    assert "کنارگذاشته‌شده" in text(desk.get(f"/desk/layers/{run.pk}/"))
    assert Edition.objects.count() == 1


def test_what_is_wrong_is_said_on_the_form(editor: Person, desk: Client, path: Path) -> None:
    run = intake.bring(person=editor, upload_ids=[send(editor, path).pk])
    url = f"/en/desk/layers/{run.pk}/map/"
    for change, said in (
        ({"title_en": ""}, "Write the title in both languages"),
        ({"theme": ""}, "Choose the theme"),
        ({"coverage": ""}, "Say where this layer speaks"),
        ({"coverage": "district"}, "Say where this layer speaks"),
        ({"instrument": "isf-heights"}, "Choose another code"),
        ({"coverage": "file"}, "no longer here"),
    ):
        answer = desk.post(url, {**FORM, **change})
        assert answer.status_code in {400, 422}, change
        assert said in text(answer), change
        assert "Revision" in text(answer) or change == {"title_en": ""}
    run.refresh_from_db()
    assert run.state == RunState.MAPPING


def test_a_shapefile_without_its_system_waits_for_a_word(editor: Person, desk: Client, tmp_path: Path) -> None:
    write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.shp")
    parts = [tmp_path / f"plan{end}" for end in (".shp", ".shx", ".dbf")]
    files = [SimpleUploadedFile(part.name, part.read_bytes()) for part in parts]
    sent = desk.post("/en/desk/layers/new/", {"file": files})
    page = text(desk.get(sent["Location"]))
    assert "not said in the file" in page
    assert "disabled" in page
    assert (
        "reference system" in desk.get(sent["Location"].replace("/map/", "/picture/")).json()["error"]["message"]["en"]
    )
    assert "Write the reference system by its number" in text(desk.post(sent["Location"], {"do": "say", "crs": "utm"}))
    said = desk.post(sent["Location"], {"do": "say", "crs": "32639", "layer": "plan", "encoding": "cp1256"})
    page = text(desk.get(said["Location"]))
    assert "as you said" in page
    assert "disabled" not in page
    run = IntakeRun.objects.get()
    assert (run.crs, run.encoding, run.file_name) == ("EPSG:32639", "cp1256", "plan.zip")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["plan.shp", "plan.dbf"], "incomplete"),
        (["plan.shx", "plan.dbf"], "Send one layer in one file"),
        (["plan.shp", "other.dbf"], "Send one layer in one file"),
        (["a.gpkg", "b.gpkg"], "Send one layer in one file"),
        (["rules.csv"], "Send one layer in one file"),
        (["plan.exe"], "not of a kind that is taken"),
        ([], "No file was chosen"),
    ],
)
def test_files_that_are_no_layer_together(names: list[str], said: str, desk: Client, tmp_path: Path) -> None:
    write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.shp")
    bodies = {name: (tmp_path / name).read_bytes() if (tmp_path / name).exists() else b"xx" for name in names}
    files = [SimpleUploadedFile(name, body) for name, body in bodies.items()]
    answer = desk.post("/en/desk/layers/new/", {"file": files}, follow=True)
    assert said in text(answer)


def test_a_zip_bomb_and_a_false_name_are_told(editor: Person, desk: Client, tmp_path: Path) -> None:
    import zipfile

    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("plan.geojson", b"{" + b" " * (60 * 1024 * 1024))
    false = tmp_path / "false.gpkg"
    false.write_bytes(b"hello")
    for file, said in ((bomb, "grows beyond the limit"), (false, "not what its name says")):
        run = intake.bring(person=editor, upload_ids=[send(editor, file).pk])
        answer = desk.get(f"/en/desk/layers/{run.pk}/map/")
        assert answer.status_code == 422
        assert said in text(answer)


def test_stopping_trying_again_and_deleting(editor: Person, desk: Client, path: Path) -> None:
    run = started(editor, path)
    page = f"/desk/layers/{run.pk}/"
    assert desk.post(f"{page}cancel/").status_code == 302
    assert "متوقف" in text(desk.get(page))
    assert desk.post(f"{page}cancel/").status_code == 302  # too late: it shows where it stands
    assert desk.post(f"{page}again/", follow=True).redirect_chain[-1][0] == f"{page}map/"
    assert desk.get(f"{page}cancel/").status_code == 405
    assert desk.post(f"{page}remove/")["Location"] == "/desk/layers/"
    assert desk.get(page).status_code == 404


def test_a_double_start_shows_the_run(editor: Person, desk: Client, path: Path) -> None:
    run = intake.bring(person=editor, upload_ids=[send(editor, path).pk])
    answers = [desk.post(f"/desk/layers/{run.pk}/map/", FORM) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"/desk/layers/{run.pk}/"] * 2


def test_who_may_look_and_who_may_work(editor: Person, path: Path, person: Person, other_person: Person) -> None:
    run = done(editor, path)
    page = f"/desk/layers/{run.pk}/"
    ensure_assignment(person=person, role=Role.RULE_APPROVER, since=SINCE, themes=["height_code"])
    approver = client_of(person)
    assert "دریافت ردیف‌های نادرست" in text(approver.get(page))
    assert "کنار گذاشتن این پیش‌نویس" not in text(approver.get(page))
    assert approver.post(f"{page}remove/").status_code == 404
    assert approver.get(f"{page}bad.gpkg").status_code == 200
    mapping = intake.bring(person=editor, upload_ids=[send(editor, path).pk])
    assert approver.get(f"/desk/layers/{mapping.pk}/map/").status_code == 404
    ensure_assignment(person=other_person, role=Role.RULE_EDITOR, since=SINCE, themes=["density"])
    stranger = client_of(other_person)
    for path_ in (page, f"{page}state/", f"{page}bad.gpkg", f"{page}report.csv", f"{page}map/", f"{page}picture/"):
        assert stranger.get(path_).status_code == 404, path_
    assert "height-code-1405-1" not in text(stranger.get("/desk/layers/"))
    assert Client().get(page).status_code == 302


def test_unknown_addresses(desk: Client) -> None:
    assert desk.get(f"/desk/layers/{uuid.uuid4()}/").status_code == 404
    assert desk.get("/desk/layers/new/?corrects=x").status_code == 400
    assert desk.get(f"/desk/layers/new/?corrects={uuid.uuid4()}").status_code == 404
    assert desk.post("/desk/layers/new/", {"uploads": "x"}).status_code == 400
    assert desk.post("/desk/layers/new/", {"uploads": str(uuid.uuid4())}).status_code == 404


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-3", "x"])
def test_what_is_no_district_is_asked_for_again(desk: Client, editor: Person, path: Path, number: str) -> None:
    run = intake.bring(person=editor, upload_ids=[send(editor, path).pk])
    asked = {**FORM, "coverage": "district", "district": number}
    refused = desk.post(f"/en/desk/layers/{run.pk}/map/", asked)
    assert refused.status_code == 400
    assert "Say where this layer speaks" in text(refused)


def test_the_map_of_the_report_says_every_finding(editor: Person, desk: Client, path: Path) -> None:
    run = done(editor, path, coverage={"kind": "layer", "layer": "where"})
    page = desk.get(f"/en/desk/layers/{run.pk}/").content.decode()
    block = re.search(r'<script id="findings-data" type="application/json">(.+?)</script>', page)
    assert block
    said = {f["properties"]["key"]: f["properties"]["said"] for f in json.loads(block[1])["shapes"]["features"]}
    assert said["q-2"] == "Row 2: No code"
    assert said["o-0"] == "Rows 3 and 4 share 5,000 m²"
    assert said["g-0"] == "A gap of 20,000 m²"
    assert 'data-spot="q-2"' in page


def test_a_failed_run_says_why(editor: Person, desk: Client, path: Path) -> None:
    run = done(editor, path, mapping={"code": "kode"})
    assert run.state == RunState.FAILED
    page = text(desk.get(f"/en/desk/layers/{run.pk}/"))
    assert "Perhaps: code" in page
    assert "Map the same file anew" in page
    assert desk.get(f"/desk/layers/{run.pk}/report.csv").status_code == 404
