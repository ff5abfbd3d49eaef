"""A plan of 100,000 features through the same doors, in a process of its own so that its memory can be told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from apps.legal.models import Instrument
from gis_layers.models import Edition, Feature, Quarantined
from tests.gis_layers.files import ORIGIN

COLUMNS, ROWS, SIDE = 400, 250, 25
MOST_MB = 900
_WORK = """
import json, resource, sys
import django
django.setup()
from pathlib import Path
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from gis_layers.ingest.coverage import Coverage
from gis_layers.services import take_in

class Told:
    steps = []
    def at(self, step, share=0.0):
        self.steps.append((step.value, share))

told = Told()
report = take_in(path=Path(sys.argv[2]), theme="height", instrument="hc-1", mapping={"code": "code"},
                 coverage=Coverage(layer="where"), layer="features", progress=told)
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kept = len(report.quarantined)
print(json.dumps({"features": report.features, "kept": kept, "mb": most / 1024, "steps": told.steps}))
"""


def _plan(path: Path) -> Path:
    """Cells of 25 m side by side; the last one lies over its neighbour by half, and one has no code."""
    import geopandas
    import numpy as np
    import pyogrio
    import shapely

    place = np.arange(COLUMNS * ROWS)
    west, south = ORIGIN[0] - 2000 + place % COLUMNS * SIDE, ORIGIN[1] - 2000 + place // COLUMNS * SIDE
    west = np.where(place == place[-1], west - SIDE / 2, west)
    cells = shapely.box(west, south, west + SIDE, south + SIDE)
    codes = np.where(place == 7, None, np.char.add("H", (place % 9).astype(str)).astype(object))
    table = geopandas.GeoDataFrame({"code": codes, "note": [f"n{i}" for i in place]}, geometry=cells, crs=32639)
    pyogrio.write_dataframe(table, path, driver="GPKG", layer="features")
    frame = shapely.box(west.min(), south.min(), west.max() + SIDE * 1.5, south.max() + SIDE)
    where = geopandas.GeoDataFrame({"n": [1]}, geometry=[frame], crs=32639)
    pyogrio.write_dataframe(where, path, driver="GPKG", layer="where", append=True)
    return path


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_hundred_thousand_features(tmp_path: Path, height: object, instruments: dict[str, Instrument]) -> None:
    from django.db import connection  # noqa: TID251 - the process is told the name of the test's database

    path = _plan(tmp_path / "plan.gpkg")
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-c", _WORK, name, str(path)],
        env=os.environ.copy(),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["features"], told["kept"]) == (99_997, 3)
    assert (Edition.objects.count(), Feature.objects.count(), Quarantined.objects.count()) == (1, 99_997, 3)
    assert told["mb"] < MOST_MB
    steps = [step for step, _ in told["steps"]]
    assert len(told["steps"]) > 40  # often enough to be stopped in a moment
    assert list(dict.fromkeys(steps)) == ["opening", "reading", "judging", "comparing", "coverage", "storing"]
