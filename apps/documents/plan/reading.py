"""Reads what a map shows and has it drawn."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely

from apps.common.units import LENGTHS
from apps.documents.pen import Pen
from apps.documents.plan.frame import frame_around
from apps.documents.plan.labels import Label, labels
from apps.documents.plan.scene import Scene
from apps.documents.plan.svg import draw, outline, swatch
from apps.documents.plan.zones import Drawn, place, zones_to_draw
from apps.documents.sheet import phrases
from gis_layers import postgis_document
from gis_layers.models import Theme
from gis_layers.postgis_document import Surroundings

_ZERO_PARTS = re.compile(r"(-0)+$")
_PERSIAN = dict(zip(map(ord, "0123456789."), "۰۱۲۳۴۵۶۷۸۹٫", strict=True))


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A swatch (SVG) and what it stands for; `note` warns of a shape larger than what holds."""

    swatch: str
    theme: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The finished map: shapes as SVG, its texts, its size in mm, scale in words, coordinates, legend."""

    svg: str
    labels: tuple[Label, ...]
    width_mm: float
    height_mm: float
    scale: str
    north: str
    centre: str
    legend: tuple[LegendLine, ...]


def plan_of(pen: Pen, extract: Mapping[str, Any]) -> Plan | None:
    """The map of an extract's parcel on its day, as known at its instant; None when the parcel is gone from there."""
    code = extract["parcel"]["code"]
    on, known_at = date.fromisoformat(extract["on"]), datetime.fromisoformat(extract["known_at"])
    row = postgis_document.parcel_shape(code=code, on=on, known_at=known_at)
    if row is None:
        return None
    parcel = shapely.from_wkb(row["shape"])
    frame = frame_around(parcel.bounds)
    styles = dict(Theme.objects.values_list("code", "style"))
    zones = zones_to_draw(extract, styles)
    around = postgis_document.surroundings(
        box=frame.box, code=code, features=[zone.feature for zone in zones], on=on, known_at=known_at
    )
    drawn = place(zones, {f: shapely.from_wkb(raw) for f, raw in around.zones.items()}, parcel)
    unit = extract["units"]["length"]
    said = pen.word("scale_said").format(scale=pen.number(frame.scale))
    scene = Scene(
        frame=frame,
        parcel=parcel,
        parcel_label=pen.code(short(code)),
        neighbours=[(pen.code(short(c)), shapely.from_wkb(raw)) for c, raw in around.neighbours],
        zones=drawn,
        ways=_ways(pen, around),
        north=pen.word("north"),
        bar_unit=pen.unit(unit),
        metres_per_unit=float(LENGTHS[unit]),
        alt=pen.word("map_alt").format(code=pen.code(code), scale=pen.number(frame.scale)),
        digits=_PERSIAN if pen.persian else {},
    )
    crs = extract["city"]["crs"]
    spot = parcel.representative_point()
    point = pen.code(f"E {spot.x:.2f} · N {spot.y:.2f} · {crs}")
    return Plan(
        svg=draw(scene),
        labels=labels(scene),
        width_mm=frame.width_mm,
        height_mm=frame.height_mm,
        scale=said,
        north=pen.word("north_note").format(crs=pen.code(crs)),
        centre=pen.word("centre").format(point=point),
        legend=(*_fixed(pen), *(_line(pen, one) for one in drawn)),
    )


def short(code: str) -> str:
    """A renovation code without its trailing zero parts: a label has little room."""
    return _ZERO_PARTS.sub("", code)


def _ways(pen: Pen, around: Surroundings) -> list[tuple[str, Any]]:
    named = ((fa if pen.persian or not en else en, raw) for fa, en, raw in around.ways)
    return [(name, shapely.from_wkb(raw)) for name, raw in named]


def _fixed(pen: Pen) -> tuple[LegendLine, ...]:
    return (
        LegendLine(outline("parcel"), pen.word("this_parcel"), "", ""),
        LegendLine(outline("neighbour"), pen.word("neighbours"), "", ""),
    )


def _line(pen: Pen, drawn: Drawn) -> LegendLine:
    zone = drawn.zone
    note = pen.word("as_published").format(area=pen.quantity(zone.area_m2, "m²")) if drawn.partly else ""
    return LegendLine(swatch(drawn), pen.say(zone.theme), phrases.zone(pen, zone.said), note)
