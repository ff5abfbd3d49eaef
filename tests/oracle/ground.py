"""What each theme says of a parcel: the walk over coverages, slivers, rests, gaps and doubts; three answers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shapely.geometry.base import BaseGeometry

from tests.oracle import law
from tests.oracle.layers import TOUCH_M2, Layer, Plot, counts
from tests.oracle.package import Act, Package, Theme

APPLIES, DOES_NOT_APPLY, NOT_KNOWN = "applies", "does_not_apply", "not_known"


@dataclass(frozen=True)
class Hit:
    """A zone over the parcel. Area in m², share 0..1 of the drawn area."""

    theme: str
    edition: str
    code: str
    area: float
    share: float


@dataclass(frozen=True)
class Finding:
    """The answer of one theme."""

    theme: Theme
    answer: str
    hits: tuple[Hit, ...]
    slivers: tuple[Hit, ...]
    doubts: tuple[str, ...]


class _Sums:
    """What the walk adds up, m²."""

    def __init__(self) -> None:
        self.zones: dict[tuple[str, int, str], float] = defaultdict(float)
        self.rest = self.gap = self.hole = 0.0
        self.nowhere = False
        self.asked = False


class Ground:
    """Layers and law together."""

    def __init__(self, package: Package, layers: dict[str, Layer]) -> None:
        self._package, self._layers = package, layers
        self._memory: dict[tuple[object, ...], Finding] = {}

    def findings(self, plot: Plot, *, on: date, known_at: datetime) -> dict[str, Finding]:
        """Every theme of the city, by code."""
        acts = law.known(self._package.acts, known_at)
        return {theme.code: self._finding(theme, plot, acts, on) for theme in self._package.themes}

    def _finding(self, theme: Theme, plot: Plot, acts: Sequence[Act], on: date) -> Finding:
        mine = [layer for layer in self._layers.values() if layer.theme.code == theme.code]
        about = [a for a in acts if a.instrument in {m.instrument for m in mine}]
        parts = [(piece, self._order(mine, piece.acts, on)) for piece in law.pieces(about, plot.shape)]
        key = (plot.code, theme.code, *((p.shape.wkb, tuple(m.instrument for m in o)) for p, o in parts))
        if key not in self._memory:
            sums = _Sums()
            for piece, order in parts:
                sums.asked |= bool(order)
                (_walk if theme.partition else _heap)(sums, piece.shape, order)
            self._memory[key] = _told(theme, plot.shape.area, sums)
        return self._memory[key]

    def _order(self, mine: Iterable[Layer], acts: Sequence[Act], on: date) -> list[Layer]:
        """Editions in force: local plan first, then the later effective day, then the later recorded."""

        def precedence(layer: Layer) -> tuple[int, date, datetime]:
            act = law.binding_act(acts, layer.instrument, on)
            assert act is not None
            return self._package.rank_of[layer.instrument], act.effective_on, act.recorded_at

        standing = [m for m in mine if law.status(acts, m.instrument, on) == law.IN_FORCE]
        return sorted(standing, key=precedence, reverse=True)


def _walk(sums: _Sums, place: BaseGeometry, order: Sequence[Layer]) -> None:
    """One value per place: each edition is asked what those before it left."""
    left = place
    for layer in order:
        sums.hole += left.intersection(layer.holes).area
        spoken = _within(left, layer.coverage)
        found = _gather(sums, spoken, layer)
        sums.gap += max(0.0, spoken.area - found)
        left = left.difference(spoken)
        if left.area <= TOUCH_M2:
            return
    sums.rest += left.area


def _heap(sums: _Sums, place: BaseGeometry, order: Sequence[Layer]) -> None:
    """All together: each edition is asked for the whole place."""
    left = place
    for layer in order:
        sums.hole += place.intersection(layer.holes).area
        sums.nowhere |= layer.unplaced > 0
        _gather(sums, _within(place, layer.coverage), layer)
        left = left.difference(layer.coverage)
    sums.rest += left.area


def _gather(sums: _Sums, place: BaseGeometry, layer: Layer) -> float:
    """Add the zones of an edition in `place`; returns their area."""
    total = 0.0
    for zone in layer.near(place):
        area = _within(place, zone.shape).area
        if area > TOUCH_M2:
            sums.zones[layer.instrument, zone.number, zone.code] += area
            total += area
    return total


def _within(place: BaseGeometry, shape: BaseGeometry) -> BaseGeometry:
    """The part of `place` in `shape`; `covers` on a prepared shape first, since most lie wholly inside."""
    return place if shape.covers(place) else place.intersection(shape)


def _told(theme: Theme, whole: float, sums: _Sums) -> Finding:
    hits = [Hit(theme.code, edition, code, area, area / whole) for (edition, _, code), area in sums.zones.items()]
    of_code: dict[str, float] = defaultdict(float)
    for hit in hits:
        of_code[hit.code] += hit.area
    kept = [h for h in hits if counts(of_code[h.code], whole, theme)]
    if theme.partition and not kept:
        kept = hits
    doubts = _doubts(theme, whole, sums)
    answer = NOT_KNOWN if doubts else APPLIES if kept else DOES_NOT_APPLY
    return Finding(theme, answer, tuple(kept), tuple(h for h in hits if h not in kept), doubts)


def _doubts(theme: Theme, whole: float, sums: _Sums) -> tuple[str, ...]:
    if not sums.asked:
        return ("no_edition",)
    measured = {"rest": sums.rest, "gap": sums.gap if theme.partition else 0.0, "hole": sums.hole}
    found = [name for name, area in measured.items() if counts(area, whole, theme)]
    return (*found, *(["nowhere"] if sums.nowhere else []))
