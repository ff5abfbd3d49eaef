"""First stratum of one subject on one zone: base, reductions, bonus, floor, and whether the facts suffice. Pure.

A reduction that hangs on an unknown fact makes the value not known, unless it comes out the same either way; the
candidate then shows what the value cannot exceed. A bonus that hangs on an unknown fact is not granted, and a note
says so. Bonuses do not add up: the largest one counts.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from apps.common.text import Text
from apps.legal.answers import Candidate, SourceAnswer, Strength, Value
from apps.legal.subjects import SUBJECTS, Direction
from apps.legal.tables import not_known, said
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import Row
from apps.legal.tables.values import amount, valued
from detailed_plan import sentences


@dataclass(frozen=True, slots=True)
class _Changes:
    """Rows that change a base value here: certain reductions, possible ones, a bonus granted, bonuses withheld."""

    reduce: tuple[Row, ...]
    perhaps: tuple[Row, ...]
    granted: Row | None
    withheld: tuple[Row, ...]
    floor: Row | None

    @property
    def favour(self) -> tuple[Row, ...]:
        """The bonus, as rows."""
        return (self.granted,) if self.granted else ()

    def applied(self, base: Decimal, reductions: tuple[Row, ...]) -> Decimal:
        """Base with these reductions, the bonus and the floor; a floor never lifts above the base."""
        floor = min(amount(self.floor), base) if self.floor else Decimal(0)
        bonus = sum((amount(row) for row in self.favour), start=Decimal(0))
        return max(floor, base - sum(amount(row) for row in reductions) + bonus)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the first stratum says of a subject on a zone; `least`..`most`: where a limit lies (None = not known)."""

    answer: SourceAnswer
    least: Decimal | None = None
    most: Decimal | None = None


def resolve(spot: Spot, subject: str) -> Resolved:
    """Every `set` row of the subject that holds, with what changes it. Rows of a schedule all stand side by side."""
    schedule = SUBJECTS[subject].direction is Direction.SCHEDULE
    parts = []
    for row in spot.of("set", subject):
        verdict = spot.verdict(row)
        if verdict is True or (schedule and verdict is None):
            parts.append(_on_base(spot, row))
        elif verdict is None:
            parts.append(Resolved(SourceAnswer(unknowns=(not_known.fact_unknown(row, spot),))))
    leasts = [part.least for part in parts if part.least is not None]
    return Resolved(
        answer=said.merged(part.answer for part in parts),
        least=min(leasts) if leasts and len(leasts) == len(parts) else None,
        most=min((part.most for part in parts if part.most is not None), default=None),
    )


def _on_base(spot: Spot, base: Row) -> Resolved:
    changes = _changes(spot, base)
    read = valued(base, spot.facts)
    notes = tuple(sentences.withheld(row, spot) for row in changes.withheld)
    if read.value is None:
        missing = not_known.fact_unknown(base, spot, names=read.missing)
        return Resolved(SourceAnswer(unknowns=(missing,), notes=notes))
    if isinstance(read.value, Decimal) and SUBJECTS[base.provision.subject].direction is not Direction.SCHEDULE:
        return _limit(spot, base, read.value, changes, notes)
    _refuse(base, (*changes.reduce, *changes.perhaps))
    return Resolved(SourceAnswer(candidates=(_candidate(spot, base, read.value, changes.favour),), notes=notes))


def _changes(spot: Spot, base: Row) -> _Changes:
    """Reductions of every rulebook; bonus and floor only of the rulebook that gives the base."""
    subject = base.provision.subject
    reductions = [(row, spot.verdict(row)) for row in spot.of("reduce", subject)]
    bonuses = [(row, spot.verdict(row)) for row in spot.of("raise", subject) if row.rulebook == base.rulebook]
    floors = [r for r in spot.of("floor", subject) if r.rulebook == base.rulebook and spot.verdict(r) is True]
    granted = max((row for row, verdict in bonuses if verdict is True), key=amount, default=None)
    least = amount(granted) if granted else Decimal(0)
    return _Changes(
        reduce=tuple(row for row, verdict in reductions if verdict is True),
        perhaps=tuple(row for row, verdict in reductions if verdict is None),
        granted=granted,
        withheld=tuple(row for row, verdict in bonuses if verdict is None and amount(row) > least),
        floor=max(floors, key=amount, default=None),
    )


def _limit(spot: Spot, base: Row, value: Decimal, changes: _Changes, notes: tuple[Text, ...]) -> Resolved:
    if SUBJECTS[base.provision.subject].direction is not Direction.MAX:
        _refuse(base, (*changes.reduce, *changes.perhaps, *changes.favour, *changes.withheld))
    most = changes.applied(value, changes.reduce)
    least = changes.applied(value, (*changes.reduce, *changes.perhaps))
    floored = most > replace(changes, floor=None).applied(value, changes.reduce)
    also = (*changes.reduce, *changes.favour, *((changes.floor,) if changes.floor and floored else ()))
    unknowns = tuple(not_known.fact_unknown(r, spot) for r in changes.perhaps) if most != least else ()
    answer = SourceAnswer(candidates=(_candidate(spot, base, most, also),), unknowns=unknowns, notes=notes)
    return Resolved(answer, least=least, most=most)


def _candidate(spot: Spot, base: Row, value: Value, also: tuple[Row, ...]) -> Candidate:
    return Candidate(
        subject=base.provision.subject,
        value=value,
        strength=Strength.ORDINARY,
        rulebook=base.rulebook,
        provision=base.provision,
        explain=sentences.explained(base, value, also, spot),
        zone=spot.hit,
        also=tuple(row.provision for row in also),
    )


def _refuse(base: Row, rows: tuple[Row, ...]) -> None:
    """Adding and taking off is defined for upper limits; elsewhere a row would be lost without a word."""
    for row in rows:
        effect, subject = row.provision.effect, base.provision.subject
        raise ValueError(f"{row.rulebook}, row {row.provision.row}: “{effect}” has no meaning for {subject}")
