"""Every format and reference system gives the same edition."""

from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import MultiPoint

from apps.legal.models import InstrumentKind
from apps.legal.services import register_instrument
from gis_layers.models import Edition, Feature, IntakeState
from tests.gis_layers.files import ORIGIN, cell, frame, write, zipped
from tests.gis_layers.grid import counts, take

LAMBERT = "+proj=lcc +lat_1=30 +lat_2=35 +lat_0=32 +lon_0=52 +datum=WGS84 +units=m"
SYSTEMS = [32639, 32640, 3857, 4326, LAMBERT]


def _made(kind: str, folder: Path, crs: object) -> Path:
    table = frame([cell(0, 0, 2, 1), cell(2, 0, 1, 3)], crs=crs)
    if kind == "gpkg":
        return write(table, folder / "plan.gpkg")
    if kind == "geojson":
        return write(table.to_crs(4326), folder / "plan.geojson")
    if kind == "gdb":
        return write(table, folder / "plan.gdb")
    if kind == "gdb.zip":
        return zipped(write(table, folder / "plan.gdb"))
    encoding = {"shp.zip": "UTF-8", "shp cp1256 .cpg": "CP1256", "shp utf-8 silent": "UTF-8"}[kind]
    if encoding == "CP1256":  # this old code page has no Persian yeh and keheh
        table["label_fa"] = table["label_fa"].str.replace("ی", "ي").str.replace("ک", "ك")
    path = write(table, folder / "plan.shp", encoding=encoding)
    return zipped(path, leave_out=[".cpg"] if kind.endswith("silent") else [])


@pytest.mark.parametrize("crs", SYSTEMS, ids=["utm39", "utm40", "mercator", "degrees", "lambert"])
@pytest.mark.parametrize(
    "kind", ["gpkg", "geojson", "gdb", "gdb.zip", "shp.zip", "shp cp1256 .cpg", "shp utf-8 silent"]
)
def test_every_format_in_every_system_gives_the_same_edition(kind: str, crs: object, tmp_path: Path) -> None:
    """Two zones, in cells: H1 (0,0)-(2,1) and H2 (2,0)-(3,3). Not symmetric, so swapped axes cannot pass.

    . . 2
    . . 2
    1 1 2
    """
    report = take(_made(kind, tmp_path, crs))
    one, two = Feature.objects.order_by("source_row")
    assert (one.code, two.code, one.label_en) == ("H1", "H2", "Height H1")
    assert one.label_fa.replace("ي", "ی").replace("ك", "ک") == "کد ارتفاعی گچ‌پژ H1"
    assert one.geom.extent == pytest.approx((ORIGIN[0], ORIGIN[1], ORIGIN[0] + 200, ORIGIN[1] + 100), abs=1e-3)
    assert two.geom.extent == pytest.approx((ORIGIN[0] + 200, ORIGIN[1], ORIGIN[0] + 300, ORIGIN[1] + 300), abs=1e-3)
    assert [f.geom.area for f in (one, two)] == pytest.approx([20_000, 30_000], rel=1e-6)
    edition = Edition.objects.get()
    assert edition.coverage.area == pytest.approx(50_000, rel=1e-6)
    assert (edition.state, edition.feature_count, report.features) == (IntakeState.TAKEN_IN, 2, 2)
    assert edition.quarantined_count == edition.unplaced == 0


def test_the_web_copy_is_the_same_place_in_web_mercator(tmp_path: Path) -> None:
    take(write(frame([cell(0, 0)]), tmp_path / "plan.gpkg"))
    feature = Feature.objects.get()
    assert feature.geom_web.srid == 3857
    back = feature.geom_web.transform(32639, clone=True)
    assert back.extent == pytest.approx(feature.geom.extent, abs=1e-3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    points=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=3, max_size=12, unique=True),
    crs=st.sampled_from(SYSTEMS),
)
def test_the_area_survives_any_reference_system(
    points: list[tuple[int, int]], crs: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shape = MultiPoint([(ORIGIN[0] + 7.3 * x, ORIGIN[1] + 11.9 * y) for x, y in points]).convex_hull
    if shape.area < 1:
        return
    code = f"try-{counts()['Instrument']}"
    register_instrument(code=code, kind=InstrumentKind.EDITION, title_fa=code, title_en=code)
    path = write(frame([shape], crs=crs), tmp_path_factory.mktemp("any") / "plan.gpkg")
    assert take(path, instrument=code).features == 1
    stored = Feature.objects.get(edition__instrument__code=code)
    assert stored.geom.area == pytest.approx(shape.area, rel=1e-6)
    assert shapely.from_wkb(bytes(stored.geom.wkb)).hausdorff_distance(shape) < 1e-3


def test_attributes_that_are_not_mapped_are_kept_under_their_names(tmp_path: Path) -> None:
    table = frame([cell(0, 0), cell(1, 0)])
    table["target_width"] = [12.0, None]
    table["note"] = ["a", "b"]
    mapping = {"code": "code", "label_fa": "label_fa", "remark": "note"}
    take(write(table, tmp_path / "plan.gpkg"), mapping=mapping)
    one, two = Feature.objects.order_by("source_row")
    assert one.attributes == {"label_en": "Height H1", "target_width": 12, "remark": "a"}
    assert two.attributes == {"label_en": "Height H2", "remark": "b"}
    assert one.label_en == one.label_fa  # no English field was mapped


def test_codes_are_read_as_text_in_latin_digits(tmp_path: Path) -> None:
    table = frame([cell(0, 0), cell(1, 0)], codes=["H۵", " H6 "])
    table["number"] = [7.0, 8.0]
    take(write(table, tmp_path / "plan.gpkg"))
    take(write(table, tmp_path / "numbers.gpkg"), instrument="hc-2", mapping={"code": "number"})
    codes = list(Feature.objects.order_by("edition", "source_row").values_list("code", flat=True))
    assert codes == ["H5", "H6", "7", "8"]
