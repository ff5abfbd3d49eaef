"""Outlines that lie in each other: an inner one is a hole, one in that hole is built again."""

from collections.abc import Sequence

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from apps.common.text import Text
from apps.permits.proposal_shape import MOST_PARTS, refused

_CRUMB_M2 = 0.01


def nested(outlines: Sequence[Polygon]) -> list[Polygon]:
    """Polygons with holes from closed outlines. Raises BadInputError where two outlines cross, or cross themselves."""
    if len(outlines) > MOST_PARTS:
        raise refused(_TOO_MANY)
    if not all(outline.is_valid for outline in outlines):
        raise refused(_CROSSES)
    drawn: BaseGeometry = Polygon()
    for outline in sorted(outlines, key=lambda one: -one.area):
        common = shapely.intersection(drawn, outline).area
        if common < _CRUMB_M2:
            drawn = shapely.union(drawn, outline)
        elif common > outline.area - _CRUMB_M2:
            drawn = shapely.difference(drawn, outline)
        else:
            raise refused(_CROSS_EACH_OTHER)
    return [part for part in shapely.get_parts(drawn) if part.geom_type == "Polygon"]


_TOO_MANY = Text(
    "در این لایه بیش از ۶۰ خط بسته هست. تنها خط بیرونی ساختمان را در یک لایهٔ جدا بگذارید.",
    "There are more than 60 closed lines on this layer. Put the outline of the building alone on a layer of its own.",
)
_CROSSES = Text(
    "یک خط بیرونی خودش را قطع می‌کند. آن را چنان بکشید که هیچ دو ضلعی از هم نگذرند.",
    "An outline crosses itself. Draw it so that no two of its sides cross.",
)
_CROSS_EACH_OTHER = Text(
    "دو خط بسته همدیگر را قطع می‌کنند. هر تکه را جدا بکشید یا آن‌ها را یکی کنید.",
    "Two closed lines cross each other. Draw each part apart, or join them into one.",
)
