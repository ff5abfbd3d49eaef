"""All or nothing, once only, and told to the rooms above."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from apps.common import events
from apps.common.errors import ConflictError
from apps.legal.models import Instrument
from gis_layers import postgis_copy
from gis_layers.events import EditionTakenIn
from gis_layers.ingest.coverage import Coverage
from gis_layers.models import Edition, Feature
from tests.gis_layers.files import CELL, cell, frame, write, zipped
from tests.gis_layers.grid import counts, take


def _plan(folder: Path, name: str = "plan.gpkg", cells: int = 2) -> Path:
    return write(frame([cell(i, 0) for i in range(cells)]), folder / name)


def test_the_same_file_again_is_already_taken_in(tmp_path: Path) -> None:
    path = _plan(tmp_path)
    first = take(path)
    before = counts()
    again = take(path)
    assert (first.already, again.already) == (False, True)
    assert (again.edition_id, again.features) == (first.edition_id, 2)
    assert "already taken in" in again.lines()[0]
    assert counts() == before


def test_a_copy_under_another_name_is_the_same_file(tmp_path: Path) -> None:
    take(_plan(tmp_path))
    copy = tmp_path / "copy.gpkg"
    copy.write_bytes((tmp_path / "plan.gpkg").read_bytes())
    assert take(copy).already


@pytest.mark.parametrize("change", ["rows", "mapping", "coverage"])
def test_another_file_or_another_reading_of_it_is_refused(change: str, tmp_path: Path) -> None:
    path = _plan(tmp_path)
    write(frame([cell(0, 0, 5, 5)]), path, layer="coverage")
    take(path, coverage=Coverage(layer="coverage"))
    before = counts()
    other = _plan(tmp_path, "other.gpkg", cells=3)
    options: dict[str, dict[str, object]] = {
        "rows": {},
        "mapping": {"mapping": {"code": "code"}, "coverage": Coverage(layer="coverage")},
        "coverage": {"coverage": Coverage(of_features=True), "layer": "features"},
    }
    with pytest.raises(ConflictError, match="editions never change"):
        take(other if change == "rows" else path, **options[change])
    assert counts() == before


def test_the_same_file_may_be_two_editions(tmp_path: Path) -> None:
    path = _plan(tmp_path)
    take(path)
    take(path, instrument="hc-2")
    assert Feature.objects.count() == 4


@pytest.mark.parametrize("step", ["stage_features", "coverage_without", "move_staged"])
def test_a_failure_half_way_leaves_nothing(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts()

    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError(step)

    monkeypatch.setattr(postgis_copy, step, fail)
    with pytest.raises(RuntimeError, match=step):
        take(_plan(tmp_path))
    assert counts() == before


def test_a_failure_after_everything_was_stored_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts()

    def fail(*_args: object) -> None:
        assert Feature.objects.count() == 2
        raise RuntimeError("late")

    monkeypatch.setattr("gis_layers.ingest.storing.publish", fail)
    with pytest.raises(RuntimeError, match="late"):
        take(_plan(tmp_path))
    assert counts() == before


def test_a_dry_run_reports_and_writes_nothing(
    tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = counts()
    with django_capture_on_commit_callbacks() as told:
        report = take(_plan(tmp_path), dry_run=True)
    assert (report.dry_run, report.features, report.edition_id) == (True, 2, None)
    assert counts() == before
    assert told == []


def test_the_rooms_above_are_told_after_commit(
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[events.Event] = []
    monkeypatch.setitem(events._listeners, EditionTakenIn, [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        report = take(_plan(tmp_path))
        assert heard == []
    assert heard == [EditionTakenIn(edition_id=report.edition_id or 0)]


def test_coverage_from_another_file_in_another_system(tmp_path: Path) -> None:
    where = zipped(write(frame([cell(0, 0, 4, 1), cell(3, 0, 2, 1)], crs=4326), tmp_path / "where.shp"))
    take(_plan(tmp_path), coverage=Coverage(path=where))
    assert Edition.objects.get().coverage.area == pytest.approx(5 * CELL**2, rel=1e-6)  # a union: 3..4 counts once


def test_geometry_columns_are_stored_uncompressed() -> None:
    rows = Feature.objects.raw(
        "SELECT 1 AS id, c.relname || '.' || a.attname AS label_en, a.attstorage AS code FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid AND t.typname = 'geometry' "
        "WHERE c.relname IN ('gis_layers_feature', 'cadastre_parcelversion')"
    )
    assert {row.label_en: row.code for row in rows} == {
        "gis_layers_feature.geom": "e",
        "gis_layers_feature.geom_web": "e",
        "cadastre_parcelversion.geom": "e",
        "cadastre_parcelversion.geom_web": "e",
    }


@pytest.mark.parametrize("name", ["plan.gpkg", "plan.geojson", "plan.shp", "plan.gdb"])
def test_reading_leaves_the_file_and_its_folder_as_they_were(name: str, tmp_path: Path) -> None:
    described = {"dataset_metadata": {"notice": "sample"}} if name == "plan.gpkg" else {}
    path = write(frame([cell(0, 0)], crs=4326), tmp_path / name, **described)
    before = {part: part.read_bytes() for part in tmp_path.rglob("*") if part.is_file()}
    take(path)
    assert {part: part.read_bytes() for part in tmp_path.rglob("*") if part.is_file()} == before


# --- the command -----------------------------------------------------------------------------------------


def _command(*words: object) -> str:
    out = StringIO()
    call_command("take_in", *map(str, words), stdout=out)
    return out.getvalue()


def test_the_command_registers_takes_in_and_reports(tmp_path: Path) -> None:
    path = write(frame([cell(0, 0), cell(5, 5)], codes=["H5", None]), tmp_path / "plan.gpkg")
    write(frame([cell(0, 0, 6, 6)]), path, layer="coverage")
    words = (path, "--theme", "height", "--instrument", "hc-9", "--mapping", "code=code,label_fa=label_fa")
    titles = ("--title-fa", "بازنگری", "--title-en", "Revision", "--rank", "local", "--coverage-layer", "coverage")
    assert "dry run" in _command(*words, *titles, "--dry-run")
    assert not Instrument.objects.filter(code="hc-9").exists()
    told = _command(*words, *titles)
    assert "1 features, 1 quarantined" in told
    assert "row 2: no_code" in told
    assert Instrument.objects.get(code="hc-9").rank == 20
    assert "already taken in" in _command(*words, *titles)


def test_the_command_says_what_to_do_in_both_languages(tmp_path: Path) -> None:
    path = _plan(tmp_path)
    with pytest.raises(CommandError) as caught:
        _command(path, "--theme", "height", "--instrument", "hc-1", "--mapping", "code", "--coverage", path)
    assert "Separate name=FIELD pairs by commas" in str(caught.value)
    assert "ویرگول" in str(caught.value)


def test_the_command_wants_a_coverage(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--coverage"):
        _command(_plan(tmp_path), "--theme", "height", "--instrument", "hc-1", "--mapping", "code=code")


def test_a_missing_coverage_file_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        _command(
            _plan(tmp_path), "--theme", "height", "--instrument", "hc-1", "--mapping", "code=code",
            "--coverage", tmp_path / "none.gpkg",
        )  # fmt: skip
