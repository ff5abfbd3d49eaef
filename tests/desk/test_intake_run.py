"""A run from upload to report: what it finds, what it leaves alone, what may be done with it."""

import time
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pyogrio
import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon

from apps.cadastre.models import District
from apps.common.clock import now
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, IntakeError, NotFoundError
from apps.desk import intake, intake_access, intake_coverage, intake_looking, intake_report, intake_running
from apps.desk.intake_pulse import Pulse
from apps.desk.models import IntakeRun, RunState
from apps.legal.models import Instrument, LegalAct
from gis_layers.ingest.progress import Step
from gis_layers.models import Edition, Feature, Quarantined
from gis_layers.postgis_connections import renew
from tests.desk.intake_build import build_rulebooks_of_city, done, plan, planner, send, started
from tests.gis_layers.files import cell, frame, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.desk.tasks.run_intake.delay", lambda _run: None)


@pytest.fixture(autouse=True)
def rules() -> None:
    build_rulebooks_of_city()


def test_a_layer_becomes_a_draft_edition_with_its_report(tmp_path: Path) -> None:
    """
    ┌────┬────┬────┬────┐  row 1: H4, row 2: H99 (no rulebook knows it), row 3: no code, row 4 overlaps row 5 by half
    │ 1  │ 2  │ 3  │ 4▒5│  of the fifth cell stays empty: a gap, since the coverage is 5 cells and one more
    └────┴────┴────┴────┘
    """
    shapes = [cell(0, 0), cell(1, 0), cell(2, 0), cell(3, 0), cell(3.5, 0)]
    path = write(frame(shapes, codes=["H4", "H99", None, "H4", "H5"]), tmp_path / "plan.gpkg")
    write(frame([cell(0, 0, 6, 1)]), path, layer="where")
    run = done(planner(), path, coverage={"kind": "layer", "layer": "where"})
    assert run.error == {}
    assert (run.state, run.progress) == (RunState.DONE, 1.0)
    counts = run.report["counts"]
    assert (counts["rows"], counts["features"], counts["quarantined"]) == (5, 2, 3)
    assert run.report["quarantine"]["reasons"] == {"no_code": 1, "overlaps_another_row": 2}
    assert [(spot["rows"], spot["m2"]) for spot in run.report["overlaps"]["spots"]] == [([4, 5], 5000.0)]
    assert (run.report["gaps"]["count"], run.report["gaps"]["m2"]) == (1, 15000.0)
    assert [found["code"] for found in run.report["codes"]["unknown"]] == ["H99"]
    assert run.report["outside"] is None
    assert (Edition.objects.count(), Feature.objects.count(), Quarantined.objects.count()) == (1, 2, 3)
    assert not LegalAct.objects.exists()
    assert Instrument.objects.get(code="height-code-1405-1").title_fa == "بازنگری"


def test_the_bad_rows_come_home_in_their_own_system_with_reasons(tmp_path: Path) -> None:
    shapes = [cell(0, 0), cell(2, 0), cell(4, 0), None]
    path = write(frame(shapes, codes=["H4", None, "H5", "H6"], crs=4326), tmp_path / "plan.gpkg")
    write(frame([cell(0, 0, 6, 1)]), path, layer="where")
    run = done(planner(), path, coverage={"kind": "layer", "layer": "where"})
    out = tmp_path / "bad.gpkg"
    assert intake_looking.export_bad_rows(run, into=out) == 2
    bad = pyogrio.read_dataframe(out)
    assert bad.crs.to_epsg() == 4326
    assert list(bad.q_row) == [2, 4]
    assert list(bad.q_reason) == ["no_code", "empty_geometry"]
    assert bad.q_why_fa[0].startswith("ستون code")
    assert "has no shape" in bad.q_why_en[1]
    assert list(bad.code.isna()) == [True, False]
    assert bad.code[1] == "H6"
    assert bad.geometry[0].equals_exact(frame(shapes, crs=4326).geometry[1], 1e-9)
    assert bad.geometry[1] is None


def test_a_mended_file_takes_the_place_of_the_draft(tmp_path: Path) -> None:
    """Two rows without a code and two that overlap; the next file has three of the four mended."""
    shapes = [cell(0, 0), cell(1, 0), cell(2, 0), cell(2.5, 0), cell(5, 0)]
    person = planner()
    first = done(person, write(frame(shapes, codes=[None, None, "H4", "H5", "H6"]), tmp_path / "a.gpkg"))
    assert first.report["counts"]["quarantined"] == 4
    mended = [cell(0, 0), cell(1, 0), cell(2, 0), cell(3, 0), cell(5, 0)]
    second = done(
        person, write(frame(mended, codes=["H4", None, "H4", "H5", "H6"]), tmp_path / "b.gpkg"), corrects=first
    )
    assert second.error == {}
    assert second.report["mending"] == {"before": 4, "mended": 3, "still": [2], "new": []}
    assert (second.instrument_code, second.corrects_id) == (first.instrument_code, first.pk)
    assert Edition.objects.get().pk == second.edition_id
    assert (Feature.objects.count(), Quarantined.objects.count()) == (4, 1)
    first.refresh_from_db()
    assert first.edition_id is None
    assert first.report["counts"]["quarantined"] == 4  # what was found then stays on record
    with pytest.raises(NotFoundError, match="newer one took its place"):
        intake_looking.export_bad_rows(first, into=tmp_path / "x.gpkg")


def test_a_mended_file_that_fails_leaves_the_draft_as_it_was(tmp_path: Path) -> None:
    person = planner()
    first = done(person, write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "a.gpkg"))
    second = done(person, write(frame([], codes=[]), tmp_path / "b.gpkg"), corrects=first)
    assert second.state == RunState.FAILED
    assert "no rows" in second.error["en"]
    assert Edition.objects.get().pk == first.edition_id
    assert Feature.objects.count() == 1


def test_what_is_wrong_with_a_file_ends_the_run_with_words_and_nothing_written(tmp_path: Path) -> None:
    far = frame([cell(0, 0)]).translate(5_000_000, 0)
    path = write(frame(list(far), codes=["H4"]), tmp_path / "plan.gpkg")
    run = done(planner(), path)
    assert run.state == RunState.FAILED
    assert "outside the city" in run.error["en"]
    assert run.error["fa"]
    assert not Edition.objects.exists()
    assert not Instrument.objects.filter(code="height-code-1405-1").exists()


def test_a_run_that_failed_may_be_mapped_anew(tmp_path: Path) -> None:
    person = planner()
    path = write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg")
    run = done(person, path, mapping={"code": "kode"})
    assert "Perhaps: code" in run.error["en"]
    run = intake.again(person=person, run_id=run.pk)
    run = intake.start(person=person, run_id=run.pk, plan=plan())
    intake_running.perform(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.DONE, {})


def test_a_run_starts_once(tmp_path: Path) -> None:
    person = planner()
    run = started(person, write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg"))
    with pytest.raises(ConflictError, match="started or ended before"):
        intake.start(person=person, run_id=run.pk, plan=plan())
    intake_running.perform(run.pk)
    intake_running.perform(run.pk)  # the same message a second time
    assert Edition.objects.count() == 1
    with pytest.raises(ConflictError):
        intake.cancel(person=person, run_id=run.pk)


def test_two_workers_with_the_same_message_do_it_once(tmp_path: Path) -> None:
    run = started(planner(), write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg"))

    def work() -> None:
        try:
            intake_running.perform(run.pk)
        finally:
            renew()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    run.refresh_from_db()
    assert (run.state, run.attempt % 100) == (RunState.DONE, 1)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("step", ["reading", "judging", "storing", "gaps", "report"])
def test_a_run_that_is_stopped_in_any_step_leaves_nothing(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = planner()
    run = started(person, write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg"))
    at = Pulse.at

    def stopped(self: Pulse, now_at: Step, share: float = 0.0) -> None:
        if now_at == step and IntakeRun.objects.get(pk=run.pk).state == RunState.RUNNING:
            cancelling(run)
            wait_for_the_pulse(self)
        at(self, now_at, share)

    monkeypatch.setattr(Pulse, "at", stopped)
    monkeypatch.setattr("apps.desk.intake_pulse.BEAT_SECONDS", 0.05)
    intake_running.perform(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert not Edition.objects.exists()
    assert not Feature.objects.exists()
    assert not Instrument.objects.filter(code=run.instrument_code).exists()
    assert intake.again(person=person, run_id=run.pk).state == RunState.MAPPING


def cancelling(run: IntakeRun) -> None:
    """From another connection, as another process would."""

    def say() -> None:
        try:
            intake.cancel(person=run.person, run_id=run.pk)
        finally:
            renew()

    other = Thread(target=say)
    other.start()
    other.join(20)


def wait_for_the_pulse(pulse: Pulse) -> None:
    for _ in range(400):
        if pulse._stop is not None:
            return
        time.sleep(0.05)
    raise AssertionError("the pulse never heard of it")


def test_a_worker_whose_run_went_to_another_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = started(planner(), write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg"))
    build = intake_report.build

    def taken_meanwhile(*args: object, **facts: object) -> object:
        def take() -> None:
            try:
                IntakeRun.objects.filter(pk=run.pk).update(attempt=102)
            finally:
                renew()

        other = Thread(target=take)
        other.start()
        other.join(20)
        return build(*args, **facts)

    monkeypatch.setattr(intake_report, "build", taken_meanwhile)
    intake_running.perform(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempt) == (RunState.RUNNING, 102)
    assert not Edition.objects.exists()


def test_silent_runs_are_taken_up_stopped_or_given_up(tmp_path: Path) -> None:
    person = planner()
    path = write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg")
    states = {}
    for number, (state, attempt) in enumerate(
        [(RunState.RUNNING, 101), (RunState.RUNNING, 105), (RunState.CANCELLING, 101), (RunState.QUEUED, 100)]
    ):
        run = started(person, path, instrument=f"silent-{number}")
        IntakeRun.objects.filter(pk=run.pk).update(state=state, attempt=attempt)
        states[number] = run.pk
    assert intake_running.revive(at=now()) == 0
    assert intake_running.revive(at=now() + timedelta(minutes=3)) == 2
    found = [IntakeRun.objects.get(pk=states[n]) for n in range(4)]
    assert [run.state for run in found] == ["queued", "failed", "cancelled", "queued"]
    assert "several times" in found[1].error["en"]


def test_a_district_is_where_a_planner_of_it_speaks(tmp_path: Path) -> None:
    """
    ┌────┬────┐   the district holds the first cell and half of the second: row 2 reaches out by 5,000 m²
    │ 1  │ 2▒▒│
    └────┴────┘
    """
    ground = MultiPolygon(GEOSGeometry(cell(0, 0, 1.5, 1).wkt), srid=32639)
    District.objects.create(
        number=3, name_fa="۳", name_en="3", geom=ground, geom_web=ground.transform(3857, clone=True)
    )
    path = write(frame([cell(0, 0), cell(1, 0)], codes=["H4", "H4"]), tmp_path / "plan.gpkg")
    run = done(planner(districts=[3]), path, coverage={"kind": "district", "district": [3]})
    assert run.error == {}
    outside = run.report["outside"]
    assert (outside["districts"], outside["approximate"]) == ([3], True)
    assert [(spot["rows"], spot["m2"]) for spot in outside["spots"]] == [([2], 5000.0)]
    assert run.report["beyond"] == [2]
    assert run.report["counts"]["coverage_m2"] == 15000.0
    with pytest.raises(BadInputError, match="not known"):
        intake_coverage.ground_of([9])


def test_the_place_of_another_edition_can_be_taken_over(tmp_path: Path) -> None:
    person = planner()
    path = write(frame([cell(0, 0, 4, 4)], codes=["H4"]), tmp_path / "a.gpkg")
    done(person, path)
    other = write(frame([cell(0, 0)], codes=["H5"]), tmp_path / "b.gpkg")
    run = done(person, other, instrument="second", coverage={"kind": "edition", "edition": "height-code-1405-1"})
    assert run.report["counts"]["coverage_m2"] == 160_000.0
    assert run.report["gaps"]["m2"] == 150_000.0
    lost = done(person, other, instrument="third", coverage={"kind": "edition", "edition": "nothing"})
    assert "no edition" in lost.error["en"]


def test_a_coverage_from_another_file(tmp_path: Path) -> None:
    person = planner()
    path = write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg")
    where = write(frame([cell(0, 0, 2, 2)], crs=4326), tmp_path / "where.geojson")
    run = intake.bring(person=person, upload_ids=[send(person, path).pk])
    run = intake.start(
        person=person, run_id=run.pk, plan=plan(coverage={"kind": "file"}), coverage_uploads=[send(person, where).pk]
    )
    intake_running.perform(run.pk)
    run.refresh_from_db()
    assert run.error == {}
    assert run.report["counts"]["coverage_m2"] == pytest.approx(40_000, abs=1)
    again = intake.bring(person=person, upload_ids=[send(person, path).pk])
    with pytest.raises(IntakeError, match="no longer here"):
        intake.start(person=person, run_id=again.pk, plan=plan(instrument="x-1", coverage={"kind": "file"}))


def test_a_run_goes_with_its_draft_and_its_files(tmp_path: Path, settings) -> None:
    person = planner()
    run = done(person, write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg"))
    folder = Path(settings.MEDIA_ROOT) / "desk" / "runs" / str(run.pk)
    assert folder.is_dir()
    intake.remove(person=person, run_id=run.pk)
    assert not folder.exists()
    assert not Edition.objects.exists()
    assert not IntakeRun.objects.exists()


def test_only_their_own_themes_and_runs(tmp_path: Path) -> None:
    mine, theirs = planner(themes=["density"]), planner("09121110002", themes=["height_code"])
    path = write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg")
    run = intake.bring(person=mine, upload_ids=[send(mine, path).pk])
    with pytest.raises(ForbiddenError, match="height_code"):
        intake.start(person=mine, run_id=run.pk, plan=plan())
    with pytest.raises(NotFoundError):
        intake.start(person=theirs, run_id=run.pk, plan=plan())
    with pytest.raises(NotFoundError):
        intake_access.seen(theirs, run.pk)
    other = done(theirs, path)
    with pytest.raises(NotFoundError):
        intake_access.seen(mine, other.pk)
    assert intake_access.seen(planner("09121110003"), other.pk) == other


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"theme": "no-such"}, "theme"),
        ({"mapping": {"code": ""}}, "code"),
        ({"title_fa": " "}, "title_fa"),
        ({"title_en": "x" * 201}, "title_en"),
        ({"instrument": "Ärger!"}, "instrument"),
        ({"instrument": "isf-heights"}, "instrument"),
        ({"crs": "utm"}, "crs"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_field(changes: dict[str, object], field: str, tmp_path: Path) -> None:
    person = planner()
    path = write(frame([cell(0, 0)], codes=["H4"]), tmp_path / "plan.gpkg")
    run = intake.bring(person=person, upload_ids=[send(person, path).pk])
    with pytest.raises(BadInputError) as refused:
        intake.start(person=person, run_id=run.pk, plan=plan(**changes))
    assert refused.value.details["field"] == field
    run.refresh_from_db()
    assert run.state == RunState.MAPPING
