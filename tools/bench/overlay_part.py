"""One of several overlay workers: python -m tools.bench.overlay_part K N takes every Nth chunk from the Kth on."""

import sys

import django


def main() -> None:
    """Say when ready, wait for a line, compute."""
    django.setup()
    from apps.extracts.overlays import compute_chunk, overlays_owed

    which, of = int(sys.argv[1]), int(sys.argv[2])
    chunks = [debt.chunk for debt in overlays_owed()][which::of]
    print("ready", flush=True)
    sys.stdin.readline()
    for chunk in chunks:
        compute_chunk(chunk=chunk)


if __name__ == "__main__":
    main()
