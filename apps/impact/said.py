"""What a parcel's answer says, in the form in which two answers are compared. Pure.

Sentences, areas and the names of editions are left out: they may differ while the law says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.extracts.answers import Resolution
from apps.extracts.judging import Governing
from apps.legal.answers import Candidate, ThemeFinding

Duties = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What a theme says: outcome and the codes that lie there. `why`: reasons of a 'not known'."""

    outcome: str
    codes: tuple[str, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What governs a subject. `value`: a Decimal, codes, or rows of a schedule (value, conditions).

    `parts`: the value of each zone's part by code. `why`: (reason, office) of a 'not known'.
    """

    outcome: str
    value: Decimal | tuple[Any, ...] | str | None
    bound: Decimal | tuple[Any, ...] | str | None
    parts: tuple[tuple[str, Any], ...] = ()
    why: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A parcel's whole answer for one permit kind. `duties`: (kind, code), each once."""

    themes: Mapping[str, Place]
    subjects: Mapping[str, Told]
    duties: Duties


def said(findings: Mapping[str, ThemeFinding], resolution: Resolution) -> Said:
    """The comparable form of what themes and rule sources say of a parcel."""
    return Said(
        themes={code: place_of(finding) for code, finding in findings.items()},
        subjects={g.subject.code: told_of(g) for g in resolution.governing},
        duties=duties_of(resolution),
    )


def place_of(finding: ThemeFinding) -> Place:
    """A finding without areas, shares and editions."""
    return Place(
        outcome=finding.outcome.value,
        codes=tuple(sorted({hit.code for hit in finding.hits})),
        why=tuple(sorted({u.why.value for u in finding.unknowns})),
    )


def told_of(governing: Governing) -> Told:
    """A governing answer without its sentences and candidates."""
    return Told(
        outcome=governing.outcome,
        value=_plain(governing.value),
        bound=_plain(governing.bound),
        parts=tuple(sorted(((p.zone.code, _plain(p.value)) for p in governing.parts), key=repr)),
        why=tuple(sorted({(u.why.value, u.office) for u in governing.unknowns})),
    )


def duties_of(resolution: Resolution) -> Duties:
    """Consultations, forbidden works, documents, duties and warnings, each once."""
    return tuple(sorted({(d.kind, d.code) for d in resolution.duties}))


def _plain(value: Any) -> Any:
    """A value that can be compared: rows of a schedule by value and conditions, each once, in a fixed order."""
    if not isinstance(value, tuple):
        return value
    rows = {_row(v) if isinstance(v, Candidate) else v for v in value}
    return tuple(sorted(rows, key=repr))


def _row(candidate: Candidate) -> tuple[Any, ...]:
    return (_plain(candidate.value), tuple(sorted(candidate.provision.when.items())))
