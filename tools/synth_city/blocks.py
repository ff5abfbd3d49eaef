"""Cutting a super-block into blocks: each cut is a passage of true width, so nothing has to fit afterwards."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city.geo import Rng, axis_near, difference, intersection, lines_of, polygons_of, strip, turned, wavy
from tools.synth_city.naming import lane_name
from tools.synth_city.styles import Span, Style

COLLECTOR_ABOVE, LOCAL_ABOVE = 60_000.0, 17_000.0
"""A cut through a piece larger than this (m²) becomes a street of that class."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A way on which plots can front: the ground it takes, its width in metres, its axis if it has one."""

    ground: BaseGeometry
    width: float
    kind: str
    name_fa: str
    line: BaseGeometry | None = None


@dataclass(slots=True)
class Layout:
    """Blocks and the passages between them."""

    blocks: list[Polygon] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def lay_out(area: int, core: BaseGeometry, style: Style, angle: float, rng: Rng) -> Layout:
    """Cut `core` (the super-block without its main roads and open ground) into blocks of one style."""
    layout = Layout()
    stack = polygons_of(core, style.least)
    while stack:
        piece = stack.pop()
        cut = _plan_cut(piece, style, angle, rng)
        parts = _carve(area, piece, *cut, layout) if cut else []
        if parts:
            stack.extend(p for p in parts if p.area > style.least)
        else:
            layout.blocks.append(_with_dead_ends(area, piece, style, angle, rng, layout))
    return layout


def _carve(area: int, piece: Polygon, line: LineString, width: float, kind: str, layout: Layout) -> list[Polygon]:
    """Take a passage out of a piece; nothing is taken when the piece would not fall apart."""
    ground = intersection(piece, strip(line, width))
    parts = polygons_of(difference(piece, ground))
    if len(parts) < 2 and kind != "dead_end":
        return []
    axis = shapely.intersection(line, piece.buffer(3.0)) if parts else line
    name = lane_name(kind, area, len(layout.passages))
    layout.passages.append(Passage(ground, width, kind, name, axis))
    return parts


def _extent(piece: Polygon, angle: float) -> tuple[np.ndarray, np.ndarray]:
    local = turned(shapely.get_coordinates(piece.exterior), -angle)
    return local.min(axis=0), local.max(axis=0)


def _plan_cut(piece: Polygon, style: Style, angle: float, rng: Rng) -> tuple[LineString, float, str] | None:
    """Where to cut next, how wide and as what; None when the piece is a block."""
    reach = 45.0 if style.name == "shops" else 26.0
    angle = axis_near(piece, angle, reach) + (rng.normal(0, 7.0) if style.organic else 0.0)
    low, high = _extent(piece, angle)
    wanted = np.array([style.block_long, style.block_deep])
    times = (high - low) / wanted
    if (times < (1.5, 1.42)).all() or piece.area < 0.9 * style.block_long * style.block_deep * 0.7:
        return None
    axis = int(times[1] >= times[0])
    count = max(2, round(times[axis]))
    loose = 0.5 if piece.area > LOCAL_ABOVE else 0.16
    share = (count // 2 + rng.normal(0, loose * 0.25)) / count
    at = low[axis] + np.clip(share, 0.2, 0.8) * (high - low)[axis]
    tilt = rng.normal(0, style.skew) * (high - low)[1 - axis] * 0.5
    ends = np.array([(at - tilt, low[1] - 9), (at + tilt, high[1] + 9)])
    if axis == 1:
        ends = np.array([(low[0] - 9, at - tilt), (high[0] + 9, at + tilt)])
    start, end = turned(ends, angle)
    kind, span = _class_of(piece.area, style, axis, rng)
    return wavy(start, end, style.bend, rng), _half_metres(span, rng), kind


def _class_of(size: float, style: Style, axis: int, rng: Rng) -> tuple[str, Span]:
    if size > COLLECTOR_ABOVE:
        return "collector", style.collector
    if size > LOCAL_ABOVE or (axis == 1 and rng.random() < 0.45 and not style.organic):
        return "local", style.local
    return "alley", style.alley


def _half_metres(span: Span, rng: Rng) -> float:
    return round(2 * rng.uniform(*span)) / 2


def _with_dead_ends(area: int, block: Polygon, style: Style, angle: float, rng: Rng, layout: Layout) -> Polygon:
    """Old blocks are deep: crooked dead ends lead to the houses inside them."""
    if rng.random() >= style.dead_ends or block.area < 3200:
        return block
    for _ in range(int(rng.integers(1, 4))):
        line = _dead_end(block, axis_near(block, angle, 26.0) + 90.0 * int(rng.integers(0, 4)), rng)
        parts = _carve(area, block, line, float(rng.choice([2.5, 3.0, 3.5])), "dead_end", layout)
        whole = [p for p in parts if p.area > 0.85 * block.area]
        if len(whole) == 1 and len(parts) == 1:
            block = whole[0]
        elif parts:
            layout.passages.pop()
    return block


def _dead_end(block: Polygon, angle: float, rng: Rng) -> LineString:
    """In from the lower side of the turned block to about its middle, with two bends."""
    low, high = _extent(block, angle)
    deep = low[1] + rng.uniform(0.4, 0.62) * (high - low)[1]
    at = low[0] + rng.uniform(0.25, 0.75) * (high - low)[0]
    sway = np.cumsum(rng.normal(0, 5.0, 3))
    rise = np.linspace(low[1] - 4, deep, 4)
    points = [(at, rise[0]), *((at + s, y) for s, y in zip(sway, rise[1:], strict=True))]
    return LineString(turned(np.array(points), angle))


def axis_lines(passage: Passage) -> list[LineString]:
    """The axis of a passage as simple lines."""
    return lines_of(passage.line) if passage.line is not None else []
