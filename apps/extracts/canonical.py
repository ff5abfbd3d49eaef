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


def number(raw: Decimal | float | int) -> int | float:
    """Two decimals at most, integers without a fraction: one spelling per value."""
    rounded = round(float(raw), PLACES)
    return int(rounded) if rounded.is_integer() else rounded


def canonical(document: Mapping[str, Any]) -> bytes:
    """RFC 8785 bytes of a document whose numbers are ints or came through `number()`."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def digest(document: Mapping[str, Any]) -> str:
    """'sha256:' + hex over the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical(document)).hexdigest()
