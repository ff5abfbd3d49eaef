"""GDAL's OGC API driver, which QGIS and geopandas use, reads every collection whole.

In a process of its own: GDAL holds this one still while it waits for the server that runs here.
"""

import json
import subprocess
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.open_data.world import COUNTS, build, counted
from tests.overlay.grid import CORNER

pytestmark = pytest.mark.django_db(transaction=True)


def read(url: str, layer: str, *options: str) -> list[dict[str, Any]]:
    """The layer's features as GDAL hands them over."""
    call = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", f"OAPIF:{url}/ogc", layer, *options]
    done = subprocess.run(call, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)["features"]


def test_gdal_reads_every_collection(live_server: LiveServer, transactional_db: None) -> None:
    build()
    for name in COUNTS:
        found = read(live_server.url, name, "-oo", "PAGE_SIZE=40")
        assert len(found) == counted(name), name
    lon, lat = found[0]["geometry"]["coordinates"][0][0][0]
    assert (round(lon, 1), round(lat, 1)) == (51.6, 32.6)


def test_gdal_asks_by_box(live_server: LiveServer, transactional_db: None) -> None:
    """The first three zones of 10 m."""
    build()
    box = [str(v) for v in (CORNER[0] + 1, CORNER[1] + 1, CORNER[0] + 29, CORNER[1] + 2)]
    found = read(live_server.url, "height_code", "-spat", *box, "-spat_srs", "EPSG:32639")
    assert [f["properties"]["code"] for f in found] == ["Z1", "Z2", "Z3"]
