"""The place of an act as a file: each kind, each reference system; what is wrong is told by its row."""

import json
from pathlib import Path

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from shapely import LineString, box

from apps.common.errors import IntakeError
from gis_layers.ingest.scope_file import read_scope
from tests.desk.acts_build import Desk, city_of, said
from tests.extracts.conftest import Grid
from tests.gis_layers.files import cell, frame, write, zipped


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def desk(db: None) -> Desk:
    city_of(Grid())
    return Desk()


def made(folder: Path, suffix: str, *shapes, crs: int = 32639) -> Path:
    if suffix == ".zip":
        return zipped(write(frame(shapes, crs=crs), folder / "scope.shp"))
    return write(frame(shapes, crs=crs), folder / f"scope{suffix}")


@pytest.mark.parametrize("crs", [32639, 4326, 32640, 3857])
@pytest.mark.parametrize("suffix", [".gpkg", ".zip", ".geojson"])
def test_each_kind_in_each_reference_system_is_the_same_place(tmp_path: Path, suffix: str, crs: int) -> None:
    path = made(tmp_path, suffix, cell(0, 0), cell(1, 0), crs=crs)
    found = shapely.from_wkb(read_scope(path.read_bytes(), name=path.name))
    assert found.symmetric_difference(cell(0, 0, 2, 1)).area < 1


def test_holes_and_parts_stay(tmp_path: Path) -> None:
    holed = cell(0, 0, 3, 3).difference(cell(1, 1))
    path = made(tmp_path, ".gpkg", holed, cell(5, 5))
    found = shapely.from_wkb(read_scope(path.read_bytes(), name="a.gpkg"))
    assert found.area == pytest.approx(90_000)
    assert len(found.geoms) == 2


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ([LineString([(560_000, 3_612_000), (560_100, 3_612_000)])], "shape 1"),
        ([cell(0, 0), shapely.Polygon([(560_000, 3_612_000), (560_100, 3_612_100), (560_100, 3_612_000),
                                       (560_000, 3_612_090)])], "shape 2"),
        ([box(0, 0, 10, 10)], "outside the city"),
    ],
    ids=["line", "bow tie", "elsewhere"],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, shapes: list, words: str) -> None:
    path = made(tmp_path, ".gpkg", *shapes)
    with pytest.raises(IntakeError, match=words):
        read_scope(path.read_bytes(), name=path.name)


def test_too_many_shapes_and_unknown_kinds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path, ".gpkg", cell(0, 0), cell(1, 0))
    monkeypatch.setattr("gis_layers.ingest.scope_file._MOST_ROWS", 1)
    with pytest.raises(IntakeError, match="this file has 2"):
        read_scope(path.read_bytes(), name=path.name)
    with pytest.raises(IntakeError, match="Send the scope as"):
        read_scope(b"x", name="place.exe")
    with pytest.raises(IntakeError, match="not what its name says"):
        read_scope(b"x", name="place.gpkg")


def test_a_file_over_http_becomes_the_scope_and_the_area_is_shown(desk: Desk, tmp_path: Path) -> None:
    path = made(tmp_path, ".zip", cell(0, 0), crs=4326)
    draft = desk.write("suspend", "hc", scope_file=SimpleUploadedFile("محدوده.zip", path.read_bytes()))
    assert draft.scope.area == pytest.approx(10_000, rel=1e-4)
    page = desk.signing.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    assert "10,000" in page or "9,999" in page
    block = json.loads(page.split('id="act-data" type="application/json">')[1].split("</script>")[0])
    assert block["scope"]["type"] == "MultiPolygon"
    west, south = block["scope"]["coordinates"][0][0][0]
    assert (51 < west < 52, 32 < south < 33) == (True, True)


def test_changing_a_draft_keeps_its_place_unless_told_otherwise(desk: Desk, tmp_path: Path) -> None:
    path = made(tmp_path, ".geojson", cell(0, 0), crs=4326)
    draft = desk.write("suspend", "hc", scope_file=SimpleUploadedFile("a.geojson", path.read_bytes()))
    there = {"at": f"/en/desk/acts/{draft.pk}/edit/", "document": None}
    assert desk.post("suspend", "hc", number="2", seen=draft.digest, **there).status_code == 302
    draft.refresh_from_db()
    assert draft.scope is not None
    assert desk.post("suspend", "hc", number="3", seen=draft.digest, whole="on", **there).status_code == 302
    draft.refresh_from_db()
    assert draft.scope is None


def test_the_form_of_a_draft_shows_what_it_holds(desk: Desk, tmp_path: Path) -> None:
    path = made(tmp_path, ".geojson", cell(0, 0), crs=4326)
    clause = {"clause-0-choices": ["continue"], "clause-0-until": "1405/01/01"}
    place = SimpleUploadedFile("a.geojson", path.read_bytes())
    draft = desk.write("suspend", "hc", number="Q-9", scope_file=place, **clause)
    page = desk.writing.get(f"/en/desk/acts/{draft.pk}/edit/").content.decode()
    for part in (
        'value="Q-9"',
        "minutes.pdf",
        'data-iso="2024-05-01"',
        "MultiPolygon",
        'value="1405/01/01"',
        "checked",
    ):
        assert part in page, part


def test_minutes_that_have_arrived_need_not_be_sent_again_by_the_same_person(desk: Desk) -> None:
    refused = desk.post("promulgate", "hc", instruments=None)
    assert refused.status_code == 400
    response = desk.post("suspend", "hc", effective_on="2001-01-01")
    assert response.status_code == 409
    kept = response.content.decode().split('name="kept" value="')[1].split('"')[0]
    assert desk.post("suspend", "hc", document=None, kept=kept).status_code == 302
    other = Desk()
    response = other.post("suspend", "hc", document=None, kept=kept)
    assert (response.status_code, "Attach the signed text" in said(response)) == (400, True)
