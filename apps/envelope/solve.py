"""The envelope of a lot under a law: value, not known (with an upper bound), or impossible (with the reason). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.envelope import words
from apps.envelope.floor_area import FloorArea, floor_area
from apps.envelope.ground import Ground, ground_of, setback_of
from apps.envelope.inputs import CONSUMED, PASSAGE_KINDS, SETBACKS, Doubt, Law, Lot
from apps.envelope.levels import Stack, stack_of
from apps.envelope.reasons import impossible, notes_of

VALUE, NOT_KNOWN, IMPOSSIBLE = "value", "not_known", "impossible"


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
    reasons = tuple(impossible(lot, law, ground, stack, floor))
    if reasons:
        return Envelope(IMPOSSIBLE, reasons, ground, Stack(()), FloorArea(None), (), strict)
    return Envelope(VALUE, (), ground, stack, floor, tuple(notes_of(law, stack, strict=strict)), strict)


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


def _volume(rows: list[tuple[float, Decimal, Decimal | None]]) -> float | None:
    tops = [top for _, _, top in rows]
    if not rows or None in tops:
        return None
    return sum(area * float(top - foot) for area, foot, top in rows if top is not None)
