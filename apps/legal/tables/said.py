"""What every rule source does alike with its rows: caps, open decisions, duties. Pure."""

from collections.abc import Iterable, Mapping

from apps.common.text import Text
from apps.legal.answers import Candidate, Duty, Policy, PolicyName, SourceAnswer, Strength, Unknown, WhyNot
from apps.legal.decision_table import unknown_facts
from apps.legal.tables import wording
from apps.legal.tables.not_known import fact_unknown
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import Row, Table
from apps.legal.tables.values import Valued, valued

POLICY = "policy"
DUTY_KINDS: Mapping[str, str] = {
    "require": "consultation",
    "forbid": "forbidden",
    "duty": "duty",
    "document": "document",
    "warn": "warning",
}


def merged(parts: Iterable[SourceAnswer]) -> SourceAnswer:
    """All parts as one answer; what is said twice is said once."""
    listed = tuple(parts)
    return SourceAnswer(
        candidates=tuple(c for p in listed for c in p.candidates),
        unknowns=tuple(dict.fromkeys(u for p in listed for u in p.unknowns)),
        duties=tuple(d for p in listed for d in p.duties),
        notes=tuple(dict.fromkeys(n for p in listed for n in p.notes)),
        policies=tuple(q for p in listed for q in p.policies),
    )


def caps(spot: Spot) -> SourceAnswer:
    """Hard caps that hold here; one that hangs on something unknown makes its subject not known."""
    return merged(_cap(row, spot) for row in spot.of("cap"))


def open_decisions(spot: Spot) -> SourceAnswer:
    """Subjects which the law leaves to an office here (`undecided`), also when only perhaps."""
    rows = [r for r in spot.of("undecided") if spot.verdict(r) is not False]
    return SourceAnswer(
        unknowns=tuple(
            Unknown(
                why=WhyNot.NEEDS_DECISION,
                text=r.provision.text,
                office=r.provision.value,
                theme=r.provision.theme,
                subject=r.provision.subject,
                share=spot.hit.share if spot.hit else None,
            )
            for r in rows
        )
    )


def duties(spot: Spot) -> SourceAnswer:
    """Consultations, forbidden works, documents, duties, warnings. A condition not known counts as met."""
    rows = [r for r in spot.rows if r.provision.effect in DUTY_KINDS and spot.verdict(r) is not False]
    return SourceAnswer(duties=tuple(_duty(r, spot) for r in rows))


def check_effects(table: Table, effects: frozenset[str]) -> None:
    """Refuse rows that this source cannot read: an unread row would be a limit lost.

    Raises ValueError naming row and effect.
    """
    for row in table.rows if table.effects - effects else ():
        if row.provision.effect not in effects:
            raise ValueError(
                f"{row.rulebook}, row {row.provision.row}: effect “{row.provision.effect}” is not read here"
            )


def told(row: Row, read: Valued) -> Text:
    """The row's sentence, with the working where its value was taken or computed from facts."""
    return row.provision.text if read.working is None else wording.joined((row.provision.text, read.working))


def policies(table: Table) -> SourceAnswer:
    """What the table declares for parcels in several zones. Raises ValueError for a name nobody knows."""
    rows = [r for r in table.rows if r.provision.effect == POLICY]
    return SourceAnswer(
        policies=tuple(
            Policy(
                subject=r.provision.subject,
                name=PolicyName(r.provision.value.strip()),
                theme=r.provision.theme,
                rulebook=r.rulebook,
                provision=r.provision,
            )
            for r in rows
        )
    )


def _cap(row: Row, spot: Spot) -> SourceAnswer:
    verdict = spot.verdict(row)
    if verdict is False:
        return SourceAnswer()
    if verdict is None:
        return SourceAnswer(unknowns=(fact_unknown(row, spot),))
    read = valued(row, spot.facts)
    if read.value is None:
        return SourceAnswer(unknowns=(fact_unknown(row, spot, names=read.missing),))
    candidate = Candidate(
        subject=row.provision.subject,
        value=read.value,
        strength=Strength.CAP,
        rulebook=row.rulebook,
        provision=row.provision,
        explain=told(row, read),
        zone=spot.hit,
    )
    return SourceAnswer(candidates=(candidate,))


def _duty(row: Row, spot: Spot) -> Duty:
    parts = [row.provision.text]
    if row.provision.effect == "warn" and spot.hit is not None:
        parts.append(wording.ground(spot.hit))
    if spot.verdict(row) is None:
        missing = wording.labels(unknown_facts(row.provision, spot.facts), spot.facts)
        parts.append(Text(fa=_PERHAPS.fa.format(facts=missing.fa), en=_PERHAPS.en.format(facts=missing.en)))
    return Duty(
        kind=DUTY_KINDS[row.provision.effect],
        code=row.provision.value,
        rulebook=row.rulebook,
        provision=row.provision,
        explain=wording.joined(parts),
        zone=spot.hit,
    )


_PERHAPS = Text(
    fa="به «{facts}» بسته است که معلوم نیست؛ تا روشن‌شدن آن، لازم شمرده می‌شود",
    en="it hangs on “{facts}”, which is not known; until then it counts as needed",
)
