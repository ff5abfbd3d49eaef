"""Areas of parcels under features: who is covered and who only touches is settled by prepared predicates, and only what
is really cut is clipped.

Arrays in, arrays out, no database. GEOS (the library under PostGIS) does the geometry; areas are planar m².
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

TOUCH_M2 = 1e-9
_OVERLAP = "T********"  # DE-9IM: the interiors meet. Neighbours that only touch are the dearest to clip, and many

Ids = NDArray[np.int64]
Reals = NDArray[np.float64]
Geoms = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Polygons with their ids, position by position."""

    ids: Ids
    geoms: Geoms

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)


_GRID = 1e-7  # metres: far below any survey, above the noise of coordinates in a metric CRS


@dataclass(frozen=True, slots=True)
class Cuts:
    """Overlap rows: position of the parcel, position of the feature, area m², share (0..1) of the parcel."""

    parcels: Ids
    features: Ids
    areas: Reals
    shares: Reals


class Parcels:
    """The parcels of one chunk (at least one), indexed once and cut by many editions."""

    def __init__(self, shapes: Shapes) -> None:
        self.ids = shapes.ids
        self.geoms = shapes.geoms
        self.areas: Reals = shapely.area(shapes.geoms)
        self.box = shapely.box(*shapely.total_bounds(shapes.geoms))
        self._tree = shapely.STRtree(shapes.geoms)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)

    def cut_by(self, geoms: Geoms) -> Cuts:
        """Every overlap larger than a touch. A parcel inside a polygon gets its own area and share 1."""
        shapely.prepare(geoms)
        features, parcels = self._tree.query(geoms, predicate="intersects")
        areas: Reals = self.areas[parcels]
        rest = np.flatnonzero(~shapely.covers(geoms[features], self.geoms[parcels]))
        meets = shapely.relate_pattern(geoms[features[rest]], self.geoms[parcels[rest]], _OVERLAP)
        areas[rest[~meets]] = 0.0
        cut = rest[meets]
        areas[cut] = shapely.area(shapely.intersection(self.geoms[parcels[cut]], geoms[features[cut]]))
        # Seen with GEOS 3.14: edges that nearly coincide may give an empty result for shapes that do overlap. What
        # the relation says overlaps and the cut says does not is cut once more on a grid, and the larger counts.
        doubt = cut[areas[cut] <= TOUCH_M2]
        again = shapely.intersection(self.geoms[parcels[doubt]], geoms[features[doubt]], grid_size=_GRID)
        areas[doubt] = np.maximum(areas[doubt], shapely.area(again))
        kept = areas > TOUCH_M2
        features, parcels, areas = features[kept], parcels[kept], areas[kept]
        return Cuts(parcels, features, areas, np.minimum(areas / self.areas[parcels], 1.0))

    def covered(self, coverages: Geoms) -> Reals:
        """Share (0..1) of each parcel (column) inside each coverage (row); exactly 0 and 1 where it is so."""
        shares = np.zeros((len(coverages), len(self)))
        whole = shapely.covers(coverages, self.box)
        shares[whole] = 1.0
        rest = np.flatnonzero(~whole)
        cuts = self.cut_by(coverages[rest])
        shares[rest[cuts.features], cuts.parcels] = cuts.shares
        return shares


def shapes(rows: list[tuple[int, bytes]]) -> Shapes:
    """Shapes from (id, WKB) rows."""
    ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    return Shapes(ids, np.asarray(shapely.from_wkb([row[1] for row in rows]), dtype=np.object_))
