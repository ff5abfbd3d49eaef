"""A still picture of an envelope as SVG: lot and neighbours flat, levels as bodies, seen from the south-west. Pure.

Parallel projection: lengths along each axis stay comparable. Colours are the page's (classes, no inline styles).
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

WIDTH, MARGIN = 420.0, 20.0
_COS, _SIN = math.cos(math.radians(30)), math.sin(math.radians(30))
_LABEL_PX, _LABEL_WIDTH = 16.0, 78.0
_TALLEST = 400.0

Point = tuple[float, float]
Ring = Sequence[Point]
Scene = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _View:
    scale: float
    left: float
    top: float

    def at(self, point: Point, z: float = 0.0) -> Point:
        x, y = _project(point, z)
        return (x - self.left) * self.scale + MARGIN, (y - self.top) * self.scale + MARGIN


def picture(scene: Scene, *, title: str, height: Callable[[float], str], north: str) -> str:
    """The SVG. `height` writes a number of metres in the reader's language, `north` is the arrow's letter."""
    view, width, tall = _frame(scene)
    parts = [
        *(_flat(view, polygon, "ground-around") for shape in scene["around"] for polygon in shape),
        *(_flat(view, polygon, "ground-lot") for polygon in scene["lot"]),
        *(body for level in scene["levels"] for body in _body(view, level)),
        *_labels(view, scene["levels"], height),
        _north(north, tall),
    ]
    head = f'<svg class="envelope-picture" viewBox="0 0 {width:.0f} {tall:.0f}" role="img" xmlns="http://www.w3.org/2000/svg">'
    return f"{head}<title>{escape(title)}</title>{''.join(parts)}</svg>"


def _project(point: Point, z: float) -> Point:
    x, y = point
    return (x - y) * _COS, -(x + y) * _SIN - z


def _frame(scene: Scene) -> tuple[_View, float, float]:
    """Everything in sight, WIDTH px wide, or less where it would grow too tall."""
    seen = [_project(p, 0) for shape in (scene["lot"], *scene["around"]) for polygon in shape for p in polygon[0]]
    for level in scene["levels"]:
        seen += [_project(p, _top(level)) for polygon in level["rings"] for p in polygon[0]]
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, bottom = min(y for _, y in seen), max(y for _, y in seen)
    room = WIDTH - 2 * MARGIN - _LABEL_WIDTH
    scale = min(room / max(right - left, 1.0), (_TALLEST - 2 * MARGIN) / max(bottom - top, 1.0))
    wide = (right - left) * scale + 2 * MARGIN + _LABEL_WIDTH
    return _View(scale, left, top), wide, (bottom - top) * scale + 2 * MARGIN


def _top(level: Mapping[str, Any]) -> float:
    """A level whose top nobody knows is drawn flat."""
    return float(level["from_m"] if level["to_m"] is None else level["to_m"])


def _flat(view: _View, polygon: Sequence[Ring], name: str, z: float = 0.0) -> str:
    return f'<path class="{name}" fill-rule="evenodd" d="{"".join(_trace(view, ring, z) for ring in polygon)}"/>'


def _trace(view: _View, ring: Ring, z: float) -> str:
    points = " ".join(f"{x:.1f} {y:.1f}" for x, y in (view.at(p, z) for p in ring[:-1]))
    return f"M{points}Z"


def _body(view: _View, level: Mapping[str, Any]) -> Iterator[str]:
    """The walls that face the viewer, far ones first, then the top."""
    name = "level" if level["counted"] else "level-base"
    foot, top = float(level["from_m"]), _top(level)
    walls = [pair for polygon in level["rings"] for ring in polygon for pair in _facing(ring)]
    for start, end in sorted(walls, key=lambda wall: -sum(wall[0]) - sum(wall[1])):
        side = "west" if (start[1] - end[1]) > abs(end[0] - start[0]) else "south"
        corners = (view.at(start, foot), view.at(end, foot), view.at(end, top), view.at(start, top))
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        yield f'<polygon class="{name} wall-{side}" points="{points}"/>'
    yield from (_flat(view, polygon, f"{name} roof", top) for polygon in level["rings"])


def _facing(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """Edges of a ring (body on its left) whose outer side looks south-west."""
    for start, end in pairwise(ring):
        if (end[0] - start[0]) - (end[1] - start[1]) > 0:
            yield start, end


def _labels(view: _View, levels: Sequence[Mapping[str, Any]], height: Callable[[float], str]) -> Iterator[str]:
    """Heights beside the right corner; those that would lie on each other give way to the higher one."""
    known = [level for level in levels if level["to_m"] is not None]
    last = math.inf
    for level in reversed(known):
        corner = max((p for polygon in level["rings"] for p in polygon[0]), key=lambda p: _project(p, 0)[0])
        x, y = view.at(corner, _top(level))
        if last != math.inf and y - last < _LABEL_PX:
            continue
        last = y
        yield f'<path class="tick" d="M{x:.1f} {y:.1f}h14"/>'
        yield f'<text class="height" x="{x + 18:.1f}" y="{y + 5:.1f}">{escape(height(_top(level)))}</text>'


def _north(letter: str, tall: float) -> str:
    """An arrow along the map's north, in the corner below left."""
    x, y = 40.0, tall - 16.0
    tip = (x - 22 * _COS, y - 22 * _SIN)
    return (
        f'<path class="north" d="M{x:.1f} {y:.1f}L{tip[0]:.1f} {tip[1]:.1f}m9 .5l-9 -.5l5 -7.5"/>'
        f'<text class="north-letter" x="{x + 4:.1f}" y="{y + 4:.1f}">{escape(letter)}</text>'
    )
