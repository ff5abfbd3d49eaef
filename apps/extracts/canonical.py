"""Canonical JSON (RFC 8785) and its digest.

orjson with sorted keys writes exactly RFC 8785 as long as keys are ASCII and numbers went through `number()`;
a property test holds it against the reference library.
"""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

PLACES = 2
_KEY = "digest"


def number(raw: Decimal | float | int, places: int = PLACES) -> int | float:
    """Two decimals at most (or `places`), integers without a fraction: one spelling per value."""
    rounded = round(float(raw), places)
    return int(rounded) if rounded.is_integer() else rounded


def canonical(document: Mapping[str, Any]) -> bytes:
    """RFC 8785 bytes of a document whose numbers are ints or came through `number()`."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def digest(document: Mapping[str, Any]) -> str:
    """'sha256:' + hex over the canonical bytes."""
    return _seal(canonical(document))


def sealed(document: Mapping[str, Any]) -> tuple[bytes, str]:
    """Canonical bytes of the document with its digest as the key "digest", and the digest.

    The digest is over the document without it. Written in two halves around the key, so that the document is
    serialised once.
    """
    before = canonical({k: v for k, v in document.items() if k < _KEY})[:-1]
    after = canonical({k: v for k, v in document.items() if k > _KEY})[1:]
    seal = _seal(before + (b"," if len(before) > 1 and len(after) > 1 else b"") + after)
    mine = f'"{_KEY}":"{seal}"'.encode()
    pieces = (before[1:], mine, after[:-1])
    return b"{" + b",".join(piece for piece in pieces if piece) + b"}", seal


def _seal(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()
