"""Stands in for the generator of synthetic cities: the same command line, a city of a few parcels."""

import argparse
import json
import sys
from pathlib import Path

from tests.city.package import make_files


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--parcels", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--frame", type=Path)
    asked = parser.parse_args()
    if asked.seed == 13:
        sys.stdout.write("no room on the disk\n")
        return 3
    make_files(asked.out, parcels=asked.parcels)
    manifest = {"parcels_asked": asked.parcels, "seed": asked.seed, "files": [{"file": "parcels.gpkg"}]}
    (asked.out / "manifest.json").write_text(json.dumps(manifest))
    sys.stdout.write(f"made {asked.parcels} parcels\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
