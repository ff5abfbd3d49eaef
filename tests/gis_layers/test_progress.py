"""An intake tells how far it is and stops between two steps; what it stops in leaves nothing."""

from pathlib import Path

import pytest

from apps.common.errors import BadInputError, IntakeError
from gis_layers.ingest import overlaps, sifting
from gis_layers.ingest.coverage import Coverage
from gis_layers.ingest.progress import IntakeCancelled, Step
from gis_layers.models import Edition
from tests.gis_layers.files import cell, frame, write
from tests.gis_layers.grid import counts, take


class Told:
    """Remembers what it is told, and stops at a step."""

    def __init__(self, stop: Step | None = None) -> None:
        self.heard: list[tuple[Step, float]] = []
        self.stop = stop

    def at(self, step: Step, share: float = 0.0) -> None:
        self.heard.append((step, share))
        if step == self.stop:
            raise IntakeCancelled


def plan(folder: Path) -> Path:
    """Four cells of which the last two overlap by a half."""
    return write(frame([cell(0, 0), cell(1, 0), cell(2, 0), cell(2.5, 0)]), folder / "plan.gpkg")


def test_every_step_is_told_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sifting, "_PORTION", 2)
    monkeypatch.setattr(overlaps, "_PORTION", 1)
    told = Told()
    take(plan(tmp_path), progress=told)
    steps = [step for step, _ in told.heard]
    assert list(dict.fromkeys(steps)) == [
        Step.OPENING, Step.READING, Step.JUDGING, Step.COMPARING, Step.COVERAGE, Step.STORING,
    ]  # fmt: skip
    assert [share for step, share in told.heard if step == Step.JUDGING] == [0.0, 0.5]
    assert all(0 <= share <= 1 for _, share in told.heard)


@pytest.mark.parametrize("step", [s for s in Step if s not in {Step.GAPS, Step.REPORT}])
def test_stopped_in_any_step_nothing_is_written(step: Step, tmp_path: Path) -> None:
    path, before = plan(tmp_path), counts()
    with pytest.raises(IntakeCancelled):
        take(path, progress=Told(stop=step))
    assert counts() == before
    take(path)  # and the next one is not in the way of it
    assert Edition.objects.get().feature_count == 2


def test_portions_do_not_change_what_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = [cell(col, row) for col in range(5) for row in range(5)] + [cell(1.5, 1.5), None]
    path = write(frame(shapes), tmp_path / "plan.gpkg")
    where = write(frame([cell(0, 0, 6, 6)]), tmp_path / "where.gpkg")
    whole = take(path, coverage=Coverage(path=where))
    for module, size in ((sifting, 3), (overlaps, 2)):
        monkeypatch.setattr(module, "_PORTION", size)
    parts = take(path, instrument="hc-2", coverage=Coverage(path=where))
    assert [(k.row, k.reason, k.text) for k in parts.quarantined] == [
        (k.row, k.reason, k.text) for k in whole.quarantined
    ]


def test_the_place_of_another_edition_and_a_polygon(tmp_path: Path) -> None:
    take(write(frame([cell(0, 0, 3, 3)]), tmp_path / "a.gpkg"))
    path = write(frame([cell(0, 0)]), tmp_path / "b.gpkg")
    take(path, instrument="hc-2", coverage=Coverage(edition="hc-1"))
    assert Edition.objects.get(instrument__code="hc-2").coverage.area == pytest.approx(90_000)
    take(path, instrument="hr-1", theme="heritage", coverage=Coverage(polygon=cell(0, 0, 2, 1).wkb))
    assert Edition.objects.get(instrument__code="hr-1").coverage.area == pytest.approx(20_000)
    assert len(set(Edition.objects.values_list("checksum", flat=True))) == 3
    assert take(path, instrument="hc-2", coverage=Coverage(edition="hc-1")).already


@pytest.mark.parametrize(
    "options",
    [{}, {"edition": "a", "of_features": True}, {"polygon": b"x", "layer": "y"}, {"edition": "a", "polygon": b"x"}],
)
def test_the_place_is_said_in_one_way(options: dict[str, object]) -> None:
    with pytest.raises(BadInputError, match="Say where"):
        Coverage(**options)  # type: ignore[arg-type]


def test_an_edition_that_is_not_there_has_no_place(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="no edition “hc-2”"):
        take(write(frame([cell(0, 0)]), tmp_path / "a.gpkg"), coverage=Coverage(edition="hc-2"))
