"""Copies of the template with one thing broken: each is refused by file, entry and key, and nothing is written."""

import json
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from apps.api.management.commands import build_demo, extract
from apps.cadastre.models import Parcel, ParcelSide, ParcelVersion
from apps.common.models import BuildStep
from apps.extracts.models import Overlay
from apps.legal.models import Instrument, LegalAct, Rulebook
from apps.parties.models import Office, Person
from gis_layers.models import Edition, Theme
from tests.add_city.broken import BROKEN, Change, changed
from tests.add_city.checkout import TEMPLATE, manage

pytestmark = pytest.mark.django_db
COUNTED = (
    Parcel, ParcelVersion, ParcelSide, Theme, Edition, Instrument, Rulebook, LegalAct, Office, Person, Overlay,
    BuildStep,
)  # fmt: skip
# Imported above, while the tests' own city stands: some modules keep its words when they are first read.
COMMANDS = {"build_demo": build_demo, "extract": extract}


@pytest.fixture
def package(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.CITY_ROOT = Path(shutil.copytree(TEMPLATE, tmp_path / "town"))
    settings.VAR_DIR = tmp_path / "var"
    before = counted()
    yield settings.CITY_ROOT
    assert set(before.values()) == {0}


def counted() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def called(name: str, *words: str) -> str:
    out = StringIO()
    call_command(COMMANDS[name].Command(), *words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("change", "says"), BROKEN.values(), ids=BROKEN)
def test_it_is_named_and_nothing_is_written(change: Change, says: str, package: Path) -> None:
    change(package)
    for words in (("build_demo", "--check"), ("build_demo", "--overlays", "here")):
        with pytest.raises(CommandError) as caught:
            called(*words)
        assert says in str(caught.value)
        assert caught.value.returncode == 1
    assert set(counted().values()) == {0}


def test_the_template_itself_is_whole_and_a_second_run_has_nothing_to_do(package: Path) -> None:
    assert called("build_demo", "--check") == "town: the package is whole\n"
    assert set(counted().values()) == {0}
    assert "parcels: 6 parcels" in called("build_demo", "--overlays", "here")
    assert (Parcel.objects.count(), ParcelSide.objects.count(), LegalAct.objects.count()) == (6, 24, 6)
    assert "nothing to do" in called("build_demo", "--overlays", "here")


@pytest.mark.parametrize(
    ("change", "says", "kept"),
    [
        # found only when the rows are read: that step is undone whole, the steps before it stand whole
        (changed("files/parcels.geojson", '"plot": "102"', '"plot": "1-2"'), "Row 2, field plot: “1-2”", (0, 0)),
        (changed("files/parcels.geojson", '"plot": "102"', '"plot": "101"'), "come twice", (0, 0)),
        (changed("files/sides.geojson", '"plot": "203"', '"plot": "303"'), "not loaded (row: code): 21: 303", (6, 0)),
    ],
    ids=["unreadable code", "code twice", "side of no parcel"],
)
def test_a_fault_among_rows_undoes_its_step(change: Change, says: str, kept: tuple[int, int], package: Path) -> None:
    change(package)
    called("build_demo", "--check")
    with pytest.raises(CommandError, match="Nothing was loaded") as caught:
        called("build_demo", "--overlays", "here")
    assert says in str(caught.value)
    assert (Parcel.objects.count(), ParcelSide.objects.count()) == kept
    assert BuildStep.objects.filter(name="parcels").count() == bool(kept[0])
    assert not BuildStep.objects.filter(name="sides").exists()


def test_mended_it_goes_on_where_it_stood(package: Path) -> None:
    break_it = changed("files/sides.geojson", '"plot": "203"', '"plot": "303"')
    break_it(package)
    with pytest.raises(CommandError):
        called("build_demo", "--overlays", "here")
    changed("files/sides.geojson", '"plot": "303"', '"plot": "203"')(package)
    lines = called("build_demo", "--overlays", "here")
    assert "sides: 24 sides" in lines
    assert "parcels …" not in lines


def test_extracts_are_asked_for_all_or_none(package: Path) -> None:
    called("build_demo", "--overlays", "here")
    lines = called("extract", "101", "203", "--on", "2025-01-01").splitlines()
    assert [json.loads(line)["parcel"]["code"] for line in lines] == ["101", "203"]
    for words, says in (
        (["101", "999"], "999"),
        (["1-2-3"], "Write it like 101"),
        (["101", "--on", "soon"], "soon"),
        (["101", "--permit-kind", "CASTLE"], "CASTLE"),
    ):
        with pytest.raises(CommandError, match=says):
            called("extract", *words)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (changed("city.toml", "srid = 32639", "srid = = 32639"), "city.toml is not valid TOML"),
        (
            changed("city.toml", "[subjects.max_coverage]", "[subjects.max_joy]"),
            "[subjects]: unknown max_joy; known are",
        ),
    ],
    ids=["broken TOML", "unknown subject"],
)
def test_the_command_line_ends_with_one_sentence(change: Change, says: str, package: Path) -> None:
    change(package)
    done = manage("check", city=package)
    assert done.returncode == 1
    assert says in done.stderr
    assert "city.toml" in done.stderr
    assert "Traceback" not in done.stderr
