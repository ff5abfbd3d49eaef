"""What differs inside one place between the features of two states: pieces with the codes of before and after.

Arrays in, arrays out, no database. GEOS (the library under PostGIS) does the geometry; areas are planar m².
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_layers.difference_zones import NOISE_M2, areas_of
from gis_layers.overlay_cut import Geoms, Ids, Reals

GAINED, LOST, CHANGED = "gained", "lost", "changed"
_OVERLAP = "T********"  # DE-9IM: the interiors meet
_GRID = 1e-7  # metres; see gis_layers.overlay_cut
_AND = " + "


class Value(NamedTuple):
    """What a feature says: its code, and a digest of its attributes."""

    code: str
    attributes: str


class Row(NamedTuple):
    """A feature: what it says, and its shape as WKB."""

    value: Value
    wkb: bytes


class Change(NamedTuple):
    """One difference. `old`, `new`: codes joined by ' + ', '' = silent; equal codes differ in their attributes."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A connected place with one difference; `open`: it reaches the border of the place that was looked at."""

    change: Change
    shape: BaseGeometry
    open: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A polygon and everything that is said on all of it."""

    says: frozenset[Value]
    shape: BaseGeometry


def cut(place: BaseGeometry, old: Iterable[Row], new: Iterable[Row], *, exclusive: bool) -> list[Piece]:
    """The pieces inside `place`. `exclusive`: the whole of what is said counts; else what is added and what is missing.

    Features that are the same on both sides are set aside first, where nothing else lies over them.
    """
    before, after = Counter(old), Counter(new)
    if before == after:
        return []
    if _clean(before) and _clean(after):
        before, after = before - after, after - before
    sides = _parts(before, place), _parts(after, place)
    found: dict[Change, list[BaseGeometry]] = defaultdict(list)
    for was, now, shape in _meetings(*sides):
        change = _change(was, now, exclusive=exclusive)
        if change is not None:
            found[change].append(shape)
    edge = shapely.boundary(place)
    shapely.prepare(edge)
    return [Piece(change, shape, bool(shapely.intersects(edge, shape)))
            for change, shapes in sorted(found.items()) for shape in joined(shapes)]  # fmt: skip


def joined(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """The connected polygons that shapes of one difference make together."""
    return list(shapely.get_parts(areas_of(shapely.union_all(np.array(list(shapes), dtype=np.object_)))))


def _clean(rows: Counter[Row]) -> bool:
    """Whether no feature lies over another (and neighbours share their vertices)."""
    shapes = shapely.from_wkb([row.wkb for row in rows.elements()])
    return bool(shapely.coverage_is_valid(np.asarray(shapes, dtype=np.object_)))


def _parts(rows: Iterable[Row], place: BaseGeometry) -> list[_Part]:
    """What is said, by place: features of one value joined, and divided where several values lie over each other."""
    by_value: dict[Value, list[bytes]] = defaultdict(list)
    for row in rows:
        by_value[row.value].append(row.wkb)
    said = {value: _within(place, shapely.from_wkb(shapes)) for value, shapes in sorted(by_value.items())}
    atoms = {frozenset({value}): shape for value, shape in said.items()}
    if _overlapping(list(atoms.values())):
        atoms = _divided(said)
    return [_Part(says, part) for says, shape in atoms.items() for part in shapely.get_parts(shape)]


def _within(place: BaseGeometry, geoms: Geoms) -> BaseGeometry:
    """The part of the shapes inside the place, joined."""
    shapely.prepare(place)
    whole = shapely.covers(place, geoms)
    reaching = shapely.relate_pattern(place, geoms[~whole], _OVERLAP)
    rest = geoms[~whole][reaching]
    clipped = _shared(np.full(len(rest), place, dtype=np.object_), rest)
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


def _meetings(
    before: list[_Part], after: list[_Part]
) -> Iterator[tuple[frozenset[Value], frozenset[Value], BaseGeometry]]:
    """What is said before and after at each place where the one or the other says something else."""
    nothing: frozenset[Value] = frozenset()
    olds, news = _shapes(before), _shapes(after)
    n, o = shapely.STRtree(olds).query(news, predicate="intersects")
    meets = shapely.relate_pattern(olds[o], news[n], _OVERLAP)
    o, n = o[meets], n[meets]
    shared = _shared(olds[o], news[n])
    for i, j, shape in zip(o, n, shared, strict=True):
        if before[i].says != after[j].says:
            yield before[i].says, after[j].says, shape
    areas = shapely.area(shared)
    for i, shape in _left(olds, news, o, n, areas):
        yield before[i].says, nothing, shape
    for j, shape in _left(news, olds, n, o, areas):
        yield nothing, after[j].says, shape


def _left(shapes: Geoms, others: Geoms, mine: Ids, theirs: Ids, areas: Reals) -> Iterator[tuple[int, BaseGeometry]]:
    """What the others leave of each shape; `mine`, `theirs`, `areas`: the pairs that overlap. Others do not overlap."""
    taken = np.bincount(mine, weights=areas, minlength=len(shapes))
    for i in np.flatnonzero(shapely.area(shapes) - taken > NOISE_M2):
        over = others[theirs[mine == i]]
        yield int(i), shapely.difference(shapes[i], shapely.union_all(over)) if len(over) else shapes[i]


def _shared(some: Geoms, others: Geoms) -> Geoms:
    """Intersections, pair by pair; once more on a fine grid where one comes out empty for shapes that do overlap."""
    both: Geoms = shapely.intersection(some, others)
    doubt = np.flatnonzero(shapely.area(both) <= NOISE_M2)
    both[doubt] = shapely.intersection(some[doubt], others[doubt], grid_size=_GRID)
    return both


def _shapes(parts: list[_Part]) -> Geoms:
    return np.array([part.shape for part in parts], dtype=np.object_)


def _change(was: frozenset[Value], now: frozenset[Value], *, exclusive: bool) -> Change | None:
    """The difference between what was said and what is said; None when there is none."""
    if was == now:
        return None
    if not exclusive:
        was, now = was - now, now - was
    kind = CHANGED if was and now else LOST if was else GAINED
    return Change(kind, _codes(was), _codes(now))


def _codes(says: frozenset[Value]) -> str:
    return _AND.join(sorted({value.code for value in says}))
