"""The measured rivals compute the same as we do, and the scripts say what they claim to say."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import numpy as np
import psycopg
import pytest
import shapely
from django.conf import settings

from apps.common.clock import today
from apps.extracts import overlays
from apps.extracts.models import Overlay
from tests.overlay.grid import area, edition, parcel
from tools.bench import overlay_rivals, tiles
from tools.bench.extract import random_codes, script
from tools.bench.place import ROOT, conninfo
from tools.bench.sql_load import pgbench


def test_points_fall_into_their_tiles() -> None:
    """The middle of the world is the corner of four tiles; a metre north-west of it is in the upper left one."""
    assert tiles.column_row(-1, 1, 1) == (0, 0)
    assert tiles.column_row(1, -1, 1) == (1, 1)
    assert tiles.column_row(1, 1, 15) == (16384, 16383)


def test_geopandas_is_timed_on_the_shapes_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "shapes.npz"
    squares = [shapely.to_wkb(shapely.box(x, 0, x + 4, 4)) for x in (0, 4)]
    packed = {name: np.array(squares, dtype=object) for name in ("parcels", "features")}
    np.savez(file, editions=np.array([1, 2]), **packed)
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.rival_geopandas", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(done.stdout) > 0


@pytest.mark.django_db(transaction=True)
def test_plain_and_best_sql_write_the_rows_that_we_write() -> None:
    """A straddling, a covered and a touching parcel; the rivals run on connections of their own."""
    for x in (0, 4, 8):
        parcel((x, 0, x + 4, 4))
    edition(area((-1, -1, 6, 5)), area((2, 1, 3, 9)), coverage=area((-9, -9, 99, 99)))
    overlays.compute_overlays()
    ours = sorted(Overlay.objects.values_list("parcel_version_id", "feature_id", "area_m2", "share"))
    assert len(ours) == 3
    url = database_url()
    for statement in ("plain", "best"):
        assert written(url, statement) == ours


@pytest.mark.django_db(transaction=True)
def test_the_extract_s_statement_runs_in_pgbench() -> None:
    made = parcel((0, 0, 4, 4))
    url = database_url()
    try:
        assert random_codes(url) == [made.parcel.code]
        text = script(url, count=1)
        assert "SELECT code FROM bench_code WHERE n = :n" in text
        assert str(today()) in text
        assert (pgbench(url, text, seconds=1, clients=1) or 0) > 0
    finally:
        with psycopg.connect(**conninfo(url), autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS bench_code")


def test_without_pgbench_there_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert pgbench(os.environ["DATABASE_URL"], "SELECT 1;", seconds=1) is None


def database_url() -> str:
    """The URL of the test database of this process."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{settings.DATABASES['default']['NAME']}"))


def written(url: str, which: str) -> list[tuple[int, int, float, float]]:
    with psycopg.connect(**conninfo(url), autocommit=True) as connection:
        connection.execute("SELECT set_config('bench.chunks', '1', false)")
        connection.execute(overlay_rivals.SCRATCH)
        try:
            statement, params = (overlay_rivals.PLAIN, [[1]]) if which == "plain" else (overlay_rivals.BEST, None)
            connection.execute(statement, params)
            rows = connection.execute("SELECT parcel_version_id, feature_id, area_m2, share FROM bench_overlay")
            return sorted(rows.fetchall())
        finally:
            connection.execute("DROP TABLE bench_overlay")
