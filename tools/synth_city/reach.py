"""How far the city has to grow for a number of parcels, estimated from the land cover alone."""

from dataclasses import dataclass

import numpy as np
import shapely

from tools.synth_city.city import City

CELL = 758.0
"""Ground of one land cover cell at this latitude (m²)."""
GROSS = {"old": 830.0, "inner": 470.0, "outer": 400.0}
"""Built-up ground per parcel, streets and services included (m²), measured on the generator's own cities."""
INNER_REACH = 3300.0
MARGIN = 1.06


@dataclass(frozen=True, slots=True)
class Estimate:
    """Weighted distances of built-up ground in order, with the parcels expected up to there."""

    distance: np.ndarray
    parcels: np.ndarray

    @property
    def capacity(self) -> float:
        """Parcels of usual size that the built-up ground of the frame holds."""
        return float(self.parcels[-1])

    def reach(self, parcels: float) -> float:
        """Weighted distance (m) within which that many parcels are expected."""
        at = int(np.searchsorted(self.parcels, parcels * MARGIN))
        return float(self.distance[min(at, len(self.distance) - 1)]) if at < len(self.distance) else float("inf")


def estimate(city: City) -> Estimate:
    """Walk outward over built-up cells."""
    x, y = city.land_cover.built_cells()
    known = city.known
    shapely.prepare(known.frame)
    inside = shapely.contains_xy(known.frame, x, y) & ~shapely.contains_xy(known.corridor, x, y)
    x, y = x[inside], y[inside]
    far = np.hypot(x - known.centre[0], y - known.centre[1])
    per_cell = np.where(far < INNER_REACH, CELL / GROSS["inner"], CELL / GROSS["outer"])
    per_cell[shapely.contains_xy(known.fabric, x, y)] = CELL / GROSS["old"]
    distance = city.distance(x, y)
    order = np.argsort(distance, kind="stable")
    return Estimate(distance[order], np.cumsum(per_cell[order]))
