"""The largest floor area, and how much each limit alone would let be built with the others as they are. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.common.text import Text
from apps.common.units import Units
from apps.envelope import words
from apps.envelope.ground import Ground
from apps.envelope.inputs import Law, Lot, Provision
from apps.envelope.levels import Level, Stack, stack_of
from apps.envelope.shares import share_of_plot

DENSITY, STOREYS, HEIGHT, COVERAGE, SHAPE = "max_density", "max_storeys", "max_height", "max_coverage", "shape"
_EVEN_M2 = 0.005


@dataclass(frozen=True, slots=True)
class Weighed:
    """One limit and the floor area that it would permit (m²), and whether none permits less."""

    key: str
    label: Text
    allows_m2: float
    provisions: tuple[Provision, ...]
    binds: bool = False


@dataclass(frozen=True, slots=True)
class FloorArea:
    """The largest floor area (None = not limited by anything known), the limits, binding ones first, in words.

    `named`: the keys of the limits that the words name as binding.
    """

    max_m2: float | None
    limits: tuple[Weighed, ...] = ()
    text: Text | None = None
    named: tuple[str, ...] = ()


def floor_area(lot: Lot, law: Law, ground: Ground, stack: Stack) -> FloorArea:
    """Weighs density against storeys × footprint. Every number is a limit: the smallest binds."""
    rows = sorted(_rows(lot, law, ground, stack), key=lambda row: row.allows_m2)
    if not rows:
        return FloorArea(None)
    least = rows[0].allows_m2
    marked = tuple(
        Weighed(r.key, r.label, r.allows_m2, r.provisions, binds=r.allows_m2 - least < _EVEN_M2) for r in rows
    )
    return FloorArea(least, marked, _sentence(marked, law.units), _named(marked))


def built(levels: Iterable[Level]) -> float:
    """m² of floor that the counted levels hold."""
    return sum(level.built_m2 for level in levels if level.counted)


def _rows(lot: Lot, law: Law, ground: Ground, stack: Stack) -> Iterable[Weighed]:
    density = share_of_plot(lot, law, DENSITY)
    if density is not None:
        yield _weighed(law, DENSITY, density)
    if stack.unlimited:
        return
    if not stack.ground_storey:
        for key, other in ((STOREYS, "height"), (HEIGHT, "storeys")):
            alone = stack_of(lot, law, ground, **{other: False})
            if not alone.unlimited and alone.levels:
                yield _weighed(law, key, built(alone.levels))
    counted = [level for level in stack.levels if level.counted]
    if all(level.coverage_m2 is not None for level in counted):
        yield _weighed(law, COVERAGE, sum(level.less_wells(level.coverage_m2 or 0.0) for level in counted))
    makers = tuple(dict.fromkeys(m.provision.row for m in ground.makers if m.provision))
    provisions = tuple(next(m.provision for m in ground.makers if m.provision and m.provision.row == r) for r in makers)
    shape = sum(level.less_wells(level.region_m2) for level in counted)
    yield Weighed(SHAPE, words.SHAPE, shape, provisions)


def _weighed(law: Law, key: str, allows: float) -> Weighed:
    limit = law.limit(key)
    return Weighed(key, limit.label, allows, (limit.provision,) if limit.provision else ())


def _sentence(rows: tuple[Weighed, ...], units: Units) -> Text:
    """'density: 480 m² before storeys × coverage 518 m²'."""
    density = next((row.allows_m2 for row in rows if row.key == DENSITY), None)
    others = [row for row in rows if row.key != DENSITY]
    product = (_product(others), others[0].allows_m2) if others else None
    if density is None or product is None:
        name, least = product or (words.SHORT[DENSITY], density or 0.0)
        return _first(name, least, units)
    if abs(density - product[1]) < _EVEN_M2:
        return _first(words.filled(words.AND, one=words.SHORT[DENSITY], other=product[0]), density, units)
    (name, least), (later, more) = sorted(((words.SHORT[DENSITY], density), product), key=lambda pair: pair[1])
    first = _first(name, least, units)
    then = words.filled(words.BEFORE, next=later, area=words.area(more, units))
    return Text(first.fa + then.fa, first.en + then.en)


def _first(name: Text, area: float, units: Units) -> Text:
    return words.filled(words.BINDS, first=name, area=words.area(area, units))


def _named(rows: tuple[Weighed, ...]) -> tuple[str, ...]:
    """Density, or storeys and coverage, or whichever of them bind together."""
    binding = {row.key for row in rows if row.binds}
    factors = _factors([row for row in rows if row.key != DENSITY]) if binding - {DENSITY} else ()
    return (*((DENSITY,) if DENSITY in binding else ()), *factors)


def _factors(rows: list[Weighed]) -> tuple[str, ...]:
    """The vertical limit that binds, if one does, and the one on the ground."""
    binding = {row.key for row in rows if row.allows_m2 - rows[0].allows_m2 < _EVEN_M2}
    vertical = next((key for key in (STOREYS, HEIGHT) if key in binding), None)
    flat = next((key for key in (COVERAGE, SHAPE) if key in binding), SHAPE)
    return (flat,) if vertical is None else (vertical, flat)


def _product(rows: list[Weighed]) -> Text:
    """'storeys × coverage'."""
    names = [words.SHORT[key] for key in _factors(rows)]
    return names[0] if len(names) == 1 else words.filled(words.TIMES, one=names[0], other=names[1])
