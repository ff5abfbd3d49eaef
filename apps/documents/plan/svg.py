"""The map as SVG in millimetres: parcel heavy, neighbours light, zones hatched, scale bar, north, coordinates."""

from collections.abc import Iterable, Iterator
from html import escape

import shapely
from shapely.geometry.base import BaseGeometry

from apps.documents.plan.frame import Frame, bar, bar_at, north_at, ticks
from apps.documents.plan.hatch import hatch
from apps.documents.plan.scene import Scene
from apps.documents.plan.zones import Drawn

ANGLES = (45.0, 135.0, 0.0, 90.0, 20.0, 110.0)
DASHES = ("", "2 1", "0.6 0.8", "3 1 0.6 1", "1.2 1.2", "4 1.5")
OUTLINES = {
    "parcel": 'fill="#ffffff" fill-opacity="0.25" fill-rule="evenodd" stroke="#111111" stroke-width="0.9"',
    "neighbour": 'fill="none" stroke="#8a949a" stroke-width="0.2"',
}
_SWATCH = shapely.box(0.5, 0.5, 8.5, 4.5)
_SPACING_MM = 2.2
_FAINT = 0.3  # zones beyond the parcel


def draw(scene: Scene) -> str:
    """One <svg> element of shapes only. The same scene gives the same text."""
    frame = scene.frame
    size = f'width="{frame.width_mm:g}mm" height="{frame.height_mm:g}mm"'
    body = "".join(_pieces(scene))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(scene.alt)}" {size} '
        f'viewBox="0 0 {frame.width_mm:g} {frame.height_mm:g}">{body}</svg>'
    )


def swatch(drawn: Drawn) -> str:
    """The legend's little box for a zone."""
    return _small("".join(_filled(drawn, _SWATCH, spacing=1.4)))


def outline(kind: str) -> str:
    """The legend's little box for 'parcel' or 'neighbour'."""
    return _small(_path(_SWATCH, OUTLINES[kind]))


def _small(body: str) -> str:
    size = 'width="9mm" height="5mm" viewBox="0 0 9 5"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true">{body}</svg>'


def _pieces(scene: Scene) -> Iterator[str]:
    frame = scene.frame
    yield f'<rect width="{frame.width_mm:g}" height="{frame.height_mm:g}" fill="#ffffff"/>'
    for drawn in scene.zones:
        around, inside = drawn.shape.difference(scene.parcel), drawn.shape.intersection(scene.parcel)
        yield f'<g opacity="{_FAINT}">{"".join(_filled(drawn, _on_paper(frame, around), spacing=_SPACING_MM))}</g>'
        yield from _filled(drawn, _on_paper(frame, inside), spacing=_SPACING_MM)
    for _, shape in scene.neighbours:
        yield _path(_on_paper(frame, shape), OUTLINES["neighbour"])
    parcel = _on_paper(frame, scene.parcel)
    yield _path(parcel, OUTLINES["parcel"])
    yield from _ticks(scene)
    yield from _north(frame)
    yield from _bar(scene)
    yield (
        f'<rect x="0.15" y="0.15" width="{frame.width_mm - 0.3:g}" height="{frame.height_mm - 0.3:g}" '
        f'fill="none" stroke="#111111" stroke-width="0.3"/>'
    )


def _filled(drawn: Drawn, paper: BaseGeometry, *, spacing: float) -> Iterator[str]:
    style, colour = drawn.zone.style, escape(drawn.zone.colour)
    if style == 0:
        yield _path(paper, f'fill="{colour}" fill-opacity="0.28" fill-rule="evenodd" stroke="none"')
    lines = hatch(paper, spacing=spacing, angle=ANGLES[style])
    yield _path(lines, f'fill="none" stroke="{colour}" stroke-width="0.32"')
    dash = f' stroke-dasharray="{DASHES[style]}"' if DASHES[style] else ""
    yield _path(paper, f'fill="none" stroke="{colour}" stroke-width="0.5"{dash}')


def _ticks(scene: Scene) -> Iterator[str]:
    frame = scene.frame
    west, south, _, _ = frame.box
    for axis, value in ticks(frame):
        x, y = frame.paper(value, south) if axis == "E" else frame.paper(west, value)
        yield f'<path d="M{x:.2f} {y:.2f}{"v-1.6" if axis == "E" else "h1.6"}" stroke="#111111" stroke-width="0.25"/>'


def _north(frame: Frame) -> Iterator[str]:
    x, y = north_at(frame)
    yield f'<circle cx="{x:g}" cy="{y + 6.5:g}" r="8.2" fill="#ffffff" fill-opacity="0.85"/>'
    yield f'<path d="M{x:g} {y:g}l3 9l-3 -2z" fill="#111111"/>'
    yield f'<path d="M{x:g} {y:g}l-3 9l3 -2z" fill="none" stroke="#111111" stroke-width="0.3"/>'


def _bar(scene: Scene) -> Iterator[str]:
    _, wide = bar(scene.frame, metres_per_unit=scene.metres_per_unit)
    x, y = bar_at(scene.frame, wide)
    yield f'<rect x="{x - 5:g}" y="{y - 5:g}" width="{wide + 16:g}" height="8.4" fill="#ffffff" fill-opacity="0.85"/>'
    outline = 'fill="#ffffff" stroke="#111111" stroke-width="0.25"'
    yield f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="1.4" {outline}/>'
    yield f'<rect x="{x:g}" y="{y:g}" width="{wide / 2:g}" height="1.4" fill="#111111"/>'


def _on_paper(frame: Frame, shape: BaseGeometry) -> BaseGeometry:
    west, _, _, north = frame.box
    scale = 1000 / frame.scale
    return shapely.transform(shape, lambda points: (points - (west, north)) * (scale, -scale))


def _path(shape: BaseGeometry, paint: str) -> str:
    data = "".join(_rings(shape))
    return f'<path d="{data}" {paint}/>' if data else ""


def _rings(shape: BaseGeometry) -> Iterator[str]:
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            yield from (_ring(ring.coords, close=True) for ring in (part.exterior, *part.interiors))
        elif isinstance(part, shapely.LineString):
            yield _ring(part.coords, close=False)


def _ring(points: Iterable[tuple[float, ...]], *, close: bool) -> str:
    return "M" + "L".join(f"{p[0]:.2f} {p[1]:.2f}" for p in points) + ("Z" if close else "")
