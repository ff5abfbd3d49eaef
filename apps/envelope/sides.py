"""The sides of a lot, worked out from its neighbours where the cadastre does not say. Pure.

An edge that a neighbour touches is a rear or an interior side; one that none touches lies on a passage. Which of
several passages is the front nobody can tell from the shape: then each may be.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from apps.envelope.chamfer import TURN
from apps.envelope.inputs import EXTERIOR, FRONT, INTERIOR, KINDS, REAR, Side

CRUMB_M = 0.15
"""The neighbours' touch reaches a hand's breadth round a corner: shorter remainders belong to the rest of the edge."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight piece of the outline in ring order; `outer`: not of a hole; `free`: the part no neighbour touches."""

    ring: tuple[int, ...]
    outer: bool
    line: LineString
    free: BaseGeometry


@dataclass(frozen=True, slots=True)
class _Piece:
    ring: tuple[int, ...]
    outer: bool
    line: LineString
    free: bool


def derived(stretches: Sequence[Stretch]) -> tuple[Side, ...]:
    """The sides, each with the kinds it may be of."""
    pieces = [piece for stretch in stretches for piece in _pieces(stretch)]
    streets = _streets([p for p in pieces if p.free and p.outer])
    on_street = (FRONT,) if streets == 1 else (FRONT, EXTERIOR)
    return tuple(Side(_kinds(piece, on_street), piece.line) for piece in pieces)


def _kinds(piece: _Piece, on_street: tuple[str, ...]) -> tuple[str, ...]:
    if not piece.free:
        return (REAR, INTERIOR)
    return on_street if piece.outer else KINDS


def _pieces(stretch: Stretch) -> Iterator[_Piece]:
    length, open_m = stretch.line.length, stretch.free.length
    if open_m <= min(CRUMB_M, length / 2):
        yield _Piece(stretch.ring, stretch.outer, stretch.line, free=False)
    elif open_m >= length - CRUMB_M:
        yield _Piece(stretch.ring, stretch.outer, stretch.line, free=True)
    else:
        closed = shapely.difference(stretch.line, stretch.free)
        parts = [(p, True) for p in shapely.get_parts(stretch.free)] + [(p, False) for p in shapely.get_parts(closed)]
        start = shapely.Point(stretch.line.coords[0])
        for part, free in sorted(parts, key=lambda pair: shapely.distance(start, pair[0])):
            yield _Piece(stretch.ring, stretch.outer, part, free=free)


def _streets(pieces: Sequence[_Piece]) -> int:
    """How many passages: free pieces that follow each other without a corner are one."""
    joined = sum(_goes_on(one, other) for one in pieces for other in pieces if one is not other)
    return max(0, len(pieces) - joined)


def _goes_on(one: _Piece, other: _Piece) -> bool:
    """Whether `other` begins where `one` ends, without a corner."""
    if one.ring != other.ring or one.line.coords[-1] != other.line.coords[0]:
        return False
    return abs((_angle(other.line) - _angle(one.line) + math.pi) % (2 * math.pi) - math.pi) < TURN


def _angle(line: LineString) -> float:
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    return math.atan2(y1 - y0, x1 - x0)
