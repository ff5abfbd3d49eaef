"""Bulk loading: everything or nothing, in chunks, with what is wrong named by row."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import geopandas
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from shapely import MultiPolygon, Point, Polygon, box

from apps.cadastre import loading
from apps.cadastre.events import ParcelVersionsAdded
from apps.cadastre.models import District, Parcel, ParcelVersion, Place
from apps.cadastre.selectors import parcel_by_code
from apps.cadastre.services import load_districts, load_parcels, load_places
from apps.common import events
from apps.common.errors import IntakeError
from tests.cadastre.conftest import ORIGIN
from tests.cadastre.parcel_rows import plot, rows
from tests.gis_layers.files import write

pytestmark = pytest.mark.django_db


def load(folder: Path, table: geopandas.GeoDataFrame, **options: Any) -> int:
    return load_parcels(path=write(table, folder / "parcels.gpkg", layer="parcels"), **options)


def test_every_field_arrives(tmp_path: Path, district: District) -> None:
    assert load(tmp_path, rows("3-2-14-5")) == 1
    facts = parcel_by_code("3-2-14-5")
    assert (facts.plate, facts.address, facts.passage_name, facts.neighbourhood) == ("5/0", "کوچهٔ ياس", "گذر", "محله")
    assert facts.district is not None
    assert facts.district.number == 3
    assert (facts.deed_area_m2, facts.drawn_area_m2, facts.legal_area_m2) == (Decimal("240.05"), 240, 240)
    assert (facts.passage_width_m, facts.frontage_m) == (Decimal("8.5"), Decimal("12.34"))
    assert (facts.corner, facts.consolidated) == (True, 1)
    assert (facts.existing_storeys, facts.existing_height_m) == (2, Decimal("6.4"))
    version = ParcelVersion.objects.get()
    assert version.search == "3-2-14-5-0-0-0 5/0 کوچه یاس گذر محله"
    assert (version.legal.lower, version.legal.upper) == (None, None)
    assert version.chunk == 560_003_612
    assert version.geom_web.transform(32639, clone=True).extent == pytest.approx(version.geom.extent, abs=1e-3)


def test_what_is_not_known_stays_unknown(tmp_path: Path) -> None:
    """Never zero, never false: rules would take these for facts."""
    unknown = ("deed_area", "passage_width", "frontage", "consolidated", "existing_storeys")
    columns: dict[str, Any] = {name: [None, 0.0] for name in unknown} | {"corner": [None, False]}
    load(tmp_path, rows("3-2-14-5", "3-2-14-6", district=[None, None], existing_height=[None, None], **columns))
    facts, zeros = parcel_by_code("3-2-14-5"), parcel_by_code("3-2-14-6")
    assert facts.district is None
    assert (facts.deed_area_m2, facts.passage_width_m, facts.frontage_m, facts.corner) == (None,) * 4
    assert (facts.consolidated, facts.existing_storeys, facts.existing_height_m) == (None,) * 3
    assert (zeros.deed_area_m2, zeros.passage_width_m, zeros.corner, zeros.existing_storeys) == (0, 0, False, 0)


def test_chunks_of_rows_give_the_same_as_one(
    tmp_path: Path, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 2)
    told: list[tuple[int, int]] = []
    codes = [f"3-2-14-{n}" for n in (5, 4, 3, 2, 1)]
    assert load(tmp_path, rows(*codes), progress=lambda done, total: told.append((done, total))) == 5
    assert told == [(2, 5), (4, 5), (5, 5)]
    stored = ParcelVersion.objects.order_by("pk").values_list("parcel__code", flat=True)
    assert [code.removesuffix("-0-0-0") for code in stored] == codes  # ids follow the file
    assert list(ParcelVersion.objects.order_by("pk").values_list("chunk", flat=True)) == [
        560_003_612, 560_003_612, 561_003_612, 561_003_612, 562_003_612,
    ]  # fmt: skip


def test_the_rooms_above_hear_which_chunks_are_new(
    tmp_path: Path,
    district: District,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard: list[events.Event] = []
    monkeypatch.setitem(events._listeners, ParcelVersionsAdded, [heard.append])
    monkeypatch.setattr(loading, "CHUNK", 1)
    with django_capture_on_commit_callbacks(execute=True):
        load(tmp_path, rows("3-1-1-1", "3-1-1-2", "3-1-1-3"))
    assert heard == [ParcelVersionsAdded(chunks=(560_003_612, 561_003_612))]


def test_polygons_and_multipolygons_and_heights(tmp_path: Path, district: District) -> None:
    flat = MultiPolygon([plot(0), plot(1)])
    high = Polygon([(x, y, 1570.0) for x, y in plot(2).exterior.coords])
    assert load(tmp_path, rows("3-1-1-1", "3-1-1-2", geometry=[flat, high])) == 2
    assert list(ParcelVersion.objects.order_by("pk").values_list("drawn_area_dm2", flat=True)) == [48_000, 24_000]


BOW_TIE = Polygon([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in ((0, 0), (9, 9), (9, 0), (0, 9))])


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"code": ["3-1-1-1", "x"]}, "Row 2, field code"),
        ({"code": ["3-1-1-1", None]}, "Row 2, field code"),
        ({"code": ["3-1-1-1", "3-1-1-1-0"]}, "2: 3-1-1-1-0-0-0"),
        ({"code": ["3-1-1-1", "3-9-9-9"]}, "2: 3-9-9-9-0-0-0"),
        ({"district": [3, 4]}, "2: 4"),
        ({"passage_width": [8.0, -1.0]}, "Row 2: a value"),
        ({"existing_storeys": [1.0, 1.5]}, "Row 2: a value"),
        ({"corner": ["no", "perhaps"]}, "Row 2: a value"),
        ({"geometry": [plot(0), None]}, "row 2: This row has no shape"),
        ({"geometry": [plot(0), BOW_TIE]}, "row 2: The shape is not valid"),
        ({"geometry": [plot(0), box(0, 0, 9, 9)]}, "row 2: This row lies outside"),
        ({"geometry": [plot(0), Point(*ORIGIN)]}, "row 2: This row is a Point"),
    ],
    ids=lambda value: "" if isinstance(value, str) else "/".join(value),
)
def test_one_bad_row_keeps_everything_out(
    columns: dict[str, Any], says: str, tmp_path: Path, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 1)  # the good row is in a chunk before the bad one
    monkeypatch.setattr("gis_layers.ingest.georef.require_some_inside", lambda *_a, **_k: None)
    Parcel.objects.create(code="3-9-9-9-0-0-0", land_code="3-9-9-9")
    before = (Parcel.objects.count(), ParcelVersion.objects.count())
    table = rows("3-1-1-1", "3-1-1-2", **columns)
    path = write(table, tmp_path / "parcels.gpkg", layer="parcels", geometry_type="Unknown")
    with pytest.raises(IntakeError) as caught:
        load_parcels(path=path)
    assert says in caught.value.message.en
    assert "Nothing was loaded" in caught.value.message.en
    assert (Parcel.objects.count(), ParcelVersion.objects.count()) == before


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        load(tmp_path, rows("3-1-1-1").drop(columns="frontage"))
    assert caught.value.details["missing"] == ["frontage"]


def test_an_empty_file(tmp_path: Path) -> None:
    path = write(rows("3-1-1-1").iloc[:0], tmp_path / "parcels.gpkg", geometry_type="Polygon")
    with pytest.raises(IntakeError, match="no rows"):
        load_parcels(path=path)


# --- districts and places -----------------------------------------------------------------------------


def _named(folder: Path, shapes: list[Any], **columns: list[Any]) -> Path:
    return write(geopandas.GeoDataFrame(columns, geometry=shapes, crs=32639), folder / "named.gpkg")


def test_districts_are_loaded_and_updated(tmp_path: Path) -> None:
    names = {"name_fa": ["یک", "دو"], "name_en": ["One", "Two"], "approximate": [True, False]}
    path = _named(tmp_path, [plot(0), MultiPolygon([plot(1)])], number=[1, 2], **names)
    assert load_districts(path=path) == load_districts(path=path) == 2
    one, two = District.objects.order_by("number")
    assert (one.name_fa, one.approximate, two.approximate) == ("یک", True, False)
    assert one.geom.area == pytest.approx(240)
    assert two.geom_web.transform(32639, clone=True).area == pytest.approx(240, rel=1e-6)


def test_places_are_replaced_and_searchable(tmp_path: Path) -> None:
    Place.objects.create(kind="street", name_fa="کهنه", search="کهنه", geom="SRID=32639;POINT(560000 3612000)")
    columns = {"kind": ["junction"], "name_fa": ["چهارراه ميرزا"], "name_en": ["Mirza"], "district": [None]}
    assert load_places(path=_named(tmp_path, [Point(560_001.0, 3_612_002.0)], **columns)) == 1
    place = Place.objects.get()
    assert (place.search, place.district_number) == ("چهارراه میرزا mirza", None)
    assert (place.geom.x, place.geom.y) == (560_001.0, 3_612_002.0)


@pytest.mark.parametrize(
    ("kind", "shape", "says"),
    [
        ("planet", Point(*ORIGIN), "kind is one of"),
        ("street", plot(0), "must be a point"),
        ("street", None, "no shape"),
    ],
)
def test_a_bad_place_is_named_and_the_old_ones_stay(kind: str, shape: Any, says: str, tmp_path: Path) -> None:
    Place.objects.create(kind="street", name_fa="کهنه", search="کهنه", geom="SRID=32639;POINT(560000 3612000)")
    good = Point(*ORIGIN)
    columns = {"kind": ["street", kind], "name_fa": ["ا", "ب"], "name_en": ["", ""], "district": [1, 1]}
    path = tmp_path / "named.gpkg"
    write(geopandas.GeoDataFrame(columns, geometry=[good, shape], crs=32639), path, geometry_type="Unknown")
    with pytest.raises(IntakeError, match=says) as caught:
        load_places(path=path)
    assert caught.value.details["row"] == 2
    assert [place.name_fa for place in Place.objects.all()] == ["کهنه"]
