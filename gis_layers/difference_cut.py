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

from gis_layers.difference_parts import OVERLAP, Part, Row, Value, in_pairs, is_clean, parts_of
from gis_layers.difference_zones import NOISE_M2, areas_of
from gis_layers.overlay_cut import Geoms, Ids, Reals

GAINED, LOST, CHANGED = "gained", "lost", "changed"
_AND = " + "


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


def cut(place: BaseGeometry, old: Iterable[Row], new: Iterable[Row], *, exclusive: bool) -> list[Piece]:
    """The pieces inside `place`. `exclusive`: the whole of what is said counts; else what is added and what is missing.

    Features that are the same on both sides are set aside first, where nothing else lies over them.
    """
    before, after = Counter(old), Counter(new)
    if before == after:
        return []
    if is_clean(before) and is_clean(after):
        before, after = before - after, after - before
    sides = parts_of(before, place), parts_of(after, place)
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


def _meetings(
    before: list[Part], after: list[Part]
) -> Iterator[tuple[frozenset[Value], frozenset[Value], BaseGeometry]]:
    """What is said before and after at each place where the one or the other says something else."""
    nothing: frozenset[Value] = frozenset()
    olds, news = _shapes(before), _shapes(after)
    n, o = shapely.STRtree(olds).query(news, predicate="intersects")
    meets = shapely.relate_pattern(olds[o], news[n], OVERLAP)
    o, n = o[meets], n[meets]
    shared = in_pairs(olds[o], news[n])
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


def _shapes(parts: list[Part]) -> Geoms:
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
