"""Areas of parcels under features: prepared "covers" first, clipping only what is really cut.

Arrays in, arrays out, no database. GEOS (the library under PostGIS) does the geometry; areas are planar m².
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

TOUCH_M2 = 1e-9
_MARGIN_M = 1.0  # rounding where large polygons are cut at the box stays clear of every parcel
_POLYGONS = (3, 6)  # GEOS type ids of Polygon and MultiPolygon
_SMALL = 128  # vertices; a geometry below this is cheaper to keep whole than to cut first

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
        self.box = shapely.buffer(shapely.box(*shapely.total_bounds(shapes.geoms)), _MARGIN_M, join_style="mitre")
        self._tree = shapely.STRtree(shapes.geoms)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)

    def cut_by(self, geoms: Geoms) -> Cuts:
        """Every overlap larger than a touch. A parcel inside a polygon gets its own area and share 1."""
        near = _near(geoms, self.box)
        whole = self._pairs(near, "covers")
        part = _without(self._pairs(near, "intersects"), whole, len(self))
        pieces: Reals = shapely.area(shapely.intersection(self.geoms[part[1]], near[part[0]]))
        part, pieces = part[:, pieces > TOUCH_M2], pieces[pieces > TOUCH_M2]
        features, parcels = np.concatenate([whole, part], axis=1)
        areas = np.concatenate([self.areas[whole[1]], pieces])
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

    def _pairs(self, geoms: Geoms, predicate: str) -> Ids:
        pairs: Ids = self._tree.query(geoms, predicate=predicate)  # type: ignore[call-overload]  # stub wants a literal
        return pairs


def shapes(rows: list[tuple[int, bytes]]) -> Shapes:
    """Shapes from (id, WKB) rows."""
    ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    return Shapes(ids, np.asarray(shapely.from_wkb([row[1] for row in rows]), dtype=np.object_))


def _near(geoms: Geoms, box: shapely.Geometry) -> Geoms:
    """Large polygons cut down to the parcels' box: the same inside it, and cheap to clip against."""
    near = geoms.copy()
    large = np.flatnonzero((shapely.get_num_coordinates(geoms) > _SMALL) & ~shapely.covered_by(geoms, box))
    cut = shapely.intersection(geoms[large], box)
    clean = np.isin(shapely.get_type_id(cut), _POLYGONS)
    near[large[clean]] = cut[clean]
    return near


def _without(pairs: Ids, done: Ids, width: int) -> Ids:
    """The pairs that are not among `done`."""
    return pairs[:, ~np.isin(pairs[0] * width + pairs[1], done[0] * width + done[1])]
