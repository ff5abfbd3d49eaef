"""What one state says inside a place: its features joined by value, and divided where values lie over each other.

Arrays in, arrays out, no database. GEOS (the library under PostGIS) does the geometry; areas are planar m².
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_layers.difference_zones import NOISE_M2, areas_of
from gis_layers.overlay_cut import Geoms

OVERLAP = "T********"  # DE-9IM: the interiors meet
_GRID = 1e-7  # metres; see gis_layers.overlay_cut


class Value(NamedTuple):
    """What a feature says: its code, and a digest of its attributes."""

    code: str
    attributes: str


class Row(NamedTuple):
    """A feature: what it says, and its shape as WKB."""

    value: Value
    wkb: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A polygon and everything that is said on all of it."""

    says: frozenset[Value]
    shape: BaseGeometry


def is_clean(rows: Counter[Row]) -> bool:
    """Whether no feature lies over another (and neighbours share their vertices)."""
    shapes = shapely.from_wkb([row.wkb for row in rows.elements()])
    return bool(shapely.coverage_is_valid(np.asarray(shapes, dtype=np.object_)))


def parts_of(rows: Iterable[Row], place: BaseGeometry) -> list[Part]:
    """What is said, by place: features of one value joined, and divided where several values lie over each other."""
    by_value: dict[Value, list[bytes]] = defaultdict(list)
    for row in rows:
        by_value[row.value].append(row.wkb)
    said = {value: _within(place, shapely.from_wkb(shapes)) for value, shapes in sorted(by_value.items())}
    atoms = {frozenset({value}): shape for value, shape in said.items()}
    if _overlapping(list(atoms.values())):
        atoms = _divided(said)
    return [Part(says, part) for says, shape in atoms.items() for part in shapely.get_parts(shape)]


def _within(place: BaseGeometry, geoms: Geoms) -> BaseGeometry:
    """The part of the shapes inside the place, joined."""
    shapely.prepare(place)
    whole = shapely.covers(place, geoms)
    reaching = shapely.relate_pattern(place, geoms[~whole], OVERLAP)
    rest = geoms[~whole][reaching]
    clipped = in_pairs(np.full(len(rest), place, dtype=np.object_), rest)
    return areas_of(shapely.union_all(np.concatenate([geoms[whole], clipped])))


def _overlapping(shapes: list[BaseGeometry]) -> bool:
    return bool(np.sum(shapely.area(shapes)) > shapely.area(shapely.union_all(shapes)) + NOISE_M2)


def _divided(said: dict[Value, BaseGeometry]) -> dict[frozenset[Value], BaseGeometry]:
    """The places where the same values hold together."""
    atoms: dict[frozenset[Value], BaseGeometry] = {}
    for value, shape in said.items():
        rest, after = shape, dict[frozenset[Value], BaseGeometry]()
        for says, place in atoms.items():
            both = areas_of(shapely.intersection(place, shape))
            after[says | {value}] = both
            after[says] = place if both.is_empty else areas_of(shapely.difference(place, shape))
            rest = rest if both.is_empty else areas_of(shapely.difference(rest, place))
        after[frozenset({value})] = rest
        atoms = {says: place for says, place in after.items() if not place.is_empty}
    return atoms


def in_pairs(some: Geoms, others: Geoms) -> Geoms:
    """Intersections, pair by pair; once more on a fine grid where one comes out empty for shapes that do overlap."""
    both: Geoms = shapely.intersection(some, others)
    doubt = np.flatnonzero(shapely.area(both) <= NOISE_M2)
    both[doubt] = shapely.intersection(some[doubt], others[doubt], grid_size=_GRID)
    return both
