"""Judging one row's shape: sound as it is, safely mended, or refused with its reason and its footprint.

Safe means: nothing a rule could see changes. Heights and repeated points are dropped, a ring that touches itself is
written the valid way if its area stays the same to REPAIR_TOLERANCE_M2. Everything else is for people to correct.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis_layers.ingest.reasons import Reason, Refusal, refusal

REPAIR_TOLERANCE_M2 = 0.01
_POLYGONAL = {"Polygon", "MultiPolygon"}
_POLYGONAL_IDS = (3, 6)
_SAGITTA = 0.01  # GDAL draws arcs by 4° steps: no arc leaves its chords by more than this share of its extent


@dataclass(frozen=True, slots=True)
class Sound:
    """A valid Polygon or MultiPolygon in the city's CRS; `mended`: any of z, repeated_points, self_touching."""

    shape: Any
    mended: tuple[str, ...] = ()


def parse(wkb: Any) -> Any:
    """An array of geometries from WKB; None where there is none or it cannot be read."""
    return shapely.from_wkb(wkb, on_invalid="ignore")


def judge_all(
    originals: Any, moved: Any, *, wkb: Any, curved: Container[int], bounds: BaseGeometry
) -> list[Sound | Refusal]:
    """The verdicts on all rows, in their order; rows with nothing to say against them are passed at once."""
    shapely.prepare(bounds)
    clean = _clean(originals, moved, bounds)
    return [
        Sound(there)
        if clean[i] and i not in curved
        else judge(original, there, had_wkb=wkb[i] is not None, curved=i in curved, bounds=bounds)
        for i, (original, there) in enumerate(zip(originals, moved, strict=True))
    ]


def _clean(originals: Any, moved: Any, bounds: BaseGeometry) -> Any:
    """Which rows are flat, valid polygons within the bounds without repeated points: a boolean array."""
    with np.errstate(all="ignore"):
        finite = np.isfinite(shapely.bounds(moved)).all(axis=1)
        there = np.where(finite, moved, None)
        return (
            finite
            & np.isin(shapely.get_type_id(there), _POLYGONAL_IDS)
            & ~shapely.has_z(originals)
            & shapely.is_valid(there)
            & shapely.covers(bounds, there)
            & (
                shapely.get_num_coordinates(shapely.remove_repeated_points(there, 0.0))
                == shapely.get_num_coordinates(there)
            )
        )


def judge(
    original: BaseGeometry | None, moved: BaseGeometry | None, *, had_wkb: bool, curved: bool, bounds: BaseGeometry
) -> Sound | Refusal:
    """The verdict on one shape: `original` as in the file, `moved` the same in 2-D in the city's CRS."""
    if original is None or moved is None:
        return refusal(Reason.UNREADABLE if had_wkb else Reason.EMPTY)
    if original.is_empty:
        return refusal(Reason.EMPTY)
    if not _finite(original):
        return refusal(Reason.NOT_FINITE)
    if not _finite(moved):
        return refusal(Reason.OUT_OF_BOUNDS, where=_corner(original))
    if curved:
        return refusal(Reason.CURVED, footprint=_clip(_hull(moved, grow=_SAGITTA), bounds))
    if original.geom_type not in _POLYGONAL:
        return refusal(Reason.NOT_POLYGON, footprint=_clip(_enclosed(moved), bounds), kind=original.geom_type)
    return _inside(_mend(original, moved, bounds), bounds)


def as_multi(shape: BaseGeometry) -> BaseGeometry:
    """A Polygon as a MultiPolygon; a MultiPolygon as it is."""
    return MultiPolygon([shape]) if isinstance(shape, Polygon) else shape


def count_mended(verdicts: Mapping[int, Sound]) -> dict[str, int]:
    """Rows by what was mended in them."""
    counts: dict[str, int] = {}
    for sound in verdicts.values():
        for what in sound.mended:
            counts[what] = counts.get(what, 0) + 1
    return counts


def _mend(original: BaseGeometry, moved: BaseGeometry, bounds: BaseGeometry) -> Sound | Refusal:
    mended = ["z"] if original.has_z else []
    lean = shapely.remove_repeated_points(moved, 0.0)
    if shapely.get_num_coordinates(lean) < shapely.get_num_coordinates(moved):
        mended.append("repeated_points")
    if not lean.is_valid:
        why = shapely.is_valid_reason(lean)
        lean, before = shapely.make_valid(lean, method="structure", keep_collapsed=False), lean
        if not _same(before, lean):
            return refusal(Reason.INVALID, footprint=_clip(_hull(moved), bounds), why=why)
        mended.append("self_touching")
    return Sound(lean, tuple(mended))


def _same(before: BaseGeometry, after: BaseGeometry) -> bool:
    return (
        after.geom_type in _POLYGONAL
        and not after.is_empty
        and abs(float(after.area) - float(before.area)) <= REPAIR_TOLERANCE_M2
    )


def _inside(verdict: Sound | Refusal, bounds: BaseGeometry) -> Sound | Refusal:
    if isinstance(verdict, Refusal) or bounds.covers(verdict.shape):
        return verdict
    return refusal(Reason.OUT_OF_BOUNDS, footprint=_clip(verdict.shape, bounds), where=_corner(verdict.shape))


def _finite(shape: BaseGeometry) -> bool:
    return bool(np.isfinite(shapely.get_coordinates(shape)).all())


def _hull(shape: BaseGeometry, grow: float = 0.0) -> BaseGeometry:
    """A polygon that surely holds the shape, whatever was meant by it."""
    west, south, east, north = shape.bounds
    hull = shapely.convex_hull(shape)
    return hull.buffer(grow * float(np.hypot(east - west, north - south))) if grow else hull


def _enclosed(shape: BaseGeometry) -> BaseGeometry | None:
    """What a closed line or a collection holding polygons encloses; None for points and open lines."""
    parts = shapely.get_parts(shape)
    if all(part.geom_type in _POLYGONAL or getattr(part, "is_ring", False) for part in parts):
        return _hull(shape)
    return None


def _clip(shape: BaseGeometry | None, bounds: BaseGeometry) -> BaseGeometry | None:
    """The part within the city as a MultiPolygon; None when there is none: then the place is not known."""
    if shape is None:
        return None
    inside = shapely.intersection(shape, bounds)
    polygons = [p for p in shapely.get_parts(inside) if p.geom_type == "Polygon" and p.area > 0]
    return shapely.multipolygons(polygons) if polygons else None


def _corner(shape: BaseGeometry) -> str:
    """The first point, short, so that people find the row."""
    x, y = shapely.get_coordinates(shape)[0]
    return f"{x:.6g}, {y:.6g}" if abs(x) < 1000 else f"{x:.0f}, {y:.0f}"  # noqa: PLR2004 - degrees or metres


def to_hex(polygons: Sequence[BaseGeometry]) -> list[str]:
    """Hexadecimal WKB of each shape."""
    return [str(text) for text in shapely.to_wkb(np.array(polygons, dtype=object), hex=True)]
