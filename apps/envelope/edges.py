"""Which provision made each edge of what is left of a lot. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from apps.envelope.inputs import Area, Provision

ON_IT_M = 1e-5
"""Nearer than this, a point lies on a line: overlay moves crossings by far less, and no survey sees it."""
BOUNDARY = "parcel_boundary"


@dataclass(frozen=True, slots=True)
class Maker:
    """Something that takes a piece off the lot: 'setback' | 'cut_out' | 'chamfer' | 'part', and its provision."""

    kind: str
    taken: BaseGeometry
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A stretch of the outline and what made it; `kind` is a maker's or 'parcel_boundary'."""

    line: LineString
    kind: str
    provision: Provision | None = None


def edges_of(shape: Area, makers: Sequence[Maker]) -> tuple[Edge, ...]:
    """The outline of `shape` (= lot less what the makers take) as edges; together they are the whole outline.

    Where two makers end at the same line, the first of them is named.
    """
    lines = [shapely.boundary(m.taken) for m in makers]
    corners = shapely.get_coordinates(lines)
    found: list[Edge] = []
    for ring in _rings(shape):
        found.extend(_merged(_stretches(_split(ring, corners), makers, lines)))
    return tuple(found)


def _rings(shape: Area) -> Iterator[np.ndarray]:
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            yield shapely.get_coordinates(ring)


def _split(ring: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """The ring with the makers' corners that lie on it put in, so that no stretch has two makers."""
    points = [ring[:1]]
    for start, end in pairwise(ring):
        points.append(_between(start, end, corners))
        points.append(end[None, :])
    return np.concatenate(points)


def _between(start: np.ndarray, end: np.ndarray, corners: np.ndarray) -> np.ndarray:
    way = end - start
    length = float(np.hypot(*way))
    if not len(corners) or length <= ON_IT_M:
        return np.empty((0, 2))
    way = way / length
    from_start = corners - start
    along = from_start @ way
    off = np.abs(from_start @ np.array([-way[1], way[0]]))
    inside = (off <= ON_IT_M) & (along > ON_IT_M) & (along < length - ON_IT_M)
    places = np.unique(np.round(along[inside], 5))
    found: np.ndarray = start + places[:, None] * way
    return found


def _stretches(points: np.ndarray, makers: Sequence[Maker], lines: Sequence[BaseGeometry]) -> Iterator[Edge]:
    for start, end in pairwise(points):
        middle = shapely.Point((start + end) / 2)
        near = [i for i, line in enumerate(lines) if shapely.dwithin(line, middle, ON_IT_M)]
        line = LineString([start, end])
        yield Edge(line, makers[near[0]].kind, makers[near[0]].provision) if near else Edge(line, BOUNDARY)


def _merged(edges: Iterator[Edge]) -> list[Edge]:
    """Neighbouring stretches of one maker as one edge, also across the ring's first point."""
    runs: list[list[Edge]] = []
    for edge in edges:
        if runs and _same(runs[-1][0], edge):
            runs[-1].append(edge)
        else:
            runs.append([edge])
    if len(runs) > 1 and _same(runs[0][0], runs[-1][0]):
        runs[0] = [*runs.pop(), *runs[0]]
    return [_joined(run) for run in runs]


def _same(one: Edge, other: Edge) -> bool:
    return one.kind == other.kind and one.provision is other.provision


def _joined(run: list[Edge]) -> Edge:
    points = [run[0].line.coords[0], *(edge.line.coords[1] for edge in run)]
    return Edge(LineString(points), run[0].kind, run[0].provision)
