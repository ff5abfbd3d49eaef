"""Command line: python -m tools.synth_city --parcels 12000 --seed 1 --out var/cities/isfahan."""

import argparse
import sys
import time
from pathlib import Path

from tools.synth_city.build import Order, build

FRAME = Path(__file__).resolve().parents[2] / "cities" / "isfahan" / "frame"


def main() -> int:
    """Read the options, build the city, say what was made."""
    parser = argparse.ArgumentParser(prog="python -m tools.synth_city", description=__doc__)
    parser.add_argument("--parcels", type=int, default=12_000, help="number of parcels, at most about a million")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="folder for the files; old GeoPackages in it go")
    parser.add_argument("--frame", type=Path, default=FRAME, help="folder with the real frame")
    parser.add_argument("--workers", type=int, default=0, help="processes; 0 takes one per processor, at most 8")
    parser.add_argument("--only-core", action="store_true", help="leave out the outlying quarters and their plans")
    given = parser.parse_args()
    started = time.perf_counter()
    manifest = build(Order(given.parcels, given.seed, given.out, given.frame, given.only_core, given.workers))
    spent = time.perf_counter() - started
    sys.stdout.write(
        f"{manifest['parcels']} synthetic parcels, {len(manifest['files'])} layers, "
        f"{len(manifest['showcase'])} showcase parcels in {spent:.1f} s -> {given.out}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
