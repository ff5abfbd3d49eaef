"""Cutting a block into plots. Cuts are lines; noding them on the millimetre grid makes the plots exact neighbours."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.ops import split

from tools.synth_city.edges import edges_of, outer_edges, shared_lengths
from tools.synth_city.geo import Rng, axis_near, extended, mosaic, polygons_of, turned, union
from tools.synth_city.styles import Style

LONG_HOUSE = 1.35
"""Length by width of an old house plot: 30.7 m by 22.2 m were measured."""
LEAST_OUTER = 1.8
"""A plot with less outer border than this (m) cannot be entered and joins a neighbour."""


def plots_in(block: Polygon, style: Style, angle: float, rng: Rng) -> list[Polygon]:
    """The plots of a block; together they are the block."""
    lines = _organic_lines(block, style, rng) if style.organic else _row_lines(block, style, angle, rng)
    if not lines:
        return [block]
    faces = mosaic([block.boundary, *lines])
    inside = [f for f in faces if block.contains(f.representative_point())]
    return _without_scraps(inside, style.least)


def _row_lines(block: Polygon, style: Style, angle: float, rng: Rng) -> list[LineString]:
    """A spine along the block and cuts from it to both sides; one row when the block is shallow."""
    angle = axis_near(block, angle, 45.0)
    local = turned(shapely.get_coordinates(block.exterior), -angle)
    low, high = local.min(axis=0), local.max(axis=0)
    if (high - low)[1] > 1.25 * (high - low)[0]:
        angle += 90.0
        local = turned(shapely.get_coordinates(block.exterior), -angle)
        low, high = local.min(axis=0), local.max(axis=0)
    if (high - low)[1] < 1.5 * style.plot_deep:
        at = _positions(low[0], high[0], style, rng)
        return [_turned_line([(u, low[1] - 2), (u + s, high[1] + 2)], angle) for u, s in at]
    middle = low[1] + (high - low)[1] * rng.uniform(0.47, 0.53)
    lower, upper = (_positions(low[0], high[0], style, rng) for _ in range(2))
    lines = [_turned_line([(u, middle), (u + s, low[1] - 2)], angle) for u, s in lower]
    lines += [_turned_line([(u, middle), (u + s, high[1] + 2)], angle) for u, s in upper]
    knots = sorted({u for u, _ in lower} | {u for u, _ in upper})
    spine = [(low[0] - 2, middle), *((u, middle) for u in knots), (high[0] + 2, middle)]
    return [*lines, _turned_line(spine, angle)]


def _positions(low: float, high: float, style: Style, rng: Rng) -> list[tuple[float, float]]:
    """Where the cuts of a row start, and how far each one leans (m)."""
    count = max(1, round((high - low) / style.plot_wide))
    widths = np.exp(rng.normal(0, style.spread, count))
    at = low + (high - low) * np.cumsum(widths)[:-1] / widths.sum()
    lean = rng.normal(0, style.skew * style.plot_deep * 0.3 + 1e-9, len(at))
    return [(float(u), float(s)) for u, s in zip(at, lean, strict=True)]


def _turned_line(points: list[tuple[float, float]], angle: float) -> LineString:
    return LineString(turned(np.asarray(points), angle))


def _organic_lines(block: Polygon, style: Style, rng: Rng) -> list[LineString]:
    """Cuts across the longer side, again and again, as inheritance does."""
    lines: list[LineString] = []
    stack = [block]
    while stack:
        piece = stack.pop()
        if piece.area < style.mean_plot * np.exp(rng.normal(0.36, style.spread)):
            continue
        line = _halving(piece, style, rng)
        parts = polygons_of(split(piece, extended(line, 3.0)))
        if len(parts) < 2:
            continue
        lines.append(extended(line, 0.2))
        stack.extend(parts)
    return lines


def _halving(piece: Polygon, style: Style, rng: Rng) -> LineString:
    """A cut that leaves houses about half as long again from north to south as they are wide."""
    box = shapely.get_coordinates(shapely.oriented_envelope(piece))
    first, second = box[1] - box[0], box[2] - box[1]
    if abs(first[1]) * np.hypot(*second) < abs(second[1]) * np.hypot(*first):
        box, first, second = np.roll(box[:-1], -1, axis=0), second, -first
    if np.hypot(*first) < LONG_HOUSE * np.hypot(*second):
        box, first, second = np.roll(box[:4], -1, axis=0), second, -first
    share = np.clip(rng.normal(0.5, 0.07, 2) + rng.normal(0, style.skew / 5, 2), 0.3, 0.7)
    return LineString([box[0] + share[0] * first - 0.02 * second, box[0] + share[1] * first + 1.02 * second])


def _without_scraps(plots: list[Polygon], least: float) -> list[Polygon]:
    """Join plots that are too small or cannot be entered to the neighbour with the longest common border."""
    for _ in range(len(plots)):
        if len(plots) < 2:
            break
        edges = edges_of(plots)
        outer = outer_edges(edges)
        reach = np.bincount(outer.owner, weights=outer.length, minlength=len(plots))
        area = shapely.area(np.asarray(plots, dtype=object))
        bad = np.flatnonzero((area < least) | (reach < LEAST_OUTER))
        if not len(bad):
            break
        worst = int(bad[np.argmin(area[bad])])
        shared = shared_lengths(edges, worst)
        if not shared:
            plots = [p for i, p in enumerate(plots) if i != worst]
            continue
        into = max(shared, key=lambda i: (shared[i], -i))
        joined = polygons_of(union([plots[worst], plots[into]]))
        plots = [p for i, p in enumerate(plots) if i not in (worst, into)] + joined
    return plots
