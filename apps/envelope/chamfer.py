"""Corners between two passages, and the triangle that a chamfer cuts off there. Pure."""

import math
from collections.abc import Iterator

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from apps.envelope.inputs import Area

TURN = math.radians(30)
"""A passage that turns by less bends; from here on it is a corner of two passages."""
NEAR_M = 0.05
_STRAIGHT = math.radians(1)


def corners_cut(lot: Area, street: BaseGeometry, length: float) -> Iterator[Polygon]:
    """A triangle at each outward corner of the lot between two edges on the street, `length` m along either."""
    if street.is_empty or length <= 0:
        return
    for polygon in shapely.get_parts(lot):
        ring = _corners(shapely.get_coordinates(shapely.normalize(polygon).exterior))
        for before, at, after in zip(np.roll(ring, 1, axis=0), ring, np.roll(ring, -1, axis=0), strict=True):
            back, forth = _way(at, before), _way(at, after)
            if _outward(back, forth, ring) and _on(street, at, before) and _on(street, at, after):
                yield Polygon([at, at + length * forth, at + length * back])


def _corners(ring: np.ndarray) -> np.ndarray:
    """The ring without its closing point and without points on straight stretches."""
    points = ring[:-1]
    ways = np.diff(ring, axis=0)
    angles = np.arctan2(ways[:, 1], ways[:, 0])
    turns = np.abs((angles - np.roll(angles, 1) + math.pi) % (2 * math.pi) - math.pi)
    found: np.ndarray = points[turns > _STRAIGHT]
    return found


def _way(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    found: np.ndarray = (end - start) / np.hypot(*(end - start))
    return found


def _outward(back: np.ndarray, forth: np.ndarray, ring: np.ndarray) -> bool:
    """Whether the ring turns by TURN or more here, towards its own inside."""
    turn = math.atan2(forth[0] * -back[1] - forth[1] * -back[0], float(forth @ -back))
    clockwise = not shapely.is_ccw(shapely.LinearRing(ring))
    return (turn if clockwise else -turn) >= TURN


def _on(street: BaseGeometry, start: np.ndarray, end: np.ndarray) -> bool:
    return bool(shapely.dwithin(street, shapely.Point((start + end) / 2), NEAR_M))
