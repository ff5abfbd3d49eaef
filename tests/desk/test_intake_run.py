"""A run from upload to report: what it finds, what it leaves alone, what may be done with it."""

from pathlib import Path

import pytest

from apps.desk.models import RunState
from apps.legal.models import Instrument, LegalAct
from gis_layers.models import Edition, Feature, Quarantined
from tests.desk.intake_build import build_rulebooks_of_city, done, planner
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
