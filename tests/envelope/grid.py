"""Lots on integer grids, sides by kind, and laws in few words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import shapely
from shapely import LineString, Polygon, box

from apps.common.text import Text
from apps.envelope.inputs import Base, Building, CutOut, Doubt, Law, Limit, Lot, Part, Provision, Side

PILOTIS = Base(Decimal("2.70"), Text("پیلوت", "Pilotis"))
ISFAHAN = Building(Decimal("3.20"), PILOTIS, ground_storey=True)
UNITS = {"max_storeys": "storey", "max_height": "m"}


def provision(subject: str, row: str = "") -> Provision:
    label = Text(subject, subject)
    return Provision(
        subject, label, "book", Text("کتاب", "book"), "8-1", row or f"row-{subject}", Text("متن", f"text of {subject}")
    )


def limit(subject: str, value: object) -> Limit:
    """A number = a value; None = not known; (number,) = not known, but bounded."""
    if value is None or isinstance(value, tuple):
        bound = Decimal(str(value[0])) if value else None
        doubt = Doubt("fact_unknown", Text("؟", f"{subject} is not known"))
        return Limit(subject, Text(subject, subject), "not_known", bound, provision(subject), (doubt,))
    return Limit(subject, Text(subject, subject), "value", Decimal(str(value)), provision(subject))


def law(building: Building = ISFAHAN, **values: object) -> Law:
    """`law(max_storeys=4, front_setback=None)`: everything else is 'none'."""
    return Law({name: limit(name, value) for name, value in values.items()}, building)


def lot(shape: Polygon, sides: Mapping[str, Iterable[tuple[float, float]]] | None = None, *, plot: float | None = None,
        cut_outs: tuple[CutOut, ...] = (), parts: tuple[Part, ...] = ()) -> Lot:  # fmt: skip
    """`sides`: kind (or 'rear|interior_side') → points of its line. The plot measures what the shape does."""
    made = tuple(Side(tuple(kind.split("|")), LineString(list(points))) for kind, points in (sides or {}).items())
    area = shape.area if plot is None else plot
    return Lot(shape, made, cut_outs, parts, None if area < 0 else Decimal(str(round(area, 2))))


def rectangle(width: float = 10, depth: float = 20) -> Lot:
    """Front to the south, rear to the north, neighbours west and east."""
    return lot(
        box(0, 0, width, depth),
        {
            "front": [(0, 0), (width, 0)],
            "rear": [(width, depth), (0, depth)],
            "interior_side": [(0, depth), (0, 0)],
            "exterior_side": [(width, 0), (width, depth)],
        },
    )


def cut(shape: Polygon, *, ceded: bool = True, subject: str = "front_setback") -> CutOut:
    return CutOut("road_widening", Text("تعریض", "widening"), shape, ceded, provision(subject, "widen"))


def part(subject: str, shape: Polygon, value: float) -> Part:
    return Part(subject, Text("بخش", "part"), shape, Decimal(str(value)), provision(subject, f"part-{value}"))


def same(one: Polygon, other: Polygon) -> bool:
    return bool(shapely.area(shapely.symmetric_difference(one, other, grid_size=1e-7)) < 1e-6)
