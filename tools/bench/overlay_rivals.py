"""The other ways to overlay: two forms of plain SQL, and geopandas in memory."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import psycopg

from tools.bench.place import ROOT, conninfo

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


def sql_times(url: str, chunks: Sequence[int]) -> dict[str, float]:
    """Seconds of the plain and of the best form, each writing into an empty table."""
    with psycopg.connect(**conninfo(url), autocommit=True) as connection:
        connection.execute("SET max_parallel_workers_per_gather = 0")
        connection.execute("SELECT set_config('bench.chunks', %s, false)", [",".join(map(str, chunks))])
        connection.execute(SCRATCH)
        plain = timed(lambda: connection.execute(PLAIN, [list(chunks)]))
        connection.execute(SCRATCH)
        best = timed(lambda: connection.execute(BEST))
        connection.execute("DROP TABLE bench_overlay")
    return {"plain": plain, "best": best}


def geopandas_time(url: str, chunks: Sequence[int]) -> float:
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


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
