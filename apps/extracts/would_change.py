"""What would change it: the nearest change of the ground that would raise a value. Information, not advice. Pure.

A remedy (joining plots, widening the passage) moves some facts. Every bound that the rows in force set for these facts
is tried, the nearest first, and the whole question is asked again: so caps and other rows keep their say.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.common.city_law import Remedy
from apps.common.text import Text
from apps.extracts import verdict_words as words
from apps.extracts.rules import Governing
from apps.legal.answers import Fact, Provision, RulebookInForce, ThemeFinding
from apps.legal.decision_table import Between, matches, parse_condition
from apps.legal.subject_list import Direction
from apps.legal.tables.wording import quantity

_TRIES = 4
_SILENT = frozenset({"require", "forbid", "document", "duty", "warn", "undecided", "policy", "floor"})


@dataclass(frozen=True, slots=True)
class Step:
    """One fact that changes: what it is and what it would have to be."""

    fact: Fact
    to: Decimal


@dataclass(frozen=True, slots=True)
class Improvement:
    """The nearest change of one kind that raises a value, and the value it would have."""

    remedy: Remedy
    steps: tuple[Step, ...]
    value: Decimal
    text: Text


Ask = Callable[[Mapping[str, Fact]], Sequence[Governing]]


def speaking(
    findings: Mapping[str, ThemeFinding], rulebooks: Mapping[str, tuple[RulebookInForce, ...]]
) -> tuple[Provision, ...]:
    """Rows that may speak on this parcel: of its zones, and of the parcel as a whole."""
    codes = {theme: {hit.code for hit in finding.hits} for theme, finding in findings.items()}
    rows = (row for books in rulebooks.values() for book in books for row in book.provisions)
    return tuple(
        r for r in rows if not r.theme or (not r.zone and codes.get(r.theme)) or r.zone in codes.get(r.theme, ())
    )


def improvements(
    *,
    remedies: Sequence[Remedy],
    facts: Mapping[str, Fact],
    rows: Sequence[Provision],
    now: Sequence[Governing],
    ask: Ask,
) -> dict[str, tuple[Improvement, ...]]:
    """By subject: per remedy the nearest change that raises its value."""
    raisable = {g.subject.code: g.value for g in now if _raisable(g)}
    rows = [r for r in rows if r.subject in raisable and r.when and r.effect not in _SILENT]
    found: dict[str, list[Improvement]] = {}
    for remedy in remedies if raisable else ():
        for code, better in _nearest(remedy, facts, rows, raisable, ask).items():
            found.setdefault(code, []).append(better)
    return {code: tuple(listed) for code, listed in found.items()}


def _raisable(governing: Governing) -> bool:
    limit = governing.subject.direction is Direction.MAX and governing.outcome == "value"
    return limit and isinstance(governing.value, Decimal)


def _nearest(
    remedy: Remedy, facts: Mapping[str, Fact], rows: Sequence[Provision], now: Mapping[str, object], ask: Ask
) -> dict[str, Improvement]:
    found: dict[str, Improvement] = {}
    for steps in _trials(remedy, facts, rows)[:_TRIES]:
        imagined = {**facts, **{s.fact.name: replace(s.fact, value=s.to) for s in steps}}
        for then in ask(imagined):
            code, before = then.subject.code, now.get(then.subject.code)
            if code in found or not isinstance(before, Decimal) or not _raisable(then):
                continue
            if isinstance(then.value, Decimal) and then.value > before:
                found[code] = Improvement(remedy, steps, then.value, _told(remedy, steps, then))
    return found


def _trials(remedy: Remedy, facts: Mapping[str, Fact], rows: Sequence[Provision]) -> list[tuple[Step, ...]]:
    """Sets of changed facts, the smallest change first: measures move together, a count goes one step up."""
    known = [facts[name] for name in remedy.facts if name in facts and isinstance(facts[name].value, Decimal)]
    rows = [row for row in rows if _within_reach(row, remedy, facts)]
    measures, counts = [f for f in known if f.unit], [f for f in known if not f.unit]
    raised = tuple(Step(f, max(_number(f) + 1, Decimal(2))) for f in counts)
    gaps = {bound - _number(f) for f in measures for bound in _bounds(f, rows)}
    if any(row.when.get(f.name) for f in counts for row in rows):
        gaps.add(Decimal(0))
    trials = [(*(Step(f, _number(f) + gap) for f in measures if gap), *raised) for gap in sorted(gaps)]
    return [steps for steps in trials if steps]


def _within_reach(row: Provision, remedy: Remedy, facts: Mapping[str, Fact]) -> bool:
    """Whether the row could hold, or stop holding, once the remedy's facts change: nothing else rules it out."""
    rest = {name: cell for name, cell in row.when.items() if name not in remedy.facts}
    return len(rest) < len(row.when) and matches(replace(row, when=rest), facts) is not False


def _bounds(fact: Fact, rows: Iterable[Provision]) -> set[Decimal]:
    """Bounds above the fact's value that rows set for it."""
    cells = {row.when[fact.name] for row in rows if row.when.get(fact.name)}
    ranges = [c for c in (parse_condition(cell) for cell in cells) if isinstance(c, Between)]
    return {b for r in ranges for b in (r.low, r.high) if b is not None and b > _number(fact)}


def _number(fact: Fact) -> Decimal:
    return fact.value if isinstance(fact.value, Decimal) else Decimal(0)


def _told(remedy: Remedy, steps: tuple[Step, ...], then: Governing) -> Text:
    changed = [_step_words(step) for step in steps]
    value = quantity(then.value if isinstance(then.value, Decimal) else Decimal(0), then.subject.unit)
    return Text(
        fa=words.WOULD.fa.format(
            how=remedy.label.fa, facts="، ".join(c.fa for c in changed), subject=then.subject.label.fa, value=value.fa
        ),
        en=words.WOULD.en.format(
            how=remedy.label.en, facts=", ".join(c.en for c in changed), subject=then.subject.label.en, value=value.en
        ),
    )


def _step_words(step: Step) -> Text:
    to = quantity(step.to, step.fact.unit)
    name = step.fact.label.en[:1].lower() + step.fact.label.en[1:]
    return Text(fa=f"{step.fact.label.fa} {to.fa}", en=f"{name} {to.en}")
