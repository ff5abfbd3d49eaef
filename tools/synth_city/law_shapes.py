"""Plan layers that do not depend on the plots: heritage zones, fabrics, madi strips, outlines of plan editions."""

from dataclasses import dataclass
from functools import cache

import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from tools.synth_city import landmark_data as data
from tools.synth_city import zone_data as zones
from tools.synth_city.crs import metric_point
from tools.synth_city.geo import GRID, difference, intersection, rectangle, strip, union
from tools.synth_city.landmarks import MADI_BED, curve, landmarks, outline

MADI_STRIP = 3.0


@dataclass(frozen=True, slots=True)
class LawShape:
    """One feature of a plan layer."""

    code: str
    shape: BaseGeometry
    name_fa: str = ""
    name_en: str = ""


Spot = tuple[str, str, BaseGeometry]
"""Name, name in English, ground."""


def _axis() -> BaseGeometry:
    """Chaharbagh from the inner city to the river."""
    roads = {en: points for _, en, _, points in data.ROADS}
    return curve(roads["Chaharbagh-e Abbasi"], 1)


@cache
def heritage_core() -> tuple[LawShape, ...]:
    """Precincts of the known monuments and the bazaar."""
    known = landmarks()
    spots: list[Spot] = [("میدان نقش جهان", "Naqsh-e Jahan square", known.square.buffer(58, join_style="mitre"))]
    spots += [(fa, en, m.buffer(22, join_style="mitre")) for fa, en, m in known.monuments]
    spots += [("بازار بزرگ", "Grand bazaar", strip(known.bazaar, 70.0))]
    spots += [(fa, en, p.buffer(12, join_style="mitre")) for fa, en, p in known.parks[:2]]
    return _exclusive("CORE", spots)


def _exclusive(code: str, spots: list[Spot]) -> tuple[LawShape, ...]:
    """Earlier shapes keep their ground; later ones get what is left."""
    taken: BaseGeometry = Polygon()
    found = []
    for fa, en, spot in spots:
        left = difference(shapely.set_precision(spot, GRID), taken)
        taken = union([taken, left])
        if left.area > 1:
            found.append(LawShape(code, left, fa, en))
    return tuple(found)


@cache
def heritage_buffer() -> tuple[LawShape, ...]:
    """First and second degree, and one buffer whose line is drawn but which has no rules yet."""
    known = landmarks()
    jameh = known.monuments[-1][2]
    core = union([s.shape for s in heritage_core()])
    later = Point(*metric_point(zones.LATER_MONUMENT))
    first = difference(
        union([known.square.buffer(230), jameh.buffer(140), known.bazaar.buffer(95), _axis().buffer(75)]), core
    )
    second = union([known.square.buffer(430), jameh.buffer(290), _axis().buffer(175), later.buffer(120)])
    second = difference(second, union([core, first]))
    line_only = difference(Point(*metric_point(data.SI_O_SE_POL)).buffer(460), union([core, first, second]))
    return (
        LawShape("BUFFER_1", first, "حریم محور تاریخی", "Buffer of the historic axis"),
        LawShape("BUFFER_2", second, "حریم محور تاریخی", "Buffer of the historic axis"),
        LawShape("LINE_ONLY", line_only, "حریم سی‌وسه‌پل", "Buffer of Si-o-se-pol"),
    )


@cache
def historic_fabric() -> tuple[LawShape, ...]:
    """The old town."""
    return (LawShape("FABRIC", shapely.set_precision(landmarks().fabric, GRID), "بافت تاریخی اصفهان", "Old town"),)


@cache
def worn_fabric() -> tuple[LawShape, ...]:
    """A few worn quarters."""
    return tuple(LawShape("WORN", shapely.set_precision(outline(points), GRID)) for points in zones.WORN)


@cache
def madi_strips() -> tuple[LawShape, ...]:
    """Three metres on each side of every madi."""
    found = []
    for fa, en, line in landmarks().madis:
        side = difference(strip(line, MADI_BED + 2 * MADI_STRIP), strip(line, MADI_BED))
        found.append(LawShape("MADI", intersection(side, landmarks().frame), fa, en))
    return tuple(found)


@dataclass(frozen=True)
class PlanOutlines:
    """Where each plan edition speaks (m)."""

    height_gap: BaseGeometry
    pending_1404: BaseGeometry
    suspended_1402: BaseGeometry
    local_a: Polygon
    local_b: Polygon
    heritage_reach: BaseGeometry


@cache
def plan_outlines() -> PlanOutlines:
    """Outlines; local plan B is a plain rectangle, so its border runs through plots."""
    known = landmarks()
    ax, ay = metric_point(zones.QUARTER_A)
    bx, by = metric_point(zones.QUARTER_B)
    return PlanOutlines(
        height_gap=shapely.set_precision(outline(zones.HEIGHT_GAP), GRID),
        pending_1404=shapely.set_precision(outline(zones.PENDING_1404), GRID),
        suspended_1402=shapely.set_precision(outline(zones.SUSPENDED_1402), GRID),
        local_a=shapely.set_precision(rectangle(ax, ay, 1100.0, 1300.0, 12.0), GRID),
        local_b=shapely.set_precision(rectangle(bx, by, *zones.QUARTER_B_SIZE, -14.0), GRID),
        heritage_reach=intersection(known.square.centroid.buffer(zones.BUFFER_REACH), known.frame),
    )
