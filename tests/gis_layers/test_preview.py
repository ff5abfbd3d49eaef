"""A first look at files: what is in them, before anybody has said how to read them."""

from pathlib import Path

import pytest
from shapely import Point

from apps.common.errors import IntakeError
from gis_layers.services import look_into, picture_of
from tests.gis_layers.files import cell, frame, write, zipped


def test_layers_fields_samples_and_system(tmp_path: Path) -> None:
    path = write(frame([cell(i, 0) for i in range(3)], codes=["H3", None, "H3"]), tmp_path / "plan.gpkg")
    write(frame([cell(0, 0, 3, 1)]), path, layer="where")
    plan, where = look_into(path)
    assert (plan.name, plan.count, plan.kinds, where.name) == ("features", 3, {"Polygon": 3}, "where")
    assert plan.crs is not None
    assert (plan.crs.name, plan.crs.declared, plan.crs.same) == ("EPSG:32639", True, True)
    code = next(f for f in plan.fields if f.name == "code")
    assert (code.samples, code.distinct, code.blank) == (("H3",), ("H3",), 1)
    assert plan.rows[0][0] == "H3"
    assert len(plan.rows) == 3


def test_a_shapefile_in_persian_without_a_word_on_its_system(tmp_path: Path) -> None:
    write(frame([cell(0, 0)]), tmp_path / "plan.shp", encoding="CP1256")
    path = zipped(tmp_path / "plan.shp", leave_out=(".prj", ".cpg"))
    (plan,) = look_into(path)
    assert plan.crs is None
    assert plan.encoding == "cp1256"
    assert "گچ‌پژ" in next(f for f in plan.fields if f.name == "label_fa").samples[0]
    (said,) = look_into(path, crs="EPSG:32639")
    assert said.crs is not None
    assert not said.crs.declared


def test_a_zip_with_two_layers_shows_both(tmp_path: Path) -> None:
    for name in ("north", "south"):
        write(frame([cell(0, 0)]), tmp_path / f"{name}.shp")
    path = tmp_path / "both.zip"
    zipped(tmp_path / "north.shp", name="both.zip")
    import zipfile

    with zipfile.ZipFile(path, "a") as bundle:
        for part in tmp_path.glob("south.*"):
            bundle.write(part, part.name)
    assert [found.name for found in look_into(path)] == ["north", "south"]
    assert len(picture_of(path, layer="south")["features"]) == 1


def test_a_layer_that_cannot_be_read_says_why_and_leaves_the_others(tmp_path: Path) -> None:
    write(frame([cell(0, 0)]), tmp_path / "plan.shp", encoding="CP1256")
    path = zipped(tmp_path / "plan.shp", leave_out=(".cpg",))
    (plan,) = look_into(path, encoding="utf-8")
    assert plan.trouble is not None
    assert "utf-8" in plan.trouble.en


@pytest.mark.parametrize("crs", [4326, 32640, 3857])
def test_the_map_is_in_degrees_longitude_first(crs: int, tmp_path: Path) -> None:
    path = write(frame([cell(0, 0)], crs=crs), tmp_path / "plan.gpkg")
    (drawn,) = picture_of(path, layer="features")["features"]
    lon, lat = drawn["geometry"]["coordinates"][0][0][:2]
    assert (round(lon, 1), round(lat, 1)) == (51.6, 32.6)
    assert drawn["properties"] == {"row": 1}


def test_rows_without_a_shape_are_no_part_of_the_map(tmp_path: Path) -> None:
    path = write(frame([cell(0, 0), None]), tmp_path / "plan.gpkg")
    assert [f["properties"]["row"] for f in picture_of(path, layer="features")["features"]] == [1]
    assert look_into(path)[0].kinds == {"Polygon": 1, "-": 1}


def test_an_older_datum_is_named_with_its_accuracy(tmp_path: Path) -> None:
    (plan,) = look_into(write(frame([cell(0, 0)], crs=2059), tmp_path / "plan.gpkg"))
    assert plan.crs is not None
    assert "ED50" in plan.crs.way
    assert plan.crs.accuracy_m
    (far,) = look_into(write(frame([cell(0, 0)], crs=4230), tmp_path / "far.gpkg"))
    assert far.crs is not None
    assert far.crs.rough
    (ours,) = look_into(write(frame([cell(0, 0)], crs=32640), tmp_path / "other.gpkg"))
    assert ours.crs is not None
    assert (ours.crs.rough, ours.crs.accuracy_m) == (False, 0.0)


def test_points_are_looked_at_too(tmp_path: Path) -> None:
    path = write(frame([Point(560_000, 3_612_000)]), tmp_path / "plan.gpkg")
    assert look_into(path)[0].kinds == {"Point": 1}


def test_what_is_no_layer_at_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    path.write_text("hello")
    with pytest.raises(IntakeError, match="not what its name says"):
        look_into(path)
    empty = tmp_path / "x.txt"
    empty.write_text("hello")
    with pytest.raises(IntakeError, match="No layer was found"):
        look_into(zipped(empty))


SECRET = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"SECRET"},"geometry":null}]}'
ORDERS = (
    '{<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>SECRET</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
    '{"type": "gdal_streamed_alg", "command_line": "gdal vector info SECRET"}',
    "{<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>",
)


@pytest.mark.parametrize("text", ORDERS)
@pytest.mark.parametrize("before", ["", "\ufeff  ", "{" + " " * 5000])
def test_a_text_with_orders_for_the_reader_is_never_opened(
    text: str, before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a text would make the reading library open other files of this machine, or call an address."""
    opened: list[object] = []
    monkeypatch.setattr("gis_layers.ingest.reading.list_layers", lambda path: opened.append(path) or [])
    (tmp_path / "secret.geojson").write_text(SECRET)
    path = tmp_path / "plan.json"
    path.write_text(before + text.replace("SECRET", str(tmp_path / "secret.geojson")))
    for look in (lambda: look_into(path), lambda: picture_of(path, layer="secret")):
        with pytest.raises(IntakeError, match="does not contain a GeoJSON"):
            look()
    assert not opened
