"""Which candidate governs a subject, and why the others lost. Pure.

Where a parcel has several values, the policy of the subject decides which take part (docs/decisions/0003); among
these the strictest governs.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from apps.common.text import Text, persian_digits
from apps.extracts import verdict_words as words
from apps.extracts.judging import Governing, Judged, judge
from apps.extracts.policies import counted, parts, standing
from apps.extracts.ranking import rank
from apps.legal.answers import Candidate, Policy, Unknown, Value
from apps.legal.subjects import SUBJECTS, Subject

_Spoken = TypeVar("_Spoken", Candidate, Unknown, Policy)

__all__ = ["Governing", "Judged", "govern", "govern_all"]


def govern(
    subject: Subject, candidates: Sequence[Candidate], unknowns: Sequence[Unknown], policies: Sequence[Policy] = ()
) -> Governing:
    """The governing value of one subject from all its candidates, unknowns and policies, in any order."""
    ordered = tuple(sorted(candidates, key=lambda c: rank(subject, c)))
    policy = standing(policies)
    if policy is None and not _cut(ordered):
        return judge(subject, ordered, tuple(sorted(unknowns, key=_unknown_key)))
    taking_part = counted(ordered, policy)
    found = judge(subject, taking_part, tuple(sorted(unknowns, key=_unknown_key)))
    heard = {id(c) for c in taking_part}
    outvoted = tuple(_outvoted(c, policy) for c in ordered if policy and id(c) not in heard)
    return replace(
        found,
        candidates=(*found.candidates, *outvoted),
        policy=policy,
        parts=parts(ordered, policy, value_of=partial(_alone, subject)) if found.outcome == "value" else (),
    )


def _cut(candidates: Sequence[Candidate]) -> bool:
    """Whether candidates speak on more than one zone."""
    return len({c.zone.code for c in candidates if c.zone}) > 1


def _outvoted(candidate: Candidate, policy: Policy) -> Judged:
    article = policy.provision.article
    why = Text(words.OUTVOTED.fa.format(article=persian_digits(article)), words.OUTVOTED.en.format(article=article))
    return Judged(candidate, won=False, why=why)


def _alone(subject: Subject, candidates: Sequence[Candidate]) -> Value | None:
    """What would govern if only these candidates were there."""
    ordered = tuple(sorted(candidates, key=lambda c: rank(subject, c)))
    value = judge(subject, ordered, ()).value
    return value if not isinstance(value, tuple) else tuple(str(v) for v in value)


def govern_all(
    candidates: Sequence[Candidate], unknowns: Sequence[Unknown], policies: Sequence[Policy] = ()
) -> tuple[Governing, ...]:
    """Every subject of the vocabulary that anything spoke about, in the vocabulary's order."""
    spoken = {c.subject for c in candidates} | {u.subject for u in unknowns if u.subject}
    offered, doubted, declared = _by_subject(candidates), _by_subject(unknowns), _by_subject(policies)
    unheard = spoken - SUBJECTS.keys()
    if unheard:
        raise ValueError(f"subjects outside the vocabulary: {sorted(unheard)}")
    return tuple(
        govern(subject, offered.get(code, ()), doubted.get(code, ()), declared.get(code, ()))
        for code, subject in SUBJECTS.items()
        if code in spoken
    )


def _by_subject(listed: Sequence[_Spoken]) -> dict[str, list[_Spoken]]:
    found: dict[str, list[_Spoken]] = {}
    for one in listed:
        found.setdefault(one.subject, []).append(one)
    return found


def _unknown_key(unknown: Unknown) -> tuple[str, str, str]:
    return (unknown.theme, unknown.why.value, unknown.text.en)
