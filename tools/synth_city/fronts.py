"""Which passage a plot fronts on, how long its front is (m), and whether it stands on a corner."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon, STRtree

from tools.synth_city.blocks import Passage
from tools.synth_city.edges import Floats, edges_of, outer_edges

TOUCH = 0.05
"""An outer edge lies on a passage when its middle is this near to the passage's ground (m)."""
LEAST_FRONT = 2.5
"""A shorter front (m) does not make a corner plot."""


@dataclass(frozen=True, slots=True)
class Fronts:
    """One row per plot; passage is -1 where a plot fronts on none."""

    passage: NDArray[np.int64]
    length: Floats
    corner: NDArray[np.bool_]


def fronts_of(plots: Sequence[Polygon], passages: Sequence[Passage]) -> Fronts:
    """The widest passage with a real front wins; where there is none, the longest front."""
    count = len(plots)
    fronts = Fronts(np.full(count, -1), np.zeros(count), np.zeros(count, bool))
    if not count or not passages:
        return fronts
    outer = outer_edges(edges_of(plots))
    tree = STRtree([p.ground for p in passages])
    middles = shapely.points((outer.start + outer.end) / 2)
    edge, passage = tree.query_nearest(middles, max_distance=TOUCH, all_matches=False)
    pair = outer.owner[edge] * len(passages) + passage
    pairs, inverse = np.unique(pair, return_inverse=True)
    lengths = np.bincount(inverse, weights=outer.length[edge])
    _choose(fronts, pairs, lengths, passages)
    return fronts


def _choose(fronts: Fronts, pairs: NDArray[np.int64], lengths: Floats, passages: Sequence[Passage]) -> None:
    best: dict[int, tuple[bool, float, float]] = {}
    for pair, length in zip(pairs.tolist(), lengths.tolist(), strict=True):
        plot, passage = divmod(pair, len(passages))
        real = length >= LEAST_FRONT
        rank = (real, passages[passage].width if real else 0.0, length)
        if plot in best and best[plot][0] and real:
            fronts.corner[plot] = True
        if plot not in best or rank > best[plot]:
            best[plot] = rank
            fronts.passage[plot] = passage
            fronts.length[plot] = round(length, 2)
