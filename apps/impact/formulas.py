"""Subjects whose value is computed from facts of the parcel, and reaches nothing else: kept as formulas.

Two parcels with the same formula and the same facts have the same value. So it is worked out only where the two laws
have different formulas, or where a fact itself differs; then by the value cells and the judge of the extract.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from apps.extracts.judging import Governing
from apps.extracts.rules import govern
from apps.impact.contents import spelled
from apps.impact.said import Told, told_of
from apps.legal.answers import Candidate, FactValue, Policy
from apps.legal.subject_list import Subject
from apps.legal.tables.growing import working
from apps.legal.tables.reads import taken_by

Values = tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """What a subject's value follows from: equal formulas are the same function of `names` (facts, sorted).

    `part`: which zone has more than half, where that decides who takes part (telling.py).
    """

    subject: str
    names: tuple[str, ...]
    candidates: tuple[tuple[str, ...], ...]
    unknowns: tuple[tuple[str, str], ...]
    policy: tuple[str, str] | None
    part: int = 0


@dataclass(slots=True)
class Formulas:
    """One governing answer for each formula, to work values out from; and the values worked out so far.

    `contained`: subjects that are kept as formulas.
    """

    contained: frozenset[str]
    models: dict[Formula, Governing] = field(default_factory=dict)
    _told: dict[tuple[Formula, Values], Told] = field(default_factory=dict)

    def read(self, governing: Governing, part: int) -> Told | Formula:
        """What governs: a formula where a candidate's value is computed from facts. `part`: see Formula."""
        candidates = [judged.candidate for judged in governing.candidates]
        names = sorted({name for c in candidates for name in taken_by(c.provision)})
        if not names or governing.subject.code not in self.contained:
            return told_of(governing)
        formula = Formula(
            subject=governing.subject.code,
            names=tuple(names),
            candidates=tuple(sorted({spelled(c, contained=True) for c in candidates})),
            unknowns=tuple(sorted({(u.why.value, u.office) for u in governing.unknowns})),
            policy=(governing.policy.name.value, governing.policy.theme) if governing.policy else None,
            part=part,
        )
        self.models.setdefault(formula, governing)
        return formula

    def told(self, formula: Formula, values: Values) -> Told:
        """What governs where the facts have these values (in the order of `names`)."""
        key = (formula, values)
        found = self._told.get(key)
        if found is None:
            governing, facts = self.models[formula], dict(zip(formula.names, values, strict=True))
            candidates = [_valued(judged.candidate, governing.subject, facts) for judged in governing.candidates]
            policies: Sequence[Policy] = [governing.policy] if governing.policy else []
            found = told_of(govern(governing.subject, candidates, governing.unknowns, policies))
            self._told[key] = found
        return found


def _valued(candidate: Candidate, subject: Subject, facts: Mapping[str, FactValue]) -> Candidate:
    if not taken_by(candidate.provision):
        return candidate
    value = working(candidate.provision.value.strip(), subject.direction)(facts)
    # A schedule may ask for what only a proposal tells: its formula is then the value itself.
    return candidate if value is None else replace(candidate, value=value)
