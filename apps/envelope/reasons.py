"""Why nothing can be built, and what has to be said beside a value. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from apps.common.text import Text
from apps.envelope import words
from apps.envelope.floor_area import FloorArea, built
from apps.envelope.ground import Ground
from apps.envelope.inputs import Doubt, Law, Limit, Lot
from apps.envelope.levels import Stack
from apps.envelope.shares import wells_of

_NO_BUILDING_AT_ZERO = ("max_coverage", "max_coverage_ground", "max_density", "max_height", "max_storeys")
LEAST_LOT_M2 = 1.0
_NOTHING = Decimal(0)


def impossible(lot: Lot, law: Law, ground: Ground, stack: Stack, floor: FloorArea) -> Iterator[Doubt]:
    """The causes for which nothing can be built, nothing if something can."""
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


def notes_of(law: Law, stack: Stack, *, strict: bool) -> Iterator[Text]:
    """Sentences that belong beside the numbers."""
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
