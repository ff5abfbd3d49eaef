"""What setbacks, cut-outs and chamfers leave of a lot on the ground. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import shapely
from shapely.geometry.base import BaseGeometry

from apps.envelope.chamfer import corners_cut
from apps.envelope.edges import Maker
from apps.envelope.inputs import PASSAGE_KINDS, SETBACKS, Area, Law, Limit, Lot
from apps.envelope.offsets import strip
from apps.envelope.overlay import common, less, polygons, together

NOISE_M2 = 1e-4
"""Crumbs below a square centimetre are rounding, not land."""

SAME_POINT_M = 1e-6


@dataclass(frozen=True, slots=True)
class Ground:
    """What may carry a building, who took the rest, and whether the chamfer that is asked for found its corner."""

    shape: Area
    makers: tuple[Maker, ...]
    chamfer_placed: bool


def ground_of(lot: Lot, law: Law, *, lenient: bool) -> Ground:
    """The lot less everything that is kept free.

    A side that may be of several kinds keeps the largest of their setbacks, so that what is left is sure; when
    `lenient` the smallest, so that what is left is a limit that holds in any case.
    """
    ceded = tuple(_cut_out_makers(lot, ceded=True))
    net = rest_of(lot.shape, ceded)
    chamfers = tuple(_chamfer_makers(lot, law, net, lenient=lenient))
    makers = (*ceded, *_cut_out_makers(lot, ceded=False), *_setback_makers(lot, law, lenient=lenient), *chamfers)
    asked = law.limit("corner_chamfer").value or 0
    return Ground(rest_of(lot.shape, makers), makers, chamfer_placed=bool(chamfers) or not asked)


def rest_of(shape: Area, makers: tuple[Maker, ...]) -> Area:
    """`shape` less what the makers take, without crumbs; an empty polygon when nothing is left."""
    return polygons(less(shape, together(m.taken for m in makers)))


def setback_of(kinds: tuple[str, ...], law: Law, *, lenient: bool) -> Limit:
    """The setback of a side: of its kind; of the strictest (or when lenient the mildest) kind that it may be of."""
    limits = [law.limit(SETBACKS[kind]) for kind in kinds]
    return (min if lenient else max)(limits, key=lambda limit: limit.value or Decimal(0))


def _setback_makers(lot: Lot, law: Law, *, lenient: bool) -> Iterator[Maker]:
    """One strip per kind of side: stretches that follow each other are one line, or their ends would bulge."""
    for kinds in dict.fromkeys(side.kinds for side in lot.sides):
        limit = setback_of(kinds, law, lenient=lenient)
        if limit.value:
            lines = [side.line for side in lot.sides if side.kinds == kinds]
            moved = [_moved_front(lot)] if _on_passage(kinds, lenient=lenient) else []
            line = shapely.line_merge(together([*lines, *moved]))
            yield Maker("setback", strip(line, float(limit.value)), limit.provision)


def _moved_front(lot: Lot) -> BaseGeometry:
    """The new edge of the passage where land is ceded: setbacks from the passage count from it too."""
    return together(_inside(lot, c.shape) for c in lot.cut_outs if c.ceded)


def _inside(lot: Lot, shape: BaseGeometry) -> BaseGeometry:
    border = shapely.buffer(shapely.boundary(lot.shape), 1e-6)
    return less(common(shapely.boundary(shape), lot.shape), border)


def _cut_out_makers(lot: Lot, *, ceded: bool) -> Iterator[Maker]:
    return (Maker("cut_out", c.shape, c.provision) for c in lot.cut_outs if c.ceded == ceded)


def _chamfer_makers(lot: Lot, law: Law, net: Area, *, lenient: bool) -> Iterator[Maker]:
    limit = law.limit("corner_chamfer")
    if not limit.value:
        return
    passages = [s.line for s in lot.sides if _on_passage(s.kinds, lenient=lenient)]
    street = together([*passages, _moved_front(lot)])
    for triangle in corners_cut(net, street, float(limit.value)):
        yield Maker("chamfer", triangle, limit.provision)


def _on_passage(kinds: tuple[str, ...], *, lenient: bool) -> bool:
    """Whether a side may lie on a passage; when lenient: whether it surely does."""
    found = PASSAGE_KINDS.intersection(kinds)
    return found == set(kinds) if lenient else bool(found)
