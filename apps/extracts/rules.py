"""Which candidate governs a subject, and why the others lost. Pure.

Where a parcel has several values, the policy of the subject decides which take part (docs/decisions/0003); among
these the strictest governs.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from apps.common.text import Text, persian_digits
from apps.extracts import verdict_words as words
from apps.extracts.judging import Governing, Judged, judge
from apps.extracts.policies import counted, parts, standing
from apps.extracts.ranking import rank
from apps.legal.answers import Candidate, Policy, Unknown, Value
from apps.legal.subjects import SUBJECTS, Subject

__all__ = ["Governing", "Judged", "govern", "govern_all"]


def govern(
    subject: Subject, candidates: Sequence[Candidate], unknowns: Sequence[Unknown], policies: Sequence[Policy] = ()
) -> Governing:
    """The governing value of one subject from all its candidates, unknowns and policies, in any order."""
    ordered = tuple(sorted(candidates, key=lambda c: rank(subject, c)))
    policy = standing(policies)
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


def _unknown_key(unknown: Unknown) -> tuple[str, str, str]:
    return (unknown.theme, unknown.why.value, unknown.text.en)
