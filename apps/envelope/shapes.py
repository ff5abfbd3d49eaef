"""The lot of a reading, from the rows of the database. Shapes are moved to an origin near the lot.

Coordinates of a city's CRS have seven digits before the point; near the origin the arithmetic keeps them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from apps.cadastre.sides import sides_of
from apps.envelope import words
from apps.envelope.inputs import KINDS, Area, CutOut, Doubt, Lot, Part, Side
from apps.envelope.overlay import less, polygons, together
from apps.envelope.reading import Reading
from apps.envelope.sides import CRUMB_M, Stretch, derived
from apps.envelope.zones import CutRead, PartRead, Piece
from gis_layers.postgis_envelope import TOUCH_M, GroundRows, Segment

Origin = tuple[float, float]
SAME_M2 = 0.1
_OUTER = 1  # PostGIS counts the rings of a polygon from 1, the outer one first


@dataclass(frozen=True, slots=True)
class Placed:
    """A lot near the origin, where that origin lies in the city's CRS, and the lots around it.

    `doubts`: zones whose shape is not the one that the extract measured.
    """

    lot: Lot
    origin: Origin
    around: tuple[Area, ...]
    doubts: tuple[Doubt, ...] = ()


def placed(rows: GroundRows, reading: Reading) -> Placed:
    """The lot with its sides (stored ones, else worked out from the neighbours), cut-outs and parts."""
    west, south, _, _ = shapely.bounds(shapely.from_wkb(rows.lot))
    origin = (float(np.floor(west)), float(np.floor(south)))
    zones = {feature: _near(shape, origin) for feature, shape in rows.zones.items()}
    cuts = [(c, polygons(zones.get(c.feature, Polygon()))) for c in reading.cuts]
    parts = [(p, _part(p, zones)) for p in reading.parts]
    # A shape that measures something else than the extract says is not the shape that the extract speaks of. Then
    # nothing is cut, and the part may be anywhere: what is drawn still is the most that is possible.
    drawn: list[tuple[CutRead | PartRead, Area]] = [*cuts, *parts]
    sure = [read for read, shape in drawn if abs(shape.area - read.area_m2) <= SAME_M2]
    whole = polygons(_near(rows.lot, origin))
    lot = Lot(
        shape=whole,
        sides=_sides(rows, origin),
        cut_outs=tuple(CutOut(c.theme, c.label, s, c.ceded, c.provision) for c, s in cuts if c in sure),
        parts=tuple(Part(p.subject, p.label, s if p in sure else whole, p.value, p.provision) for p, s in parts),
        plot_m2=reading.plot_m2,
    )
    doubts = tuple(
        Doubt("zone_shape", words.filled(words.ZONE_SHAPE, name=read.label)) for read, _ in drawn if read not in sure
    )
    return Placed(lot, origin, tuple(polygons(_near(shape, origin)) for shape in rows.around), doubts)


def _part(part: PartRead, zones: Mapping[int, BaseGeometry]) -> Area:
    """Where the part's features hold the lot: not where those of a stronger edition do."""
    return polygons(together(_held(piece, zones) for piece in part.pieces if piece.feature in zones))


def _held(piece: Piece, zones: Mapping[int, BaseGeometry]) -> BaseGeometry:
    return less(zones[piece.feature], together(zones[other] for other in piece.behind if other in zones))


def moved(shape: BaseGeometry, origin: Origin, *, back: bool = False) -> BaseGeometry:
    """The shape near the origin, or `back` in the city's CRS."""
    step = np.array(origin) * (1 if back else -1)
    found: BaseGeometry = shapely.transform(shape, lambda points: points + step)
    return found


def _near(wkb: bytes, origin: Origin) -> BaseGeometry:
    return moved(shapely.from_wkb(wkb), origin)


def _sides(rows: GroundRows, origin: Origin) -> tuple[Side, ...]:
    stored = [(side.kind, _near(side.wkb, origin)) for side in sides_of(rows.version_id)]
    if not stored:
        return derived([_stretch(segment, origin) for segment in rows.segments])
    sides = tuple(Side((kind,) if kind in KINDS else KINDS, line) for kind, line in stored)
    outline = shapely.boundary(_near(rows.lot, origin))
    named = shapely.buffer(together(line for _, line in stored), TOUCH_M)
    unnamed = less(outline, named)
    # A stretch that no stored side names may be of any kind: without this it would have no setback at all.
    return sides if unnamed.length <= CRUMB_M else (*sides, Side(KINDS, unnamed))


def _stretch(segment: Segment, origin: Origin) -> Stretch:
    whole = _near(segment.whole, origin)
    return Stretch(
        segment.ring,
        segment.ring[-1] == _OUTER,
        shapely.LineString(shapely.get_coordinates(whole)),
        _near(segment.free, origin),
    )
