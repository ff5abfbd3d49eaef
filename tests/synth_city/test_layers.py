"""Plan layers: partitions without gaps, silent editions, showcase parcels that keep their word."""

import geopandas as gpd
import pytest
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from tools.synth_city.layers import THEMES
from tools.synth_city.showcase_notes import NOTES

from .conftest import MadeCity

PARTITIONS = [s for s, theme in THEMES.items() if theme in {"land_use", "height_code", "density"}]


@pytest.mark.parametrize("stem", PARTITIONS)
def test_partition_has_no_gap_and_no_overlap(city: MadeCity, stem: str) -> None:
    features = city.layer(stem).geometry
    cover = city.layer(stem, "coverage").geometry.union_all()
    assert features.is_valid.all()
    together = shapely.union_all(features.to_numpy(), grid_size=0.001)
    assert abs(features.area.sum() - together.area) < 1e-6 * cover.area + 0.5
    assert shapely.symmetric_difference(together, cover, grid_size=0.001).area < 1e-6 * cover.area + 0.5


def test_codes_are_those_of_the_rulebook(city: MadeCity) -> None:
    assert set(city.layer("height_code_1393")["code"]) <= {f"H{n}" for n in range(1, 8)}
    assert set(city.layer("density_1393")["code"]) <= {f"D{60 * n}" for n in range(1, 8)}
    assert {"RES", "COM", "ROAD", "GREEN"} <= set(city.layer("land_use_1393")["code"])
    assert set(city.layer("heritage_buffer")["code"]) == {"BUFFER_1", "BUFFER_2", "LINE_ONLY"}


def test_starred_plots_are_parcels(city: MadeCity) -> None:
    known = {shape.normalize().wkb for shape in city.parcels.geometry}
    stars = city.layer("starred_plot")
    assert len(stars)
    assert stars["name_fa"].notna().all()
    assert all(part.normalize().wkb in known for shape in stars.geometry for part in shapely.get_parts(shape))


def test_bridges_lie_on_the_river(city: MadeCity) -> None:
    places = city.layer("places", "places").set_index("name_en")
    water = city.layer("backdrop", "river").geometry.union_all()
    for bridge in ("Si-o-se-pol", "Khaju bridge"):
        assert water.contains(places.loc[[bridge]].geometry.iloc[0])


def cover(city: MadeCity, stem: str, code: str = "") -> BaseGeometry:
    features: gpd.GeoDataFrame = city.layer(stem)
    return shapely.union_all(features[features["code"] == code].geometry if code else features.geometry)


def share(parcel: BaseGeometry, area: BaseGeometry) -> float:
    return float(parcel.intersection(area).area / parcel.area)


@pytest.fixture(scope="module")
def shown(city: MadeCity) -> dict[str, BaseGeometry]:
    """Showcase parcels by key."""
    by_code = city.parcels.set_index("code").geometry
    return {one["key"]: by_code[one["code"]] for one in city.manifest["showcase"]}


def test_every_case_is_shown(city: MadeCity) -> None:
    assert [one["key"] for one in city.manifest["showcase"]] == list(NOTES)


def test_showcase_points_lie_in_their_parcels(city: MadeCity, shown: dict[str, BaseGeometry]) -> None:
    points = gpd.GeoSeries.from_xy(
        [s["lon"] for s in city.manifest["showcase"]], [s["lat"] for s in city.manifest["showcase"]], crs=4326
    ).to_crs(32639)
    for one, point in zip(city.manifest["showcase"], points, strict=True):
        assert shown[one["key"]].distance(point) < 0.001


@pytest.mark.parametrize(
    ("key", "stem", "code"),
    [
        ("plain", "height_code_1393", "H4"),
        ("plain", "land_use_1393", "RES"),
        ("reduced_by_plot", "height_code_1393", "H4"),
        ("reduced_by_passage", "height_code_1393", "H4"),
        ("pending_1404", "height_code_1393", "H4"),
        ("pending_1404", "height_code_1404", "H5"),
        ("suspended_1402", "height_code_1402", "H5"),
        ("heritage_core", "heritage_core", "CORE"),
        ("buffer_1", "heritage_buffer", "BUFFER_1"),
        ("buffer_2", "heritage_buffer", "BUFFER_2"),
        ("line_only", "heritage_buffer", "LINE_ONLY"),
        ("fabric", "historic_fabric", "FABRIC"),
        ("worn", "worn_fabric", "WORN"),
        ("starred", "starred_plot", "STARRED"),
        ("local_a", "local_plan_a_height_code", ""),
    ],
)
def test_parcel_lies_wholly_in(city: MadeCity, shown: dict[str, BaseGeometry], key: str, stem: str, code: str) -> None:
    assert share(shown[key], cover(city, stem, code)) > 0.999


def test_plain_parcel_meets_nothing_else(city: MadeCity, shown: dict[str, BaseGeometry]) -> None:
    for stem in THEMES:
        if stem not in {"land_use_1393", "height_code_1393", "density_1393"}:
            assert share(shown["plain"], cover(city, stem)) == pytest.approx(0, abs=1e-9), stem


def test_conditions_that_reduce(city: MadeCity) -> None:
    rows = city.parcels.set_index("code")
    codes = {one["key"]: one["code"] for one in city.manifest["showcase"]}
    narrow, small, plain = (rows.loc[codes[k]] for k in ("reduced_by_passage", "reduced_by_plot", "plain"))
    assert narrow["passage_width"] < 8
    assert narrow.geometry.area >= 200
    assert small["passage_width"] >= 8
    assert small.geometry.area < 200
    assert plain["passage_width"] >= 8
    assert plain.geometry.area >= 200
    assert rows.loc[codes["corner"], "corner"]
    assert rows["passage_width"].isna()[codes["unknown_passage"]]


def test_borders_that_cut_parcels(city: MadeCity, shown: dict[str, BaseGeometry]) -> None:
    heights = city.layer("height_code_1393").dissolve("code").geometry
    shares = sorted(share(shown["two_height_codes"], shape) for shape in heights)
    assert shares[-2] > 0.2
    sliver = sorted(share(shown["height_sliver"], shape) for shape in heights)
    assert 0 < sliver[-2] < 0.02
    assert 0.2 < share(shown["local_b_border"], cover(city, "local_plan_b_land_use")) < 0.8
    assert share(shown["madi"], cover(city, "madi_strip")) > 0.01
    assert share(shown["widening"], cover(city, "road_widening")) > 0.005


def test_places_where_editions_are_silent(city: MadeCity, shown: dict[str, BaseGeometry]) -> None:
    assert share(shown["outside_height"], city.layer("height_code_1393", "coverage").geometry.union_all()) == 0
    assert share(shown["outside_buffer_coverage"], city.layer("heritage_buffer", "coverage").geometry.union_all()) == 0


def test_tie_point_lies_on_two_parcels_exactly(city: MadeCity) -> None:
    tie = next(one for one in city.manifest["showcase"] if one["key"] == "tie")
    point = Point(tie["x"], tie["y"])
    touching = city.parcels[city.parcels.geometry.touches(point)]["code"]
    assert set(touching) == {tie["code"], *tie["other_codes"]}
    assert len(touching) == 2
