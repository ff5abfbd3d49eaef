"""The name of exactly what would be signed: a digest of all facts of a draft and of the law it was shown with. Pure."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Named:
    """One target by ids: the instrument, the suspension lifted, the successor."""

    instrument: int
    lifts: int | None
    replaced_by: int | None


def digest_of(
    *,
    kind: str,
    authority: str,
    number: str,
    days: tuple[date, date],
    texts: Sequence[str],
    transition: Sequence[dict[str, Any]],
    scope: bytes,
    document: str,
    targets: Sequence[Named],
) -> str:
    """SHA-256 (hex) of a draft's facts. `days`: act date, effective day; `scope`: WKB, b'' = everywhere."""
    facts = [
        kind, authority, number, [day.isoformat() for day in days], list(texts), list(transition), scope.hex(),
        document, [[target.instrument, target.lifts, target.replaced_by] for target in targets],
    ]  # fmt: skip
    return _hash(json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def seal_of(digest: str, law_version: int) -> str:
    """What the second person has before their eyes: this draft over this law. Changes when either does."""
    return _hash(f"{digest}|{law_version}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
