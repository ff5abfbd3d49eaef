"""Rows of a partition theme that claim the same ground."""

from typing import Any

import numpy as np
import shapely

from gis_layers.ingest.progress import SILENT, Progress, Step

_PORTION = 20_000


def clashes(
    shapes: Any, *, tolerance_m2: float, tolerance_share: float, progress: Progress = SILENT
) -> dict[int, tuple[int, float]]:
    """Index → (index of the other, m²) for shapes that overlap by more than a sliver; both sides are named.

    A sliver is below both tolerances; the share is of the smaller of the two.
    """
    left, right = _near(shapes, tolerance_m2=tolerance_m2, tolerance_share=tolerance_share)
    if not len(left):
        return {}
    common = np.concatenate(list(_common(shapes, left, right, progress)))
    smaller = np.minimum(shapely.area(shapes[left]), shapely.area(shapes[right]))
    sliver = (common < tolerance_m2) & (common < tolerance_share * smaller)
    found: dict[int, tuple[int, float]] = {}
    for i in np.flatnonzero(~sliver & (common > 0)):
        one, other, area = int(left[i]), int(right[i]), float(common[i])
        for index, partner in ((one, other), (other, one)):
            if area > found.get(index, (0, 0.0))[1]:
                found[index] = (partner, area)
    return found


def _near(shapes: Any, *, tolerance_m2: float, tolerance_share: float) -> tuple[Any, Any]:
    """Pairs that may overlap by more than a sliver. Neighbours whose very boxes share no more are dropped unclipped:
    in a real plan nearly every pair only touches."""
    left, right = shapely.STRtree(shapes).query(shapes)
    once = left < right
    left, right = left[once], right[once]
    boxes, areas = shapely.bounds(shapes), shapely.area(shapes)
    low, high = np.maximum(boxes[left, :2], boxes[right, :2]), np.minimum(boxes[left, 2:], boxes[right, 2:])
    most = np.prod(np.clip(high - low, 0.0, None), axis=1)
    smaller = np.minimum(areas[left], areas[right])
    kept = (most > 0) & ~((most < tolerance_m2) & (most < tolerance_share * smaller))
    left, right = left[kept], right[kept]
    shapely.prepare(shapes)
    meets = shapely.intersects(shapes[left], shapes[right])
    return left[meets], right[meets]


def _common(shapes: Any, left: Any, right: Any, progress: Progress) -> Any:
    """m² that the two of each pair share, in portions."""
    for start in range(0, len(left), _PORTION):
        progress.at(Step.COMPARING, start / len(left))
        part = slice(start, start + _PORTION)
        yield shapely.area(shapely.intersection(shapes[left[part]], shapes[right[part]]))
