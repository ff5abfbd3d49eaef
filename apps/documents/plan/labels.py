"""The texts of the map, placed on paper. They are laid out as text, not drawn: Persian letters join."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from apps.documents.plan.frame import bar, bar_at, north_at, ticks
from apps.documents.plan.scene import Scene

_ROOM_MM = (9.0, 3.2)  # a neighbour smaller than this gets no label
_EDGE_MM = 10.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text centred on a point of the paper, mm from its upper left corner; `kind` picks size and colour."""

    kind: str
    text: str
    x: float
    y: float


def labels(scene: Scene) -> tuple[Label, ...]:
    """Every text of the map, the parcel's own last, so that it lies on top."""
    spot = scene.parcel.representative_point()
    return (
        *_ways(scene),
        *_neighbours(scene),
        *_edges(scene),
        *_furniture(scene),
        _label(scene, "parcel", scene.parcel_label, spot),
    )


def _label(scene: Scene, kind: str, text: str, spot: shapely.Point) -> Label:
    x, y = scene.frame.paper(spot.x, spot.y)
    return Label(kind, text, round(x, 2), round(y, 2))


def _neighbours(scene: Scene) -> Iterator[Label]:
    wide, high = (scene.frame.metres(mm) for mm in _ROOM_MM)
    for code, shape in scene.neighbours:
        if shape.is_empty:
            continue
        west, south, east, north = shape.bounds
        if east - west >= wide and north - south >= high:
            yield _label(scene, "neighbour", code, shape.representative_point())


def _ways(scene: Scene) -> Iterator[Label]:
    """Each name once, on its longest piece that is clear of the parcel and of the edge."""
    free = shapely.box(*scene.frame.box).buffer(-scene.frame.metres(_EDGE_MM)).difference(scene.parcel)
    seen: set[str] = set()
    for name, shape in scene.ways:
        inside = shape.intersection(free)
        if name not in seen and not inside.is_empty:
            seen.add(name)
            yield _label(scene, "way", name, _middle(inside))


def _middle(shape: BaseGeometry) -> shapely.Point:
    lines = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.LineString)]
    if not lines:
        return shape.representative_point()
    return max(lines, key=lambda part: part.length).interpolate(0.5, normalized=True)


def _edges(scene: Scene) -> Iterator[Label]:
    frame = scene.frame
    west, south, _, _ = frame.box
    for axis, value in ticks(frame):
        x, y = frame.paper(value, south) if axis == "E" else frame.paper(west, value)
        dx, dy = (0.0, -3.0) if axis == "E" else (10.5, 0.0)
        yield Label("edge", f"{axis} {value:.0f}", round(x + dx, 2), round(y + dy, 2))


def _furniture(scene: Scene) -> Iterator[Label]:
    frame = scene.frame
    x, y = north_at(frame)
    yield Label("north", scene.north, x, y + 11.6)
    length, wide = bar(frame, metres_per_unit=scene.metres_per_unit)
    x, y = bar_at(frame, wide)
    middle, end = (f"{value:g}".translate(scene.digits) for value in (length / 2, length))
    for text, along in (("0".translate(scene.digits), 0.0), (middle, wide / 2), (f"{end} {scene.bar_unit}", wide)):
        yield Label("bar", text, round(x + along, 2), round(y - 2.4, 2))
