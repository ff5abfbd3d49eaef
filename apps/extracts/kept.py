"""Extracts kept by everything they depend on: parcel version, law, day, kind, program and registry.

Nothing is ever invalidated: another law, day or program is another key.
"""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from apps.common.packing import packed
from apps.extracts.law_day import LawDay
from gis_layers import postgis_kept

_ROOMS = ("apps/common", "apps/legal", "apps/extracts", "gis_layers", "detailed_plan", "heritage_zones")
_LEVEL = 3


@lru_cache(maxsize=1)
def program_key() -> str:
    """Fingerprint (8 hex) of the code that takes part in an answer and of the city package's own description."""
    mill = hashlib.sha256()
    files = [p for room in _ROOMS for p in (Path(settings.BASE_DIR) / room).rglob("*.py")]
    for path in sorted([*files, *Path(settings.CITY_ROOT).glob("*.toml")]):
        mill.update(path.name.encode() + path.read_bytes())
    return mill.hexdigest()[:8]


def key_of(law: LawDay) -> str:
    """The program and the registry (themes, tolerances, offices) of a law day."""
    return program_key() + law.registry


def read(*, code: str, law: LawDay, now: datetime, kind: str) -> tuple[bytes, str] | None:
    """(gzipped canonical body, digest) when this very extract was composed before."""
    return postgis_kept.read_kept(code=code, on=law.on, now=now, kind=kind, key=key_of(law))


def keep(*, version_id: int, law: LawDay, kind: str, body: bytes, digest: str) -> None:
    """Keep an extract of the newest law whose overlays were complete."""
    postgis_kept.keep(
        {
            "version": version_id,
            "law": law.version,
            "on": law.on,
            "kind": kind,
            "key": key_of(law),
            "digest": digest,
            "body": packed(body, level=_LEVEL),
        }
    )


def sweep(*, today: date, law: LawDay) -> int:
    """Delete what no question of today reaches; returns the number."""
    return postgis_kept.sweep(before=today, law=law.version, key=key_of(law))
