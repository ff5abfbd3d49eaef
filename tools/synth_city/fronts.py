"""Which passage a plot fronts on, how long its front is (m), and whether it stands on a corner."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon, STRtree

from tools.synth_city.blocks import Passage
from tools.synth_city.edges import Edges, Floats, edges_of, outer_edges, point_keys

TOUCH = 0.05
"""An outer edge lies on a passage when its middle is this near to the passage's ground (m)."""
LEAST_FRONT = 2.5
"""A shorter front (m) does not count beside a longer one, and makes no corner plot."""


@dataclass(frozen=True, slots=True)
class Fronts:
    """One row per plot; passage is -1 where a plot fronts on none, corner_sum (m) is NaN where it is no corner plot."""

    passage: NDArray[np.int64]
    length: Floats
    corner: NDArray[np.bool_]
    corner_sum: Floats


def fronts_of(plots: Sequence[Polygon], passages: Sequence[Passage]) -> Fronts:
    """The widest passage with a real front wins; where there is none, the longest front."""
    count = len(plots)
    fronts = Fronts(np.full(count, -1), np.zeros(count), np.zeros(count, bool), np.full(count, np.nan))
    if not count or not passages:
        return fronts
    outer = outer_edges(edges_of(plots))
    tree = STRtree([p.ground for p in passages])
    middles = shapely.points((outer.start + outer.end) / 2)
    edge, passage = tree.query_nearest(middles, max_distance=TOUCH, all_matches=False)
    pair = outer.owner[edge] * len(passages) + passage
    pairs, inverse = np.unique(pair, return_inverse=True)
    lengths = np.asarray(np.bincount(inverse, weights=outer.length[edge]), float)
    _choose(fronts, pairs, lengths, passages)
    real = lengths[inverse] >= LEAST_FRONT
    widths = np.asarray([p.width for p in passages], float).round(2)
    _mark_corners(fronts, outer.picked(edge[real]), passage[real], widths)
    return fronts


def _mark_corners(fronts: Fronts, edges: Edges, passage: NDArray[np.int64], widths: Floats) -> None:
    """A corner plot has a vertex at which edges on two passages meet; a plot between two streets has none.

    Of several corners the one with the widest passages counts for `corner_sum`.
    """
    owner = np.concatenate([edges.owner, edges.owner])
    vertex = np.concatenate([point_keys(edges.start), point_keys(edges.end)])
    way = np.concatenate([passage, passage])
    order = np.lexsort((way, vertex, owner))
    owner, vertex, way = owner[order], vertex[order], way[order]
    meet = (owner[1:] == owner[:-1]) & (vertex[1:] == vertex[:-1]) & (way[1:] != way[:-1])
    fronts.corner[owner[1:][meet]] = True
    both = (widths[way[1:]] + widths[way[:-1]])[meet].round(2)
    np.fmax.at(fronts.corner_sum, owner[1:][meet], both)


def _choose(fronts: Fronts, pairs: NDArray[np.int64], lengths: Floats, passages: Sequence[Passage]) -> None:
    best: dict[int, tuple[bool, float, float]] = {}
    for pair, length in zip(pairs.tolist(), lengths.tolist(), strict=True):
        plot, passage = divmod(pair, len(passages))
        real = length >= LEAST_FRONT
        rank = (real, passages[passage].width if real else 0.0, length)
        if plot not in best or rank > best[plot]:
            best[plot] = rank
            fronts.passage[plot] = passage
            fronts.length[plot] = round(length, 2)
