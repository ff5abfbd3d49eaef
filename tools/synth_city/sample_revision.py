"""A revised height layer for trying the planners' desk: some codes one storey higher, and a few rows that are wrong.

Its fields have other names than the house's, so that there is something to map. Written from the plan of 1393.
"""

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.synth_city.codes import height_code, labels
from tools.synth_city.sink import Sink

STEM = "sample_revision_heights"
HALF_SIDE_M = 900.0
MOST_STOREYS = 7
EVERY = 4  # each fourth zone keeps its code
UNKNOWN_CODE = "H9"
STRANGE = 9  # this zone has a code that no rulebook knows
_KINDS = {"ZONE": "text", "NAME_FA": "text", "NAME_EN": "text"}
_SHIFT_M = 15.0


def write_sample_revision(out: Path) -> list[Sink]:
    """Write the file beside the others; returns its two layers (features, coverage)."""
    from pyogrio import raw

    source = out / "height_code_1393.gpkg"
    _, _, wkb, fields = raw.read(source, layer="features", columns=["code"])
    _, _, cover, _ = raw.read(source, layer="coverage")
    shapes, codes = shapely.from_wkb(wkb), [str(code) for code in fields[0]]
    coverage = shapely.intersection(_square(shapely.union_all(shapely.from_wkb(cover))), shapely.from_wkb(cover)[0])
    sinks = [
        Sink(out / f"{STEM}.gpkg", "features", "MultiPolygon", _KINDS),
        Sink(out / f"{STEM}.gpkg", "coverage", "MultiPolygon", {"EDITION": "text"}),
    ]
    for row, (shape, code) in enumerate(_inside(shapes, codes, coverage)):
        _add(sinks[0], shape, UNKNOWN_CODE if row == STRANGE else code if row % EVERY == 0 else _higher(code))
    _add_mistakes(sinks[0], coverage)
    sinks[1].add_row(coverage, EDITION=STEM)
    for sink in sinks:
        sink.flush()
    return sinks


def _square(ground: BaseGeometry) -> BaseGeometry:
    middle = ground.centroid
    x, y = round(middle.x), round(middle.y)
    return shapely.box(x - HALF_SIDE_M, y - HALF_SIDE_M, x + HALF_SIDE_M, y + HALF_SIDE_M)


def _inside(shapes: np.ndarray, codes: list[str], coverage: BaseGeometry) -> list[tuple[BaseGeometry, str]]:
    """Parts of the zones inside the coverage, polygons only, the largest first."""
    cut = zip(shapely.intersection(shapes, coverage), codes, strict=True)
    found = [(parts, code) for part, code in cut if (parts := _polygons(part))]
    return sorted(((shapely.MultiPolygon(parts), code) for parts, code in found), key=lambda pair: -pair[0].area)


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and part.area > 1]


def _higher(code: str) -> str:
    """One storey more, up to the highest code there is."""
    storeys = code.removeprefix("H")
    return height_code(min(int(storeys) + 1, MOST_STOREYS)) if storeys.isdecimal() else code


def _add(sink: Sink, shape: BaseGeometry, code: str) -> None:
    fa, en = labels(code) if code and code != UNKNOWN_CODE else (code, code)
    sink.add_row(shape, ZONE=code, NAME_FA=fa, NAME_EN=en)


def _add_mistakes(sink: Sink, coverage: BaseGeometry) -> None:
    """What planners' files really hold besides: no shape, no code, a bow tie, an overlap, a place far away."""
    middle = coverage.representative_point()
    x, y = round(middle.x), round(middle.y)
    _add(sink, shapely.box(x, y, x + 40, y + 40), height_code(1))
    _add(sink, shapely.box(x + _SHIFT_M, y + _SHIFT_M, x + 40 + _SHIFT_M, y + 40 + _SHIFT_M), height_code(2))
    _add(sink, shapely.Polygon([(x, y - 60), (x + 30, y - 30), (x + 30, y - 60), (x, y - 30)]), height_code(3))
    _add(sink, shapely.box(x - 80, y, x - 60, y + 20), "")
    _add(sink, shapely.box(x + 400_000, y, x + 400_040, y + 40), height_code(4))
    _add(sink, shapely.MultiPolygon(), height_code(5))
