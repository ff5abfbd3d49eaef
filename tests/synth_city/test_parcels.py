"""Parcels: a true partition of built ground, with codes that can be keys."""

import re
from pathlib import Path

import numpy as np
import shapely

from tools.synth_city.blocks import Passage
from tools.synth_city.crs import metric_point, to_lonlat
from tools.synth_city.frame import BUILT, read_land_cover
from tools.synth_city.fronts import fronts_of

from .conftest import FRAME, PARCELS, MadeCity


def test_longitude_comes_first() -> None:
    """Si-o-se-pol: a swapped pair would land in the Caspian or nowhere."""
    x, y = metric_point((51.6675, 32.6446))
    assert abs(x - 562_614) < 60
    assert abs(y - 3_612_110) < 60
    lon, lat = to_lonlat([x], [y])
    assert abs(lon[0] - 51.6675) < 1e-9
    assert abs(lat[0] - 32.6446) < 1e-9


def test_two_runs_are_equal_byte_for_byte(city: MadeCity, same_city: MadeCity) -> None:
    assert city.manifest == same_city.manifest
    for entry in city.manifest["files"]:
        name = entry["file"]
        assert (city.folder / name).read_bytes() == (same_city.folder / name).read_bytes(), name


def test_another_seed_is_another_city(city: MadeCity, tmp_path: Path) -> None:
    from tools.synth_city.build import Order, build

    other = build(Order(80, 8, tmp_path, FRAME, only_core=True, workers=1))
    assert other["parcels"] == 80
    assert not (tmp_path / "local_plan_a_density.gpkg").exists()
    assert other["files"][0]["sha256"] != city.manifest["files"][0]["sha256"]


def test_number_is_exact_and_everything_says_synthetic(city: MadeCity) -> None:
    assert len(city.parcels) == PARCELS == city.manifest["parcels"]
    assert city.manifest["synthetic"] is True
    for entry in city.manifest["files"]:
        layer = city.layer(entry["file"].removesuffix(".gpkg"), entry["layer"])
        assert len(layer) == entry["count"]
        assert layer["synthetic"].eq(entry["synthetic"]).all(), entry
        assert layer.crs.to_epsg() == 32639


def test_parcels_are_valid_and_never_overlap(city: MadeCity) -> None:
    shapes = city.parcels.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert (shapely.area(shapes) > 20).all()
    together = shapely.union_all(shapes, grid_size=0.001)
    assert abs(shapely.area(shapes).sum() - together.area) < 0.01


def test_neighbours_share_vertices(city: MadeCity) -> None:
    """No vertex of one parcel lies within a millimetre of another's border without being a vertex of it too."""
    shapes = city.parcels.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="dwithin", distance=0.0005)
    for a, b in zip(one, other, strict=True):
        if a == b:
            continue
        mine, yours = shapely.get_coordinates(shapes[a]), shapely.get_coordinates(shapes[b])
        near = mine[shapely.dwithin(shapely.points(mine), shapes[b], 0.0005)]
        assert {tuple(p) for p in near} <= {tuple(p) for p in yours}


def test_parcels_lie_on_built_ground_and_off_the_water(city: MadeCity) -> None:
    shapes = city.parcels.geometry.to_numpy()
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes))
    cover = read_land_cover(FRAME / "landcover_2024.tif")
    assert (cover.classes_at(spots[:, 0], spots[:, 1]) == BUILT).all()
    for layer in ("river", "squares"):
        water = city.layer("backdrop", layer).geometry.union_all()
        assert shapely.area(shapely.intersection(shapes, water)).max() < 0.01


def test_parcels_leave_streets_free(city: MadeCity) -> None:
    roads = city.layer("land_use_1393").query("code == 'ROAD'").geometry.union_all()
    assert shapely.area(shapely.intersection(city.parcels.geometry.to_numpy(), roads)).sum() < 0.5


def test_codes_and_plates_are_keys(city: MadeCity) -> None:
    parcels = city.parcels
    assert parcels["code"].is_unique
    assert parcels["plate"].is_unique
    pattern = re.compile(r"([1-9]|1[0-5])-[1-9]\d*-[1-9]\d*-[1-9]\d*-0-0-0")
    assert parcels["code"].map(lambda c: bool(pattern.fullmatch(c))).all()
    assert (parcels["code"].str.split("-").str[0].astype(int) == parcels["district"]).all()
    assert parcels["plate"].str.fullmatch(r"\d+/\d+/\d+").all()


def test_measures_are_plausible(city: MadeCity) -> None:
    parcels = city.parcels
    drift = (parcels["deed_area"] / parcels.geometry.area - 1).abs()
    assert drift.max() < 0.09
    assert 0.03 < (drift > 1e-3).mean() < 0.25
    assert parcels["passage_width"].isna().mean() < 0.06
    known = parcels[parcels["passage_width"].notna()]
    assert known["passage_width"].between(2.5, 45).all()
    assert (known["frontage"] > 0).all()
    assert (known["frontage"] <= known.geometry.length + 0.01).all()
    assert 0.02 < parcels["corner"].mean() < 0.6
    assert np.isin(parcels["consolidated"], [1, 2, 3]).all()


def test_corner_plots_know_the_sum_of_both_passages(city: MadeCity) -> None:
    parcels = city.parcels
    summed = parcels["passage_sum"]
    assert summed[~parcels["corner"]].isna().all()
    assert (summed.isna() == (~parcels["corner"] | parcels["passage_width"].isna())).all()
    known = parcels[summed.notna()]
    assert len(known)
    assert known["passage_sum"].between(5, 90).all()
    assert (known["passage_sum"] > known["passage_width"]).mean() > 0.95  # a plot may also front on a third way
    assert (known["passage_sum"] == known["passage_sum"].round(2)).all()


def test_the_sum_at_a_corner_is_that_of_its_widest_pair() -> None:
    """
    ......5 m......     plot A: corners at 8+5 (top) and 8+6 (bottom) → 14; plot B fronts on two ways that
    8 |  A  |  B  |     do not meet on it → none.
    ......6 m......
    """
    ways = [
        Passage(shapely.box(-8, 0, 0, 20), 8.0, "local", ""),
        Passage(shapely.box(0, 20, 40, 25), 5.0, "local", ""),
        Passage(shapely.box(0, -6, 40, 0), 6.0, "local", ""),
    ]
    fronts = fronts_of([shapely.box(0, 0, 20, 20), shapely.box(20, 0, 40, 20)], ways)
    assert fronts.corner.tolist() == [True, False]
    assert fronts.corner_sum[0] == 14.0
    assert np.isnan(fronts.corner_sum[1])


def test_districts_cover_the_frame(city: MadeCity) -> None:
    cells = city.layer("districts", "districts")
    assert sorted(cells["number"]) == list(range(1, 16))
    assert cells["approximate"].all()
    assert abs(cells.geometry.area.sum() - cells.geometry.union_all().area) < 1.0
    joined = shapely.STRtree(cells.geometry.to_numpy())
    spots = shapely.point_on_surface(city.parcels.geometry.to_numpy())
    parcel, cell = joined.query(spots, predicate="within")
    assert len(parcel) == PARCELS
    assert (cells["number"].to_numpy()[cell] == city.parcels["district"].to_numpy()[parcel]).all()
