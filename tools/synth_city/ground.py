"""One super-block from its face to blocks, passages and plots."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city import styles
from tools.synth_city.blocks import Layout, Passage, lay_out
from tools.synth_city.city import City
from tools.synth_city.crs import Floats
from tools.synth_city.frame import BUILT
from tools.synth_city.geo import Rng, difference, intersection, polygons_of, union
from tools.synth_city.landmarks import LANE, open_ground, shop_rows
from tools.synth_city.law_shapes import plan_outlines
from tools.synth_city.plots import plots_in
from tools.synth_city.styles import Style
from tools.synth_city.uses import NO_PLOTS, WHOLE, block_use

BARREN = 0.12
"""With less built-up ground than this share, a super-block stays open country without streets."""
TURNED = 0.2
"""Share of quarters whose blocks run north-south."""


@dataclass(slots=True)
class Block:
    """A block: its outline, what the plan wants there, how it is built, and its plots (built ground only)."""

    outline: Polygon
    use: str
    style: Style
    distance: float
    plots: list[Polygon]
    name: str = ""


@dataclass(slots=True)
class Ground:
    """One super-block, cut up."""

    number: int
    face: Polygon
    open: BaseGeometry
    blocks: list[Block]
    passages: list[Passage]


def built_share(city: City, face: Polygon) -> float:
    """Share of built-up ground in a super-block, from a few samples."""
    west, south, east, north = face.bounds
    x, y = np.meshgrid(np.linspace(west, east, 10), np.linspace(south, north, 10))
    inside = shapely.contains_xy(face, x.ravel(), y.ravel())
    built = city.land_cover.classes_at(x.ravel()[inside], y.ravel()[inside]) == BUILT
    return float(built.mean()) if len(built) else 0.0


def style_at(city: City, face: Polygon) -> Style:
    """How a super-block is built."""
    middle = face.representative_point()
    if city.known.fabric.contains(middle):
        return styles.HISTORIC.shrunk(city.shrink)
    outlines = plan_outlines()
    if city.local_a.contains(middle) or outlines.local_b.distance(middle) < 150:
        return styles.PLANNED.shrunk(city.shrink)
    if built_share(city, face) < 0.55:
        return styles.FRINGE.shrunk(city.shrink)
    far = np.hypot(middle.x - city.known.centre[0], middle.y - city.known.centre[1])
    return (styles.INNER if far < 3300 else styles.OUTER).shrunk(city.shrink)


def cut_ground(city: City, number: int, reach: float) -> Ground:
    """Blocks of a super-block, and the plots of those blocks that lie within `reach` (weighted metres)."""
    face = city.network.faces[number]
    rng = city.rng(number)
    roads = _main_roads(city, face)
    free = intersection(open_ground(), face)
    solid = [(fa, intersection(m, face)) for fa, _, m in city.known.monuments if m.intersects(face)]
    shops = [p for s in shop_rows() for p in polygons_of(intersection(s, face), 20)]
    taken = union([free, *(p.ground for p in roads)])
    if city.known.corridor.contains(face.representative_point()):
        return Ground(number, face, difference(face, union([p.ground for p in roads])), [], roads)
    lanes = _lanes([*shops, *(m for _, m in solid)], face)
    style = style_at(city, face).varied(rng)
    angle = city.grain.degrees(face.centroid.x, face.centroid.y) + (90.0 if rng.random() < TURNED else 0.0)
    core = difference(difference(face, taken), union([p.ground for p in lanes]) if lanes else Polygon())
    core = difference(core, union([*shops, *(m for _, m in solid)])) if shops or solid else core
    if built_share(city, face) < BARREN:
        return Ground(number, face, free, [_open_block(city, p, style) for p in polygons_of(core, 50)], roads)
    layout = lay_out(number, core, style, angle, rng)
    rows = lay_out(number, difference(union(shops), taken), styles.SHOPS, angle, rng) if shops else Layout()
    ground = Ground(number, face, free, [], [*roads, *lanes, *layout.passages, *rows.passages])
    for outline in layout.blocks:
        ground.blocks.append(_block(city, outline, style, angle, reach, rng))
    for outline in rows.blocks:
        ground.blocks.append(_block(city, outline, styles.SHOPS, angle, reach, rng))
    for name, shape in solid:
        for outline in polygons_of(difference(shape, taken), 50):
            ground.blocks.append(_monument(city, name, outline))
    return ground


def _main_roads(city: City, face: Polygon) -> list[Passage]:
    """Main roads that take ground from this super-block, and the square, on which one can front as well."""
    found = []
    for i in city.network.roads_at(face):
        road = city.network.roads[i]
        found.append(Passage(intersection(city.network.strips[i], face), road.width, road.kind, road.name_fa))
    if face.intersects(city.known.square):
        found.append(Passage(intersection(city.known.square, face), 40.0, "square", "میدان نقش جهان"))
    return found


def _lanes(solid: list[BaseGeometry], face: Polygon) -> list[Passage]:
    """A lane around shops and monuments; between two rows of shops it is the bazaar itself."""
    if not solid:
        return []
    whole = union(solid)
    around = intersection(difference(whole.buffer(LANE, join_style="mitre"), whole), face)
    return [Passage(around, LANE, "alley", "راستهٔ بازار")]


def _block(city: City, outline: Polygon, style: Style, angle: float, reach: float, rng: Rng) -> Block:
    spot = outline.representative_point()
    distance = float(city.distance(np.array([spot.x]), np.array([spot.y]))[0])
    seed = int(rng.integers(2**31))
    use = "COM" if style.name == "shops" else block_use(outline, style, np.random.default_rng(seed))
    block = Block(outline, use, style, distance, [])
    if use in NO_PLOTS or distance > reach:
        return block
    own = np.random.default_rng([seed, 1])
    whole = use in WHOLE and outline.area < 14_000
    plots = [outline] if whole else plots_in(outline, style, angle, own)
    if not whole:
        block.outline = _noded(outline, plots)
    block.plots = [p for p, built in zip(plots, _built(city, plots), strict=True) if built]
    if len(block.plots) * 4 < len(plots):
        block.plots, block.use = [], "GARDEN"
    if whole and block.plots and outline.area > 3000 and own.random() < 0.15:
        block.plots = [_with_kiosk(outline)]
    return block


def _noded(outline: Polygon, plots: list[Polygon]) -> Polygon:
    """The block as its plots see it: the corners of plots on its border are its own corners too."""
    whole = shapely.coverage_union_all(np.asarray(plots, dtype=object))
    return whole if isinstance(whole, Polygon) else outline


def _open_block(city: City, outline: Polygon, style: Style) -> Block:
    spot = outline.representative_point()
    return Block(outline, "GARDEN", style, float(city.distance(np.array([spot.x]), np.array([spot.y]))[0]), [])


def _with_kiosk(outline: Polygon) -> Polygon:
    """A plot around a transformer that is not its own: plots with a hole are rare but real."""
    spot = outline.representative_point()
    kiosk = shapely.box(*np.round([spot.x - 3, spot.y - 3, spot.x + 3, spot.y + 3], 3))
    return polygons_of(difference(outline, kiosk))[0] if outline.contains(kiosk.buffer(1)) else outline


def _monument(city: City, name: str, outline: Polygon) -> Block:
    spot = outline.representative_point()
    distance = float(city.distance(np.array([spot.x]), np.array([spot.y]))[0])
    plots = [outline] if _built(city, [outline])[0] else []
    return Block(outline, "REL" if name.startswith("مسجد") else "CULT", styles.HISTORIC, distance, plots, name)


def _built(city: City, plots: list[Polygon]) -> NDArray[np.bool_]:
    """Whether the land cover says that a plot is built-up."""
    xy: Floats = shapely.get_coordinates(shapely.point_on_surface(np.asarray(plots, dtype=object)))
    return np.asarray(city.land_cover.classes_at(xy[:, 0], xy[:, 1]) == BUILT)
