"""A city says which columns of its files feed what; what it does not name is not known, what it names must be there."""

from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from apps.cadastre.models import District, ParcelSide, ParcelVersion, SideKind
from apps.cadastre.selectors import parcel_by_code
from apps.cadastre.services import load_parcels, load_sides
from apps.cadastre.sides import shape_of, sides_of
from apps.cadastre.sources import FIELDS, ParcelSource, SideSource, parcel_source, side_source
from apps.common.errors import IntakeError
from tests.cadastre.conftest import RECORDED, Put, square
from tests.cadastre.parcel_rows import plot, rows
from tests.gis_layers.files import ORIGIN, write

pytestmark = pytest.mark.django_db
ONE, TWO = "3-1-1-1-0-0-0", "3-1-1-2-0-0-0"


def load(folder: Path, table: geopandas.GeoDataFrame, source: ParcelSource) -> int:
    return load_parcels(path=write(table, folder / "lots.gpkg", layer="lots"), source=source)


def bare(**columns: Any) -> geopandas.GeoDataFrame:
    """Two lots that have a number, and nothing else but `columns`."""
    shapes = [plot(0), plot(1)]
    return geopandas.GeoDataFrame({"lot": ["3-1-1-1", "3-1-1-2"], **columns}, geometry=shapes, crs=32639)


def test_a_file_with_codes_alone_leaves_everything_else_unknown(tmp_path: Path) -> None:
    assert load(tmp_path, bare(), ParcelSource({"code": "lot"})) == 2
    facts = parcel_by_code("3-1-1-1")
    assert (facts.plate, facts.address, facts.district, facts.deed_area_m2) == ("", "", None, None)
    assert (facts.corner, facts.consolidated, facts.frontage_m, facts.existing_storeys) == (None,) * 4
    assert facts.drawn_area_m2 == 240


def test_columns_of_any_name_feed_the_record(tmp_path: Path, district: District) -> None:
    table = rows("3-1-1-1").rename(columns={"frontage": "front_len", "code": "lot"})
    load(tmp_path, table, ParcelSource({"code": "lot", "frontage": "front_len", "district": "district"}))
    facts = parcel_by_code("3-1-1-1")
    assert facts.frontage_m is not None
    assert float(facts.frontage_m) == 12.34
    assert (facts.plate, facts.corner) == ("", None)


def test_further_columns_are_kept_as_they_are(tmp_path: Path) -> None:
    columns = {"width": [49.965, 50], "flat": [True, False], "kind": ["A", None]}
    load(tmp_path, bare(**columns), ParcelSource({"code": "lot"}, ("width", "flat", "kind")))
    one, two = ParcelVersion.objects.order_by("pk").values_list("attributes", flat=True)
    assert one == {"width": 49.965, "flat": True, "kind": "A"}
    assert two == {"width": 50, "flat": False, "kind": None}


def test_values_that_stand_for_nobody_knows_are_not_known(tmp_path: Path, district: District) -> None:
    """A filler must not become a fact: one foot is no width."""
    source = ParcelSource({"code": "lot", "corner": "corner"}, ("width",), {"width": (1.0,), "corner": (True,)})
    load(tmp_path, bare(width=[1.0, 1.5], corner=[True, False]), source)
    one, two = ParcelVersion.objects.order_by("pk")
    assert (one.attributes, one.corner) == ({"width": None}, None)
    assert (two.attributes, two.corner) == ({"width": 1.5}, False)


@pytest.mark.parametrize("named", [{"attributes": ("width",)}, {"not_known": {"width": (1,)}}])
def test_a_named_column_must_be_there(named: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        load(tmp_path, bare(), ParcelSource({"code": "lot"}, **named))
    assert caught.value.details["missing"] == ["width"]


def test_a_bad_code_is_named_by_its_own_column(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="Row 2, field lot"):
        load(tmp_path, bare(lot=["3-1-1-1", "?"]), ParcelSource({"code": "lot"}))


def test_what_a_package_says_of_its_parcels() -> None:
    assert parcel_source({}, attributes=()).needed == FIELDS
    source = parcel_source(
        {"columns": {"code": "id"}, "not_known": {"w": [1]}, "layer": "l", "crs": "EPSG:1"}, attributes=("w",)
    )
    assert (source.needed, source.not_known, source.layer, source.crs) == (("id", "w"), {"w": (1,)}, "l", "EPSG:1")


@pytest.mark.parametrize("columns", [{"plate": "p"}, {"code": "c", "colour": "x"}])
def test_a_mapping_without_code_or_with_an_unknown_field_is_refused(columns: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="code is needed"):
        parcel_source({"columns": columns}, attributes=())


# --- sides ------------------------------------------------------------------------------------------------------------

KINDS = {"f": "front", "i": "interior_side", "?": "unknown"}
SOURCE = SideSource("lot", "side", KINDS, skip=("centroid",))
EDGE = LineString([ORIGIN, (ORIGIN[0] + 20, ORIGIN[1])])
SIDE = LineString([ORIGIN, (ORIGIN[0], ORIGIN[1] + 12)])


@pytest.fixture
def two_lots(tmp_path: Path) -> None:
    load(tmp_path, bare(), ParcelSource({"code": "lot"}))


def lines(folder: Path, *table: tuple[str | None, str, BaseGeometry | None]) -> Path:
    codes, kinds, shapes = zip(*table, strict=True)
    made = geopandas.GeoDataFrame({"lot": list(codes), "side": list(kinds)}, geometry=list(shapes), crs=32639)
    path = folder / f"sides-{len(list(folder.iterdir()))}.gpkg"
    return write(made, path, layer="sides", geometry_type="Unknown")


def version(code: str) -> int:
    return ParcelVersion.objects.get(parcel__code=code).pk


def test_sides_belong_to_their_lot_in_the_order_of_the_file(two_lots: None, tmp_path: Path) -> None:
    path = lines(tmp_path, ("3-1-1-1", "i", SIDE), ("3-1-1-1", "f", EDGE), ("3-1-1-2", "centroid", Point(*ORIGIN)))
    assert load_sides(path=path, source=SOURCE) == 2
    sides = sides_of(version(ONE))
    assert [side.kind for side in sides] == ["interior_side", "front"]
    assert sides_of(version(TWO)) == ()
    import shapely

    assert shapely.from_wkb(sides[1].wkb).equals(EDGE)
    assert shapely.from_wkb(shape_of(version(ONE))).area == pytest.approx(240)


def test_a_side_in_pieces_is_several_sides(two_lots: None, tmp_path: Path) -> None:
    path = lines(tmp_path, ("3-1-1-1", "f", MultiLineString([EDGE, SIDE])))
    assert load_sides(path=path, source=SOURCE) == 2
    assert [side.kind for side in sides_of(version(ONE))] == ["front", "front"]


def test_loading_again_replaces_the_sides_of_the_same_lots(two_lots: None, tmp_path: Path) -> None:
    load_sides(path=lines(tmp_path, ("3-1-1-1", "f", EDGE), ("3-1-1-2", "?", SIDE)), source=SOURCE)
    load_sides(path=lines(tmp_path, ("3-1-1-1", "i", SIDE)), source=SOURCE)
    assert [side.kind for side in sides_of(version(ONE))] == ["interior_side"]
    assert [side.kind for side in sides_of(version(TWO))] == ["unknown"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("3-1-1-1", "back", EDGE), "Row 2, field side: “back” is not one of f, i, ?, centroid"),
        (("3-9-9-9", "f", EDGE), "are not loaded (row: code): 2: 3-9-9-9-0-0-0"),
        (("x", "f", EDGE), "Row 2, field lot"),
        (("3-1-1-2", "f", plot(1)), "Row 2 is not a line"),
        (("3-1-1-2", "f", None), "Row 2 is not a line"),
        (("3-1-1-2", "f", LineString([ORIGIN, ORIGIN])), "Row 2 is not a line"),
    ],
)
def test_one_bad_side_keeps_everything_out(
    row: tuple[str, str, BaseGeometry | None], says: str, two_lots: None, tmp_path: Path
) -> None:
    with pytest.raises(IntakeError) as caught:
        load_sides(path=lines(tmp_path, ("3-1-1-1", "f", EDGE), row), source=SOURCE)
    assert says in caught.value.message.en
    assert not ParcelSide.objects.exists()


def test_what_a_package_says_of_its_sides() -> None:
    told = {"parcel": "lot", "kind": "side", "kinds": KINDS, "skip": ["centroid"]}
    assert side_source(told) == SOURCE
    with pytest.raises(ValueError, match="not back"):
        side_source({**told, "kinds": {"b": "back"}})
    with pytest.raises(KeyError, match="kinds"):
        side_source({"parcel": "lot", "kind": "side"})


# --- further columns and sides of later versions ----------------------------------------------------------------------


def test_a_version_of_the_same_shape_keeps_its_sides(put: Put) -> None:
    """What was known stays readable with its sides, and the new version has them too."""
    from datetime import date, timedelta

    first = put("3-2-14-5", square(0, 0), attributes={"width": 10})
    ParcelSide.objects.create(version=first, kind=SideKind.FRONT, geom=f"SRID=32639;{EDGE.wkt}")
    later = put("3-2-14-5", None, legal_from=date(2010, 1, 1), known_at=RECORDED + timedelta(days=1))
    assert later.attributes == {}
    versions = ParcelVersion.objects.filter(parcel=first.parcel).order_by("pk")
    assert [[side.kind for side in sides_of(v.pk)] for v in versions] == [["front"]] * 3
    assert [v.attributes for v in versions] == [{"width": 10}, {"width": 10}, {}]


def test_a_version_of_another_shape_has_no_sides_until_they_are_loaded(put: Put) -> None:
    from datetime import date, timedelta

    first = put("3-2-14-5", square(0, 0))
    ParcelSide.objects.create(version=first, kind=SideKind.FRONT, geom=f"SRID=32639;{EDGE.wkt}")
    moved = put("3-2-14-5", square(0, 0, 2), legal_from=date(2010, 1, 1), known_at=RECORDED + timedelta(days=1))
    assert sides_of(moved.pk) == ()
