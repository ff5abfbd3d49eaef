"""Which zones the map shows, in which colour, and where one takes precedence over another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

MOST_THEMES = 6
_DIFFERS_M2 = 1.0


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone to draw, `said` as the extract says it; `style`: the theme's place in the legend, picks hatch and dash."""

    theme: Mapping[str, str]
    said: Mapping[str, Any]
    feature: int
    area_m2: float
    colour: str
    style: int
    partition: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A zone with its shape in the frame. `partly`: it holds less of the parcel than its published shape covers."""

    zone: Zone
    shape: BaseGeometry
    partly: bool


def zones_to_draw(extract: Mapping[str, Any], styles: Mapping[str, Mapping[str, Any]]) -> tuple[Zone, ...]:
    """Zones of the themes that speak of a headline number, then of all others that apply; six themes at most."""
    themes = [t for t in (*extract["themes"]["applies"], *extract["themes"]["not_known"]) if t["zones"]]
    first = _headline_themes(extract["subjects"])
    themes.sort(key=lambda t: first.index(t["theme"]) if t["theme"] in first else len(first))
    return tuple(
        _zone(theme, hit, styles.get(theme["theme"], {}), place)
        for place, theme in enumerate(themes[:MOST_THEMES])
        for hit in theme["zones"]
    )


def place(zones: Sequence[Zone], shapes: Mapping[int, BaseGeometry], parcel: BaseGeometry) -> tuple[Drawn, ...]:
    """Zones with their shapes; in a partition theme the ones named first hide those below."""
    taken: dict[int, BaseGeometry] = {}
    drawn = []
    for zone in zones:
        shape = shapes.get(zone.feature)
        if shape is None:
            continue
        if zone.partition and zone.style in taken:
            shape = shape.difference(taken[zone.style])
        taken[zone.style] = taken[zone.style].union(shape) if zone.style in taken else shape
        on_parcel = float(shape.intersection(parcel).area)
        drawn.append(Drawn(zone, shape, partly=on_parcel - zone.area_m2 > max(_DIFFERS_M2, on_parcel / 100)))
    return tuple(drawn)


def _headline_themes(subjects: Sequence[Mapping[str, Any]]) -> list[str]:
    zones = (c["zone"] for s in subjects if s["headline"] for c in s["candidates"] if c["zone"])
    return list(dict.fromkeys(zone["theme"] for zone in zones))


def _zone(theme: Mapping[str, Any], hit: Mapping[str, Any], style: Mapping[str, Any], place: int) -> Zone:
    colours = {entry["code"]: str(entry["color"]) for entry in style.get("colors", ())}
    return Zone(
        theme=theme["label"],
        said=hit,
        feature=hit["feature"],
        area_m2=hit["area_m2"],
        colour=colours.get(hit["code"], str(style.get("default", "#777777"))),
        style=place,
        partition=theme["kind"] == "partition",
    )
