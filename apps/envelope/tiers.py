"""How many storeys a limit permits, and where it permits that many. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from shapely.geometry.base import BaseGeometry

from apps.envelope.edges import Maker
from apps.envelope.inputs import Area, Base, Law, Limit, Lot, Part
from apps.envelope.overlay import less, together

STOREYS, HEIGHT = "max_storeys", "max_height"


@dataclass(frozen=True, slots=True)
class Tier:
    """Storeys over the base: `whole` everywhere, more on `parts`. `half`: the law's value had a fraction."""

    whole: int
    parts: tuple[tuple[Part, int], ...] = ()
    half: bool = False

    @property
    def most(self) -> int:
        """The most that any part permits."""
        return max([self.whole, *(count for _, count in self.parts)])

    def permitted(self, storey: int) -> BaseGeometry | None:
        """Where the storey of this number (from 1) is permitted; None = wherever something may stand."""
        if storey <= self.whole:
            return None
        return together(part.shape for part, count in self.parts if count >= storey)

    def makers(self, storey: int, ground: Area) -> Iterator[Maker]:
        """The parts that end below this storey, as what takes ground away from it."""
        if storey > self.whole:
            low = [part for part, count in self.parts if count < storey]
            yield from (Maker("part", part.shape, part.provision) for part in low)
            known = [part.shape for part, _ in self.parts]
            yield Maker("part", less(ground, together(known)))


def by_storeys(lot: Lot, law: Law) -> Tier | None:
    """What the number of storeys permits; None when nothing limits it."""
    return _tier(lot, law.limit(STOREYS), lambda value: int(value.to_integral_value(ROUND_FLOOR)))


def by_height(lot: Lot, law: Law) -> Tier | None:
    """How many storeys fit into the height; None when nothing limits it or the law gives no storey height."""
    each = law.building.storey_height
    if each is None:
        return None
    return _tier(lot, law.limit(HEIGHT), lambda value: storeys_within(value, each, law.building.base))


def storeys_within(height: Decimal, each: Decimal, base: Base | None) -> int:
    """Whole storeys of `each` m over the base that fit into `height` m; -1 when not even the base does."""
    over = height - (base.height if base else 0)
    return max(-1, int((over / each).to_integral_value(ROUND_FLOOR)))


def _tier(lot: Lot, limit: Limit, count: Callable[[Decimal], int]) -> Tier | None:
    if limit.value is None:
        return None
    parts = tuple((p, count(p.value)) for p in lot.parts if p.subject == limit.subject)
    return Tier(count(limit.value), parts, half=limit.subject == STOREYS and limit.value % 1 != 0)
