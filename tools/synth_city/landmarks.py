"""The known things of the city as geometry in metres."""
# ruff: noqa: PLR2004 - sizes and shares of an invented city are clearest where they are used

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city import landmark_data as data
from tools.synth_city import zone_data as zones
from tools.synth_city.crs import metric_coords, metric_point
from tools.synth_city.geo import difference, rectangle, smoothed, strip, turned, union

WATER, BANK, CORRIDOR = 90.0, 230.0, 290.0
"""Widths of the river bed, of the bank parks, and between the axes of the two riverside roads (m)."""
ARCADE, LANE = 13.0, 5.0
"""Depth of the shops around the square and along the bazaar, and width of the lanes behind them (m)."""
MADI_BED = 4.0


@dataclass(frozen=True)
class Landmarks:
    """Everything that is where it is whatever the seed."""

    frame: Polygon
    river: LineString
    water: BaseGeometry
    banks: BaseGeometry
    corridor: BaseGeometry
    square: Polygon
    bazaar: LineString
    monuments: list[tuple[str, str, Polygon]]
    parks: list[tuple[str, str, Polygon]]
    madis: list[tuple[str, str, LineString]]
    fabric: Polygon
    anchors: np.ndarray

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the square."""
        return self.square.centroid.x, self.square.centroid.y


def curve(points: list[tuple[float, float]], rounds: int = 2) -> LineString:
    """A smooth line through hand-set points in degrees."""
    return LineString(smoothed(metric_coords(points), rounds))


def outline(points: list[tuple[float, float]]) -> Polygon:
    """A smooth ring through hand-set points in degrees."""
    closed = metric_coords([*points, points[0]])
    return Polygon(smoothed(closed, 1)).buffer(0)


def _square() -> Polygon:
    x, y = metric_point(data.SQUARE)
    return shapely.set_precision(rectangle(x, y, *data.SQUARE_SIZE, data.SQUARE_TURN), 0.001)


def _on_square(across: float, along: float) -> tuple[float, float]:
    """A point in the square's own frame (m east and north of its middle, before it is turned)."""
    x, y = metric_point(data.SQUARE)
    dx, dy = turned(np.array([[across, along]]), data.SQUARE_TURN)[0]
    return x + dx, y + dy


def _monuments() -> list[tuple[str, str, Polygon]]:
    turn = data.SQUARE_TURN
    w, h = data.SQUARE_SIZE[0] / 2, data.SQUARE_SIZE[1] / 2
    return [
        ("مسجد جامع عباسی", "Shah mosque", rectangle(*_on_square(4, -h - 62), 112, 124, turn)),
        ("مسجد شیخ لطف‌الله", "Sheikh Lotfollah mosque", rectangle(*_on_square(w + 21, -62), 42, 46, turn)),
        ("عالی‌قاپو", "Ali Qapu", rectangle(*_on_square(-w - 17, -62), 34, 38, turn)),
        ("سردر قیصریه", "Qeysarieh gate", rectangle(*_on_square(0, h + 8), 26, 16, turn)),
        ("مسجد جامع", "Jameh mosque", rectangle(*metric_point(data.JAMEH), 150, 120, -12.0)),
    ]


def _parks() -> list[tuple[str, str, Polygon]]:
    return [(fa, en, rectangle(*metric_point(at), w, h, data.GRAIN)) for fa, en, at, w, h in zones.PARKS]


@cache
def landmarks() -> Landmarks:
    """Build once per process."""
    river = curve(data.RIVER)
    return Landmarks(
        frame=shapely.set_precision(outline(data.CITY_FRAME), 0.001),
        river=river,
        water=strip(river, WATER),
        banks=strip(river, BANK),
        corridor=strip(river, CORRIDOR),
        square=_square(),
        bazaar=curve(data.BAZAAR),
        monuments=_monuments(),
        parks=_parks(),
        madis=[(fa, en, curve(points)) for fa, en, points in data.MADIS],
        fabric=outline(zones.FABRIC),
        anchors=metric_coords(zones.ANCHORS),
    )


@cache
def open_ground() -> BaseGeometry:
    """Ground on which nothing stands: water, banks, the square, parks, madi beds."""
    known = landmarks()
    madis = [strip(line, MADI_BED) for _, _, line in known.madis]
    return union([known.banks, known.square, *(p for _, _, p in known.parks), *madis])


@cache
def shop_rows() -> list[Polygon]:
    """The arcade around the square and both sides of the bazaar, without the monuments."""
    known = landmarks()
    solid = union([m for _, _, m in known.monuments])
    ring = difference(known.square.buffer(ARCADE, join_style="mitre"), known.square)
    lane = strip(known.bazaar, LANE)
    both = difference(strip(known.bazaar, LANE + 2 * ARCADE), union([lane, known.square.buffer(ARCADE + LANE)]))
    rows = difference(union([ring, both]), union([solid.buffer(0.5, join_style="mitre"), lane]))
    return [p for p in shapely.get_parts(rows) if p.area > 60]
