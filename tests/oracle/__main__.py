"""Command line: python -m tests.oracle --parcels 12000 --sample 500, on the city of this installation.

Builds the city unless it stands, asks both about a sample drawn by seed, and prints what they differ in.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import django

KINDS = ("NEW", "REPAIR", "DEMOLISH_REBUILD")
DAYS = (date(2015, 1, 1), date(2023, 10, 1))


def main() -> int:
    """Build, ask, tell; 1 when anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--parcels", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated city")
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--draw", type=int, default=1, help="seed of the sample")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    django.setup()
    return 1 if sum(_tell(asked)) else 0


def _tell(asked: argparse.Namespace) -> Iterator[int]:
    from tests.oracle import black_box
    from tests.oracle.checking import check
    from tests.oracle.layers import plots
    from tests.oracle.oracle import Oracle

    began, folder = time.perf_counter(), black_box.build(parcels=asked.parcels, seed=asked.seed, var=_var())
    oracle, chosen = Oracle.of(black_box.city_root(), folder), plots(folder)
    chosen = Random(asked.draw).sample(chosen, min(asked.sample, len(chosen)))
    today = black_box.today()
    questions = [replace(today, permit_kind=kind) for kind in KINDS] + [replace(today, on=day) for day in DAYS]
    for question in questions:
        tally = check(oracle, chosen, question)
        spent = time.perf_counter() - began
        sys.stdout.write(f"[{spent:6.1f} s] {question.on} {question.permit_kind}: {tally.asked} asked, ")
        sys.stdout.write(f"{len(tally.differing)} differ\n{tally.told()}".rstrip() + "\n")
        yield len(tally.differing)


def _var() -> Path:
    return Path(os.environ.get("PARVANEH_VAR", "var"))


if __name__ == "__main__":
    raise SystemExit(main())
