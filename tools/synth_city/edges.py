"""Which edges of plots lie on a passage. Plots of a block share vertices, so an edge used once is an outer edge."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges of many plots, one row each: owner, both ends (m), and a key that is equal for a shared edge."""

    owner: Ints
    start: Floats
    end: Floats
    key: NDArray[np.uint64]

    @property
    def length(self) -> Floats:
        """Metres."""
        return np.asarray(np.hypot(*(self.end - self.start).T))

    def picked(self, mask: NDArray[np.bool_]) -> "Edges":
        """The rows under a mask."""
        return Edges(self.owner[mask], self.start[mask], self.end[mask], self.key[mask])


def edges_of(plots: Sequence[Polygon]) -> Edges:
    """All edges of all rings."""
    rings, ring_owner = shapely.get_rings(np.asarray(plots, dtype=object), return_index=True)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[:-1] == ring[1:]
    start, end = coords[:-1][joined], coords[1:][joined]
    return Edges(ring_owner[ring[:-1][joined]], start, end, _keys(start, end))


def _keys(start: Floats, end: Floats) -> NDArray[np.uint64]:
    """One number per edge, whichever way it runs, from millimetres."""
    a, b = point_keys(start), point_keys(end)
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.asarray(low * np.uint64(0x9E3779B97F4A7C15) ^ (high + (low >> np.uint64(7))))


def point_keys(coords: Floats) -> NDArray[np.uint64]:
    """One number per point, from millimetres."""
    whole = np.rint(coords * 1000).astype(np.int64).astype(np.uint64)
    return np.asarray(whole[:, 0] * np.uint64(0x100000001B3) ^ whole[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F))


def outer_edges(edges: Edges) -> Edges:
    """Edges that no other plot shares."""
    _, inverse, counts = np.unique(edges.key, return_inverse=True, return_counts=True)
    return edges.picked(counts[inverse] == 1)


def shared_lengths(edges: Edges, plot: int) -> dict[int, float]:
    """Metres of border that a plot has with each neighbour."""
    mine = edges.owner == plot
    other = np.isin(edges.key, edges.key[mine]) & ~mine
    lengths = np.bincount(edges.owner[other], weights=edges.length[other])
    return {int(i): float(lengths[i]) for i in np.flatnonzero(lengths)}
