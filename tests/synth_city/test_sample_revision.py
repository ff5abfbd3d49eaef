"""The sample revision for the planners' desk: higher codes on sound ground, and every mistake it is made to hold."""

import geopandas
import pytest

from tests.synth_city.conftest import MadeCity
from tools.synth_city.sample_revision import STEM, UNKNOWN_CODE


@pytest.fixture(scope="module")
def revision(city: MadeCity) -> geopandas.GeoDataFrame:
    return geopandas.read_file(city.folder / f"{STEM}.gpkg", layer="features")


def test_most_zones_go_one_storey_higher_and_none_above_seven(city: MadeCity, revision: geopandas.GeoDataFrame) -> None:
    plan = geopandas.read_file(city.folder / "height_code_1393.gpkg", layer="features")
    sound = revision[revision.geometry.is_valid & ~revision.geometry.is_empty & revision.ZONE.isin(set(plan.code))]
    both = geopandas.overlay(sound, plan, how="intersection", keep_geom_type=True)
    both = both[both.area > 1]
    steps = both.ZONE.str[1:].astype(int) - both.code.str[1:].astype(int)
    assert (steps == 1).sum() > (steps == 0).sum() > 0
    assert set(revision.ZONE) - {"", None, UNKNOWN_CODE} <= {f"H{n}" for n in range(1, 8)}


def test_it_holds_the_mistakes_that_planners_files_hold(revision: geopandas.GeoDataFrame) -> None:
    assert (revision.ZONE == UNKNOWN_CODE).sum() == 1
    assert (revision.ZONE.fillna("") == "").sum() == 1
    assert (~revision.geometry.is_valid).sum() == 1
    assert (revision.geometry.isna() | revision.geometry.is_empty).sum() == 1
    assert list(revision.columns[:3]) == ["ZONE", "NAME_FA", "NAME_EN"]


def test_its_coverage_is_a_part_of_the_plan_and_named_in_the_manifest(city: MadeCity) -> None:
    cover = geopandas.read_file(city.folder / f"{STEM}.gpkg", layer="coverage").union_all()
    plan = geopandas.read_file(city.folder / "height_code_1393.gpkg", layer="coverage").union_all()
    assert cover.difference(plan).area == pytest.approx(0, abs=1e-3)
    assert 100_000 < cover.area <= 1800 * 1800
    named = [entry for entry in city.manifest["files"] if entry["file"] == f"{STEM}.gpkg"]
    assert [entry["layer"] for entry in named] == ["features", "coverage"]
    assert all(entry["synthetic"] for entry in named)
