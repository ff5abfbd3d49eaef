"""A footprint from a DXF drawing: closed polylines of one layer, read as a stream, in the city's CRS.

Only polylines of the model space are looked at: blocks are never followed, so that none can lead to itself. The unit
stands in the header; a drawing that does not say its unit is refused, because a guess would be a factor of 1,000.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Any

import numpy as np
from shapely import MultiPolygon, Polygon
from shapely.errors import ShapelyError

from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.permits.proposal_rings import nested
from apps.permits.proposal_shape import MOST_POINTS, refused, whole
from gis_layers.crs import city_srid

METRES = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0, 14: 0.1}
"""Metres in one unit of the drawing, by $INSUNITS: inch, foot, mm, cm, m, dm."""
MOST_POLYLINES, ARC_M, _JOIN_M = 3_000, 0.005, 0.001
MOST_POINTS_IN_ALL, MOST_WIDE_M = 200_000, 50_000
"""No building is wider than a city: an arc of a planet's size would be drawn by millions of short chords."""
_BINARY = b"AutoCAD Binary DXF"
_UNIT = re.compile(rb"\$INSUNITS\s*\r?\n\s*70\s*\r?\n\s*(-?\d{1,4})\s*\r?\n")
_HEADER_BYTES = 200_000
_ENTITIES = re.compile(rb"\n\s*2\s*\r?\nENTITIES\s*\r?\n")
_END = re.compile(rb"\n\s*0\s*\r?\nENDSEC")
_LAST = b"\n0\nLINE\n8\n0"
_KINDS = ("LWPOLYLINE", "POLYLINE")


@dataclass(slots=True)
class DrawnLayer:
    """A layer of the drawing: its outlines in metres, and how many lines on it are not closed."""

    name: str
    outlines: list[Polygon] = field(default_factory=list)
    left_open: int = 0


def read_layers(content: bytes) -> tuple[DrawnLayer, ...]:
    """The layers that hold closed polylines, those with the most area first. Raises BadInputError."""
    if content.startswith(_BINARY):
        raise refused(_IS_BINARY)
    factor = _metres_per_unit(content)
    layers: dict[str, DrawnLayer] = {}
    drawn = 0
    for count, entity in enumerate(_polylines(content)):
        layer = layers.setdefault(name := _name(entity.dxf.layer), DrawnLayer(name))
        points = _points(entity, factor)
        drawn += len(points)
        if count >= MOST_POLYLINES or drawn > MOST_POINTS_IN_ALL:
            raise refused(_TOO_MANY)
        outline = _outline(entity, points)
        if outline is None:
            layer.left_open += 1
        else:
            layer.outlines.append(outline)
    found = [layer for layer in layers.values() if layer.outlines]
    if not found:
        raise refused(_ALL_OPEN if layers else _NOTHING)
    return tuple(sorted(found, key=lambda one: (-sum(p.area for p in one.outlines), one.name)))


def footprint_of(layers: tuple[DrawnLayer, ...], layer: str = "") -> MultiPolygon:
    """The footprint on a layer; without one named, on the only layer there is.

    Raises BadInputError; with `details.layers` where a layer must be chosen.
    """
    names = [one.name for one in layers]
    chosen = layer or (names[0] if len(names) == 1 else "")
    if chosen not in names:
        raise choose_a_layer(names)
    return whole(nested(next(one for one in layers if one.name == chosen).outlines))


def choose_a_layer(names: list[str]) -> BadInputError:
    """The error of a drawing with several layers, none of which was named."""
    return BadInputError(
        fa=f"این نقشه چند لایه دارد. لایهٔ سطح اشغال را انتخاب کنید: {'، '.join(names[:20])}.",
        en=f"This drawing has several layers. Choose the one of the footprint: {', '.join(names[:20])}.",
        layers=names[:200],
    )


def _metres_per_unit(content: bytes) -> float:
    found = _UNIT.search(content[:_HEADER_BYTES])
    factor = METRES.get(int(found[1])) if found else None
    if factor is None:
        raise refused(_NO_UNIT, crs=f"EPSG:{city_srid()}")
    return factor


def _polylines(content: bytes) -> Iterator[Any]:
    """Polylines of the model space; whatever the reader meets in a damaged file becomes one sentence."""
    from ezdxf.addons import iterdxf

    try:
        for entity in iterdxf.single_pass_modelspace(BytesIO(_with_a_last_line(content)), types=_KINDS):
            if entity.dxftype() in _KINDS:
                yield entity
    except Exception as error:
        raise refused(_DAMAGED) from error


def _with_a_last_line(content: bytes) -> bytes:
    """The reader gives an entity when the next one begins, and so forgets the last: a line of no length follows it."""
    start = _ENTITIES.search(content)
    end = _END.search(content, start.end() - 1) if start else None
    return content if end is None else content[: end.start()] + _LAST + content[end.start() :]


def _points(entity: Any, factor: float) -> Any:
    """Points of a polyline in metres, (n, 2), arcs by short chords; none of a mesh. Raises BadInputError."""
    from ezdxf.path import make_path

    if entity.dxftype() == "POLYLINE" and not (entity.is_2d_polyline or entity.is_3d_polyline):
        return np.empty((0, 2))
    try:
        path = make_path(entity)
        corners = np.array([(p.x, p.y) for p in path.control_vertices()], dtype=float).reshape(-1, 2) * factor
        if not np.isfinite(corners).all() or (len(corners) and np.ptp(corners, axis=0).max() > MOST_WIDE_M):
            raise refused(_TOO_WIDE)
        found = [(p.x, p.y) for p in islice(path.flattening(ARC_M / factor), MOST_POINTS + 1)]
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise refused(_DAMAGED) from error
    if len(found) > MOST_POINTS:
        raise refused(_TOO_MANY)
    return np.array(found, dtype=float).reshape(-1, 2) * factor


def _outline(entity: Any, points: Any) -> Polygon | None:
    """A closed polyline as a polygon in metres; None for one that is open or no outline."""
    joined = len(points) > 0 and float(np.hypot(*(points[0] - points[-1]))) <= _JOIN_M
    closed = bool(entity.closed if entity.dxftype() == "LWPOLYLINE" else entity.is_closed)
    if not (closed or joined):
        return None
    try:
        outline = Polygon(points)
    except (ValueError, ShapelyError):
        return None
    return outline if outline.area > 0 or not outline.is_valid else None


def _name(raw: str) -> str:
    """A layer's name as it can be shown: letters of other code pages that cannot be read become question marks."""
    plain = raw.encode("utf-8", errors="replace").decode("utf-8", errors="replace")
    return "".join(c if c.isprintable() else "?" for c in plain)[:120]


_IS_BINARY = Text(
    "این DXF دودویی است. در نرم‌افزار نقشه‌کشی «ذخیره به نام ← DXF متنی (ASCII)» را بزنید.",
    "This is a binary DXF. Save it from your drawing program as ASCII DXF.",
)
_DAMAGED = Text(
    "این DXF خوانا نیست. آن را دوباره به صورت DXF متنی ذخیره کنید.",
    "This DXF cannot be read. Save it again as ASCII DXF.",
)
_TOO_WIDE = Text(
    "خطی در این نقشه از هر ساختمانی بزرگ‌تر است. واحد نقشه و کمان‌های آن را ببینید و تنها خط بیرونی بنا را ذخیره کنید.",
    "A line of this drawing is larger than any building. Look at its unit and its arcs, and save the outline alone.",
)
_NO_UNIT = Text(
    "این نقشه نمی‌گوید واحدش چیست. با فرمان UNITS واحد را متر کنید، مختصات را {crs} نگه دارید و دوباره ذخیره کنید.",
    "This drawing does not say its unit. Set it to metres (command UNITS), keep the coordinates in {crs}, save again.",
)
_NOTHING = Text(
    "در فضای مدل این نقشه چندخطی (polyline) نیست. اگر ساختمان در بلوک است، آن را explode کنید.",
    "There is no polyline in the model space. If the building is a block, explode it.",
)
_ALL_OPEN = Text(
    "هیچ چندخطی بسته‌ای در این نقشه نیست. خط بیرونی ساختمان را ببندید (Closed = Yes).",
    "No polyline of this drawing is closed. Close the outline of the building (Closed = Yes).",
)
_TOO_MANY = Text(
    "این نقشه چندخطی‌های بسیار زیادی دارد. تنها خط بیرونی ساختمان را در یک پروندهٔ جدا ذخیره کنید.",
    "This drawing has very many polylines. Save the outline of the building alone in a file of its own.",
)
