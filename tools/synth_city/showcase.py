"""Parcels that show one case each, found by measuring overlaps, so that demos and tests can point at them."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from tools.synth_city.crs import to_lonlat
from tools.synth_city.edges import edges_of
from tools.synth_city.geo import intersection
from tools.synth_city.ground import Ground
from tools.synth_city.law_shapes import (
    LawShape,
    heritage_buffer,
    heritage_core,
    historic_fabric,
    madi_strips,
    plan_outlines,
    worn_fabric,
)
from tools.synth_city.parcels import ParcelTable
from tools.synth_city.showcase_notes import NOTES

Mask = NDArray[np.bool_]
Shares = NDArray[np.float64]
Laws = dict[str, list[LawShape]]
WHOLE, TRACE, EACH = 0.9999, 1e-9, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A parcel that satisfies a key; nearer to the start of the city is better."""

    key: str
    code: str
    distance: float
    point: tuple[float, float]
    others: tuple[str, ...] = ()


class Overlay:
    """Share of each parcel that lies under each code of each layer."""

    def __init__(self, shapes: NDArray[Any], laws: Laws) -> None:
        self.area = shapely.area(shapes)
        self._none = np.zeros(len(shapes))
        self._shares: dict[tuple[str, str], Shares] = {}
        tree = STRtree(shapes)
        for layer, features in laws.items():
            for feature in features:
                hit = np.sort(tree.query(feature.shape, predicate="intersects"))
                shared = shapely.area(shapely.intersection(shapes[hit], feature.shape)) / self.area[hit]
                self._shares.setdefault((layer, feature.code), np.zeros(len(shapes)))[hit] += shared

    def share(self, layer: str, *codes: str) -> Shares:
        """Share under the named codes, or under any code of the layer."""
        found = [v for (name, code), v in self._shares.items() if name == layer and (not codes or code in codes)]
        return np.asarray(np.sum(found, axis=0)) if found else self._none

    def second(self, layer: str) -> Shares:
        """Share of the second largest code."""
        found = [v for (name, _), v in self._shares.items() if name == layer]
        return np.sort(np.asarray(found), axis=0)[-2] if len(found) > 1 else self._none


def fixed_laws(ground: Ground) -> Laws:
    """Layers that do not depend on plots, cut to one super-block."""
    outlines = plan_outlines()
    layers: dict[str, tuple[LawShape, ...]] = {
        "heritage_core": heritage_core(),
        "heritage_buffer": heritage_buffer(),
        "historic_fabric": historic_fabric(),
        "worn_fabric": worn_fabric(),
        "madi_strip": madi_strips(),
        "local_b": (LawShape("IN", outlines.local_b),),
        "reach": (LawShape("IN", outlines.heritage_reach),),
    }
    cut = {
        name: [(s.code, intersection(s.shape, ground.face)) for s in shapes if s.shape.intersects(ground.face)]
        for name, shapes in layers.items()
    }
    return {name: [LawShape(code, shape) for code, shape in parts if shape.area > 0] for name, parts in cut.items()}


def candidates(table: ParcelTable, laws: Laws) -> list[Candidate]:
    """The best few parcels of a super-block for each key."""
    if not len(table.shapes):
        return []
    masks = _masks(table, Overlay(table.shapes, laws))
    spots = shapely.get_coordinates(shapely.point_on_surface(table.shapes))
    found = []
    for key, mask in masks.items():
        rows = np.flatnonzero(mask)
        for row in rows[np.argsort(table.distance[rows], kind="stable")][:EACH].tolist():
            point = float(spots[row, 0]), float(spots[row, 1])
            found.append(Candidate(key, str(table.columns["code"][row]), float(table.distance[row]), point))
    return found + _ties(table, masks["plain"])


def _masks(table: ParcelTable, lay: Overlay) -> dict[str, Mask]:
    """Which parcels satisfy which key."""
    width = table.columns["passage_width"].astype(float)
    legal = np.minimum(table.columns["deed_area"].astype(float), lay.area)
    exact = (np.abs(table.columns["deed_area"] - lay.area) < 0.01) & (table.columns["consolidated"] == 1)
    corner = table.columns["corner"].astype(bool)
    star = np.asarray([bool(s) for s in table.starred])
    zoned = (lay.share("heritage_core") + lay.share("heritage_buffer") + lay.share("historic_fabric")) > TRACE
    local = (lay.share("local_a") + lay.share("local_b")) > TRACE
    pending = lay.share("height_code_1404") > TRACE
    suspended = lay.share("height_code_1402") > TRACE
    worn, madi, widen = (lay.share(n) > TRACE for n in ("worn_fabric", "madi_strip", "road_widening"))
    calm = ~zoned & ~star & ~local & (lay.share("reach") > WHOLE)
    home = calm & (lay.share("land_use_1393", "RES") > WHOLE)
    four = lay.share("height_code_1393", "H4") > WHOLE
    low = lay.share("height_code_1393", "H3", "H4") > WHOLE
    quiet = home & four & ~pending & ~suspended & ~worn & ~madi & ~widen
    second, full = lay.second("height_code_1393"), lay.share("height_code_1393") > WHOLE
    return {
        "plain": quiet & exact & ~corner & (legal >= 210) & (width >= 8),
        "reduced_by_passage": quiet & exact & (legal >= 205) & (width < 8),
        "reduced_by_plot": quiet & exact & (legal < 195) & (legal > 120) & (width >= 8),
        "pending_1404": home & four & (lay.share("height_code_1404", "H5") > WHOLE) & ~suspended & (width >= 10),
        "suspended_1402": home
        & low
        & (lay.share("height_code_1402", "H5") > WHOLE)
        & ~pending
        & (legal >= 250)
        & (width >= 10),
        "heritage_core": lay.share("heritage_core") > WHOLE,
        "buffer_1": lay.share("heritage_buffer", "BUFFER_1") > WHOLE,
        "buffer_2": lay.share("heritage_buffer", "BUFFER_2") > WHOLE,
        "line_only": lay.share("heritage_buffer", "LINE_ONLY") > WHOLE,
        "starred": star,
        "fabric": (lay.share("historic_fabric") > WHOLE)
        & ~star
        & (lay.share("heritage_core") + lay.share("heritage_buffer") < TRACE),
        "two_height_codes": home & full & (second > 0.25) & ~pending & ~suspended,
        "height_sliver": home & full & (second > 1e-5) & (second < 0.02) & ~pending & ~suspended,
        "local_a": lay.share("local_a") > WHOLE,
        "local_b_border": (lay.share("local_b") > 0.25) & (lay.share("local_b") < 0.75),
        "outside_height": lay.share("height_code_1393") < TRACE,
        "unknown_passage": home & full & np.isnan(width),
        "worn": home & worn & (lay.share("worn_fabric") > WHOLE) & ~pending & ~suspended,
        "madi": calm & (lay.share("madi_strip") > 0.02),
        "widening": home & (lay.share("road_widening") > 0.01) & ~madi,
        "corner": home & corner & exact & full,
        "outside_buffer_coverage": lay.share("reach") < TRACE,
    }


def _ties(table: ParcelTable, mask: Mask) -> list[Candidate]:
    """A vertex that exactly two parcels share: the point lies on the border of both, to the last bit."""
    coords, owner = shapely.get_coordinates(table.shapes, return_index=True)
    for row in np.flatnonzero(mask).tolist():
        shared = _common_vertex(table, coords, owner, row)
        if shared:
            return [shared]
    return []


def _common_vertex(
    table: ParcelTable, coords: NDArray[np.float64], owner: NDArray[np.int64], row: int
) -> Candidate | None:
    for vertex in coords[owner == row][:-1]:
        owners = np.unique(owner[(coords == vertex).all(axis=1)])
        if len(owners) == 2 and len(edges_of([table.shapes[i] for i in owners]).key):
            codes = tuple(str(c) for c in table.columns["code"][owners])
            mine = str(table.columns["code"][row])
            point = float(vertex[0]), float(vertex[1])
            return Candidate("tie", mine, float(table.distance[row]), point, tuple(c for c in codes if c != mine))
    return None


def published(found: list[Candidate], kept: set[str]) -> list[dict[str, Any]]:
    """The nearest kept candidate of each key, as the manifest shows it."""
    chosen: dict[str, Candidate] = {}
    for one in sorted(found, key=lambda c: (c.distance, c.code)):
        if one.code in kept and set(one.others) <= kept:
            chosen.setdefault(one.key, one)
    return [_entry(chosen[key]) for key in NOTES if key in chosen]


def _entry(one: Candidate) -> dict[str, Any]:
    lon, lat = to_lonlat([one.point[0]], [one.point[1]])
    fa, en = NOTES[one.key]
    entry: dict[str, Any] = {
        "key": one.key,
        "code": one.code,
        "lon": round(float(lon[0]), 9),
        "lat": round(float(lat[0]), 9),
        "x": one.point[0],
        "y": one.point[1],
        "note_fa": fa,
        "note_en": en,
    }
    return entry | ({"other_codes": list(one.others)} if one.others else {})
