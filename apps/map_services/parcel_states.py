"""Parcels as they were: a past state is named by the last bound of their versions on each clock, so keys are few.

Two questions between which nothing was recorded or began share a key, and nobody can fill the cache with days of
their own: a key that names no bound is refused.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from gis_layers.postgis_tiles import FORMAT, ParcelState
from gis_layers.postgis_tiles_states import Bounds, bounds
from gis_layers.postgis_tiles_views import generation

_Bound = TypeVar("_Bound", date, datetime)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEFORE_DAYS, _BEFORE_INSTANTS = date(1, 1, 1), _EPOCH - timedelta(days=365 * 200)
_KEY = re.compile(r"^g(\d{1,18})d(\d{8})k(-?\d{1,18})f(\d{1,4})$")
_MICROSECOND = timedelta(microseconds=1)


def state_key(*, on: date, known_at: datetime) -> str | None:
    """The key of the parcels of a day as recorded by an instant; None when that is how they are drawn now."""
    newest = generation()
    held = _bounds(newest)
    if _last(held.days, on) == len(held.days) and _last(held.instants, known_at) == len(held.instants):
        return None
    day = _at(held.days, on, _BEFORE_DAYS)
    instant = _at(held.instants, known_at, _BEFORE_INSTANTS)
    named = f"{day.year:04d}{day.month:02d}{day.day:02d}"
    return f"g{newest}d{named}k{(instant - _EPOCH) // _MICROSECOND}f{FORMAT}"


def state_of(key: str) -> ParcelState | None:
    """The state that a key of `state_key` names; None for any other text, and for bounds that never were."""
    match = _KEY.match(key)
    newest = generation()
    if match is None or int(match[4]) != FORMAT or int(match[1]) > newest:
        return None
    try:
        day = date(int(match[2][:4]), int(match[2][4:6]), int(match[2][6:]))
        instant = _EPOCH + int(match[3]) * _MICROSECOND
    except (ValueError, OverflowError):
        return None
    held = _bounds(newest)
    # A key of an earlier state of the parcels may name a bound that is still one: every bound stays.
    if day not in (_BEFORE_DAYS, *held.days) or instant not in (_BEFORE_INSTANTS, *held.instants):
        return None
    return ParcelState(on=day, known_at=instant, lasting=int(match[1]) == newest)


@lru_cache(maxsize=2)
def _bounds(newest: int) -> Bounds:  # noqa: ARG001 - every writing of parcels adds a version, so it names the state
    return bounds()


def _last(ordered: Sequence[_Bound], wanted: _Bound) -> int:
    return bisect_right(ordered, wanted)


def _at(ordered: Sequence[_Bound], wanted: _Bound, before: _Bound) -> _Bound:
    found = bisect_right(ordered, wanted)
    return ordered[found - 1] if found else before
