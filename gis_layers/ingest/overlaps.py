"""Rows of a partition theme that claim the same ground."""

from typing import Any

import numpy as np
import shapely


def clashes(shapes: Any, *, tolerance_m2: float, tolerance_share: float) -> dict[int, tuple[int, float]]:
    """Index → (index of the other, m²) for shapes that overlap by more than a sliver; both sides are named.

    A sliver is below both tolerances; the share is of the smaller of the two.
    """
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    if not len(left):
        return {}
    common = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    smaller = np.minimum(shapely.area(shapes[left]), shapely.area(shapes[right]))
    sliver = (common < tolerance_m2) & (common < tolerance_share * smaller)
    found: dict[int, tuple[int, float]] = {}
    for i in np.flatnonzero(~sliver & (common > 0)):
        one, other, area = int(left[i]), int(right[i]), float(common[i])
        for index, partner in ((one, other), (other, one)):
            if area > found.get(index, (0, 0.0))[1]:
                found[index] = (partner, area)
    return found
