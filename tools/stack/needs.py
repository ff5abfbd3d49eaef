"""What the machine must have besides Python, and how to see whether it has it.

Seen by the thing itself (a program, a library), not by package name: any way of installing it will do.
"""

import importlib.util
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.stack import machine, postgres, queue

# PostgreSQL's major version in the distributions we know, by code name (derivatives keep their parent's).
POSTGRES_MAJORS = {"bookworm": 15, "trixie": 17, "noble": 16, "plucky": 17, "questing": 17}
FONT_DIRS = ("/usr/share/fonts", "/usr/local/share/fonts")


@dataclass(frozen=True)
class Need:
    """One thing that must be there: what for, whether it is, and the packages that bring it."""

    name: str
    present: Callable[[], bool]
    packages: tuple[str, ...]


def postgres_major(release: Mapping[str, str]) -> int | None:
    """The major version that this distribution packages, if we know it."""
    names = (release.get("UBUNTU_CODENAME", ""), release.get("VERSION_CODENAME", ""))
    return next((POSTGRES_MAJORS[n] for n in names if n in POSTGRES_MAJORS), None)


def has_venv() -> bool:
    """Whether this Python can make virtual environments with pip in them (Debian splits that off)."""
    return all(importlib.util.find_spec(n) is not None for n in ("venv", "ensurepip"))


def _has_libraries(*names: str) -> Callable[[], bool]:
    return lambda: all(f"{name}.so" in machine.shared_libraries() for name in names)


def _has_fonts() -> bool:
    return any(next(Path(d).rglob("*.[to]tf"), None) for d in FONT_DIRS)


def all_needs(release: Mapping[str, str], *, database: bool, broker: bool) -> list[Need]:
    """Everything `make setup` looks for. A database or queue that the environment gives is not needed here."""
    major = postgres_major(release)
    server = (f"postgresql-{major}", f"postgresql-{major}-postgis-3") if major else ()
    needs = [
        Need("Python's venv", has_venv, (f"python3.{sys.version_info.minor}-venv",)),
        Need("GDAL, GEOS and PROJ", _has_libraries("libgdal", "libgeos_c", "libproj"), ("gdal-bin",)),
        Need(
            "Pango",
            _has_libraries("libpango-1.0", "libpangoft2-1.0", "libharfbuzz-subset"),
            ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        ),
        Need("fonts", _has_fonts, ("fonts-dejavu-core", "fontconfig")),
    ]
    if database:
        # btree_gist and pg_trgm are in the server package itself since PostgreSQL 10.
        needs.append(Need("PostgreSQL 15+ with PostGIS", lambda: postgres.find_server() is not None, server))
    if broker:
        needs.append(Need("Redis", lambda: queue.find_server() is not None, ("redis-server",)))
    return needs


def missing(needs: list[Need]) -> list[Need]:
    """Those that are not there."""
    return [need for need in needs if not need.present()]
