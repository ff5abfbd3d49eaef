"""Pieces of a difference equal what counting the cells of an integer grid gives, whatever the editions look like.

A board of 6 × 6 cells of 1 m. Each edition has rectangles with codes (they may lie over each other), a coverage, a
rank and perhaps a suspended rectangle. The count asks every cell alone; places are cells joined by their sides.
"""

from dataclasses import dataclass
from itertools import product

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.legal.models import Rank
from apps.map_services.difference_work import compute
from apps.map_services.differences import difference, request_difference
from gis_layers import difference_zones
from gis_layers.models import Theme, ThemeKind
from tests.legal.build import Desk
from tests.map_services.build import TODAY
from tests.overlay.grid import area, edition, theme

SIDE = 6
Cell = tuple[int, int]
Rect = tuple[int, int, int, int]
Found = dict[tuple[str, str, str], tuple[int, float]]
ALL = frozenset(product(range(SIDE), range(SIDE)))


@dataclass(frozen=True)
class Plan:
    zones: tuple[tuple[Rect, str], ...]
    cover: Rect
    local: bool
    suspended: Rect | None


def rects() -> st.SearchStrategy[Rect]:
    side = st.tuples(st.integers(0, SIDE - 1), st.integers(1, SIDE)).map(lambda p: (p[0], max(p[0] + 1, p[1])))
    return st.tuples(side, side).map(lambda p: (p[0][0], p[1][0], p[0][1], p[1][1]))


def plans() -> st.SearchStrategy[Plan]:
    zones = st.lists(st.tuples(rects(), st.sampled_from("ABC")), max_size=4).map(tuple)
    return st.builds(Plan, zones, rects(), st.booleans(), st.none() | rects())


def cells_of(rect: Rect) -> set[Cell]:
    x0, y0, x1, y1 = rect
    return set(product(range(x0, x1), range(y0, y1)))


def says(made: Plan, cell: Cell) -> frozenset[str]:
    return frozenset(code for rect, code in made.zones if cell in cells_of(rect))


def shows(made: Plan, cell: Cell, *, whole: bool = False) -> bool:
    held = cell in cells_of(made.cover)
    return held and (whole or made.suspended is None or cell not in cells_of(made.suspended))


def said(shown: list[tuple[Plan, bool]], cell: Cell, *, exclusive: bool) -> frozenset[str]:
    """What is said at a cell by the plans that show there, the governing one first."""
    here = [says(made, cell) for made, whole in shown if shows(made, cell, whole=whole)]
    return (here[0] if here else frozenset()) if exclusive else frozenset().union(*here)


def counted(standing: list[Plan], draft: Plan, *, exclusive: bool) -> Found:
    newest_first = [p for local in (True, False) for p in standing[::-1] if p.local == local]
    before = [(p, False) for p in newest_first]
    at = next((i for i, p in enumerate(newest_first) if p.local <= draft.local), len(newest_first))
    after = [*before[:at], (draft, True), *before[at:]]
    places: dict[tuple[str, str, str], set[Cell]] = {}
    for cell in ALL:
        old, new = said(before, cell, exclusive=exclusive), said(after, cell, exclusive=exclusive)
        if old == new:
            continue
        if not exclusive:
            old, new = old - new, new - old
        kind = "changed" if old and new else "lost" if old else "gained"
        places.setdefault((kind, " + ".join(sorted(old)), " + ".join(sorted(new))), set()).add(cell)
    return {change: (islands(cells), len(cells)) for change, cells in places.items()}


def islands(cells: set[Cell]) -> int:
    left, count = set(cells), 0
    while left:
        count, todo = count + 1, [left.pop()]
        while todo:
            x, y = todo.pop()
            near = left & {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)}
            left -= near
            todo.extend(near)
    return count


def made_of(drawn: Plan, of: Theme, desk: Desk | None):
    made = edition(*(area(rect) for rect, _ in drawn.zones), coverage=area(drawn.cover), of=of)
    for row, (_, code) in enumerate(drawn.zones, start=1):
        made.features.filter(source_row=row).update(code=code)
    made.instrument.rank = Rank.LOCAL_PLAN if drawn.local else Rank.CITY_PLAN
    made.instrument.save(update_fields=["rank"])
    if desk:
        desk.in_force(made.instrument, "2014-01-01")
        if drawn.suspended:
            desk.do("suspend", made.instrument, "2015-01-01", scope=area(drawn.suspended))
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [ThemeKind.PARTITION, ThemeKind.CUMULATIVE])
@pytest.mark.parametrize("most", [3, 800])
@given(data=st.data())
@settings(max_examples=40)
def test_pieces_are_what_counting_gives(kind: ThemeKind, most: int, data: st.DataObject) -> None:
    standing, draft = data.draw(st.lists(plans(), max_size=3)), data.draw(plans())
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(difference_zones.cells, "__kwdefaults__", {"most": most})
        found = compared(standing, draft, kind)
        transaction.set_rollback(True)
    assert found == counted(standing, draft, exclusive=kind == ThemeKind.PARTITION)


def compared(standing: list[Plan], draft: Plan, kind: ThemeKind) -> Found:
    of = theme(kind.value, kind)
    of.tolerance_m2 = 0.5
    of.save()
    desk = Desk()
    for one in standing:
        made_of(one, of, desk)
    key = request_difference(edition_id=made_of(draft, of, None).pk, on=TODAY)
    compute(key)
    return {(n.kind, n.old, n.new): (n.count, round(n.m2, 6)) for n in difference(key).lines}
