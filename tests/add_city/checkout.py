"""A copy of this checkout in a temporary folder, and a database server beside it: a newcomer's first day."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "cities" / "_template"
ROOMS = ("apps", "gis_layers", "detailed_plan", "heritage_zones", "frontend")
_PATIENCE_SECONDS = 400


def copy_checkout(folder: Path) -> Path:
    """The product's code and the template, nothing else; `.venv` leads to the packages of these tests."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(TEMPLATE, folder / "cities" / TEMPLATE.name)
    shutil.copy2(ROOT / "manage.py", folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def server() -> dict[str, str]:
    """The environment by which PostgreSQL's own tools, and an address without a host, find the tests' server."""
    told = settings.DATABASES["default"]
    named = {"PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"]}
    return {name: str(value) for name, value in named.items() if value}


def shell(script: str, *, cwd: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    """Run a script as a person would, stopping at the first failure. Nothing is known of this installation's city.

    Code 124 when it does not end, with what it had said and where Python stood; nothing it started is left behind.
    """
    ours = {name: value for name, value in os.environ.items() if name not in ("CITY", "DATABASE_URL", "PARVANEH_VAR")}
    ending = ["timeout", "--signal=ABRT", "--kill-after=10", str(_PATIENCE_SECONDS)]
    return subprocess.run(
        [*ending, "bash", "-xeuo", "pipefail", "-c", script],
        cwd=cwd,
        env={**ours, **server(), "PYTHONFAULTHANDLER": "1", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def manage(*words: str, city: Path) -> "subprocess.CompletedProcess[str]":
    """A manage.py command on a package anywhere; the database is none that exists."""
    script = f'"{sys.executable}" manage.py {" ".join(words)}'
    return shell(script, cwd=ROOT, CITY=str(city), DATABASE_URL="postgis:///no_such_database")
