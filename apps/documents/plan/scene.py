"""What a map shows, before it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from apps.documents.plan.frame import Frame
from apps.documents.plan.zones import Drawn


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the map shows, in metres of the city's CRS; texts in the reader's language."""

    frame: Frame
    parcel: BaseGeometry
    parcel_label: str
    neighbours: Sequence[tuple[str, BaseGeometry]]
    zones: Sequence[Drawn]
    ways: Sequence[tuple[str, BaseGeometry]]
    north: str
    bar_unit: str
    metres_per_unit: float
    alt: str
    digits: dict[int, str]
