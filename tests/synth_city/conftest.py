"""One small city for all tests here, and a second run of it to compare with."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from tools.synth_city.build import Order, build

FRAME = Path(__file__).resolve().parents[2] / "cities" / "isfahan" / "frame"
PARCELS, SEED = 1000, 1
"""The smallest number at which every showcase case is there."""


@dataclass(frozen=True)
class MadeCity:
    folder: Path
    manifest: dict[str, Any]

    def layer(self, stem: str, name: str = "features") -> gpd.GeoDataFrame:
        return gpd.read_file(self.folder / f"{stem}.gpkg", layer=name)

    @property
    def parcels(self) -> gpd.GeoDataFrame:
        return self.layer("parcels", "parcels")


def make(folder: Path, workers: int) -> MadeCity:
    build(Order(PARCELS, SEED, folder, FRAME, workers=workers))
    return MadeCity(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> MadeCity:
    return make(tmp_path_factory.mktemp("city"), workers=1)


@pytest.fixture(scope="session")
def same_city(tmp_path_factory: pytest.TempPathFactory) -> MadeCity:
    return make(tmp_path_factory.mktemp("same"), workers=2)
