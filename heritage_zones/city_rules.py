"""How this city registers a building: themes and codes of core and buffers, customary distances. From its package."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.city import current_city


@dataclass(frozen=True, slots=True)
class BufferRule:
    """A kind of buffer: its code, and the distance in metres that is proposed (0 = none unless ordered)."""

    code: str
    metres: float


@dataclass(frozen=True, slots=True)
class RegistrationRules:
    """`core`: theme and code of the building's own ground; `buffers` from the inside outwards, all in one theme."""

    core_theme: str
    core_code: str
    buffer_theme: str
    buffers: tuple[BufferRule, ...]


def registration_rules(raw: Mapping[str, Any] | None = None) -> RegistrationRules | None:
    """The table `[registration]` of city.toml; None in a city that has none. Raises KeyError for a missing key."""
    table = (current_city().raw if raw is None else raw).get("registration")
    if not table:
        return None
    return RegistrationRules(
        core_theme=table["core_theme"],
        core_code=table["core_code"],
        buffer_theme=table["buffer_theme"],
        buffers=tuple(BufferRule(b["code"], float(b["metres"])) for b in table.get("buffer", ())),
    )
