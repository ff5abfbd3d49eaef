"""A row without a place binds nowhere only where the edition says so; else nobody can say where it speaks.

row 1  H1  a cell      row 2  H2  no shape
"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.common.errors import IntakeError
from apps.legal.models import Instrument
from gis_layers.ingest.checksums import digest_of
from gis_layers.ingest.coverage import Coverage
from gis_layers.models import Edition, Quarantined, Theme
from tests.gis_layers.files import cell, frame, write
from tests.gis_layers.grid import MAPPING, counts, take

pytestmark = pytest.mark.usefixtures("height", "heritage", "instruments")


def plan(folder: Path, codes: tuple[str, ...] = ("H1", "H2"), name: str = "plan.gpkg") -> Path:
    return write(frame([cell(0, 0), None][: len(codes)], codes), folder / name, geometry_type="Unknown")


def test_undeclared_it_refuses_the_layer_that_speaks_where_its_features_lie(tmp_path: Path) -> None:
    before = counts()
    with pytest.raises(IntakeError) as caught:
        take(plan(tmp_path))
    assert "(row: code): 2: H2" in caught.value.message.en
    assert "without_place" in caught.value.message.fa
    assert caught.value.details["rows"] == [2]
    assert counts() == before


def test_a_row_without_code_and_place_can_only_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="2: -"):
        take(plan(tmp_path, ("H1", "")), coverage=Coverage(of_features=True, without_place=("",)))


def test_declared_it_is_kept_apart_and_leaves_no_doubt(tmp_path: Path) -> None:
    report = take(plan(tmp_path), coverage=Coverage(of_features=True, without_place=("H2",)))
    edition = Edition.objects.get()
    assert (report.features, report.unplaced, edition.quarantined_count, edition.unplaced) == (1, 0, 1, 0)
    kept = Quarantined.objects.get()
    assert (kept.source_row, kept.reason, kept.footprint) == (2, "declared_without_place", None)
    assert "“H2” has no shape in its source" in kept.message_en
    assert edition.coverage.area == pytest.approx(10_000)


def test_with_a_drawn_coverage_it_is_quarantined_and_leaves_doubt(tmp_path: Path) -> None:
    path = plan(tmp_path)
    write(frame([cell(0, 0, 5, 5)]), path, layer="coverage")
    assert take(path, coverage=Coverage(layer="coverage"), layer="features").unplaced == 1
    assert Quarantined.objects.get().reason == "empty_geometry"


@pytest.mark.parametrize("declared", ["H1", "H9"])
def test_a_declaration_that_is_not_true_is_refused(declared: str, tmp_path: Path) -> None:
    """H1 has a place; H9 is not in the file."""
    with pytest.raises(IntakeError) as caught:
        take(plan(tmp_path), coverage=Coverage(of_features=True, without_place=("H2", declared)))
    assert caught.value.details["codes"] == [declared]
    assert not Edition.objects.exists()


def test_the_declaration_is_part_of_how_the_file_is_read(tmp_path: Path) -> None:
    path = plan(tmp_path)
    asked = {"theme": "height", "mapping": MAPPING, "layer": None, "crs": None, "encoding": None}
    one = digest_of(path, coverage=Coverage(of_features=True), **asked)
    other = digest_of(path, coverage=Coverage(of_features=True, without_place=("H2",)), **asked)
    assert one != other


def test_the_command_takes_the_declaration(tmp_path: Path) -> None:
    out = StringIO()
    words = ["--theme", "height", "--instrument", "hc-1", "--mapping", "code=code", "--coverage-is-extent-of-features"]
    call_command("take_in", str(plan(tmp_path)), *words, "--without-place", "H2, ", stdout=out)
    assert "1 features, 1 quarantined (0 without a place)" in out.getvalue()
    assert (Theme.objects.filter(code="height").count(), Instrument.objects.filter(code="hc-1").count()) == (1, 1)
