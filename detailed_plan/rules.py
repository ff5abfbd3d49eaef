"""What the plan's rulebooks say of a parcel: base value, reductions, bonus, then what follows from the storeys. Pure.

First stratum, on every zone by itself: `set` − every `reduce` that holds + the largest `raise` that holds, never below
`floor` (limits.py). Second stratum: `derive` rows and duties, asked of the fact `storeys` that the first one found.
Values stand in the tables; none stands here.
"""

from dataclasses import replace
from decimal import Decimal

from apps.common.text import Text
from apps.legal.answers import Candidate, Fact, Question, SourceAnswer, Strength
from apps.legal.tables import not_known, said
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import LIMITING, Row, Table, spoken, table_of
from apps.legal.tables.values import Valued, valued
from detailed_plan.limits import Resolved, resolve

STOREYS_SUBJECT, STOREYS_FACT = "max_storeys", "storeys"
_EFFECTS = LIMITING | frozenset(said.DUTY_KINDS) | {said.POLICY}
_LABEL = Text("طبقات مجاز", "Permitted storeys")


def everywhere(question: Question, *, subjects: tuple[str, ...]) -> SourceAnswer:
    """What hangs on no zone: policies, themes that are not known, subjects without rows. `subjects`: all it may limit.

    Raises ValueError for a row that cannot be read: then the whole source is 'not known'.
    """
    table = table_of(question.rulebooks)
    said.check_effects(table, _EFFECTS)
    parts = (said.policies(table), not_known.theme_unknowns(table, question), not_known.unspoken(table, subjects))
    return said.merged(parts)


def on_spot(table: Table, spot: Spot) -> SourceAnswer:
    """Candidates, unknowns and duties on one spot. Raises ValueError for a row that cannot be read."""
    return said.merged((not_known.rule_gaps(table, spot), _on(spot)))


def _on(spot: Spot) -> SourceAnswer:
    first = {subject: resolve(spot, subject) for subject in spot.subjects("set")}
    storeys = first.get(STOREYS_SUBJECT, Resolved(SourceAnswer()))
    certain = _knowing(spot, storeys.most if storeys.least == storeys.most else None)
    return said.merged(
        (
            *(found.answer for found in first.values()),
            *(_derive(_knowing(spot, storeys.most), subject, storeys) for subject in spot.subjects("derive")),
            said.caps(certain),
            said.open_decisions(certain),
            _duties(spot, storeys),
        )
    )


def _derive(spot: Spot, subject: str, storeys: Resolved) -> SourceAnswer:
    """A value that follows from the storeys: as unknown as they are, and then only a bound."""
    rows = spot.of("derive", subject)
    holding = [r for r in rows if spot.verdict(r) is True]
    unknowns = [replace(u, subject=subject) for u in storeys.answer.unknowns]
    if storeys.most is not None:
        unknowns.extend(not_known.fact_unknown(r, spot) for r in rows if spot.verdict(r) is None)
    if not holding and not unknowns:
        unknowns.append(not_known.no_rule(subject, spot))
    read = [(row, valued(row, spot.facts)) for row in holding]
    unknowns.extend(not_known.fact_unknown(row, spot, names=v.missing) for row, v in read if v.value is None)
    return SourceAnswer(candidates=tuple(_candidate(r, v, spot) for r, v in read if v.value is not None),
                        unknowns=tuple(unknowns))  # fmt: skip


def _duties(spot: Spot, storeys: Resolved) -> SourceAnswer:
    """Duties that go with some number of storeys between the least and the most there can be."""
    if storeys.least is None or storeys.most is None:
        return said.duties(_knowing(spot, None))
    possible = [_knowing(spot, Decimal(n)) for n in range(int(storeys.least), int(storeys.most) + 1)]
    verdicts = [(row, {p.verdict(row) for p in possible}) for row in spot.rows]
    alike = replace(possible[-1], spoken=spoken(tuple(row for row, seen in verdicts if len(seen) == 1)))
    mixed = replace(_knowing(spot, None), spoken=spoken(tuple(row for row, seen in verdicts if len(seen) > 1)))
    return said.merged((said.duties(alike), said.duties(mixed)))


def _candidate(row: Row, read: Valued, spot: Spot) -> Candidate:
    if not isinstance(read.value, Decimal):
        raise TypeError(f"{row.rulebook}, row {row.provision.row}: a derived value is a number, not {read.value!r}")
    return Candidate(
        subject=row.provision.subject,
        value=read.value,
        strength=Strength.ORDINARY,
        rulebook=row.rulebook,
        provision=row.provision,
        explain=said.told(row, read),
        zone=spot.hit,
    )


def _knowing(spot: Spot, storeys: Decimal | None) -> Spot:
    fact = Fact(STOREYS_FACT, storeys, _LABEL, "storey")
    return replace(spot, facts={**spot.facts, STOREYS_FACT: fact})
