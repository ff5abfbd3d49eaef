"""The impact table: parcels and area per line, per district and kind of permit. Pure.

Areas are whole dm² until the end, so no sum is rounded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.impact.transitions import Line, lines

MOST_LINES = 15
"""Lines shown of one subject; of what is computed from each plot there can be thousands."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Parcels of one district to which one change happens."""

    change: int
    district: int | None
    parcels: int
    area_dm2: int


@dataclass(slots=True)
class _Sum:
    parcels: int = 0
    area_dm2: int = 0
    districts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, counted: Counted) -> None:
        self.parcels += counted.parcels
        self.area_dm2 += counted.area_dm2
        mine = self.districts.setdefault("" if counted.district is None else str(counted.district), [0, 0])
        mine[0] += counted.parcels
        mine[1] += counted.area_dm2

    def as_json(self) -> dict[str, Any]:
        return {
            "parcels": self.parcels,
            "area_m2": self.area_dm2 / 100,
            "districts": {n: {"parcels": p, "area_m2": a / 100} for n, (p, a) in sorted(self.districts.items())},
        }


def summarize(changes: Mapping[int, tuple[str, Mapping[str, Any]]], counts: Iterable[Counted]) -> dict[str, Any]:
    """By permit kind: the whole, and every line by theme, subject and duty. `changes`: number → (kind, difference)."""
    wholes: dict[str, _Sum] = {}
    sums: dict[str, tuple[Line, _Sum]] = {}
    told = {number: {line.key: line for line in lines(*change)} for number, change in changes.items()}
    for counted in counts:
        wholes.setdefault(changes[counted.change][0], _Sum()).add(counted)
        for key, line in told[counted.change].items():
            sums.setdefault(key, (line, _Sum()))[1].add(counted)
    return {kind: {**whole.as_json(), "groups": _groups(kind, sums)} for kind, whole in sorted(wholes.items())}


def _groups(kind: str, sums: Mapping[str, tuple[Line, _Sum]]) -> list[dict[str, Any]]:
    """Lines by what they are about, the most parcels first; beyond MOST_LINES they are added up by course."""
    groups: dict[tuple[str, str], list[tuple[Line, _Sum]]] = {}
    for line, total in sums.values():
        if line.kind == kind:
            groups.setdefault((line.what, line.name), []).append((line, total))
    return [_group(what, name, listed) for (what, name), listed in sorted(groups.items())]


def _group(what: str, name: str, listed: list[tuple[Line, _Sum]]) -> dict[str, Any]:
    ordered = sorted(listed, key=lambda pair: (-pair[1].parcels, pair[0].key))
    shown = [{**line.as_json(), **total.as_json()} for line, total in ordered[:MOST_LINES]]
    courses: dict[str, list[int]] = {}
    for line, total in ordered:
        mine = courses.setdefault(line.course, [0, 0, 0])
        for place, more in enumerate((total.parcels, total.area_dm2, 1)):
            mine[place] += more
    return {
        "what": what,
        "name": name,
        "lines": shown,
        "more_lines": len(ordered) - len(shown),
        "courses": {c: {"parcels": p, "area_m2": a / 100, "lines": n} for c, (p, a, n) in sorted(courses.items())},
    }
