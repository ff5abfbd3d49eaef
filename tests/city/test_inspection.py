"""A package is read whole before anything is written: the first mistake is named, and nothing is left behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pytest
from pytest_django import Settings
from shapely import LineString, box

from apps.api.city_build.build import Order, build_city
from apps.cadastre.models import District, Parcel, ParcelSide, ParcelVersion
from apps.common.city import current_city
from apps.common.errors import IntakeError
from apps.common.models import BuildStep
from apps.legal.models import Instrument
from apps.parties.models import Office, Person
from gis_layers.models import Theme
from tests.city.package import make_package
from tests.gis_layers.files import ORIGIN, write

pytestmark = pytest.mark.django_db
WATCHED = (BuildStep, District, Instrument, Office, Parcel, Person, Theme)
FILES = """
[files.parcels]
file = "lots.gpkg"
[files.parcels.columns]
code = "id"
[files.parcels.not_known]
wide = [1.0]
[files.sides]
file = "sides.gpkg"
parcel = "id"
kind = "side"
skip = ["middle"]
[files.sides.kinds]
f = "front"
[parcel_facts.width]
column = "wide"
label = "Width"
"""
Change = Callable[[Path], None]


@pytest.fixture
def package(tmp_path: Path, settings: Settings) -> Path:
    settings.CITY_ROOT = make_package(tmp_path / "tiny")
    settings.VAR_DIR = tmp_path / "var"
    return Path(settings.CITY_ROOT)


@pytest.fixture
def mapped(package: Path) -> Path:
    """The same city with two lots in a file of its own shape, and their sides."""
    files = package / "files"
    for name in ("districts", "places", "backdrop", "parcels"):
        (files / f"{name}.gpkg").unlink()
    x, y = ORIGIN
    plots = [box(x + d, y, x + d + 12, y + 20) for d in (20, 60)]
    lots = {"id": ["3-1-1-1", "3-1-1-2"], "wide": [1.0, 12.5]}
    write(geopandas.GeoDataFrame(lots, geometry=plots, crs=32639), files / "lots.gpkg", layer="lots")
    sides = {"id": ["3-1-1-1", "3-1-1-2"], "side": ["f", "middle"]}
    lines = [LineString([(x + 20, y), (x + 32, y)])] * 2
    write(geopandas.GeoDataFrame(sides, geometry=lines, crs=32639), files / "sides.gpkg", layer="sides")
    city = package / "city.toml"
    city.write_text(city.read_text(encoding="utf-8") + FILES, encoding="utf-8")
    return package


def run() -> int:
    return build_city(current_city(), Order(overlays="here"), lambda _line: None)


def refused(says: str) -> None:
    """The build is refused with these words, in both languages, and nothing at all was written."""
    with pytest.raises(IntakeError) as caught:
        run()
    assert says in caught.value.message.en
    assert caught.value.details["file"] in caught.value.message.fa
    assert {model.__name__: model._default_manager.count() for model in WATCHED} == dict.fromkeys(
        (model.__name__ for model in WATCHED), 0
    )


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("themes", "tolerance_m2 = 2.0", "", "tiny/themes.toml, entry 1, key tolerance_m2: the key is missing"),
        ("themes", "tolerance_m2 = 2.0", "tolerance_m2 = -1", "key tolerance_m2: it must be a number from 0."),
        ("themes", "tolerance_m2 = 2.0", 'tolerance_m2 = "2"', "key tolerance_m2: it must be a number"),
        (
            "themes",
            "tolerance_share = 0.02",
            "tolerance_share = 2",
            "tolerance_share: it must be a number from 0 to 1.",
        ),
        ("themes", "tolerance_share = 0.02", "tolerance_share = true", "tolerance_share: it must be a number"),
        ("themes", 'office = "planning"', 'office = "moon"', "key office: offices.toml has no such office"),
        ("themes", 'code = "height_code"', "code = [", "tiny/themes.toml: it is no valid TOML"),
        ("editions", 'theme = "height_code"', 'theme = "colour"', "entry 1, key theme: themes.toml has no such theme"),
        ("editions", 'coverage_layer = "coverage"', "", "key coverage_…: Say where this layer speaks"),
        ("editions", 'code = "code", ', "", "key mapping: it names no field for code"),
        ("editions", '"hc-2"', '"hc-1"', "entry 2, key code: “hc-1” stands twice"),
        ("editions", 'code = "code"', 'code = "colour"', "colour"),
        ("rulebooks", 'source = "detailed_plan"', 'source = "rumour"', "key source: “rumour” is not one of"),
        ("rulebooks", "rulebooks/rb-1.csv", "rulebooks/none.csv", "the file rulebooks/none.csv was not found"),
        ("acts", 'kind = "approve"', 'kind = "wish"', "entry 1, key kind: “wish” is not one of approve"),
        ("acts", 'act_date = "1393-05-12"', 'act_date = "soon"', "entry 1, key act_date: "),
        ("acts", 'document = "one.pdf"', "", "entry 1, key document: the key is missing"),
        ("acts", 'instrument = "hc-1"', 'instrument = "hc-1"\nreplaced_by = "hc-9"', "no instrument “hc-9”"),
        ("people", "[[person]]", "[[nobody]]", "two people with the role law_officer"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(file: str, old: str, new: str, says: str, package: Path) -> None:
    edit(package / f"{file}.toml", old, new)
    refused(says)


@pytest.mark.parametrize("name", ["themes", "offices", "people", "editions", "rulebooks", "acts"])
def test_a_missing_file_is_named(name: str, package: Path) -> None:
    (package / f"{name}.toml").unlink()
    refused(f"tiny/{name}.toml: the file is missing")


def test_a_missing_layer_file_is_named(package: Path) -> None:
    (package / "files" / "heights.gpkg").unlink()
    refused("tiny/editions.toml, entry 1, key file: the file heights.gpkg was not found")


def test_a_fault_in_a_rulebook_is_named_by_its_cell(package: Path) -> None:
    edit(package / "rulebooks" / "rb-1.csv", "max_storeys", "max_stories")
    refused("rb-1.csv")


def test_a_fact_of_an_unheard_of_theme_is_named(package: Path) -> None:
    lines = '\n[facts.old]\nthemes = ["old_town"]\nlabel = "Old"\n'
    city = package / "city.toml"
    city.write_text(city.read_text(encoding="utf-8") + lines, encoding="utf-8")
    refused("tiny/city.toml, [facts.old], key themes: themes.toml has no theme “old_town”")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('scheme = "plain"', "[parcel_code], key pattern: the key is missing"),
        ('scheme = "roman"', "[parcel_code], key pattern: parcel_code.scheme is renovation or plain"),
    ],
)
def test_a_badly_declared_code_is_named(lines: str, says: str, package: Path) -> None:
    city = package / "city.toml"
    city.write_text(f"{city.read_text(encoding='utf-8')}\n[parcel_code]\n{lines}\n", encoding="utf-8")
    refused(says)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "id"', 'plate = "id"', "[files.parcels], key columns: "),
        ('code = "id"', 'code = "number"', "number"),
        ('column = "wide"', 'column = "broad"', "broad"),
        ('file = "lots.gpkg"', 'file = "none.gpkg"', "[files.parcels], key file: the file none.gpkg was not found"),
        ('file = "sides.gpkg"', 'file = "none.gpkg"', "[files.sides], key file: the file none.gpkg was not found"),
        ('kind = "side"', "", "[files.sides], key kind: the key is missing"),
        ('f = "front"', 'f = "top"', "[files.sides], key kinds: "),
        ('f = "front"', 'g = "front"', "“f” is not one of g, middle"),
        ("[files.sides]", '[files.places]\nfile = "p.gpkg"\n[files.sides]', "[files.places], key file: "),
    ],
)
def test_files_that_are_not_as_declared_are_named(old: str, new: str, says: str, mapped: Path) -> None:
    edit(mapped / "city.toml", old, new)
    refused(says)


def test_a_city_of_other_files_is_built(mapped: Path) -> None:
    """No districts, places and backdrop; lots and sides by the city's own columns; a filler is not known."""
    run()
    versions = ParcelVersion.objects.order_by("pk").values_list("attributes", flat=True)
    assert list(versions) == [{"wide": None}, {"wide": 12.5}]
    assert list(ParcelSide.objects.values_list("kind", flat=True)) == ["front"]
    assert not District.objects.exists()
    assert run() == 0


def test_once_built_it_needs_no_files_any_more(mapped: Path) -> None:
    run()
    for file in (mapped / "files").iterdir():
        file.unlink()
    assert run() == 0


def test_a_file_of_the_usual_name_needs_no_word(package: Path) -> None:
    built: dict[str, Any] = {"steps": run()}
    assert (Parcel.objects.count(), District.objects.count()) == (2, 1)
    assert built["steps"] > 0
