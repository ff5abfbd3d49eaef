"""Which candidate governs a subject, and why the others lost. Pure.

Policy where a parcel has several values: the strictest (docs/decisions/0003). A cap beats every ordinary value
and never loosens one. One unknown makes the subject not known; the strictest known value stays as `bound`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from apps.common.text import Text, persian_digits
from apps.extracts import verdict_words as words
from apps.extracts.policies import Part, counted, parts, standing
from apps.extracts.ranking import located, rank
from apps.legal.answers import Candidate, Policy, Strength, Unknown, Value
from apps.legal.subjects import SUBJECTS, Direction, Subject


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


def govern(
    subject: Subject, candidates: Sequence[Candidate], unknowns: Sequence[Unknown], policies: Sequence[Policy] = ()
) -> Governing:
    """The governing value of one subject from all its candidates, unknowns and policies, in any order."""
    ordered = tuple(sorted(candidates, key=lambda c: rank(subject, c)))
    policy = standing(policies)
    taking_part = counted(ordered, policy)
    found = _JUDGES[subject.direction](subject, taking_part, tuple(sorted(unknowns, key=_unknown_key)))
    heard = {id(c) for c in taking_part}
    outvoted = tuple(_outvoted(c, policy) for c in ordered if policy and id(c) not in heard)
    return replace(
        found,
        candidates=(*found.candidates, *outvoted),
        policy=policy,
        parts=parts(ordered, policy, value_of=partial(_alone, subject)) if found.outcome == "value" else (),
    )


def _outvoted(candidate: Candidate, policy: Policy) -> Judged:
    article = policy.provision.article
    why = Text(words.OUTVOTED.fa.format(article=persian_digits(article)), words.OUTVOTED.en.format(article=article))
    return Judged(candidate, won=False, why=why)


def _alone(subject: Subject, candidates: Sequence[Candidate]) -> Value | None:
    """What would govern if only these candidates were there."""
    ordered = tuple(sorted(candidates, key=lambda c: rank(subject, c)))
    value = _JUDGES[subject.direction](subject, ordered, ()).value
    return value if not isinstance(value, tuple) else tuple(str(v) for v in value)


def govern_all(
    candidates: Sequence[Candidate], unknowns: Sequence[Unknown], policies: Sequence[Policy] = ()
) -> tuple[Governing, ...]:
    """Every subject of the vocabulary that anything spoke about, in the vocabulary's order."""
    spoken = {c.subject for c in candidates} | {u.subject for u in unknowns if u.subject}
    unheard = spoken - SUBJECTS.keys()
    if unheard:
        raise ValueError(f"subjects outside the vocabulary: {sorted(unheard)}")
    return tuple(
        govern(
            subject,
            [c for c in candidates if c.subject == code],
            [u for u in unknowns if u.subject == code],
            [p for p in policies if p.subject == code],
        )
        for code, subject in SUBJECTS.items()
        if code in spoken
    )


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


def _unknown_key(unknown: Unknown) -> tuple[str, str, str]:
    return (unknown.theme, unknown.why.value, unknown.text.en)


def _first_reason(unknowns: tuple[Unknown, ...]) -> Text:
    return Text(
        fa=words.NOT_KNOWN.fa.format(why=unknowns[0].text.fa), en=words.NOT_KNOWN.en.format(why=unknowns[0].text.en)
    )


def _fill(text: Text, *, row: str) -> Text:
    return Text(fa=text.fa.format(row=row), en=text.en.format(row=row))
