"""Areas of parcels under features: prepared "covers" first, clipping only what is really cut.

Arrays in, arrays out, no database. GEOS (the library under PostGIS) does the geometry; areas are planar m².
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

TOUCH_M2 = 1e-9
_DOUBT_M2 = 1e-3  # below this an area from pieces may be nothing but rounding at the seams: measured again, whole
_SMALL = 64  # vertices; cutting against a larger polygon is cheaper piece by piece

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
        self.box = shapely.box(*shapely.total_bounds(shapes.geoms))
        self._tree = shapely.STRtree(shapes.geoms)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)

    def cut_by(self, geoms: Geoms) -> Cuts:
        """Every overlap larger than a touch. A parcel inside a polygon gets its own area and share 1."""
        features, parcels = self._tree.query(geoms, predicate="intersects")
        whole = shapely.covers(geoms[features], self.geoms[parcels])  # prepared by the query before
        areas = np.where(whole, self.areas[parcels], 0.0)
        areas[~whole] = self._cut_areas(geoms, features[~whole], parcels[~whole])
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

    def _cut_areas(self, geoms: Geoms, features: Ids, parcels: Ids) -> Reals:
        """Area of each pair of a feature and a parcel that it does not cover."""
        areas = np.zeros(len(features))
        large = shapely.get_num_coordinates(geoms[features]) > _SMALL
        areas[large] = self._areas_by_pieces(geoms, features[large], parcels[large])
        again = ~large | ((areas > 0) & (areas < _DOUBT_M2))
        areas[again] = shapely.area(shapely.intersection(self.geoms[parcels[again]], geoms[features[again]]))
        return areas

    def _areas_by_pieces(self, geoms: Geoms, features: Ids, parcels: Ids) -> Reals:
        """The same from small pieces of the large polygons: sums, with rounding where pieces meet."""
        wanted, position = np.unique(features, return_inverse=True)
        owners, pieces = _pieces(geoms[wanted], self.box)
        piece, parcel = self._tree.query(pieces)
        pairs = position * len(self) + parcels
        order = np.argsort(pairs)
        at = np.searchsorted(pairs, owners[piece] * len(self) + parcel, sorter=order)
        at[at == len(pairs)] = 0
        asked = pairs[order[at]] == owners[piece] * len(self) + parcel
        piece, parcel, at = piece[asked], parcel[asked], order[at[asked]]
        parts = shapely.area(shapely.intersection(self.geoms[parcel], pieces[piece]))
        return np.bincount(at, weights=parts, minlength=len(pairs))


def shapes(rows: list[tuple[int, bytes]]) -> Shapes:
    """Shapes from (id, WKB) rows."""
    ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    return Shapes(ids, np.asarray(shapely.from_wkb([row[1] for row in rows]), dtype=np.object_))


def _pieces(geoms: Geoms, box: shapely.Geometry) -> tuple[Ids, Geoms]:
    """Polygons cut to the box and halved until each piece is small: position of the polygon, piece."""
    owners, whole = np.arange(len(geoms)), shapely.intersection(geoms, box)
    done: list[tuple[Ids, Geoms]] = []
    while len(whole):
        small = shapely.get_num_coordinates(whole) <= _SMALL
        done.append((owners[small], whole[small]))
        owners = np.repeat(owners[~small], 2)
        whole = _halves(whole[~small])
    return np.concatenate([d[0] for d in done]), np.concatenate([d[1] for d in done])


def _halves(geoms: Geoms) -> Geoms:
    """Each polygon's two halves, cut across its longer side, one after the other."""
    x0, y0, x1, y1 = shapely.bounds(geoms).T
    wide = x1 - x0 > y1 - y0
    mid_x, mid_y = np.where(wide, (x0 + x1) / 2, x1), np.where(wide, y1, (y0 + y1) / 2)
    lower = shapely.box(x0, y0, mid_x, mid_y)
    upper = shapely.box(np.where(wide, mid_x, x0), np.where(wide, y0, mid_y), x1, y1)
    both = shapely.intersection(np.repeat(geoms, 2), np.ravel(np.column_stack([lower, upper])))
    return np.asarray(both, dtype=np.object_)
