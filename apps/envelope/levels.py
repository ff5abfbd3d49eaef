"""The levels of an envelope: on each the place where it may stand, its height and how much of it may be built. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.envelope import words
from apps.envelope.edges import Edge, Maker, edges_of
from apps.envelope.ground import Ground
from apps.envelope.inputs import Area, Law, Lot
from apps.envelope.overlay import common, polygons
from apps.envelope.shares import share_of_plot, wells_of
from apps.envelope.tiers import HEIGHT, Tier, by_height, by_storeys


@dataclass(frozen=True, slots=True)
class Level:
    """A level from `from_m` to `to_m` (None = not limited). `region_m2`: where it may stand.

    `coverage_m2`: how much coverage lets be built there (None = no limit); `wells_m2`: light-wells taken off.
    `counted`: whether it is floor area.
    """

    index: int
    label: Text
    from_m: Decimal
    to_m: Decimal | None
    counted: bool
    shape: Area
    edges: tuple[Edge, ...]
    region_m2: float
    coverage_m2: float | None
    wells_m2: float

    @property
    def built_m2(self) -> float:
        """The most that may be built on this level: region or coverage, less the light-wells."""
        return self.less_wells(self.region_m2 if self.coverage_m2 is None else min(self.region_m2, self.coverage_m2))

    def less_wells(self, area: float) -> float:
        """`area` less the light-wells, never below 0."""
        return max(0.0, area - self.wells_m2)


@dataclass(frozen=True, slots=True)
class Stack:
    """The levels from the ground up. `unlimited`: neither storeys nor height limit their number."""

    levels: tuple[Level, ...]
    unlimited: bool = False
    half: bool = False
    ground_storey: bool = False


def stack_of(lot: Lot, law: Law, ground: Ground, *, storeys: bool = True, height: bool = True) -> Stack:
    """The levels that storeys and height permit together; one of the two can be left out to weigh the other."""
    tiers = [
        tier
        for wanted, tier in ((storeys, by_storeys(lot, law)), (height, by_height(lot, law)))
        if wanted and tier is not None
    ]
    if ground.shape.is_empty:
        return Stack(())
    if not tiers:
        return Stack((_level(lot, law, ground, tiers, 0, (words.GROUND, Decimal(0), _top(law), True)),), unlimited=True)
    most = min(tier.most for tier in tiers)
    half = any(tier.half for tier in tiers)
    if most > 0:
        plan = _plan(law, most)
        found = (_level(lot, law, ground, tiers, n, row) for n, row in enumerate(plan, start=0 if _based(law) else 1))
        return Stack(tuple(level for level in found if not level.shape.is_empty), half=half)
    if _one_on_the_ground(law):
        row = (words.GROUND_STOREY, Decimal(0), law.building.storey_height, True)
        return Stack((_level(lot, law, ground, [], 1, row),), ground_storey=True)
    return Stack((), half=half)


def _based(law: Law) -> bool:
    return law.building.base is not None


def _plan(law: Law, most: int) -> Iterator[tuple[Text, Decimal, Decimal | None, bool]]:
    """(label, from, to, counted) of each level; without a storey height the whole height in equal parts."""
    base, each, top = law.building.base, law.building.storey_height, _top(law)
    foot = base.height if base else Decimal(0)
    if base:
        yield base.label, Decimal(0), base.height, base.counted
    if each is None and top is not None:
        each = (top - foot) / most
    for n in range(most):
        start = foot + n * (each or 0)
        yield words.storey(n + 1), start, None if each is None else start + each, True


def _top(law: Law) -> Decimal | None:
    return law.limit(HEIGHT).value


def _one_on_the_ground(law: Law) -> bool:
    """No storey over the base, but a height that a storey on the ground keeps to."""
    top, each = _top(law), law.building.storey_height
    return law.building.ground_storey and top is not None and each is not None and top >= each > 0


def _level(
    lot: Lot, law: Law, ground: Ground, tiers: list[Tier], index: int, row: tuple[Text, Decimal, Decimal | None, bool]
) -> Level:
    label, start, end, counted = row
    storey = max(index, 1)
    shape, makers = ground.shape, list(ground.makers)
    for tier in tiers:
        permitted = tier.permitted(storey)
        if permitted is not None:
            makers += [Maker(m.kind, common(m.taken, lot.shape), m.provision)
                       for m in tier.makers(storey, lot.shape)]  # fmt: skip
            shape = polygons(common(shape, permitted))
    return Level(
        index=index,
        label=label,
        from_m=start,
        to_m=end,
        counted=counted,
        shape=shape,
        edges=edges_of(shape, makers),
        region_m2=float(shape.area),
        coverage_m2=share_of_plot(lot, law, "max_coverage_ground" if index <= 1 and start == 0 else "max_coverage"),
        wells_m2=wells_of(law) if counted else 0.0,
    )
