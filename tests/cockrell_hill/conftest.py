"""The second city, built once for all tests of this folder in a process and a database of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cockrell_hill.lots import LOTS
from tests.other_city import ROOT, own_database

CITY = "cockrell_hill"


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What tests.cockrell_hill.ask tells."""
    folder = tmp_path_factory.mktemp(CITY)
    out: Path = folder / "answers.json"
    words = [sys.executable, "-m", "tests.cockrell_hill.ask", str(out), *(lot.number for lot in LOTS)]
    with own_database(f"test_{CITY}_{os.getpid()}") as env:
        ran = subprocess.run(
            words,
            cwd=ROOT,
            env=env | {"CITY": CITY, "PARVANEH_VAR": str(folder / "var")},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-4000:]
        yield json.loads(out.read_text(encoding="utf-8"))
