"""The envelope of a lot under a law: value, not known (with an upper bound), or impossible (with the reason). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.envelope import words
from apps.envelope.floor_area import FloorArea, built, floor_area
from apps.envelope.ground import Ground, ground_of, setback_of
from apps.envelope.inputs import PASSAGE_KINDS, SETBACKS, Doubt, Law, Limit, Lot
from apps.envelope.levels import Stack, stack_of, wells_of

CONSUMED = (
    "max_storeys",
    "max_height",
    "max_coverage",
    "max_coverage_ground",
    "max_density",
    "front_setback",
    "rear_setback",
    "side_setback_interior",
    "side_setback_exterior",
    "no_build_strip",
    "corner_chamfer",
    "light_well_main_area",
    "light_well_service_area",
)
"""The subjects that shape an envelope."""
VALUE, NOT_KNOWN, IMPOSSIBLE = "value", "not_known", "impossible"
_NO_BUILDING_AT_ZERO = ("max_coverage", "max_coverage_ground", "max_density", "max_height", "max_storeys")
LEAST_LOT_M2 = 1.0
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The answer. When not known, shapes and numbers are upper bounds; when impossible, there are none.

    `strict`: a side's kind is not known and the strictest was taken. Areas m², volumes m³.
    """

    outcome: str
    reasons: tuple[Doubt, ...]
    ground: Ground
    stack: Stack
    floor: FloorArea
    notes: tuple[Text, ...]
    strict: bool = False

    @property
    def space_m3(self) -> float | None:
        """The space in which a building must stay; None when its top is not known."""
        return _volume([(level.region_m2, level.from_m, level.to_m) for level in self.stack.levels])

    @property
    def built_m3(self) -> float | None:
        """The largest body within that space: on each level only as much as may be built."""
        return _volume([(level.built_m2, level.from_m, level.to_m) for level in self.stack.levels])


def solve(lot: Lot, law: Law) -> Envelope:
    """The envelope. Fails closed: with any doubt the numbers are only bounds and are called so."""
    doubts = tuple(dict.fromkeys(_doubts(lot, law)))
    if not doubts:
        found = _answer(lot, law, lenient=False)
        doubts = tuple(_late_doubts(found))
        if not doubts:
            return found
    bound = _answer(lot, law, lenient=True)
    if bound.outcome == IMPOSSIBLE:
        return bound
    return Envelope(NOT_KNOWN, doubts, bound.ground, bound.stack, bound.floor, (words.UPPER, *bound.notes))


def _answer(lot: Lot, law: Law, *, lenient: bool) -> Envelope:
    ground = ground_of(lot, law, lenient=lenient)
    stack = stack_of(lot, law, ground)
    floor = floor_area(lot, law, ground, stack)
    strict = not lenient and _kinds_matter(lot, law)
    reasons = tuple(_impossible(lot, law, ground, stack, floor))
    if reasons:
        return Envelope(IMPOSSIBLE, reasons, ground, Stack(()), FloorArea(None), (), strict)
    return Envelope(VALUE, (), ground, stack, floor, tuple(_notes(law, stack, strict=strict)), strict)


def _late_doubts(found: Envelope) -> Iterator[Doubt]:
    """What only the shapes tell."""
    if found.outcome == IMPOSSIBLE:
        if found.strict:  # nothing is left only because the strictest kind of side was taken: that is no certain no
            yield Doubt("side_kind", words.SIDES_DIFFER)
        return
    if not found.ground.chamfer_placed:
        yield Doubt("no_corner", words.NO_CORNER)
    if found.floor.max_m2 is None:
        yield Doubt("no_storeys", words.NO_STOREYS)


def _doubts(lot: Lot, law: Law) -> Iterator[Doubt]:
    yield from law.doubts
    for name in CONSUMED:
        if law.limit(name).state == NOT_KNOWN:
            yield from law.limit(name).doubts or (Doubt("not_known", law.limit(name).label),)
    if law.limit("max_storeys").state == "none" and law.limit("max_height").state == "none":
        yield Doubt("no_vertical", words.NO_VERTICAL)
    percent = ("max_coverage", "max_coverage_ground", "max_density")
    if lot.plot_m2 is None and any(law.limit(name).value is not None for name in percent):
        yield Doubt("plot_area", words.NO_PLOT)
    if not lot.sides and any(law.limit(name).value for name in SETBACKS.values()):
        yield Doubt("no_sides", words.NO_SIDES)
    elif law.limit("front_setback").value and not any(PASSAGE_KINDS.intersection(s.kinds) for s in lot.sides):
        yield Doubt("no_front", words.NO_FRONT)


def _kinds_matter(lot: Lot, law: Law) -> bool:
    """Whether a side is of unknown kind and the kinds differ in their setbacks."""
    return any(
        setback_of(side.kinds, law, lenient=False).value != setback_of(side.kinds, law, lenient=True).value
        for side in lot.sides
    )


def _impossible(lot: Lot, law: Law, ground: Ground, stack: Stack, floor: FloorArea) -> Iterator[Doubt]:
    if lot.shape.area < LEAST_LOT_M2:
        yield Doubt("lot_area", words.filled(words.LOT_ABSURD, area=words.area(lot.shape.area, law.units)))
        return
    zeros = [law.limit(name) for name in _NO_BUILDING_AT_ZERO]
    found = [limit for limit in zeros if limit.value == _NOTHING and not _on_ground(limit, stack)]
    if found:
        yield from _zeros(found)
    elif ground.shape.is_empty:
        what = words.listed(m.provision.text for m in ground.makers if m.provision and not m.taken.is_empty)
        yield Doubt("nothing_left", words.filled(words.NOTHING_LEFT, what=what))
    elif not stack.levels:
        yield _less_than_one(law)
    elif not stack.unlimited and not built(stack.levels) and floor.max_m2 == 0:
        yield Doubt("light_wells", words.filled(words.ALL_WELLS, area=words.area(wells_of(law), law.units)))


def _less_than_one(law: Law) -> Doubt:
    storeys, height = law.limit("max_storeys"), law.limit("max_height")
    if storeys.value is not None and storeys.value < 1:
        return next(_zeros([storeys]))
    return Doubt(
        "too_low",
        words.filled(words.TOO_LOW, label=height.label, value=words.length(float(height.value or 0), law.units)),
    )


def _on_ground(limit: Limit, stack: Stack) -> bool:
    return limit.subject == "max_storeys" and stack.ground_storey


def _zeros(limits: list[Limit]) -> Iterator[Doubt]:
    """One reason per article: a place where nothing is built has many limits at zero, and one cause."""
    by_article: dict[tuple[str, str], list[Limit]] = {}
    for limit in limits:
        made = limit.provision
        by_article.setdefault((made.rulebook, made.article) if made else (limit.subject, ""), []).append(limit)
    for group in by_article.values():
        labels = words.listed(limit.label for limit in group)
        text = group[0].provision.text if group[0].provision else Text("", "")
        yield Doubt(f"{group[0].subject}_zero", words.filled(words.ZERO, label=labels, text=text))


def _notes(law: Law, stack: Stack, *, strict: bool) -> Iterator[Text]:
    if strict:
        yield words.STRICT
    if stack.ground_storey:
        yield words.GROUND_INSTEAD
    if stack.half:
        yield words.HALF
    if law.building.storey_height is None and len(stack.levels) > 1:
        yield words.EQUAL_PARTS
    covered = [level.coverage_m2 for level in stack.levels if level.coverage_m2 is not None]
    if covered and any(level.coverage_m2 is not None and level.coverage_m2 < level.region_m2 for level in stack.levels):
        yield words.filled(words.COVERAGE, area=words.area(max(covered), law.units))
    if wells_of(law):
        yield words.filled(words.WELLS, area=words.area(wells_of(law), law.units))


def _volume(rows: list[tuple[float, Decimal, Decimal | None]]) -> float | None:
    tops = [top for _, _, top in rows]
    if not rows or None in tops:
        return None
    return sum(area * float(top - foot) for area, foot, top in rows if top is not None)
