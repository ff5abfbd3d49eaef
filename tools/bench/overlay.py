"""Overlay of the whole city, written, against plain SQL, the best SQL we know, and geopandas in memory."""

import subprocess
import sys
import time
from collections.abc import Mapping

import psycopg

from tools.bench.overlay_rivals import geopandas_time, sql_times, timed
from tools.bench.place import ROOT, conninfo
from tools.bench.report import Row

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
    ours = timed(lambda: [compute_chunk(chunk=chunk) for chunk in chunks])
    sql = sql_times(url, chunks)
    rows.append(
        Row(
            f"overlay of {parcels:,} parcels: ours / best SQL", f"{ours:.2f} s", ours / sql["best"], 1.2, 1.5, less=True
        )
    )
    rows.append(
        Row("overlay: plain INSERT … SELECT ST_Intersection / ours", f"{sql['plain']:.2f} s", sql["plain"] / ours)
    )
    if rivals:
        other = geopandas_time(url, chunks)
        rows.append(
            Row("overlay: geopandas.overlay, in memory, nothing written / ours", f"{other:.2f} s", other / ours, 4, 3)
        )
    empty(url)
    whole = timed(compute_overlays)
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
