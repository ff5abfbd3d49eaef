"""Overlay of the whole city, written, against plain SQL, the best SQL we know, and geopandas in memory."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import psycopg

from tools.bench.place import ROOT, conninfo
from tools.bench.report import Row

SCRATCH = """
DROP TABLE IF EXISTS bench_overlay;
CREATE TABLE bench_overlay (LIKE extracts_overlay INCLUDING ALL);
"""
PLAIN = """
INSERT INTO bench_overlay (parcel_version_id, feature_id, edition_id, area_m2, share)
SELECT v.id, f.id, f.edition_id, a.m2, a.m2 / ST_Area(v.geom)
  FROM gis_layers_feature f JOIN cadastre_parcelversion v ON ST_Intersects(f.geom, v.geom),
       LATERAL (SELECT ST_Area(ST_Intersection(f.geom, v.geom)) AS m2) a
 WHERE v.chunk = ANY(%s) AND a.m2 > 1e-9
"""
# Feature by feature, "covers" first, clipping only what is cut: the best form we know inside the database.
BEST = """
DO $$
DECLARE f record;
BEGIN
  FOR f IN SELECT id, edition_id, geom FROM gis_layers_feature ORDER BY id LOOP
    INSERT INTO bench_overlay (parcel_version_id, feature_id, edition_id, area_m2, share)
    SELECT v.id, f.id, f.edition_id, a.m2, a.m2 / v.m2
      FROM (SELECT id, geom, ST_Area(geom) AS m2 FROM cadastre_parcelversion
             WHERE geom && f.geom AND chunk = ANY(string_to_array(current_setting('bench.chunks'), ',')::bigint[])) v,
           LATERAL (SELECT CASE WHEN ST_Covers(f.geom, v.geom) THEN v.m2
                                WHEN ST_Intersects(f.geom, v.geom) THEN ST_Area(ST_Intersection(f.geom, v.geom))
                                ELSE 0 END AS m2) a
     WHERE a.m2 > 1e-9;
  END LOOP;
END $$
"""
_PARCELS = "SELECT id, ST_AsBinary(geom) FROM cadastre_parcelversion WHERE chunk = ANY(%s)"
_FEATURES = """
SELECT f.id, ST_AsBinary(f.geom), f.edition_id FROM gis_layers_feature f
 WHERE EXISTS (SELECT FROM cadastre_parcelversion v WHERE v.chunk = ANY(%s) AND v.geom && f.geom)
"""
_CHUNKS = "SELECT chunk, count(*) FROM cadastre_parcelversion GROUP BY chunk ORDER BY count(*) DESC, chunk"
_LONG_S = 2.0
SAMPLE = 100_000  # parcels on which the slow rivals are run


def measure(env: Mapping[str, str], *, rivals: bool) -> list[Row]:
    """Leaves the overlays of the whole city computed."""
    from apps.extracts.overlays import compute_chunk, compute_overlays

    url = env["DATABASE_URL"]
    chunks, parcels = _sample(url)
    rows = []
    empty(url)
    halves = _two_workers(env)
    empty(url)
    ours = _timed(lambda: [compute_chunk(chunk=chunk) for chunk in chunks])
    sql = _sql_times(url, chunks)
    rows.append(
        Row(
            f"overlay of {parcels:,} parcels: ours / best SQL", f"{ours:.2f} s", ours / sql["best"], 1.2, 1.5, less=True
        )
    )
    rows.append(
        Row("overlay: plain INSERT … SELECT ST_Intersection / ours", f"{sql['plain']:.2f} s", sql["plain"] / ours)
    )
    if rivals:
        other = _geopandas(url, chunks)
        rows.append(
            Row("overlay: geopandas.overlay, in memory, nothing written / ours", f"{other:.2f} s", other / ours, 4, 3)
        )
    empty(url)
    whole = _timed(compute_overlays)
    judged = whole > _LONG_S  # in a shorter run starting up weighs more
    target, floor = (0.6, 0.85) if judged else (None, None)
    rows.append(Row("overlay of the whole city, one process", f"{whole:.2f} s"))
    rows.append(
        Row("overlay of the whole city: two workers / one", f"{halves:.2f} s", halves / whole, target, floor, less=True)
    )
    return rows


def empty(url: str) -> None:
    """Forget every overlay."""
    with psycopg.connect(**conninfo(url), autocommit=True) as connection:
        connection.execute("TRUNCATE extracts_overlay, extracts_overlaychunk, extracts_coveragecut")


def _sample(url: str) -> tuple[list[int], int]:
    """Whole chunks with together about SAMPLE parcels, or all."""
    chosen, parcels = [], 0
    with psycopg.connect(**conninfo(url)) as connection:
        for chunk, count in connection.execute(_CHUNKS):
            if parcels and parcels + count > SAMPLE:
                continue
            chosen.append(chunk)
            parcels += count
    return chosen, parcels


def _sql_times(url: str, chunks: Sequence[int]) -> dict[str, float]:
    with psycopg.connect(**conninfo(url), autocommit=True) as connection:
        connection.execute("SET max_parallel_workers_per_gather = 0")
        connection.execute("SELECT set_config('bench.chunks', %s, false)", [",".join(map(str, chunks))])
        connection.execute(SCRATCH)
        plain = _timed(lambda: connection.execute(PLAIN, [list(chunks)]))
        connection.execute(SCRATCH)
        best = _timed(lambda: connection.execute(BEST))
        connection.execute("DROP TABLE bench_overlay")
    return {"plain": plain, "best": best}


def _two_workers(env: Mapping[str, str]) -> float:
    """Seconds until two processes, each taking every other chunk, are both done."""
    command = [sys.executable, "-m", "tools.bench.overlay_part"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT, "env": dict(env)}
    parts = [subprocess.Popen([*command, str(k), "2"], **pipes) for k in range(2)]  # type: ignore[call-overload]
    for part in parts:
        part.stdout.readline()  # it has started and waits
    begun = time.perf_counter()
    for part in parts:
        part.stdin.write("go\n")
        part.stdin.flush()
    codes = [part.wait() for part in parts]
    took = time.perf_counter() - begun
    if any(codes):
        raise RuntimeError(f"an overlay process failed: exit codes {codes}")
    return took


def _geopandas(url: str, chunks: Sequence[int]) -> float:
    """Seconds that geopandas.overlay takes, edition by edition, reading and writing not counted."""
    with psycopg.connect(**conninfo(url)) as connection, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        parcels = connection.execute(_PARCELS, [list(chunks)]).fetchall()
        features = connection.execute(_FEATURES, [list(chunks)]).fetchall()
        file = Path(folder) / "shapes.npz"
        columns = {"parcels": [p[1] for p in parcels], "features": [f[1] for f in features]}
        packed = {name: np.array(values, dtype=object) for name, values in columns.items()}
        np.savez(file, editions=np.array([f[2] for f in features]), **packed)  # type: ignore[arg-type]
        command = [sys.executable, "-m", "tools.bench.rival_geopandas", str(file)]
        return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
