"""python -m tools.bench [--parcels N] [--quick] [--out FILE]: measure, print a table, write JSON, tidy up."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django

from tools.bench import act, extract, growth, overlay, tiles
from tools.bench.place import ROOT, manage, place
from tools.bench.report import Row, as_json, table
from tools.bench.web import web

_PARCELS, _QUICK_PARCELS = 200_000, 2_000
_SECONDS, _QUICK_SECONDS = 6.0, 1.0


def main() -> int:
    """Exit code 0; with --strict 1 when something fell below its floor."""
    asked = _arguments()
    urls = {"database_url": os.environ["DATABASE_URL"], "redis_url": os.environ["REDIS_URL"]}
    begun = time.time()
    with place(**urls) as env:
        os.environ.update(env)
        _build(env, asked.parcels)
        rows = _measure(env, quick=asked.quick)
    _write(asked, rows, took=time.time() - begun)
    return 1 if asked.strict and any(row.verdict == "missed" for row in rows) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--parcels", type=int, help=f"size of the city ({_PARCELS:,}; with --quick {_QUICK_PARCELS:,})")
    parser.add_argument("--quick", action="store_true", help="a minute's look: small city, short runs, no slow rivals")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "bench.json", help="where the JSON goes")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when something falls below its floor")
    asked = parser.parse_args()
    asked.parcels = asked.parcels or (_QUICK_PARCELS if asked.quick else _PARCELS)
    return asked


def _build(env: Mapping[str, str], parcels: int) -> None:
    """The city without its overlays: those are measured."""
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "build_demo", "--parcels", str(parcels), "--overlays", "skip")
    django.setup()


def _measure(env: Mapping[str, str], *, quick: bool) -> list[Row]:
    seconds = _QUICK_SECONDS if quick else _SECONDS
    _say("overlays …")
    rows = overlay.measure(env, rivals=not quick)
    with web(env) as running:
        _say("extracts …")
        more, found = extract.measure(env, running, seconds=seconds)
        rows += more
        _say("tiles …")
        rows += tiles.measure(env, running, seconds=seconds, hello=found.hello, per_zoom=5 if quick else 25)
        codes = extract.random_codes(env["DATABASE_URL"])
        _say("an act …")
        rows += act.measure(running, codes)
        if not quick:
            _say("300 editions …")
            rows += growth.measure(running, codes, before=found, seconds=seconds)
    return rows


def _write(asked: argparse.Namespace, rows: list[Row], *, took: float) -> None:
    machine = {"processors": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    told: dict[str, Any] = {"parcels": asked.parcels, "quick": asked.quick, "seconds": round(took), "machine": machine}
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps({**told, "rows": as_json(rows)}, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"\n{asked.parcels:,} parcels, {took:.0f} s, {asked.out}\n\n{table(rows)}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
