"""What is wrong with a whole file is refused with what to do, and nothing is written."""

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyproj import CRS

from apps.common.errors import BadInputError, IntakeError, ParvanehError
from gis_layers.ingest.archive import ZipLimits
from gis_layers.ingest.coverage import Coverage
from tests.gis_layers.files import CITY, ORIGIN, cell, frame, write, zipped
from tests.gis_layers.grid import MAPPING, counts, take

Make = Callable[[Path], Path]


@pytest.fixture(autouse=True)
def nothing_is_written(db: None) -> Iterator[None]:
    """Row counts are the same after each of these tests."""
    before = counts()
    yield
    assert counts() == before


def refused(path: Path, *, kind: type[ParvanehError] = IntakeError, **options: Any) -> ParvanehError:
    with pytest.raises(kind) as caught:
        take(path, **options)
    message = caught.value.message
    assert message.fa
    assert message.en
    assert str(path.parent) not in message.en + message.fa
    return caught.value


def good(folder: Path, name: str = "plan.gpkg", **options: Any) -> Path:
    return write(frame([cell(0, 0), cell(1, 0)], **options), folder / name)


# --- is it a file of that kind at all -----------------------------------------------------------------


def _text_named_geopackage(folder: Path) -> Path:
    path = folder / "plan.gpkg"
    path.write_text("not a database")
    return path


def _sqlite_named_geopackage(folder: Path) -> Path:
    path = folder / "plan.gpkg"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE t (a)")
    base.close()
    return path


def _geopackage_named_geojson(folder: Path) -> Path:
    return good(folder).rename(folder / "plan.geojson")


def _geopackage_named_zip(folder: Path) -> Path:
    return good(folder).rename(folder / "plan.zip")


def _text_named_shapefile(folder: Path) -> Path:
    path = good(folder, "plan.shp")
    path.write_bytes(b"\0" * 200)
    return zipped(path)


def _empty_geodatabase(folder: Path) -> Path:
    (folder / "plan.gdb").mkdir()
    return folder / "plan.gdb"


@pytest.mark.parametrize(
    "make",
    [
        _text_named_geopackage,
        _sqlite_named_geopackage,
        _geopackage_named_geojson,
        _geopackage_named_zip,
        _text_named_shapefile,
        _empty_geodatabase,
    ],
)
def test_a_file_that_is_not_what_its_name_says(make: Make, tmp_path: Path) -> None:
    error = refused(make(tmp_path))
    assert "not what its name says" in error.message.en
    assert error.details["file"].startswith("plan.")


def _truncated_geopackage(folder: Path) -> Path:
    path = good(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def _truncated_geojson(folder: Path) -> Path:
    path = good(folder, "plan.geojson", crs=4326)
    path.write_bytes(path.read_bytes()[:-40])
    return path


def _other_json(folder: Path) -> Path:
    path = folder / "plan.json"
    path.write_text('{"hello": 1}')
    return path


def _topojson(folder: Path) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps({"type": "Topology", "objects": {}, "arcs": []}))
    return path


@pytest.mark.parametrize("make", [_truncated_geopackage, _truncated_geojson, _other_json, _topojson])
def test_a_damaged_or_foreign_file(make: Make, tmp_path: Path) -> None:
    error = refused(make(tmp_path))
    assert "could not be read" in error.message.en


@pytest.mark.parametrize("suffix", [".shp", ".dbf"])
def test_a_shapefile_that_breaks_off(suffix: str, tmp_path: Path) -> None:
    path = good(tmp_path, "plan.shp")
    part = path.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[:-60])
    error = refused(zipped(path))
    assert error.details == {"file": "plan.zip/plan.shp", "part": f"plan{suffix}"}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="There is no file"):
        take(tmp_path / "none.gpkg")


def test_an_ending_that_is_not_accepted(tmp_path: Path) -> None:
    (tmp_path / "plan.dxf").write_text("0")
    assert "GeoPackage (.gpkg)" in refused(tmp_path / "plan.dxf").message.en


@pytest.mark.parametrize("missing", [".shx", ".dbf"])
def test_a_shapefile_without_a_companion(missing: str, tmp_path: Path) -> None:
    error = refused(zipped(good(tmp_path, "plan.shp"), leave_out=[missing]))
    assert error.details["missing"] == [missing]
    assert missing in error.message.fa


# --- zips ----------------------------------------------------------------------------------------------


def _zip_with(folder: Path, entry: str, body: bytes = b"x", **facts: Any) -> Path:
    info = zipfile.ZipInfo(entry)
    for name, value in facts.items():
        setattr(info, name, value)
    with zipfile.ZipFile(folder / "plan.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(info, body)
    return folder / "plan.zip"


@pytest.mark.parametrize("entry", ["../evil.shp", "/etc/evil.shp", "a/../../evil.shp", "..\\evil.shp", "C:/evil.shp"])
def test_a_name_that_leads_out_of_the_folder(entry: str, tmp_path: Path) -> None:
    assert "leads out" in refused(_zip_with(tmp_path, entry)).message.en
    assert not list(tmp_path.parent.rglob("evil.shp"))


def test_a_link_in_a_zip(tmp_path: Path) -> None:
    assert "link" in refused(_zip_with(tmp_path, "plan.shp", b"/etc/passwd", external_attr=0o120777 << 16)).message.en


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = zipped(good(tmp_path, "plan.shp"), name="inner.zip")
    assert "itself a zip" in refused(_zip_with(tmp_path, "layer.shp", inner.read_bytes())).message.en


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    path = _zip_with(tmp_path, "plan.shp")
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    path.write_bytes(bytes(raw))
    assert "password" in refused(path).message.en


@pytest.mark.parametrize(
    "limits",
    [
        ZipLimits(max_bytes=1000),
        ZipLimits(max_files=2),
        ZipLimits(max_ratio=1, ratio_from=10),
    ],
    ids=["bytes", "files", "ratio"],
)
def test_a_zip_bomb(limits: ZipLimits, tmp_path: Path) -> None:
    path = zipped(good(tmp_path, "plan.shp"))
    assert "grows beyond the limit" in refused(path, limits=limits).message.en


def test_what_a_zip_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    """A megabyte of zeros whose directory claims ten bytes."""
    path = _zip_with(tmp_path, "plan.geojson", b"{" + b"\0" * 1_000_000)
    raw = bytearray(path.read_bytes())
    place = raw.index(b"PK\x01\x02") + 24
    raw[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    error = refused(path, limits=ZipLimits(max_bytes=100_000))
    assert "grows beyond" in error.message.en or "not a sound zip" in error.message.en


def test_the_limits_let_an_honest_zip_through(tmp_path: Path) -> None:
    path = zipped(good(tmp_path, "plan.shp"))
    assert take(path, dry_run=True, limits=ZipLimits(max_bytes=100_000, max_files=6)).features == 2


def test_a_zip_without_a_layer_says_what_is_in_it(tmp_path: Path) -> None:
    assert "readme.txt" in refused(_zip_with(tmp_path, "readme.txt")).message.en


def test_a_broken_zip(tmp_path: Path) -> None:
    path = zipped(good(tmp_path, "plan.shp"))
    path.write_bytes(path.read_bytes()[:-80])
    assert "not a sound zip" in refused(path).message.en


def test_a_zip_whose_content_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "plan.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("plan.geojson", b'{"type": "FeatureCollection", "features": []}')
    path.write_bytes(path.read_bytes().replace(b"FeatureCollection", b"FeatureCollectioN"))
    assert "not a sound zip" in refused(path).message.en


def test_several_shapefiles_in_a_zip_are_listed(tmp_path: Path) -> None:
    for name in ("one.shp", "two.shp"):
        good(tmp_path, name)
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        for part in tmp_path.iterdir():
            if part != path:
                bundle.write(part, part.name)
    error = refused(path)
    assert error.details["layers"] == ["one", "two"]
    assert take(path, layer="two", dry_run=True).layer == "two"


# --- layers, fields, rows ------------------------------------------------------------------------------


def test_several_layers_are_listed(tmp_path: Path) -> None:
    path = good(tmp_path)
    write(frame([cell(0, 0)]), path, layer="other")
    error = refused(path)
    assert error.details["layers"] == ["features", "other"]
    assert "--layer" in error.message.en


def test_a_layer_that_is_not_there(tmp_path: Path) -> None:
    path = good(tmp_path)
    write(frame([cell(0, 0)]), path, layer="other")
    error = refused(path, layer="hights")
    assert "hights" in error.message.en
    assert error.details["layers"] == ["features", "other"]


def test_a_missing_field_names_those_there_are_and_the_near_one(tmp_path: Path) -> None:
    error = refused(good(tmp_path), mapping=MAPPING | {"code": "CODE"})
    assert error.details["missing"] == ["CODE"]
    assert error.details["fields"] == ["code", "label_fa", "label_en"]
    assert "Perhaps: code" in error.message.en


@pytest.mark.parametrize("mapping", [{}, {"label_fa": "label_fa"}, {"code": ""}])
def test_a_mapping_without_a_code(mapping: dict[str, str], tmp_path: Path) -> None:
    assert "code=" in refused(good(tmp_path), mapping=mapping, kind=BadInputError).message.en


def test_an_empty_layer(tmp_path: Path) -> None:
    path = write(frame([cell(0, 0)]).iloc[:0], tmp_path / "plan.gpkg", geometry_type="Polygon")
    assert "has no rows" in refused(path).message.en


def test_an_empty_collection(tmp_path: Path) -> None:
    path = tmp_path / "plan.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    refused(path)


def test_an_unknown_theme_and_instrument(tmp_path: Path) -> None:
    error = refused(good(tmp_path), theme="heights")
    assert "height, heritage" in error.message.en
    assert "Register it first" in refused(good(tmp_path, "two.gpkg"), instrument="nope").message.en


# --- where it lies -------------------------------------------------------------------------------------


def test_a_shapefile_without_a_reference_system(tmp_path: Path) -> None:
    path = zipped(good(tmp_path, "plan.shp"), leave_out=[".prj"])
    error = refused(path)
    assert "--crs" in error.message.en
    assert take(path, crs="EPSG:32639", dry_run=True).crs == "EPSG:32639"


def test_crs_may_not_contradict_the_file(tmp_path: Path) -> None:
    assert "itself declares EPSG:32639" in refused(good(tmp_path), crs="EPSG:32640").message.en
    assert take(good(tmp_path, "again.gpkg"), crs="EPSG:32639", dry_run=True).features == 2


def test_a_reference_system_that_nobody_knows(tmp_path: Path) -> None:
    path = zipped(good(tmp_path, "plan.shp"), leave_out=[".prj"])
    assert "is not known" in refused(path, crs="EPSG:9").message.en


def _declared(folder: Path, shapes: list[Any], crs: int) -> Path:
    table = frame(shapes)
    return write(table.set_crs(crs, allow_override=True), folder / "plan.gpkg")


def test_degrees_in_a_metric_system(tmp_path: Path) -> None:
    table = frame([cell(0, 0)]).to_crs(4326).set_crs(CITY, allow_override=True)
    error = refused(write(table, tmp_path / "plan.gpkg"))
    assert error.details["cause"] == "degrees_in_metric"


def test_metres_in_a_system_of_degrees(tmp_path: Path) -> None:
    error = refused(_declared(tmp_path, [cell(0, 0)], 4326))
    assert error.details["cause"] == "metres_in_geographic"


def test_swapped_axes(tmp_path: Path) -> None:
    table = frame([cell(0, 0)]).to_crs(4326)
    table.geometry = table.geometry.map(lambda shape: type(shape)([(y, x) for x, y in shape.exterior.coords]))
    error = refused(write(table, tmp_path / "plan.gpkg"))
    assert error.details["cause"] == "axes_swapped"
    assert "longitude 51.5" in error.message.en


def test_another_zone(tmp_path: Path) -> None:
    error = refused(_declared(tmp_path, [cell(0, 0)], 32640))
    assert error.details["cause"] == "elsewhere"


def test_no_exact_way_into_the_city(tmp_path: Path) -> None:
    """Alaska's grid: only a rough guess leads from its datum to the city's."""
    error = refused(_declared(tmp_path, [cell(0, 0)], 3338))
    assert "No exact way" in error.message.en


def test_a_local_grid_counts_as_no_reference_system(tmp_path: Path) -> None:
    path = good(tmp_path, "plan.shp")
    path.with_suffix(".prj").write_text(
        'LOCAL_CS["Site grid",LOCAL_DATUM["Site",0],UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]'
    )
    assert "--crs" in refused(zipped(path)).message.en
    assert CRS.from_wkt(path.with_suffix(".prj").read_text()).name == "Site grid"


# --- coverage ------------------------------------------------------------------------------------------


def test_the_coverage_is_never_guessed() -> None:
    with pytest.raises(BadInputError, match="Say where this layer speaks"):
        Coverage()


def test_coverage_of_features_does_not_go_with_another(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="Say where this layer speaks"):
        Coverage(path=tmp_path, of_features=True)


def test_a_coverage_with_a_bad_row_names_it(tmp_path: Path) -> None:
    bow_tie = type(cell(0, 0))([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in [(0, 0), (99, 99), (99, 0), (0, 99)]])
    path = good(tmp_path)
    write(frame([cell(0, 0), bow_tie]), path, layer="coverage")
    error = refused(path, coverage=Coverage(layer="coverage"))
    assert (error.details["row"], error.details["reason"]) == (2, "invalid_geometry")
    assert error.details["layer"] == "coverage"


def test_an_empty_coverage(tmp_path: Path) -> None:
    path = good(tmp_path)
    write(frame([cell(0, 0)]).iloc[:0], path, layer="coverage", geometry_type="Polygon")
    assert "coverage is empty" in refused(path, coverage=Coverage(layer="coverage")).message.en


def test_an_edition_that_would_speak_nowhere(tmp_path: Path) -> None:
    path = write(frame([cell(0, 0)], codes=[None]), tmp_path / "plan.gpkg")
    write(frame([cell(0, 0)]), path, layer="coverage")
    assert "Nothing is left" in refused(path, coverage=Coverage(layer="coverage")).message.en


# --- text ----------------------------------------------------------------------------------------------


def test_an_unknown_encoding(tmp_path: Path) -> None:
    path = good(tmp_path, "plan.shp")
    path.with_suffix(".cpg").write_text("KLINGON-8")
    assert error_names(refused(zipped(path)), "KLINGON-8")


def test_text_that_is_neither_utf8_nor_1256(tmp_path: Path) -> None:
    path = good(tmp_path, "plan.shp")
    table = path.with_suffix(".dbf")
    raw = table.read_bytes().replace("گچ".encode(), b"\xff\xfe\xe9\xe8")
    table.write_bytes(raw)
    assert "--encoding" in refused(zipped(path, leave_out=[".cpg"])).message.en


def test_text_that_contradicts_its_declared_encoding(tmp_path: Path) -> None:
    table = frame([cell(0, 0)])
    table["label_fa"] = "ارتفاع"
    path = write(table, tmp_path / "plan.shp", encoding="CP1256")
    path.with_suffix(".cpg").write_text("UTF-8")
    assert "--encoding" in refused(zipped(path)).message.en


def error_names(error: ParvanehError, word: str) -> bool:
    return word in error.message.en and word in error.message.fa


def test_no_unpacked_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    refused(zipped(good(tmp_path, "plan.shp"), leave_out=[".prj"]))
    assert list((tmp_path / "scratch").iterdir()) == []
