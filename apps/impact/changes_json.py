"""Changes as tables and files hold them. Numbers as in an extract: two decimals at most."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from apps.extracts.canonical import number
from apps.impact.differences import Change
from apps.impact.said import Place, Told


def change_json(change: Change) -> dict[str, Any]:
    """One change: themes and subjects with what was and what would be, duties that vanish and appear."""
    return {
        "themes": {code: [_place(was), _place(would_be)] for code, was, would_be in change.themes},
        "subjects": {code: [_told(was), _told(would_be)] for code, was, would_be in change.subjects},
        "gone": [list(duty) for duty in change.gone],
        "new": [list(duty) for duty in change.new],
    }


def digest(kind: str, difference: Mapping[str, Any]) -> str:
    """SHA-256 by which a change is found again."""
    return hashlib.sha256(orjson.dumps([kind, difference], option=orjson.OPT_SORT_KEYS)).hexdigest()


def _place(place: Place) -> dict[str, Any]:
    return {"outcome": place.outcome, "codes": list(place.codes), "why": list(place.why)}


def _told(told: Told) -> dict[str, Any]:
    found: dict[str, Any] = {"outcome": told.outcome, "value": _json(told.value)}
    if told.bound is not None:
        found["bound"] = _json(told.bound)
    if told.parts:
        found["parts"] = [[code, _json(value)] for code, value in told.parts]
    if told.why:
        found["why"] = [list(why) for why in told.why]
    return found


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, tuple):
        return [_json(v) for v in value]
    return value
