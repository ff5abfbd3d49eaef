"""Holes between the ranges of a table: numbers for which no row says anything. Pure.

For each `set` or `derive` row with a range, everything that its other conditions leave open is asked: is every number
covered by some row of the same spot, or left open on purpose by an `undecided` one? Where not, the subject would be
not known there, and the planner should say so or close the range.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.legal.decision_table import Between
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import WHEN, Row, Table
from apps.legal.rulebook_lint import storeys, wording
from apps.legal.rulebook_lint.pairs import same_spot
from apps.legal.rulebook_lint.space import Axis, Box, axes, box, conditions, meet, without
from apps.legal.rulebook_lint.vocabulary import Vocabulary

_VALUES = ("set", "derive")
_OPEN = "undecided"
_PLAIN = dict.fromkeys((0x2068, 0x2069))


@dataclass(frozen=True, slots=True)
class _Hole:
    """Numbers of a fact that no row speaks of, and the rest of the place."""

    fact: str
    run: wording.Run
    rest: Box


def faults(table: Table, words: Vocabulary) -> Iterator[Fault]:
    """Every hole once, at the cell of the range that it follows (or, at the beginning, that it precedes)."""
    seen = set[tuple[str, ...]]()
    for row in (r for r in table.rows if r.effect in _VALUES):
        peers = [r for r in table.rows if r.effect in {row.effect, _OPEN} and _covers(r, row)]
        along = axes(peers, words.facts)
        for fact in (name for name, condition in conditions(row).items() if isinstance(condition, Between)):
            allowed = _possible(along, storeys.reach(table, row, words) if fact == storeys.STOREYS else None)
            for hole in _holes(row, fact, peers, along, allowed):
                key = (row.subject, row.cells["theme"], row.cells["zone"], fact, wording.spelt(hole.run))
                if key not in seen:
                    seen.add(key)
                    yield _fault(table, row, hole, peers, along)


def _covers(peer: Row, row: Row) -> bool:
    """Whether a row speaks wherever `row` may: of its zone or of every zone."""
    return same_spot(peer, row) and peer.cells["zone"] in ("", row.cells["zone"])


def _possible(along: Mapping[str, Axis], reach: storeys.Reach | None) -> Box:
    box = {name: axis.possible for name, axis in along.items()}
    return box if reach is None else {**box, storeys.STOREYS: storeys.within(along[storeys.STOREYS], reach)}


def _holes(row: Row, fact: str, peers: list[Row], along: Mapping[str, Axis], possible: Box) -> Iterator[_Hole]:
    column = meet(_others(row, fact, along), possible)
    left = [] if column is None else [column]
    for peer in peers:
        taken = box(peer, along)
        left = [piece for whole in left for piece in without(whole, taken, along)]
    for piece in left:
        rest = {n: cells for n, cells in piece.items() if n != fact and cells != possible[n]}
        for run in wording.runs(along[fact], piece[fact]):
            yield _Hole(fact, run, rest)


def _fault(table: Table, row: Row, hole: _Hole, peers: list[Row], along: Mapping[str, Axis]) -> Fault:
    low, high = hole.run
    before = _edge(peers, hole, along, low, upper=True)
    after = _edge(peers, hole, along, high, upper=False)
    column = WHEN + hole.fact
    cells = [f"\u2068{table.at(r, column)}\u2069" for r in (before, after) if r is not None]
    rest, numbers = wording.place(hole.rest, along), wording.spelt(hole.run)
    if_fa, if_en = (f"، اگر {rest.fa}", f" where {rest.en}") if rest.en else ("", "")
    near = Text(fa=f" (کنار {' و '.join(cells)})", en=f" (next to {' and '.join(cells)})") if cells else Text("", "")
    return table.fault(
        before or after or row,
        column,
        fa=f"برای {hole.fact} = \u2068{numbers}\u2069{if_fa} هیچ سطری {row.subject} را نمی‌گوید{near.fa}. "
        "بازه را ببندید یا یک سطر undecided بنویسید.",
        en=f"no row gives {row.subject} for {hole.fact} = {numbers}{if_en}{near.en.translate(_PLAIN)}. "
        "Close the range or add an `undecided` row.",
    )


def _edge(
    peers: list[Row], hole: _Hole, along: Mapping[str, Axis], bound: Decimal | None, *, upper: bool
) -> Row | None:
    """The row whose range ends (or begins) where the hole begins (or ends)."""
    for peer in peers:
        condition = conditions(peer).get(hole.fact)
        if bound is None or not isinstance(condition, Between):
            continue
        ends = condition.high if upper else condition.low
        if ends == bound and meet(_others(peer, hole.fact, along), hole.rest) is not None:
            return peer
    return None


def _others(row: Row, fact: str, along: Mapping[str, Axis]) -> Box:
    return {name: cells for name, cells in box(row, along).items() if name != fact}
