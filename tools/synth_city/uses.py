"""What a block is for."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from shapely import Polygon

from tools.synth_city.geo import Rng
from tools.synth_city.styles import Style

NO_PLOTS = frozenset({"GREEN", "GARDEN"})
WHOLE = frozenset({"EDU", "HEALTH", "SPORT", "CULT", "REL", "TOUR", "OFF", "UTIL", "IND"})
"""Uses that take a block as one plot."""

_COMMON = {
    "GREEN": 0.03,
    "EDU": 0.03,
    "REL": 0.012,
    "HEALTH": 0.010,
    "SPORT": 0.010,
    "CULT": 0.006,
    "OFF": 0.012,
    "UTIL": 0.005,
    "MIX": 0.04,
    "COM": 0.012,
}
_SHARES: dict[str, dict[str, float]] = {
    "historic": {"GREEN": 0.012, "EDU": 0.01, "REL": 0.012, "CULT": 0.01, "TOUR": 0.015, "MIX": 0.05},
    "inner": _COMMON,
    "outer": _COMMON | {"IND": 0.008},
    "planned": _COMMON | {"GREEN": 0.05},
    "fringe": {"GARDEN": 0.10, "GREEN": 0.02, "EDU": 0.02, "REL": 0.01, "IND": 0.05, "UTIL": 0.01},
}


def block_use(outline: Polygon, style: Style, rng: Rng) -> str:
    """The use that the plan gives to a whole block; most are residential."""
    shares = _SHARES.get(style.name, {})
    drawn = rng.random()
    if outline.area < 600 and drawn < 0.25:
        return "GREEN"
    total = 0.0
    for use, share in shares.items():
        total += share
        if drawn < total:
            return use if outline.area > 900 or use in {"MIX", "COM"} else "RES"
    return "RES"
