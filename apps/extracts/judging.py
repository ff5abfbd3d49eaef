"""What governs among candidates that all take part: per direction, with the reason why each won or lost. Pure.

A cap beats every ordinary value and never loosens one. One unknown makes the subject not known; the strictest known
value stays as `bound`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.extracts import verdict_words as words
from apps.extracts.policies import Part
from apps.extracts.ranking import located
from apps.legal.answers import Candidate, Policy, Strength, Unknown, Value
from apps.legal.subjects import Direction, Subject


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate after judgement; `why` says why it won or lost."""

    candidate: Candidate
    won: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Governing:
    """The answer for one subject: outcome 'value' | 'not_known' | 'none'."""

    subject: Subject
    outcome: str
    value: Value | tuple[Candidate, ...] | None
    bound: Value | None
    reason: Text
    candidates: tuple[Judged, ...]
    unknowns: tuple[Unknown, ...]
    policy: Policy | None = None
    parts: tuple[Part, ...] = ()


def judge(subject: Subject, candidates: tuple[Candidate, ...], unknowns: tuple[Unknown, ...]) -> Governing:
    """The verdict on candidates in the order of `ranking.rank` and unknowns in a fixed order."""
    return _JUDGES[subject.direction](subject, candidates, unknowns)


def _limit(subject: Subject, candidates: tuple[Candidate, ...], unknowns: tuple[Unknown, ...]) -> Governing:
    best = candidates[0].value if candidates else None
    settled = subject.direction is Direction.MAX and best == Decimal(0)
    if unknowns and not settled:
        return _open(subject, candidates, unknowns, bound=best, reason=_first_reason(unknowns))
    if not candidates:
        return Governing(subject, "none", None, None, words.NOTHING, (), ())
    only_caps = all(c.strength is Strength.CAP for c in candidates)
    if only_caps and not settled and subject.direction is Direction.MAX:
        return _open(subject, candidates, unknowns, bound=best, reason=words.BOUND_ONLY)
    judged = tuple(_limit_verdict(c, candidates, first=i == 0) for i, c in enumerate(candidates))
    return Governing(subject, "value", best, None, located(candidates), judged, unknowns)


def _limit_verdict(candidate: Candidate, ordered: tuple[Candidate, ...], *, first: bool) -> Judged:
    if first:
        alone = all(c.value == candidate.value for c in ordered)
        why = words.WON_CAP if candidate.strength is Strength.CAP else words.WON if alone else words.WON_STRICTEST
        return Judged(candidate, won=True, why=why)
    if candidate.value == ordered[0].value:
        return Judged(candidate, won=False, why=words.SAME)
    return Judged(candidate, won=False, why=_fill(words.LOST, row=ordered[0].provision.row))


def _set(subject: Subject, candidates: tuple[Candidate, ...], unknowns: tuple[Unknown, ...]) -> Governing:
    """Codes: only what every part allows is allowed on the whole parcel."""
    if not candidates and not unknowns:
        return Governing(subject, "none", None, None, words.NOTHING, (), ())
    sets = [frozenset(c.value if isinstance(c.value, tuple) else (str(c.value),)) for c in candidates]
    common = tuple(sorted(frozenset.intersection(*sets))) if sets else ()
    if unknowns:
        return _open(subject, candidates, unknowns, bound=common or None, reason=_first_reason(unknowns))
    judged = tuple(Judged(c, won=s <= set(common), why=words.WON if s <= set(common) else words.BY_PART) for c, s in
                   zip(candidates, sets, strict=True))  # fmt: skip
    reason = candidates[0].explain if len(set(sets)) == 1 else words.BY_PART if common else words.NOTHING_COMMON
    return Governing(subject, "value", common, None, reason, judged, ())


def _schedule(subject: Subject, candidates: tuple[Candidate, ...], unknowns: tuple[Unknown, ...]) -> Governing:
    if unknowns:
        return _open(subject, candidates, unknowns, bound=None, reason=_first_reason(unknowns))
    if not candidates:
        return Governing(subject, "none", None, None, words.NOTHING, (), ())
    judged = tuple(Judged(c, won=True, why=words.ALL_ROWS) for c in candidates)
    return Governing(subject, "value", candidates, None, words.ALL_ROWS, judged, ())


def _open(
    subject: Subject,
    candidates: tuple[Candidate, ...],
    unknowns: tuple[Unknown, ...],
    *,
    bound: Value | None,
    reason: Text,
) -> Governing:
    judged = tuple(Judged(c, won=False, why=words.OPEN) for c in candidates)
    return Governing(subject, "not_known", None, bound, reason, judged, unknowns)


_Judge = Callable[[Subject, tuple[Candidate, ...], tuple[Unknown, ...]], Governing]
_JUDGES: dict[Direction, _Judge] = {
    Direction.MAX: _limit,
    Direction.MIN: _limit,
    Direction.SET: _set,
    Direction.SCHEDULE: _schedule,
}


def _first_reason(unknowns: tuple[Unknown, ...]) -> Text:
    return Text(
        fa=words.NOT_KNOWN.fa.format(why=unknowns[0].text.fa), en=words.NOT_KNOWN.en.format(why=unknowns[0].text.en)
    )


def _fill(text: Text, *, row: str) -> Text:
    return Text(fa=text.fa.format(row=row), en=text.en.format(row=row))
